"""A distribution moved by the hand, and values over how far it was moved."""

import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import samples
from tests.ui.colours import contrast
from ui.components import curves
from ui.distances import pairs
from ui.learn import losses
from ui.slides import words

X = np.linspace(-1, 1, 41)


def segments(value=0.5):
    """Two uniform segments and the distances between them."""
    series = [
        curves.series("Wasserstein", "line", "#0072b2", X, abs(X)),
        curves.series("JSD", "line", "#d55e00", X, X != 0),
    ]
    return {
        "identity": "segments",
        "label": "θ",
        "value": value,
        "low": -1,
        "high": 1,
        "step": 0.01,
        "axis": [-1, 1],
        "stage": {"kind": "segments", "colours": ["#0072b2", "#d55e00"]},
        "panels": [{"title": "Distances", "range": [0, 1.1], "series": series}],
        "save": words("shift", "Shift"),
    }


def test_distributions_and_values_follow_the_hand_before_it_lets_go(mounted):
    component = mounted("shift", segments())
    component.watch(
        "[root.querySelector('.stage').innerHTML, root.querySelector('output').textContent, "
        "root.querySelector('.legend b').textContent]"
    )
    slider = component.page.get_by_label("θ", exact=True)
    component.grab(slider, (100, 0), (200, 0), (300, 0))
    drawn = component.drawn()
    component.expect_reports()
    component.page.mouse.up()
    assert len({stage for stage, _, _ in drawn}) == len({output for _, output, _ in drawn}) > 1
    away = [float(value) for _, _, value in drawn[1:]]
    assert away == sorted(away)
    component.expect_reports(("value", slider.evaluate("slider => slider.valueAsNumber")))


def test_a_slope_that_jumps_says_so_and_none_is_minus_nothing(mounted):
    component = mounted("shift", pairs.content(pairs.Pair("line", "line"), None, 0.4))
    values, slider = component.page.locator(".legend b"), component.page.get_by_label("θ", exact=True)
    expect(values.nth(1)).to_have_text("0.400 · 1.000")
    slider.fill("0")
    expect(values.nth(0)).to_have_text("0.000 · 0.000")
    expect(values.nth(1)).to_have_text("0.000 · jumps from −1 to 1")
    curve = curves.series("W", "line", "#0072b2", X, np.full(41, -1e-5))
    component.send({**segments(), "identity": "flat", "panels": [{"title": "W", "range": [-1, 1], "series": [curve]}]})
    expect(values).to_have_text(["0.000"])


def test_a_panel_is_a_slider(mounted):
    component = mounted("shift", segments())
    box = screens.box(component.page.locator(".panels svg"))
    component.page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 100)
    name, value = component.last_report()
    assert name == "value"
    assert -0.5 < value < -0.3
    expect(component.page.locator("output")).to_have_text(f"θ {value:.2f}".replace("-", "−"))


def test_arrows_and_values_of_the_gan_losses_follow_the_hand(mounted):
    component = mounted("shift", samples.shifted())
    page = component.page
    page.get_by_label("a", exact=True).fill("-6")
    expect(page.locator("output")).to_have_text("a −6.00")
    values = page.locator(".legend b")
    expect(values.nth(0)).to_have_text("−0.002 · −0.002")  # minimax: log(1 − σ(−6)) and −σ(−6)
    expect(values.nth(1)).to_have_text("6.002 · −0.998")
    expect(page.locator(".stage path")).to_have_count(4)  # the minimax loss has no arrow there
    expect(page.locator(".stage text").nth(1)).to_have_text("Minimax: 0.00")
    expect(page.locator(".stage text").nth(3)).to_have_text("Least squares: −14.0")
    expect(page.locator(".stage text.halo")).to_have_count(5)  # over the lines to which the arrows belong
    page.locator(".legend button", has_text="Least squares").click()
    expect(page.locator(".stage path")).to_have_count(3)
    expect(page.locator(".stage circle")).to_have_count(4)


