"""The controller on a simulated plant: starts, the guard, typed numbers, the set points under the hand."""

import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import samples
from ui.training.control_loop import STARTS


@pytest.fixture
def loop(mounted):
    return mounted("control_loop", samples.controller())


def status(component):
    return component.page.locator(".status")


def test_the_curves_follow_the_hand(loop):
    loop.watch("[root.querySelector('.status').textContent, root.querySelectorAll('.panels svg')[1].innerHTML]")
    box = screens.box(loop.page.locator(".stage"))
    x, places = box["x"] + 0.8 * box["width"], [box["y"] + share * box["height"] for share in (0.5, 0.6, 0.7)]
    loop.page.mouse.move(x, places[0])
    loop.page.mouse.down()
    for y in places[1:]:
        loop.page.mouse.move(x, y)
    drawn = loop.drawn()
    loop.expect_reports()
    loop.page.mouse.up()
    assert len({text for text, _ in drawn}) > 1
    assert len({curve for _, curve in drawn}) > 1
    name, numbers = loop.last_report()
    assert name == "moved"
    assert numbers[0] == STARTS["Paper"][0]  # the later half was taken


def test_windup_and_its_guard(loop):
    """Out of reach first, then 8 nats: guarded the KL gets there, unguarded β is still at its bound."""
    loop.page.get_by_role("button", name="Windup").click()
    expect(status(loop)).to_contain_text("at its lower bound. Largest")  # in the second half
    loop.page.get_by_label("Guard").select_option("as published")
    expect(status(loop)).not_to_contain_text("at its lower bound. Largest")
    second = status(loop).inner_text().split("Second half: KL ")[1]
    assert float(second.split()[0]) == pytest.approx(8.0, abs=0.5)
    loop.expect_reports(("moved", STARTS["Windup"]), ("moved", STARTS["Guarded"]))


def test_typed_numbers(loop):
    field = loop.page.get_by_label("Set point C, typed", exact=True)
    before = field.input_value()
    field.fill("-3")
    field.press("Enter")
    expect(status(loop)).to_contain_text(f"Set point C must be a number from 0 to 1,000,000; {before} was kept.")
    expect(field).to_have_value(before)
    loop.expect_reports()
    field.fill("1000")
    field.press("Enter")
    expect(status(loop)).to_contain_text("for C = 1,000, β 1.00 ± 0.00, at its lower bound. Second half")
    loop.expect_reports(("moved", [1000, *STARTS["Paper"][1:]]))


def test_a_redraw_leaves_half_a_number_alone(loop):
    field = loop.page.get_by_label("Set point C, typed", exact=True)
    before = status(loop).inner_text()
    field.fill("9")
    loop.page.set_viewport_size({"width": 700, "height": 900})
    loop.page.wait_for_function("() => root.querySelector('.stage').viewBox.baseVal.width <= 700")
    loop.send(samples.controller())
    expect(field).to_have_value("9")
    expect(status(loop)).to_have_text(before)
    field.press("Enter")
    expect(status(loop)).to_contain_text("for C = 9")


@pytest.mark.parametrize("width", [390, 700, 1120])
def test_numbers_under_an_axis_stand_apart_on_a_projector_too(mounted, width):
    page = mounted("control_loop", samples.controller(), viewport={"width": width, "height": 844}).page
    page.add_style_tag(content=":root { --least: 14px }")
    expect(page.locator(".panels svg")).to_have_count(3)
    gaps = page.evaluate(
        """() => [...root.querySelectorAll('.panels svg')].flatMap((svg) => {
          const texts = [...svg.querySelectorAll('text')].map((text) => text.getBBox());
          const bottom = Math.max(...texts.map(({ y }) => y)), numbers = texts.filter(({ y }) => y > bottom - 5);
          numbers.sort((one, other) => one.x - other.x);
          return numbers.slice(1).map(({ x }, k) => x - numbers[k].x - numbers[k].width);
        })"""
    )
    assert len(gaps) >= 9
    assert min(gaps) > 4


def test_bounds_of_beta_are_written_with_an_index_and_read_as_two_words(loop):
    slider = loop.page.get_by_label("β min", exact=True)
    expect(slider).to_have_value("1")
    assert slider.evaluate("(slider) => slider.parentElement.querySelector('span').innerHTML") == "β<sub>min</sub>"
