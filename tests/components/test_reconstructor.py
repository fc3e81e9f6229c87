"""A picture through several models: what the server says is drawn, and networks follow the pen.

The networks are a worker of the test: a code is the mean of the picture and half of it, with σ = 1, and the decoder
gives one grey, the first number of the code.
"""

import base64

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import hands
from tests.components.networks import network
from tests.components.samples import text

SIZE = 8
PICTURE = np.zeros((1, SIZE, SIZE), np.uint8)
PICTURE[0, 2:4, 2:6] = 200
WORKER = """(failure) => {
  window.asked = [];
  window.waiting = [];
  const outputs = ({ x, z }) => {
    if (z) return { picture: { data: Float32Array.from({ length: 64 }, () => z.data[0]), dims: [1, 1, 8, 8] } };
    const mean = x.data.reduce((sum, value) => sum + value, 0) / x.data.length;
    const two = (...numbers) => ({ data: Float32Array.from(numbers), dims: [1, 2] });
    return { mean: two(mean, mean / 2), log_var: two(0, 0) };
  };
  const ask = (message) => {
    asked.push(message);
    if (message.load) return failure ? Promise.reject(failure) : Promise.resolve({});
    return new Promise((resolve) => {
      const answer = () => resolve({ outputs: outputs(message.inputs) });
      if (window.held) waiting.push(answer);
      else setTimeout(answer);
    });
  };
  const over = new Promise(() => {});
  globalThis[Symbol.for("latent-lab network worker")] = { url: "http://host/worker.js", asked: { ask, over } };
}"""
GREYS = """(selector) => [...root.querySelectorAll(selector)].map((canvas) =>
  canvas.getContext("2d").getImageData(1, 1, 1, 1).data[0])"""
INPUT = """[...root.querySelector(".input .view").getContext("2d").getImageData(0, 0, 8, 8).data]
  .filter((_, k) => k % 4 === 0)"""
MEAN = """() => { const { data } = root.querySelector(".input .view").getContext("2d").getImageData(0, 0, 8, 8);
  return data.reduce((sum, value, k) => sum + (k % 4 ? 0 : value), 0) / 64; }"""


def model(name, level=None):
    picture = np.full((1, SIZE, SIZE), level or 0, np.uint8)
    official = {"picture": text(picture), "mse": 0.1234, "cosine": 0.5, "mean": [1, -1]}
    return {
        "name": name,
        "title": f"Model {name}",
        "networks": {part: network(f"{name} {part}") for part in ("encoder", "decoder")},
        "official": None if level is None else official | {"log_var": [0, 0]},
    }


def data(levels=(50, 70), number=0, chosen="a", **more):
    return {
        "label": "a digit",
        "pixels": text(PICTURE),
        "size": SIZE,
        "channels": 1,
        "drawable": True,
        "models": [model(name, level) for name, level in zip("abc", levels, strict=False)],
        "chosen": chosen,
        "answers": {"session": "s", "number": number, "of": ["drawn"]},
    } | more


def no_networks(given):
    models = [{**one, "networks": {"encoder": None, "decoder": None}} for one in given["models"]]
    return {**given, "models": models}


class Hand(hands.Hand):
    def __init__(self, component):
        super().__init__(component)
        self.input = self.page.locator(".input .view")

    def at(self, x, y):
        box = screens.box(self.input)
        return box["x"] + x / SIZE * box["width"], box["y"] + y / SIZE * box["height"]

    def expect_greys(self, selector, *levels):
        near = f"([selector, wanted]) => String(({GREYS})(selector)) === String(wanted)"
        self.page.wait_for_function(near, arg=[selector, list(levels)])

    def greys(self, selector):
        return self.page.evaluate(GREYS, selector)

    def expect_answers(self):
        """Every output has the grey that belongs to what is on the input."""
        settled = f"""() => {{ const mean = ({MEAN})(), greys = ({GREYS})(".output .view, .every canvas");
          return greys.length > 0 && greys.every((grey) => Math.abs(grey - mean) <= 1); }}"""
        self.page.wait_for_function(settled)


@pytest.fixture
def hand(mounted):
    """Without networks."""
    return Hand(mounted("reconstructor", no_networks(data())))


@pytest.fixture
def live(mounted):
    component = mounted("reconstructor", no_networks(data()))
    component.page.evaluate(WORKER)
    component.send(data())
    component.page.locator("[data-answers=network]").wait_for()
    component.page.wait_for_function("() => asked.filter(({ load }) => load).length === 4")
    return Hand(component)


def test_the_servers_answers_are_drawn_and_the_chosen_one_is_marked(hand):
    hand.expect_greys(".every canvas", 50, 70)
    hand.expect_greys(".output .view", 50)
    expect(hand.page.locator(".mse")).to_have_text("0.1234")
    expect(hand.page.locator(".cosine")).to_have_text("0.500")
    expect(hand.page.locator(".now b")).to_have_text("Model a")
    assert hand.greys(".error") == [50]  # the picture is black there
    bars = hand.page.evaluate("root.querySelector('.bars').toDataURL()")
    hand.component.send(no_networks(data(chosen="b")))
    hand.expect_greys(".output .view", 70)
    expect(hand.page.locator(".now b")).to_have_text("Model b")
    other = data(chosen="b")
    other["models"][1]["official"]["mean"] = [0, 2]
    hand.component.send(no_networks(other))
    assert hand.page.evaluate("root.querySelector('.bars').toDataURL()") != bars


