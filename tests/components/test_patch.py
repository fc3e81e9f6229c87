"""The patch of noise: every place of a drag is drawn, the last one is reported, and what the hand holds wins."""

import numpy as np
import pytest
from playwright.sync_api import expect

SIDE, SIZE = 4, 16
PICTURE = (np.arange(SIZE**2) % 100 + 50).reshape(SIZE, SIZE)
# The left upper corner of the patch, from the pixels: in it they are 255 − x.
PLACE = f"""(() => {{
  const canvas = root.querySelector("canvas"), zoom = canvas.width / {SIZE};
  const {{ data }} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  for (let k = 0; k < {SIZE**2}; k++) {{
    const row = Math.floor(k / {SIZE}), column = k % {SIZE};
    const grey = data[4 * ((row + 0.5) * zoom * canvas.width + (column + 0.5) * zoom)];
    if (grey === 255 - (k % 100 + 50)) return [row, column];
  }}
}})()"""


def data(row=2, column=3, number=0, session="a", **more):
    return {
        "label": "a digit with a square of noise",
        "pixels": PICTURE.ravel().tolist(),
        "width": SIZE,
        "height": SIZE,
        "side": SIDE,
        "scale": [-1.0] * SIDE**2,
        "offset": [1.0] * SIDE**2,
        "row": row,
        "column": column,
        "answers": {"session": session, "number": number},
    } | more


def report(row, column, number):
    return "moved", {"number": number, "value": {"row": row, "column": column}}


class Hand:
    def __init__(self, component):
        self.component, self.page, self.mouse = component, component.page, component.page.mouse
        self.canvas = self.page.locator("canvas")
        self.box = self.canvas.bounding_box()

    def at(self, row, column):
        """The middle of a pixel of the picture, in the window."""
        side = self.box["width"] / SIZE
        return self.box["x"] + (column + 0.5) * side, self.box["y"] + (row + 0.5) * side

    def expect_place(self, row, column):
        self.page.wait_for_function(f"wanted => String({PLACE}) === wanted", arg=f"{row},{column}")
        expect(self.page.locator(".where")).to_have_text(f"row {row}, column {column}")


@pytest.fixture
def hand(mounted):
    hand = Hand(mounted("patch", data()))
    hand.expect_place(2, 3)
    return hand


def test_every_place_of_a_drag_is_drawn_and_two_drags_are_two_reports(hand):
    hand.mouse.move(*hand.at(3, 4))
    hand.mouse.down()
    hand.component.watch(PLACE)
    for step in range(1, 6):
        hand.mouse.move(*hand.at(3 + step, 4 + step))
        hand.expect_place(2 + step, 3 + step)
    assert hand.component.drawn() == [[2 + step, 3 + step] for step in range(6)]
    hand.component.expect_reports()
    hand.mouse.up()
    hand.component.expect_reports(report(7, 8, 1))
    hand.component.send(data(7, 8, 1))
    hand.mouse.move(*hand.at(8, 9))
    hand.mouse.down()
    hand.mouse.move(*hand.at(1, 1), steps=3)
    hand.mouse.up()
    hand.component.expect_reports(report(7, 8, 1), report(0, 0, 2))
    hand.expect_place(0, 0)


def test_a_click_brings_the_middle_and_the_edge_holds_it(hand):
    hand.mouse.click(*hand.at(15, 15))
    hand.component.expect_reports(report(12, 12, 1))
    hand.expect_place(12, 12)


def test_a_press_that_moves_nothing_reports_nothing(hand):
    hand.mouse.click(*hand.at(3, 4))
    hand.component.expect_reports()


def test_two_keys(hand):
    hand.canvas.press("ArrowDown")
    hand.component.expect_reports(report(3, 3, 1))
    hand.component.send(data(3, 3, 1))
    hand.canvas.press("Shift+ArrowRight")
    hand.component.expect_reports(report(3, 3, 1), report(3, 7, 2))
    hand.expect_place(3, 7)


def test_a_held_key_is_one_report_of_the_last_place(hand):
    hand.canvas.focus()
    for _ in range(20):
        hand.page.keyboard.down("ArrowRight")
    hand.component.send(data(2, 4, 0))
    hand.expect_place(2, 12)
    hand.page.keyboard.up("ArrowRight")
    hand.page.wait_for_function("() => reports.length === 1")
    name, last = hand.component.last_report()
    assert (name, last["value"]) == ("moved", {"row": 2, "column": 12})
    hand.component.send(data(2, 12, last["number"]))
    hand.expect_place(2, 12)


def test_data_that_arrive_during_a_drag_do_not_move_the_patch(hand):
    hand.mouse.move(*hand.at(3, 4))
    hand.mouse.down()
    hand.mouse.move(*hand.at(6, 6))
    hand.component.watch(PLACE)
    hand.component.send(data(0, 0))
    hand.mouse.move(*hand.at(7, 6))
    hand.expect_place(6, 5)
    hand.mouse.up()
    hand.component.expect_reports(report(6, 5, 1))
    assert [0, 0] not in hand.component.drawn()


def test_an_answer_to_an_older_drag_is_dropped_and_other_data_are_taken(hand):
    hand.mouse.click(*hand.at(10, 10))
    hand.mouse.click(*hand.at(4, 5))
    hand.page.wait_for_function("() => reports.length === 2")
    hand.component.watch(PLACE)
    hand.component.send(data(8, 8, 1))
    assert hand.component.drawn() == [[3, 4]]
    hand.component.send(data(3, 4, 2))
    hand.component.send(data(5, 2, 2))  # a number was typed into a field of the page
    hand.expect_place(5, 2)
    hand.component.send(data(1, 1, 0, session="b"))  # the server forgot the visit
    hand.expect_place(1, 1)
