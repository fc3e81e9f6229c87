"""PixelShuffle in a real browser: cells fly to their places, a typed number goes along, and the link keeps it."""

import numpy as np
import pytest

from ui.learn import pixel_shuffle

CELLS = ".shuffle .cell"


@pytest.fixture
def shuffle(new_page):
    page = new_page("/pixel_shuffle")
    page.locator(CELLS).nth(35).wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def drawn(page):
    """Numbers in reading order of where they stand in the result, which is what the eye reads there."""
    script = """cells => cells.map(c => [...['y', 'x'].map(n => Number(c.querySelector('rect').getAttribute(n))),
        Number(c.querySelector('text').textContent.replace('−', '-'))])"""
    return [number for _, _, number in sorted(page.locator(CELLS).evaluate_all(script))]


def to(page, time):
    script = "(slider, time) => { slider.value = time; slider.dispatchEvent(new Event('input')); }"
    page.locator(".shuffle input[type=range]").evaluate(script, time)


def test_the_end_is_what_the_layer_gives(shuffle):
    to(shuffle, 4)
    tensor = np.arange(1, 37).reshape(4, 3, 3)
    assert drawn(shuffle) == pixel_shuffle.shuffle(tensor, 2).ravel().tolist()


def test_step_moves_one_channel_and_play_goes_to_the_end(shuffle):
    said = shuffle.locator(".shuffle output")
    shuffle.locator(".shuffle .step").click()
    # The caption, not the slider: a slider rounds its value, and shows 1 a frame before the first channel has landed.
    said.filter(has_text="Channel 1").wait_for()
    shuffle.locator(".shuffle .play").click()
    assert shuffle.locator(".shuffle .play").get_attribute("aria-label") == "Pause"
    said.filter(has_text="Done").wait_for()


def test_a_typed_number_flies_along_and_stands_in_the_link(shuffle, new_page):
    shuffle.locator(CELLS).nth(0).click()
    editor = shuffle.locator(".shuffle .editor")
    editor.fill("-8")
    editor.press("Tab")
    editor.fill("x")
    editor.press("Enter")
    assert "whole number" in shuffle.locator(".shuffle output").inner_text()
    shuffle.wait_for_url("**cells=-8_2_3*")
    other = new_page("/" + shuffle.url.split("/", 3)[3])
    other.locator(CELLS).nth(35).wait_for()
    to(other, 4)
    assert drawn(other)[:2] == [-8, 10]


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_is_wider_than_the_window(new_page, size):
    page = new_page("/pixel_shuffle", viewport={"width": size[0], "height": size[1]})
    page.locator(CELLS).nth(35).wait_for()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]