@pytest.mark.parametrize("logit", ["-8", "-4", "8"])
def test_every_arrow_is_its_slope_on_one_scale_and_inside_the_picture(mounted, logit):
    component = mounted("shift", samples.shifted(), viewport={"width": 358, "height": 844})
    component.page.get_by_label("a", exact=True).fill(logit)
    expect(component.page.locator("output")).to_have_text(f"a {logit}.00".replace("-", "−"))
    width = component.page.evaluate("root.querySelector('.stage').viewBox.baseVal.width")
    rows = component.page.evaluate(
        """() => [...root.querySelectorAll('.stage path')].map((path) => {
          const [, from, , to] = path.getAttribute('d').match(/M(\\S+) (\\S+)L(\\S+) /).map(Number);
          return [path.getAttribute('stroke'), to - from, to];
        })"""
    )
    unit = (width - 54 - 14) / (losses.HIGH - losses.LOW)  # pixels of 1 on the axis
    slopes = {
        series["colour"]: np.interp(float(logit), series["x"], series["y"])
        for series in losses.panels("generator")[1]["series"]
    }
    assert len(rows) >= 3
    for colour, length, end in rows:
        assert length == pytest.approx(-losses.ARROW * slopes[colour] * unit, rel=1e-3, abs=1e-6)
        assert 0 < end < width
    ends = component.page.evaluate(
        """() => [...root.querySelectorAll('.stage text')].map((text) => {
          const { x, width } = text.getBBox();
          return [x, x + width];
        })"""
    )
    assert all(left >= -1 and right <= width + 1 for left, right in ends)


def test_steps_with_a_meaning_say_it_beside_their_value(mounted):
    words = [f"{k} classes left" for k in range(3, 0, -1)]
    component = mounted("shift", {**segments(0), "label": "strength", "low": 0, "high": 1, "step": 0.5, "words": words})
    slider = component.page.get_by_label("strength", exact=True)
    expect(component.page.locator("output")).to_have_text("strength 0.00: 3 classes left")
    slider.press("End")
    expect(component.page.locator("output")).to_have_text("strength 1.00: 1 classes left")
    expect(slider).to_have_attribute("aria-valuetext", "strength 1.00, 1 classes left")


@pytest.mark.parametrize("kind", ["densities", "pictures"])
def test_other_stages(mounted, kind):
    heights = np.exp(-(X**2) * 20).tolist()
    stage = {
        "densities": {
            "kind": "densities",
            "colours": ["#0072b2", "#d55e00"],
            "x": X.tolist(),
            "p": heights,
            "q": heights,
        },
        "pictures": {
            "kind": "pictures",
            "frames": [samples.sheet(2), samples.sheet(3)],
            "x": [-1, 1],
            "size": [40, 10],
        },
    }[kind]
    component = mounted("shift", {**segments(), "stage": stage})
    component.watch("root.querySelector('.stage').innerHTML")
    component.page.get_by_label("θ", exact=True).press("Home")
    assert len(component.drawn()) == 2


def side_by_side():
    """Three panels with their values in their titles and a band to compare with."""
    content = segments()
    (curve, _), band = content["panels"][0]["series"], {"low": 0.2, "high": 0.4, "colour": "#0072b2"}
    panel = {"title": "W", "range": [0, 1], "series": [curve], "reading": True, "digits": 1, "band": band}
    return {**content, "panels": [panel] * 3, "columns": 3}


@pytest.mark.parametrize(("width", "columns"), [(1200, 3), (390, 2), (300, 1)])
def test_panels_side_by_side_read_their_value_and_each_is_a_slider(mounted, width, columns):
    component = mounted("shift", side_by_side())
    page = component.page
    page.set_viewport_size({"width": width, "height": 800})
    panels = page.locator(".panels svg")
    page.wait_for_function(
        """(columns) => {
          const boxes = [...root.querySelectorAll(".panels svg")].map((svg) => svg.getBoundingClientRect());
          return new Set(boxes.map(({ left }) => Math.round(left))).size === columns;
        }""",
        arg=columns,
    )
    expect(page.locator(".legend button")).to_have_count(0)
    expect(panels.nth(1).locator("text").first).to_have_text("W 0.5")
    last = screens.box(panels.last)
    left, right = 54, 14  # margins of the axis
    x = last["x"] + left + (last["width"] - left - right) * 0.9
    page.mouse.click(x, last["y"] + last["height"] / 2)
    expect(panels.first.locator("text").first).to_have_text("W 0.8")
    name, value = component.last_report()
    assert (name, value) == ("value", pytest.approx(0.8, abs=0.03))
    strip = screens.box(panels.first.locator(".band"))
    inside = screens.box(panels.first)["height"] - 30 - 26  # without title and numbers
    assert strip["height"] == pytest.approx(0.2 * inside, abs=1.5)


