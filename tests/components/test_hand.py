"""One rule for all components: what the hand holds wins, and the last value is reported."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import slow
from tests.components import samples


@dataclass(frozen=True)
class Case:
    """A component, its data, and what of it a hand can move."""

    name: str
    data: Callable[[], dict]
    other: Callable[[], dict]  # with another identity
    slider: str  # what a reader hears
    surface: str  # what is dragged
    reported: str  # name of the report
    value: Callable[[Any], float]  # the slider's value in a report
    legend: str | None = None  # a name in the legend
    step: float | None = None  # of an arrow key, where it is not that of the slider


def place(k):
    return lambda numbers: numbers[k]


def itself(value):
    return value


def another(sample, **more):
    return lambda: {**sample(), "identity": "another", **more}


CASES = [
    Case(
        "gaussians",
        samples.gaussians,
        lambda: samples.gaussians("two"),
        "mean of q",
        ".stage .handle >> nth=1",
        "moved",
        place(2),
        "critic T",
    ),
    Case(
        "elbo",
        samples.elbo_numbers,
        another(samples.elbo_numbers, numbers=[2.5, 1, 2, 0.8, 1, 0]),
        "mean of q",
        ".stage .handle",
        "moved",
        place(0),
        "prior p(z)",
    ),
    Case(
        "trade_off",
        samples.trade_off_numbers,
        another(samples.trade_off_numbers, numbers=[1, 3.5]),
        "set point C",
        ".stage .handle >> nth=0",
        "moved",
        place(1),
    ),
    Case(
        "reparameterise",
        samples.draws,
        another(samples.draws, numbers=[-2, 1, 0.5]),
        "μ",
        ".stage .handle >> nth=1",
        "moved",
        place(0),
    ),
    Case(
        "control_loop",
        samples.controller,
        another(samples.controller, numbers=[20, 12, 0.01, 0.001, 1, 100, 0.1, 0]),
        "Set point C",
        ".stage",
        "moved",
        place(0),
        "KL",
    ),
    Case(
        "shift",
        samples.shifted,
        another(samples.shifted, value=5.0),
        "a",
        ".panels svg >> nth=0",
        "value",
        itself,
        "Minimax",
    ),
    Case(
        "curve_player",
        samples.frames_of_curves,
        another(samples.frames_of_curves, start=25),
        "step",
        "input[type=range]",
        "frame",
        itself,
        "still",
    ),
    Case(
        "picture_player",
        samples.frames_of_pictures,
        another(samples.frames_of_pictures, frame=25),
        "step",
        ".panels svg >> nth=0",
        "frame",
        itself,
        "other",
    ),
    Case(
        "live_pictures",
        samples.paths,
        lambda: samples.paths(alpha=0.8, scene="another"),
        "from A (0) to B (1)",
        ".strips canvas >> nth=0",
        "values",
        lambda values: values["alpha"],
        "Great circle",
        0.01,
    ),
]
cases = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
# `make slow` tries the others, which share the code of these.
QUICK = [case for case in CASES if case.name in ("control_loop", "gaussians", "trade_off")]
few_cases = pytest.mark.parametrize("case", slow.all_but(QUICK, CASES), ids=lambda case: case.name)
# Ways of a pointer from the middle of what it takes; the controller's set points move up and down.
FIRST, SECOND = [(60, -20), (90, -30)], [(-20, 20), (-30, 25)]


STANDS = """([label, value]) => {
  const slider = root.querySelector(`input[aria-label="${label}"]`);
  return Math.abs(slider.valueAsNumber - value) < 1e-6;
}"""


def opened(mounted, case):
    component = mounted(case.name, case.data())
    slider = component.page.get_by_label(case.slider, exact=True)
    slider.wait_for()
    component.page.wait_for_function("() => root.querySelector('input[type=range]').getAttribute('aria-label')")
    return component, slider


def expect_slider(slider, value):
    """Wait until it stands there."""
    label = slider.get_attribute("aria-label")
    slider.page.wait_for_function(STANDS, arg=[label, value])


@cases
def test_two_drags_and_two_keys_in_one_visit(mounted, case):
    """Each is reported once; the answer to an earlier report, which comes late, changes nothing."""
    component, slider = opened(mounted, case)
    surface = component.page.locator(case.surface)
    values = [slider.evaluate("slider => slider.valueAsNumber")]
    for count, act in enumerate(
        [
            lambda: component.drag(surface, *FIRST),
            lambda: component.drag(surface, *SECOND),
            lambda: slider.press("ArrowRight"),
            lambda: slider.press("ArrowRight"),
        ],
        1,
    ):
        act()
        component.page.wait_for_function("count => reports.length === count", arg=count)
        name, reported = component.last_report()
        assert name == case.reported
        values.append(case.value(reported))
        expect_slider(slider, values[-1])
        component.send(case.data())  # a run of the page: the server still knows the first value only
        expect_slider(slider, values[-1])
    assert all(before != after for before, after in itertools.pairwise(values))


@few_cases
def test_a_held_key_ends_at_its_last_value_and_reports_it_once(mounted, case):
    component, slider = opened(mounted, case)
    slider.press("Home")
    component.page.wait_for_function("() => reports.length")
    component.forget_reports()
    low, step = slider.evaluate("slider => [Number(slider.min), Number(slider.step) || 1]")
    step = case.step or step
    for k in range(20):
        component.page.keyboard.down("ArrowRight")
        if k == 10:
            component.send(case.data())  # the answer to something older
    expect_slider(slider, low + 20 * step)
    component.expect_reports()
    component.page.keyboard.up("ArrowRight")
    name, reported = component.last_report()
    assert (name, case.value(reported)) == (case.reported, pytest.approx(low + 20 * step))
    component.send(case.data())
    expect_slider(slider, low + 20 * step)
    assert component.page.evaluate("reports.length") == 1


@few_cases
def test_data_that_arrives_during_a_drag_waits_for_the_hand(mounted, case):
    component, slider = opened(mounted, case)
    component.grab(component.page.locator(case.surface), *FIRST)
    held = slider.evaluate("slider => slider.valueAsNumber")
    component.watch(
        f"[...root.querySelectorAll('input[type=range]')].find((one) => one.ariaLabel === {case.slider!r}).value"
    )
    component.send(case.other())
    assert component.drawn() == [slider.input_value()]
    expect_slider(slider, held)
    component.expect_reports()
    component.page.mouse.up()
    name, reported = component.last_report()
    assert (name, case.value(reported)) == (case.reported, held)
    expect(slider).not_to_have_js_property("valueAsNumber", held)  # now the new data is there


def test_data_of_an_older_run_are_dropped(mounted):
    """Streamlit may give a component that is being loaded the newest data first."""

    def numbered(level, session, number):
        return {
            **samples.elbo_numbers(),
            "numbers": [level, 1, 2, 0.8, 1, 0],
            "order": {"session": session, "number": number},
        }

    component = mounted("elbo", numbered(1, "a", 3))
    slider = component.page.get_by_role("slider", name="mean of q")
    for data, level in (
        (numbered(2, "a", 2), 1),
        (numbered(2, "a", 4), 2),
        (numbered(-1, "b", 0), -1),  # after the server was started again
        (numbered(1, "b", 0), 1),  # the same run, drawn again
    ):
        component.send({**data, "identity": str(data)})
        expect_slider(slider, level)


@pytest.mark.slow
@pytest.mark.parametrize("case", [case for case in CASES if case.legend], ids=lambda case: case.name)
def test_a_name_pressed_by_a_key_hides_its_curve_and_keeps_the_focus(mounted, case):
    component, _ = opened(mounted, case)
    button = component.page.locator(".legend button").filter(has_text=case.legend).first
    paths = component.page.locator(".panels path, .stage path")
    expect(button).to_have_attribute("aria-pressed", "true")
    before = paths.count()
    button.focus()
    for pressed in ("false", "true"):
        component.page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-pressed", pressed)
        expect(button).to_be_focused()
        if pressed == "false":
            expect(paths).not_to_have_count(before)
    expect(paths).to_have_count(before)


@pytest.mark.slow
@cases
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_window(mounted, case, width):
    component = mounted(case.name, case.data(), viewport={"width": width, "height": 900})
    component.page.locator("svg").last.wait_for()
    assert component.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
@cases
def test_a_component_that_left_the_page_begins_anew(mounted, case):
    component, slider = opened(mounted, case)
    slider.press("ArrowRight")
    component.page.wait_for_function("() => reports.length === 1")
    component.leave()
    component.send(case.other())
    component.page.wait_for_function("() => root.querySelector('input[type=range]').getAttribute('aria-label')")
    component.drag(component.page.locator(case.surface), *FIRST)
    component.page.wait_for_function("() => reports.length >= 2")
