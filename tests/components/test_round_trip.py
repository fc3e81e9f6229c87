"""A picture carried to noise and back: by the server until a network is there, then by it while the hand draws."""

import base64

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import hands
from tests.components.networks import WORKER, network
from tests.components.samples import text

SIZE = 28
PICTURE = np.full((SIZE, SIZE), 64, np.uint8)
LEVEL = "root.querySelector('{} canvas').getContext('2d').getImageData(20, 20, 1, 1).data[0]"
# dx/dt = 0.5 in all pixels. Loading is answered at once.
VELOCITY = """() => {
  const velocity = ({ x }) => ({ velocity: { data: new Float32Array(x.data.length).fill(0.5), dims: x.dims } });
  const answer = ({ load, inputs, resolve }) => setTimeout(() => resolve(load ? {} : { outputs: velocity(inputs) }));
  asked.filter(({ answered }) => !answered).forEach((one) => { one.answered = true; answer(one); });
  asked.push = answer;
}"""


def data(number=0, **more):
    return {
        "label": "a grey page",
        "pixels": text(PICTURE),
        "shape": [1, SIZE, SIZE],
        "network": None,
        "steps": 2,
        "solver": "midpoint",
        "classes": 10,
        "usual": 1.17,
        "official": {"code": text(np.full(SIZE**2, 1.5, np.float32)), "picture": text(PICTURE + 10)},
        "answers": {"session": "a", "number": number, "of": ["drawn"]},
    } | more


class Hand(hands.Hand):
    def __init__(self, component):
        super().__init__(component)
        self.canvas = self.page.locator(".view")

    def expect_level(self, selector, level):
        self.page.wait_for_function(f"level => Math.abs({LEVEL.format(selector)} - level) <= 1", arg=level)

    def at(self, row, column):
        box = screens.box(self.canvas)
        return box["x"] + (column + 0.5) * box["width"] / SIZE, box["y"] + (row + 0.5) * box["height"] / SIZE

    def stroke(self, row):
        self.mouse.move(*self.at(row, 4))
        self.mouse.down()
        self.mouse.move(*self.at(row, 24), steps=6)

    def drawn(self):
        raw = base64.b64decode(self.component.last_report()[1]["value"])
        return np.frombuffer(raw, np.uint8).reshape(SIZE, SIZE)


@pytest.fixture
def served(mounted):
    return Hand(mounted("round_trip", data()))


@pytest.fixture
def live(mounted):
    component = mounted("round_trip", data())
    component.page.evaluate(WORKER)
    component.page.evaluate(VELOCITY)
    component.send(data(network=network(), official=None))
    component.page.locator("[data-answers=network]").wait_for()
    return Hand(component)


def test_the_servers_answer_its_length_and_its_error(served):
    served.expect_level(".noise", 255 * (1.5 / 3 + 1) / 2)
    served.expect_level(".output", 74)
    served.expect_level(".error", 100)  # ten times
    expect(served.page.locator(".words")).to_have_text(
        "Round trip: off by 10.0 grey levels (root mean square). Length of the code: 1.50, where random noise has 1, "
        "codes of test pictures 1.17 on average."
    )


def test_the_network_goes_back_and_forth(live):
    start = 2 * 64 / 255 - 1
    code = start - 0.5
    live.expect_level(".noise", 255 * (code / 3 + 1) / 2)
    live.expect_level(".output", 64)
    expect(live.page.locator(".words")).to_contain_text(
        f"off by 0.0 grey levels (root mean square). Length of the code: {abs(code):.2f}, where"
    )


def test_two_strokes_are_followed_under_the_pen_and_reported_once_each(live):
    live.stroke(20)
    live.expect_level(".output", 255)  # the button is still down
    live.component.expect_reports()
    live.mouse.up()
    live.page.wait_for_function("() => reports.length === 1")
    assert (live.drawn()[20, 5:24] == 255).all()
    live.component.send(data(1, network=network(), pixels=text(live.drawn())))
    live.stroke(8)
    live.mouse.up()
    live.page.wait_for_function("() => reports.length === 2")
    assert (live.drawn()[[8, 20], 5:24] == 255).all()


@pytest.mark.slow
def test_the_keyboard_draws(live):
    live.canvas.press(" ")
    live.canvas.press("ArrowRight")
    live.canvas.press("ArrowRight")
    live.canvas.press(" ")
    live.page.wait_for_function("() => reports.length === 1")
    assert (live.drawn()[14, 14:16] == 255).all()


def test_without_a_network_the_noise_follows_on_release_and_one_sentence_says_why(served):
    expect(served.page.locator(".quiet")).to_have_text(
        "The noise follows when you let go, because this model has no networks for browsers."
    )
    served.stroke(20)
    served.page.locator(".trip.stale").wait_for()
    served.mouse.up()
    served.page.wait_for_function("() => reports.length === 1")
    served.component.send(data(1, pixels=text(served.drawn())))
    served.page.locator(".trip:not(.stale)").wait_for()
    served.expect_level(".output", 74)


def test_it_fits_a_phone(mounted):
    hand = Hand(mounted("round_trip", data(), viewport={"width": 390, "height": 844}, has_touch=True))
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= 390
    hand.page.touchscreen.tap(*hand.at(10, 10))
    hand.page.wait_for_function("() => reports.length === 1")
    assert hand.drawn()[10, 10] == 255
