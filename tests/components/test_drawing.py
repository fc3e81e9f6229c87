"""The page to draw on: every stroke is one report, and neither data nor a rerun wipes out what the hand drew."""

import base64
import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import hands

INK = """(() => {
  const canvas = root.querySelector("canvas"), { data } = canvas.getContext("2d").getImageData(0, 0, 280, 280);
  return data.filter((value, k) => k % 4 === 0 && value < 128).length;
})()"""


class Hand(hands.Hand):
    def __init__(self, component):
        super().__init__(component)
        box = screens.box(self.page.locator("canvas"))
        self.left, self.top = box["x"], box["y"]

    def stroke(self, *points, watched=False):
        self.mouse.move(self.left + points[0][0], self.top + points[0][1])
        self.mouse.down()
        for x, y in points[1:]:
            self.mouse.move(self.left + x, self.top + y, steps=3)
            if watched:
                self.component.be_watched()
        self.mouse.up()

    def reported(self, count):
        """The last of so many reports, (280, 280) grey levels."""
        self.page.wait_for_function("count => reports.length === count", arg=count)
        name, url = self.component.last_report()
        assert name == "drawn"
        return np.asarray(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("L"))

    def ink(self):
        return self.page.evaluate(INK)

    def press(self, name):
        self.page.get_by_role("button", name=name).click()


@pytest.fixture
def hand(mounted):
    hand = Hand(mounted("drawing", {"label": "Draw here", "picture": None}))
    expect(hand.page.get_by_role("img", name="Draw here")).to_be_visible()
    return hand


def test_two_strokes_are_two_reports_of_the_whole_page(hand):
    hand.component.watch(INK)
    hand.stroke((40, 40), (40, 140), (40, 240), watched=True)
    one = hand.reported(1)
    assert one[140, 40] == 0
    assert one[140, 200] == 255
    hand.stroke((200, 40), (200, 140), (200, 240), watched=True)
    both = hand.reported(2)
    assert both[140, 40] == both[140, 200] == 0
    grown = hand.component.drawn()
    assert grown == sorted(grown)
    assert len(grown) > 3  # the ink follows the hand


def test_the_dot_of_an_i_belongs_to_it(hand):
    hand.page.clock.install(time=0)
    hand.page.clock.pause_at(3_600_000)  # time passes in run_for only, also on a busy machine
    hand.stroke((140, 100), (140, 240))
    hand.page.clock.run_for(150)
    hand.stroke((140, 60), (140, 61))
    hand.page.clock.run_for(150)
    hand.component.expect_reports()
    hand.page.clock.run_for(150)
    assert hand.reported(1)[60, 140] == 0


def test_undo_by_button_and_by_two_keys(hand):
    for number, x in enumerate((40, 140, 240), 1):
        hand.stroke((x, 40), (x, 240))
        hand.reported(number)
    hand.press("Undo")
    assert hand.reported(4)[140, 240] == 255
    hand.page.locator("canvas").press("Control+z")
    assert hand.reported(5)[140, 140] == 255
    hand.page.locator("canvas").press("Control+z")
    assert (hand.reported(6) == 255).all()
    assert hand.ink() == 0


@pytest.mark.slow
def test_eraser_and_clear(hand):
    hand.stroke((40, 140), (240, 140))
    hand.reported(1)
    hand.press("Eraser")
    expect(hand.page.get_by_role("button", name="Eraser")).to_have_attribute("aria-pressed", "true")
    hand.stroke((140, 100), (140, 180))
    row = hand.reported(2)[140]
    assert (row[60], row[140], row[220]) == (0, 255, 0)
    hand.press("Clear")
    assert (hand.reported(3) == 255).all()
    hand.press("Undo")
    assert hand.reported(4)[140, 60] == 0


def test_data_that_arrive_during_a_stroke_wipe_out_nothing(hand):
    hand.mouse.move(hand.left + 40, hand.top + 40)
    hand.mouse.down()
    hand.mouse.move(hand.left + 40, hand.top + 140)
    before = hand.ink()
    hand.component.send({"label": "Draw here", "picture": None})
    hand.mouse.move(hand.left + 40, hand.top + 240)
    hand.mouse.up()
    hand.component.send({"label": "Draw on", "picture": None})
    assert hand.reported(1)[140, 40] == 0
    expect(hand.page.get_by_role("img", name="Draw on")).to_be_visible()
    assert hand.ink() > before > 0


@pytest.mark.slow
def test_a_kept_drawing_comes_back_once(hand, mounted):
    hand.stroke((40, 40), (40, 240))
    hand.reported(1)
    picture = hand.component.last_report()[1]
    other = Hand(mounted("drawing", {"label": "Draw here", "picture": picture}))
    other.page.wait_for_function(f"wanted => {INK} === wanted", arg=hand.ink())
    other.press("Clear")
    other.reported(1)
    other.component.send({"label": "Draw here", "picture": picture})
    other.stroke((200, 100), (200, 101))
    page = other.reported(2)
    assert page[100, 200] == 0
    assert page[140, 40] == 255


def test_the_keyboard_draws_too(hand):
    canvas = hand.page.locator("canvas")
    for key in ("ArrowLeft", " ", *["ArrowDown"] * 5, " ", "ArrowRight"):
        canvas.press(key)
    page = hand.reported(1)
    assert (page[140:190, 130] == 0).all()
    assert page[140, 160] == 255
    canvas.press("Control+z")
    assert (hand.reported(2) == 255).all()


def test_the_keyboards_cursor_stays_at_its_place_of_the_page_when_the_window_gets_another_size(hand):
    hand.page.locator("canvas").press("ArrowLeft")
    for width in (160, 240):
        hand.page.set_viewport_size({"width": width, "height": 700})
        hand.page.wait_for_function(
            """(width) => {
              const box = (one) => root.querySelector(one).getBoundingClientRect();
              const page = box("canvas"), cursor = box("canvas + span");
              const right = cursor.left + cursor.width / 2 - page.left - (1 / 2 - 1 / 28) * page.width;
              const down = cursor.top + cursor.height / 2 - page.top - page.height / 2;
              return page.width === width && Math.abs(right) < 1 && Math.abs(down) < 1;
            }""",
            arg=width,
        )
