"""What the hand puts on the map of codes: a line with the pictures along it, and a drawing.

The networks are a worker of the test, which answers by simple formulas.
"""

import base64
import dataclasses
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from data import prepare
from tests.browser import screens
from tests.components import test_scatter
from tests.components.networks import network
from tests.components.samples import floats
from tests.components.test_scatter import SIDE, Map

# The decoder gives a picture of one grey, the first number of the code; the classifier the class 0 below a half. The
# encoder gives the share of ink in the left and in the right half of the picture.
WORKER = """(failure) => {
  window.asked = [];
  const answer = ({ load, run, inputs }) => {
    asked.push(load ? `load ${load.sha256}` : run);
    if (load) return failure ? Promise.reject(failure) : Promise.resolve({});
    if (run === "decoder") {
      const { data, dims: [n, latent] } = inputs.z, picture = new Float32Array(16 * n);
      for (let k = 0; k < n; k++) picture.fill(data[k * latent], 16 * k, 16 * (k + 1));
      return Promise.resolve({ outputs: { picture: { data: picture, dims: [n, 1, 4, 4] } } });
    }
    const { data } = inputs.x;
    if (run === "classifier") {
      const logits = Float32Array.of(9 - 18 * data[0], 18 * data[0] - 9);
      return Promise.resolve({ outputs: { logits: { data: logits, dims: [1, 2] } } });
    }
    const mean = new Float32Array(3);
    data.forEach((value, k) => (mean[Number(k % 4 >= 2)] += value / 8));
    return Promise.resolve({ outputs: { mean: { data: mean, dims: [1, 3] } } });
  };
  const over = new Promise(() => {});
  globalThis[Symbol.for("latent-lab network worker")] = { url: "http://host/worker.js", asked: { ask: answer, over } };
}"""
HERE = "root.querySelector('.here').getContext('2d').getImageData(1, 1, 1, 1).data[0]"
STRIP = """[...Array(9).keys()].map((k) =>
  root.querySelector('.strip').getContext('2d').getImageData(4 * k + 1, 1, 1, 1).data[0])"""