@pytest.mark.parametrize(("content", "width"), [(samples.shifted, 390), (side_by_side, 390), (side_by_side, 300)])
def test_the_last_row_of_a_file_has_no_empty_place(mounted, content, width):
    component = mounted("shift", content(), viewport={"width": width, "height": 800})
    before = component.page.evaluate("root.querySelector('.panels').innerHTML.replaceAll(/panel-[0-9]+/g, '')")
    with component.page.expect_download() as download:
        component.page.get_by_role("button", name="PNG").click()
    dark = np.asarray(Image.open(download.value.path()).convert("L")) < 200
    high, wide = dark.shape
    row = dark[round(0.7 * high) : round(0.85 * high)]  # of the last panels, above the legend
    for half in (row[:, : wide // 2], row[:, wide // 2 :]):
        assert half.mean() > 0.001
    after = component.page.evaluate("root.querySelector('.panels').innerHTML.replaceAll(/panel-[0-9]+/g, '')")
    assert after == before


DARK = {
    "--st-text-color": "#fafafa",
    "--st-background-color": "#0f1220",
    "--st-secondary-background-color": "#1a1f33",
    "--st-border-color": "#3a3f55",
}


@pytest.fixture(params=[{}, DARK], ids=["light", "dark"])
def themed(mounted, request):
    component = mounted("shift", segments())
    for name, value in request.param.items():
        component.page.evaluate(
            "([name, value]) => document.documentElement.style.setProperty(name, value)", [name, value]
        )
    return component


def computed(locator, name):
    """A colour of an element's style as "#rrggbb"."""
    return locator.evaluate(
        """(element, name) => {
          const context = document.createElement("canvas").getContext("2d");
          context.fillStyle = getComputedStyle(element)[name];
          context.fillRect(0, 0, 1, 1);
          const parts = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
          return "#" + parts.map((part) => part.toString(16).padStart(2, "0")).join("");
        }""",
        name,
    )


def test_the_names_of_the_distributions_have_their_colours_and_can_be_read(themed):
    stage = themed.page.locator("svg.stage")
    inks = [computed(stage.locator("text", has_text=re.compile(f"^{name}$")), "fill") for name in "pq"]
    assert len({*inks, computed(stage, "color")}) == 3
    for ink in inks:
        assert contrast(ink, computed(stage, "backgroundColor")) > 4.5


def test_the_name_of_a_hidden_curve_can_be_read_and_is_struck_through(themed):
    button = themed.page.locator(".legend button", has_text="JSD")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_have_css("opacity", "1")
    expect(button).to_have_css("text-decoration-line", "line-through")
    expect(button).to_have_css("border-top-style", "dashed")
    assert contrast(computed(button, "color"), computed(button, "backgroundColor")) > 4.5


def test_a_release_that_nobody_hears_ends_the_movement_with_the_next_one(mounted):
    component = mounted("shift", segments())
    box, slider = screens.box(component.page.locator(".panels svg")), component.page.get_by_label("θ", exact=True)
    component.grab(component.page.locator(".panels svg"), (100, 0))
    held = slider.evaluate("slider => slider.valueAsNumber")
    component.let_go_unheard()
    for share in (0.3, 0.4, 0.5):
        component.page.mouse.move(box["x"] + share * box["width"], box["y"] + 100)
    component.expect_reports(("value", held))
    expect(slider).to_have_js_property("valueAsNumber", held)
    component.drag(component.page.locator(".panels svg"), (-100, 0))  # at the first press
    component.page.wait_for_function("() => reports.length === 2")
    assert component.last_report()[1] < 0 < held


def test_a_new_size_under_the_hand_leaves_the_value_under_the_pointer(mounted):
    component = mounted("shift", segments())
    component.grab(component.page.locator(".panels svg"), (100, 0))
    component.page.set_viewport_size({"width": 900, "height": 900})
    expect(component.page.locator(".panels svg")).to_have_attribute("viewBox", re.compile("0 0 (900|8[0-9]{2}) "))
    box = screens.box(component.page.locator(".panels svg"))
    left, right = 54, 14  # margins of the axis
    middle = box["x"] + left + (box["width"] - left - right) / 2
    component.page.mouse.move(middle, box["y"] + 100)
    component.page.mouse.up()
    assert component.last_report() == ("value", pytest.approx(0, abs=0.02))
