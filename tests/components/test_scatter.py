"""The map: pictures on hover, a click or a key chooses, and the hand moves and zooms it."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import hands
from ui import tiles
from ui.slides import words

SIDE = 10  # points on a grid of SIDE × SIDE
CLASSES = ["even", "odd"]
BOX = {"width": 800, "height": 540}


def data(identity="one", chosen=None, count=SIDE**2):
    column, row = np.arange(count) % SIDE, np.arange(count) // SIDE
    places = np.stack([column, row], 1) * 10000 // (SIDE - 1)
    pictures = np.stack([np.full((1, 4, 4), 2 * k, np.uint8) for k in range(count)])
    return {
        "points": places.ravel().tolist(),
        "labels": (column % 2).tolist(),
        "classes": CLASSES,
        "colours": ["#0072b2", "#d55e00"],
        "sprites": tiles.sheet(pictures, SIDE),
        "columns": SIDE,
        "tile": [4, 4],
        "name": identity,
        "label": "A map",
        "axes": ["first", "second"],
        "save": words(identity, "A map", "A model"),
        "identity": identity,
        "chosen": chosen,
    }


class Map(hands.Hand):
    def __init__(self, component):
        super().__init__(component)
        self.canvas, self.tip = self.page.locator("canvas.points"), self.page.locator(".tip")
        self.component.send(data())
        self.box = screens.box(self.canvas)
        self.side = min(self.box["width"], self.box["height"]) - 30

    def place(self, number):
        """Where a point of the whole map is in the window."""
        x, y = number % SIDE / (SIDE - 1) - 0.5, number // SIDE / (SIDE - 1) - 0.5
        middle = self.box["x"] + self.box["width"] / 2, self.box["y"] + self.box["height"] / 2
        return middle[0] + x * self.side, middle[1] - y * self.side

    def expect_met(self, number):
        expect(self.tip).to_be_visible()
        expect(self.tip.locator("span")).to_have_text(f"{CLASSES[number % SIDE % 2]} · number {number}")

    def drawn(self):
        """The points, without a ring around what is under the pointer."""
        self.mouse.move(1, 1)
        expect(self.tip).to_be_hidden()
        return self.canvas.evaluate("canvas => canvas.toDataURL()")

    def expect_other_than(self, picture):
        self.page.wait_for_function("before => root.querySelector('canvas.points').toDataURL() !== before", arg=picture)

    def expect_drawn(self, picture):
        self.page.wait_for_function("wanted => root.querySelector('canvas.points').toDataURL() === wanted", arg=picture)


@pytest.fixture
def scatter(mounted):
    return Map(mounted("scatter", data(), viewport=BOX))


def test_hover_shows_the_picture_and_leaving_hides_it(scatter):
    scatter.mouse.move(*scatter.place(42))
    scatter.expect_met(42)
    grey = "root.querySelector('.tip canvas').getContext('2d').getImageData(1, 1, 1, 1).data[0]"
    scatter.page.wait_for_function(f"() => {grey} === 84")
    scatter.mouse.move(1, 1)
    expect(scatter.tip).to_be_hidden()
    scatter.component.expect_reports()


def test_two_clicks_and_two_keys_in_one_visit(scatter):
    for number in (42, 7):
        scatter.mouse.click(*scatter.place(number))
    scatter.component.expect_reports(("chosen", 42), ("chosen", 7))
    scatter.component.send(data(chosen=42))  # the answer to the first click, which the hand has left behind
    scatter.page.keyboard.press("ArrowRight")
    scatter.expect_met(8)
    scatter.page.keyboard.press("ArrowUp")
    scatter.expect_met(18)
    scatter.page.keyboard.press("Enter")
    scatter.component.expect_reports(("chosen", 42), ("chosen", 7), ("chosen", 18))
    expect(scatter.page.locator(".message")).to_have_text("even · number 18")
    scatter.page.keyboard.press("Escape")
    expect(scatter.tip).to_be_hidden()


@pytest.mark.slow
def test_a_held_arrow_key_goes_to_the_end(scatter):
    scatter.mouse.click(*scatter.place(0))
    for _ in range(20):
        scatter.page.keyboard.down("ArrowRight")
    scatter.page.keyboard.up("ArrowRight")
    scatter.expect_met(9)
    scatter.page.keyboard.press("Enter")
    scatter.component.expect_reports(("chosen", 0), ("chosen", 9))


@pytest.mark.slow
def test_the_wheel_zooms_around_the_hand_once_the_map_was_clicked(scatter):
    whole = scatter.drawn()
    scatter.mouse.move(*scatter.place(42))
    scatter.mouse.wheel(0, -300)
    scatter.expect_met(42)
    assert scatter.drawn() == whole
    scatter.mouse.click(*scatter.place(42))
    scatter.mouse.wheel(0, -300)
    expect(scatter.tip).to_be_hidden()
    x, y = scatter.place(42)
    scatter.mouse.move(x + 20, y)
    scatter.mouse.move(x, y)
    scatter.expect_met(42)  # still the point under the hand
    assert scatter.drawn() != whole


@pytest.mark.slow
def test_two_drags_carry_the_zoomed_map_and_choose_nothing(scatter):
    whole = scatter.drawn()
    x, y = scatter.place(44)
    scatter.page.get_by_label("Zoom in").click()
    for _ in range(2):
        before = scatter.drawn()
        scatter.mouse.move(x, y)
        scatter.mouse.down()
        scatter.component.watch("root.querySelector('canvas.points').toDataURL().length")
        scatter.mouse.move(x + 40, y - 20, steps=5)
        assert len(scatter.component.drawn()) > 1  # it follows before release
        scatter.mouse.up()
        scatter.expect_other_than(before)
    scatter.component.expect_reports()
    scatter.page.get_by_label("Show all").click()
    scatter.expect_drawn(whole)


def test_another_map_that_arrives_during_a_drag_waits_for_the_hand(scatter):
    x, y = scatter.place(44)
    scatter.page.get_by_label("Zoom in").click()
    scatter.mouse.move(x, y)
    scatter.mouse.down()
    scatter.mouse.move(x + 30, y)
    before = scatter.canvas.evaluate("canvas => canvas.toDataURL()")
    scatter.component.send(data("two", count=50))
    assert scatter.canvas.evaluate("canvas => canvas.toDataURL()") == before
    scatter.mouse.up()
    scatter.expect_other_than(before)
    assert scatter.canvas.get_attribute("aria-label") == "A map"


def test_the_legend_hides_classes_and_shows_one_alone(scatter):
    whole = scatter.drawn()
    first, second = scatter.page.locator(".legend button").all()
    first.click()
    expect(first).to_have_attribute("aria-pressed", "false")
    scatter.expect_other_than(whole)
    scatter.mouse.move(*scatter.place(42))
    expect(scatter.tip).to_be_hidden()  # an even one
    first.click()
    scatter.expect_drawn(whole)
    first.dblclick()
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(second).to_have_attribute("aria-pressed", "false")
    first.press("Shift+Enter")
    scatter.expect_drawn(whole)
    scatter.component.send(data("two"))  # another map of the same classes keeps the choice
    first.click()
    scatter.component.send(data("three"))
    expect(first).to_have_attribute("aria-pressed", "false")


def test_a_map_stands_still_where_nobody_hears_that_the_hand_let_go(scatter):
    scatter.page.get_by_label("Zoom in").click()
    x, y = scatter.place(44)
    scatter.mouse.move(x, y)
    scatter.mouse.down()
    scatter.mouse.move(x + 40, y)
    scatter.component.let_go_unheard()
    scatter.mouse.move(x + 80, y)
    before = scatter.drawn()
    scatter.mouse.move(x - 80, y - 60)
    assert scatter.drawn() == before


def test_two_fingers_zoom_and_a_tap_chooses(mounted):
    scatter = Map(mounted("scatter", data(), viewport={"width": 390, "height": 700}, has_touch=True))
    assert scatter.page.evaluate("document.documentElement.scrollWidth") <= 390
    scatter.page.touchscreen.tap(*scatter.place(42))
    scatter.component.expect_reports(("chosen", 42))
    scatter.expect_met(42)
    scatter.page.get_by_label("Show all").click()
    whole = scatter.drawn()
    x, y = scatter.place(44)
    touch = scatter.page.context.new_cdp_session(scatter.page)
    for kind, spread in [("touchStart", 20), ("touchMove", 40), ("touchMove", 80), ("touchEnd", None)]:
        points = [{"x": x - spread, "y": y, "id": 0}, {"x": x + spread, "y": y, "id": 1}] if spread else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    scatter.expect_other_than(whole)
    assert scatter.page.evaluate("visualViewport.scale") == 1
    scatter.page.get_by_label("Show all").click()  # handled behind the fingers
    scatter.expect_drawn(whole)
    scatter.component.expect_reports(("chosen", 42))  # two fingers choose nothing


def test_the_png_is_that_of_the_map(scatter):
    with scatter.page.expect_download() as download:
        scatter.page.get_by_label("Save as PNG").click()
    assert re.fullmatch(r"one\.png", download.value.suggested_filename)
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_map_that_is_hidden_throws_nothing_and_is_drawn_again_when_it_is_seen(scatter):
    before = scatter.drawn()
    scatter.page.evaluate("() => void (root.host.style.display = 'none')")
    scatter.page.evaluate(screens.FRAMES)
    scatter.component.send(data("two"))  # as a page that is being left gets it: the fixture fails on an error
    scatter.component.send(data())
    scatter.page.evaluate("() => void (root.host.style.display = '')")
    scatter.expect_drawn(before)


def test_the_names_of_the_axes_have_the_ink_of_another_theme(scatter):
    before = scatter.drawn()
    scatter.page.evaluate("() => document.documentElement.style.setProperty('--st-text-color', '#fafafa')")
    scatter.component.send(data())  # as Streamlit does
    scatter.expect_other_than(before)


def test_a_lasso_fills_one_group_and_then_the_other_and_a_press_adds_a_point(scatter):
    groups = {end: {"label": "", "rows": []} for end in ("from", "to")}
    scatter.component.send(data("groups") | {"lasso": groups})
    scatter.box = screens.box(scatter.canvas)  # below the buttons of the groups
    for corner in (43, 77):
        points = [scatter.place(row) for row in (corner, corner + 1, corner + 11, corner + 10)]
        outside = [(points[0][0] - 15, points[0][1] + 15), (points[1][0] + 15, points[1][1] + 15)]
        outside += [(points[2][0] + 15, points[2][1] - 15), (points[3][0] - 15, points[3][1] - 15)]
        scatter.mouse.move(*outside[0])
        scatter.mouse.down()
        for place in (*outside[1:], outside[0]):
            scatter.mouse.move(*place, steps=5)
        scatter.mouse.up()
    scatter.mouse.click(*scatter.place(99))
    first, second = [43, 44, 53, 54], [77, 78, 87, 88]
    reports = [("from", first), ("to", second), ("from", [*first, 99])]
    scatter.component.expect_reports(*[("lassoed", {"group": group, "rows": rows}) for group, rows in reports])
    expect(scatter.page.locator("[data-count=from]")).to_have_text("5")
    scatter.page.get_by_role("button", name="to:").click()
    scatter.page.get_by_role("button", name="Empty it").click()
    scatter.canvas.press("ArrowLeft")
    scatter.canvas.press("Enter")  # by keyboard
    assert scatter.component.last_report()[1]["group"] == "to"
    expect(scatter.page.locator("[data-count=to]")).to_have_text("1")