CODES = np.stack([np.arange(100) % SIDE, np.arange(100) // SIDE, np.zeros(100)], 1) / (SIDE - 1)


def data(walk=None, ink="", kind="pca", identity="live"):
    """The first two numbers of a code are its place on the map, with PCA exactly."""
    labels = np.arange(100) % 2
    codes = CODES.astype("<f2").tobytes() + labels.astype(np.uint8).tobytes()
    live = {
        "networks": {part: network(part) for part in ("encoder", "decoder", "classifier")},
        "classes": ["dark", "light"],
        "codes": {"data": base64.b64encode(codes).decode(), "count": 100, "latent": 3, "labelled": True},
        "preset": dataclasses.asdict(prepare.preset("mnist")),
        "kind": kind,
        "components": floats(np.eye(3)[:2]),
        "centre": floats(np.zeros(3)),
        "middle": [0.5, 0.5],
        "span": 1,
    }
    return {**test_scatter.data(identity), "live": live, "walk": walk, "ink": ink}


class Walk(Map):
    def __init__(self, component, given, failure=None):
        super().__init__(component)
        self.page.evaluate(WORKER, failure)
        component.send(given)

    def take(self, mode):
        self.page.get_by_role("button", name=mode).click()
        self.page.evaluate(screens.FRAMES)
        self.box = screens.box(self.canvas)
        self.side = min(self.box["width"], self.box["height"]) - 30

    def expect_here(self, grey):
        self.page.wait_for_function(f"wanted => Math.abs({HERE} - wanted) <= 3", arg=grey)

    def expect_strip(self, greys):
        self.page.wait_for_function(f"wanted => {STRIP}.every((grey, k) => Math.abs(grey - wanted[k]) <= 1)", arg=greys)

    def move(self, number):
        self.mouse.move(*self.place(number))


@pytest.fixture
def walk(mounted):
    def opened(failure=None, **more):
        return Walk(
            mounted("scatter", test_scatter.data(), viewport={"width": 900, "height": 900}), data(**more), failure
        )

    return opened


def along(a, b):
    return [round(255 * (a + (b - a) * k / 8)) for k in range(9)]


@pytest.mark.parametrize("kind", ["pca", "tsne"])
def test_a_line_is_drawn_and_its_handle_dragged_without_a_message(walk, kind):
    page = walk(kind=kind)
    page.take("Walk along a line")
    expect(page.page.locator(".sentence")).to_contain_text("Drag the handle")
    page.page.wait_for_function("() => asked.includes('classifier')")  # a first line is there
    page.move(30)
    page.mouse.down()
    for column in range(1, 10):
        page.move(30 + column)
    page.expect_strip(along(0, 1))  # while the hand is down
    page.component.expect_reports()
    page.mouse.up()
    page.component.expect_reports(("walked", [30, 39, 0.5]))
    page.expect_here(128)
    x0, y0 = page.place(30)
    x1, _ = page.place(39)
    page.mouse.move((x0 + x1) / 2, y0)
    page.mouse.down()
    for share in (0.6, 0.8, 0.9):
        page.mouse.move(x0 + share * (x1 - x0), y0 + 20)
    expect(page.page.locator(".reading")).to_have_text(re.compile(r"α = 0\.[89]\d"))
    expect(page.page.locator(".walk-classes b").first).to_have_text("light")
    assert page.page.evaluate("reports.length") == 1
    page.mouse.up()
    (name, (a, b, alpha)) = page.component.last_report()
    assert (name, a, b) == ("walked", 30, 39)
    assert alpha == pytest.approx(0.9, abs=0.02 if kind == "pca" else 0.07)
    page.expect_here(255 * alpha)


def test_two_clicks_set_the_ends(walk):
    page = walk(walk=[0, 9, 0.25])
    page.expect_strip(along(0, 1))
    page.take("Walk along a line")
    page.mouse.click(*page.place(52))
    page.component.expect_reports(("walked", [52, 9, 0.25]))
    page.mouse.click(*page.place(56))
    page.component.expect_reports(("walked", [52, 9, 0.25]), ("walked", [52, 56, 0.25]))
    page.expect_strip(along(2 / 9, 6 / 9))


def test_the_slider_and_the_keys_do_it_too(walk):
    page = walk(walk=[0, 9, 0.25])
    page.take("Walk along a line")
    slider = page.page.get_by_label("Position α between A and B")
    expect(slider).to_have_value("0.25")
    slider.press("End")
    page.expect_here(255)
    page.component.expect_reports(("walked", [0, 9, 1]))
    page.canvas.focus()
    page.canvas.press("ArrowRight")
    page.canvas.press("Enter")
    page.component.expect_reports(("walked", [0, 9, 1]), ("walked", [1, 9, 1]))


def test_points_are_looked_at_again_afterwards(walk):
    page = walk(walk=[0, 9, 0.5])
    page.take("Look at points")
    page.mouse.click(*page.place(42))
    page.component.expect_reports(("chosen", 42))


def test_without_networks_recorded_pictures_stand_in(walk):
    page = walk(failure="it was switched off", walk=[0, 9, 1.0])
    expect(page.page.locator(".quiet")).to_contain_text("because it was switched off")
    page.expect_strip([2 * k for k in (0, 1, 2, 3, 4, 6, 7, 8, 9)])  # sprites are of grey 2k; 4.5 goes to one of both


def test_recorded_pictures_that_are_late_stand_in_when_they_have_come(mounted):
    component = mounted("scatter", test_scatter.data(), viewport={"width": 900, "height": 900})
    component.page.evaluate(
        """() => {
          const now = window.createImageBitmap, late = new Promise((done) => (window.come = done));
          window.createImageBitmap = (...given) => late.then(() => now(...given));
        }"""
    )
    other = test_scatter.data(count=99)["sprites"]  # of another model
    page = Walk(component, {**data(walk=[0, 9, 1.0]), "sprites": other}, failure="it was switched off")
    expect(page.page.locator(".quiet")).to_contain_text("because it was switched off")
    expect(page.page.locator(".reading")).to_have_text("α = 1.00")
    page.page.evaluate("() => come()")
    page.expect_strip([2 * k for k in (0, 1, 2, 3, 4, 6, 7, 8, 9)])
    page.expect_here(18)


def test_a_drawing_has_its_place_while_the_pen_moves(walk):
    page = walk()
    page.take("Draw your own")
    before = page.canvas.evaluate("canvas => canvas.toDataURL()")
    paper = screens.box(page.page.locator(".paper canvas"))
    x, y = paper["x"] + paper["width"] / 2, paper["y"] + paper["height"] / 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + paper["height"] / 2, steps=8)
    page.page.wait_for_function("() => asked.includes('encoder') && asked.filter((one) => one === 'decoder').length")
    page.expect_other_than(before)
    page.component.expect_reports()
    page.mouse.up()
    name, ink = page.component.last_report()
    assert name == "inked"
    assert re.fullmatch("(P([0-9a-z]{4})+)+", ink)
    other = walk(ink=ink)
    expect(other.page.locator(".panel")).to_have_attribute("data-mode", "draw")
    other.page.wait_for_function("() => asked.includes('encoder')")


def drawn(page):
    """A stroke on the page, and its place on the map: the share of ink on the left and on the right."""
    page.take("Draw your own")
    paper = screens.box(page.page.locator(".paper canvas"))
    x, y = paper["x"] + paper["width"] / 2, paper["y"] + paper["height"] / 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + paper["height"] / 2, steps=8)
    page.mouse.up()
    page.page.wait_for_function("() => reports.some(([name]) => name === 'inked')")
    page.page.locator(".draw-classes:not(.unknown)").wait_for()
    pixels = """root.querySelector('.input').getContext('2d').getImageData(0, 0, 4, 4).data"""
    grey = np.array(page.page.evaluate(f"() => [...{pixels}]"))[::4].reshape(4, 4) / 255
    return grey[:, :2].mean(), grey[:, 2:].mean()