def test_a_stroke_is_reported_once_with_all_that_it_drew_and_older_answers_are_dropped(hand):
    hand.mouse.move(*hand.at(1, 6))
    hand.mouse.down()
    hand.mouse.move(*hand.at(6, 6), steps=4)
    hand.component.expect_reports()
    hand.page.locator(".stale").wait_for()
    hand.mouse.up()
    name, report = hand.component.last_report()
    assert (name, report["number"]) == ("drawn", 1)
    drawn = np.frombuffer(base64.b64decode(report["value"]), np.uint8).reshape(SIZE, SIZE)
    assert (drawn[6, 2:6] == 255).all()
    assert (drawn[2:4, 2:6] == 200).all()
    hand.component.send(no_networks(data((10, 20))))
    hand.expect_greys(".every canvas", 50, 70)  # of the picture before
    hand.component.send(no_networks(data((10, 20), number=1, pixels=text(drawn))))
    hand.expect_greys(".every canvas", 10, 20)
    hand.page.locator(".reconstructor:not(.stale)").wait_for()
    hand.page.get_by_role("button", name="Undo").click()
    back = np.frombuffer(base64.b64decode(hand.component.last_report()[1]["value"]), np.uint8)
    assert (back == PICTURE.ravel()).all()


def test_the_keyboard_draws(hand):
    view = hand.page.locator(".input .view")
    for key in (*["ArrowDown"] * 3, " ", "ArrowRight", "ArrowRight"):
        view.press(key)
    hand.component.expect_reports()
    view.press(" ")
    hand.page.wait_for_function("() => reports.length === 1")
    drawn = np.frombuffer(base64.b64decode(hand.component.last_report()[1]["value"]), np.uint8).reshape(SIZE, SIZE)
    assert (drawn[6:8, 4:6] == 255).all()


def test_looking_draws_nothing(hand):
    hand.page.get_by_role("button", name="Look").click()
    hand.mouse.move(*hand.at(1, 6))
    hand.mouse.down()
    hand.mouse.move(*hand.at(6, 6))
    hand.mouse.up()
    hand.component.expect_reports()


def test_a_picture_in_colour_has_no_tools_and_no_pen(mounted):
    colours = np.zeros((3, SIZE, SIZE), np.uint8)
    colours[0] = 255
    given = no_networks(data((9,), pixels=text(colours), channels=3, drawable=False))
    given["models"][0]["official"]["picture"] = text(colours)
    hand = Hand(mounted("reconstructor", given))
    hand.expect_greys(".input .view, .output .view", 255, 255)
    expect(hand.page.locator(".tools")).to_be_hidden()
    expect(hand.page.locator("h3")).to_be_hidden()
    hand.mouse.move(*hand.at(1, 6))
    hand.mouse.down()
    hand.mouse.move(*hand.at(6, 6))
    hand.mouse.up()
    hand.component.expect_reports()


def test_all_outputs_follow_the_pen_before_it_is_lifted(live):
    live.mouse.move(*live.at(1, 6))
    live.mouse.down()
    for x in (3, 5, 7):
        live.mouse.move(*live.at(x, 6))
        live.expect_answers()
    mean = live.page.evaluate(MEAN) / 255
    assert mean > PICTURE.mean() / 255
    shown = float(live.page.locator(".mse").inner_text())
    assert shown == pytest.approx(((np.array(live.page.evaluate(INPUT)) / 255 - mean) ** 2).mean(), abs=2e-4)
    expect(live.page.locator(".badge")).to_contain_text("drag")
    live.component.expect_reports()
    live.mouse.up()
    assert live.component.last_report()[0] == "drawn"


def test_while_a_network_works_only_the_newest_picture_waits(live):
    live.page.evaluate("() => { window.held = true; asked.length = 0; }")
    live.mouse.move(*live.at(1, 1))
    live.mouse.down()
    for x in (2, 3, 4, 5, 6):
        live.mouse.move(*live.at(x, 6))
    assert live.page.evaluate("asked.length") == 2  # one for each model
    live.page.evaluate("() => { window.held = false; waiting.forEach((answer) => answer()); }")
    live.expect_answers()
    assert live.page.evaluate("asked.filter(({ run }) => run.includes('encoder')).length") == 4


def test_before_the_server_can_answer_the_networks_do(mounted):
    component = mounted("reconstructor", no_networks(data()))
    component.page.evaluate(WORKER)
    component.send(data((None, None)))
    hand = Hand(component)
    hand.expect_answers()
    component.page.locator(".reconstructor:not(.stale)").wait_for()
    expect(component.page.locator(".quiet")).to_have_text("")
    component.send(data((33, 44)))
    hand.expect_greys(".every canvas", 33, 44)


def test_a_network_that_does_not_load_is_a_sentence(mounted):
    component = mounted("reconstructor", no_networks(data()))
    component.page.evaluate(WORKER, "the download was cut")
    component.send(data())
    expect(component.page.locator(".quiet")).to_have_text(
        "The pictures follow when you let go, because the download was cut."
    )


@pytest.mark.parametrize(("width", "across"), [(390, 3), (1200, 3)])
def test_rows_have_one_length(mounted, width, across):
    hand = Hand(mounted("reconstructor", no_networks(data((1, 2, 3))), viewport={"width": width, "height": 900}))
    tops = hand.page.evaluate(
        "[...root.querySelectorAll('.every canvas')].map((one) => one.getBoundingClientRect().top)"
    )
    assert [tops.count(top) for top in sorted(set(tops))] == [across]
