"""PixelShuffle: cells fly to their places under slider, step and play; typed numbers go along and are reported."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests import slow
from ui.learn import pixel_shuffle as page

# Where every cell stands, [k, x, y, number], in the tensor's order.
CELLS = """[...root.querySelectorAll(".cell")].map((cell) => {
  const box = cell.querySelector("rect"), place = ["x", "y"].map((name) => Number(box.getAttribute(name)));
  return [Number(cell.dataset.k), ...place, Number(cell.querySelector("text").textContent.replace("−", "-"))];
}).sort((a, b) => a[0] - b[0])"""


def data(name="4x3", cells=None):
    return {**page.data(name), "cells": cells or list(range(1, page.SHAPES[name].cells + 1))}


class Animation:
    def __init__(self, component):
        self.component, self.page = component, component.page
        self.slider, self.output = self.page.locator("input[type=range]"), self.page.locator("output")
        self.editor = self.page.locator(".editor")

    def to(self, time):
        self.slider.evaluate(
            "(slider, time) => { slider.value = time; slider.dispatchEvent(new Event('input')); }", time
        )

    def cells(self):
        return self.page.evaluate(CELLS)

    def read(self):
        """Numbers in the reading order of where they stand."""
        return [number for *_, number in sorted(self.cells(), key=lambda cell: (cell[2], cell[1]))]

    def open(self, k):
        self.page.locator(f".cell[data-k='{k}']").click()
        expect(self.editor).to_be_focused()


@pytest.fixture
def animation(mounted):
    return Animation(mounted("pixel_shuffle", data()))


@pytest.mark.parametrize("name", page.SHAPES)
def test_the_end_is_what_the_layer_gives(mounted, name):
    shape, animation = page.SHAPES[name], Animation(mounted("pixel_shuffle", data(name)))
    animation.to(shape.factor**2)
    tensor = np.arange(1, shape.cells + 1).reshape(shape.channels, shape.height, shape.width)
    assert animation.read() == page.shuffle(tensor, shape.factor).ravel().tolist()
    expect(animation.output).to_contain_text("Done")


@pytest.mark.slow
def test_step_moves_one_channel_and_play_goes_to_the_end(animation):
    start = animation.cells()
    animation.page.get_by_role("button", name="Step").click()
    expect(animation.output).to_contain_text("Channel 1: a = 0, b = 1.")
    after = animation.cells()
    assert [one != other for one, other in zip(start, after, strict=True)] == [True] * 9 + [False] * 27
    play = animation.page.locator(".play")
    animation.to(3.5)  # within the last of four channels, each of which takes more than a second
    animation.component.watch("root.querySelector('.play').ariaLabel")
    play.click()
    expect(animation.output).to_contain_text("Done")
    expect(play).to_have_attribute("aria-label", "Play")
    assert animation.component.drawn() == ["Play", "Pause", "Play"]
    animation.component.expect_reports()


@pytest.mark.slow
def test_the_hand_on_the_slider_stops_the_clock_and_a_held_key_moves_on(animation):
    animation.page.locator(".play").click()
    animation.to(1.5)
    expect(animation.page.locator(".play")).to_have_attribute("aria-label", "Play")
    animation.slider.focus()
    animation.component.watch("root.querySelector('input[type=range]').value")
    for _ in range(20):
        animation.page.keyboard.down("ArrowRight")
    animation.component.send(data())
    animation.page.keyboard.up("ArrowRight")
    expect(animation.slider).to_have_value("1.7")
    drawn = [float(value) for value in animation.component.drawn()]
    assert drawn == sorted(drawn)
    assert drawn[-1] == 1.7


def test_two_typed_numbers_are_two_reports_and_fly_along(animation):
    numbers = list(range(1, 37))
    animation.open(0)
    animation.editor.fill("-8")
    animation.editor.press("Tab")
    numbers[0] = -8
    animation.component.expect_reports(("typed", numbers))
    expect(animation.editor).to_have_attribute("aria-label", "Number 2 of 36")
    animation.component.send(data(cells=numbers))  # what the server answers does not touch the open cell
    animation.editor.fill("999")
    animation.editor.press("Enter")
    first, numbers = list(numbers), [-8, 999, *numbers[2:]]
    animation.component.expect_reports(("typed", first), ("typed", numbers))
    expect(animation.editor).to_be_hidden()
    animation.to(4)
    assert animation.read()[:3] == [-8, 10, 999]


@pytest.mark.parametrize("text", slow.all_but(["x", "1000"], ["x", "1000", "-100", "1.5", ""]))
def test_what_is_no_cell_is_one_sentence(animation, text):
    animation.open(3)
    animation.editor.fill(text)
    animation.editor.press("Enter")
    expect(animation.output).to_have_text("A cell takes a whole number from −99 to 999; the previous one was kept.")
    assert animation.cells()[3][3] == 4
    animation.component.expect_reports()


def test_escape_and_the_ends_of_the_keyboards_way(animation):
    animation.page.locator("svg").press("Enter")
    expect(animation.editor).to_have_attribute("aria-label", "Number 1 of 36")
    animation.editor.fill("77")
    animation.editor.press("Escape")
    expect(animation.editor).to_be_hidden()
    assert animation.cells()[0][3] == 1
    animation.open(35)
    animation.editor.press("Tab")  # leaves the picture
    expect(animation.editor).to_be_hidden()
    animation.component.expect_reports()


def test_data_that_arrive_while_a_number_is_typed_leave_it_alone(animation):
    animation.open(2)
    animation.editor.fill("55")
    animation.component.send(data())
    expect(animation.editor).to_have_value("55")
    animation.editor.press("Enter")
    animation.component.expect_reports(("typed", [1, 2, 55, *range(4, 37)]))


def test_another_shape_starts_anew(animation):
    animation.to(2)
    animation.open(0)
    animation.component.send(data("8x2", cells=list(range(10, 42))))
    expect(animation.editor).to_be_hidden()
    expect(animation.slider).to_have_value("0")
    assert [number for *_, number in animation.cells()] == list(range(10, 42))
    animation.component.expect_reports()


def test_the_png_is_saved(animation):
    with animation.page.expect_download() as download:
        animation.page.locator(".save").click()
    assert download.value.suggested_filename == "pixel_shuffle_4x3.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