@pytest.mark.slow
def test_a_line_begins_at_the_drawing_and_can_be_dragged_to_it(walk):
    page = walk(walk=[0, 9, 0.5])
    x, y = drawn(page)
    page.take("Walk along a line")
    box = screens.box(page.canvas)
    side = min(box["width"], box["height"]) - 30
    own = box["x"] + box["width"] / 2 + (x - 0.5) * side, box["y"] + box["height"] / 2 + (0.5 - y) * side
    page.move(9)  # B
    page.mouse.down()
    page.mouse.move(*own, steps=4)
    page.expect_strip([round(255 * x * k / 8) for k in range(9)])  # while the hand is down
    page.mouse.up()
    assert page.component.last_report() == ("walked", [0, -1, 0.5])
    page.mouse.move(*own)  # and away from it again
    page.mouse.down()
    page.move(90)
    page.mouse.up()
    assert page.component.last_report() == ("walked", [0, 90, 0.5])
    page.page.get_by_role("button", name="A = your drawing").click()
    assert page.component.last_report() == ("walked", [-1, 90, 0.5])


@pytest.mark.slow
def test_a_link_with_a_line_from_a_drawing_gives_that_line(walk):
    page = walk(walk=[0, 9, 0.5])
    x, _ = drawn(page)
    _, ink = page.component.last_report()
    other = walk(walk=[-1, 0, 0.0], ink=ink)
    other.expect_strip([round(255 * x * (8 - k) / 8) for k in range(9)])
    lost = walk(walk=[-1, 9, 0.0])  # the drawing was too long for the link
    lost.expect_strip(along(0, 1))


def test_a_model_without_networks_has_points_alone(scatter_without):
    for mode in ("Walk along a line", "Draw your own"):
        expect(scatter_without.page.get_by_role("button", name=mode)).to_be_hidden()


@pytest.fixture
def scatter_without(mounted):
    return Map(mounted("scatter", test_scatter.data(), viewport={"width": 900, "height": 900}))


@pytest.mark.slow
def test_a_phone_has_room(mounted):
    page = Walk(
        mounted("scatter", test_scatter.data(), viewport={"width": 360, "height": 700}), data(walk=[0, 99, 0.5])
    )
    for mode in ("Walk along a line", "Draw your own", "Look at points"):
        page.take(mode)
        assert page.page.evaluate("document.documentElement.scrollWidth") <= 360
