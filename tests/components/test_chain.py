"""The live chain: input, code and picture follow the pen and the bars, one report for each movement, newest wins.

The networks are a worker of the test, which answers by simple formulas, at once or when the test lets it.
"""

import base64
import dataclasses
import io
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

import checkpoints
from data import prepare
from tests import slow
from tests.browser import screens
from tests.components import hands
from tests.components.networks import LOADS, network
from tests.components.samples import floats, text
from ui import tiles
from ui.explore.chain import vaes
from ui.explore.chain.visit import START, checked

LATENT, SIDE = 4, 28
# mean of z0 … z3: the share of ink in the four quarters of the input, times 4; σ = e^−1. A picture is of one grey,
# sigmoid(z0). Logits: 10 · (the class that is the rounded mean grey · 9).
WORKER = """(failure) => {
  window.asked = [];
  window.held = null; // an array while answers wait
  const answer = ({ load, run, inputs }) => {
    if (load) return failure ? Promise.reject(failure) : Promise.resolve({});
    if (inputs.z) {
      const [z0] = inputs.z.data, data = new Float32Array(784).fill(1 / (1 + Math.exp(-z0)));
      return Promise.resolve({ outputs: { picture: { data, dims: [1, 1, 28, 28] } } });
    }
    const { data, dims: [n] } = inputs.x;
    if (run === "classifier") {
      const logits = new Float32Array(10 * n);
      for (let k = 0; k < n; k++) {
        const grey = data.slice(784 * k, 784 * (k + 1)).reduce((a, b) => a + b, 0) / 784;
        logits[10 * k + Math.round(9 * grey)] = 10;
      }
      return Promise.resolve({ outputs: { logits: { data: logits, dims: [n, 10] } } });
    }
    const mean = new Float32Array(4);
    data.forEach((value, k) => (mean[2 * (k >= 392) + (k % 28 >= 14)] += (4 * value) / 196));
    const log_var = new Float32Array(4).fill(-2);
    const dims = [1, 4];
    return Promise.resolve({ outputs: { mean: { data: mean, dims }, log_var: { data: log_var, dims } } });
  };
  const ask = (message) => {
    asked.push(message);
    return held ? new Promise((resolve) => held.push(() => resolve(answer(message)))) : answer(message);
  };
  const over = new Promise(() => {});
  globalThis[Symbol.for("latent-lab network worker")] = { url: "http://host/worker.js", asked: { ask, over } };
}"""
GREY = "root.querySelector('canvas.picture').getContext('2d').getImageData(3, 3, 1, 1).data[0]"
MEAN = "root.querySelector('.mean').value"
INPUT = """[...root.querySelector('canvas.input').getContext('2d').getImageData(0, 0, 28, 28).data]
  .filter((_, k) => k % 4 === 0)"""


def model(name="one", order=(0, 1, 2, 3), preset="mnist", variance=0):
    parts = {
        part: network(part if part == "classifier" else f"{name} {part}")
        for part in ("encoder", "decoder", "classifier")
    }
    return {
        "identity": name,
        "title": name,
        "words": vaes.words(checkpoints.read("mnist_vae")),
        "latent": LATENT,
        "order": list(order),
        "size": [SIDE, SIDE],
        "variance": variance,
        "preset": dataclasses.asdict(prepare.preset(preset)),
        "classes": [f"class {k}" for k in range(10)],
        "networks": parts,
    }


def grey(value):
    return text(np.full((SIDE, SIDE), value, np.uint8))


def data(visit="a", name="one", **more):
    first = {
        "image": grey(0),
        "words": "recorded",
        "mean": [0.5, 0, 0, 0],
        "log_var": [-1, -1, -1, -1],
        "picture": grey(51),
    }
    strip = {"page": 0, "set": "digits"}
    strip["images"] = [{"number": 10 + k, "words": f"image {k}", "image": grey(25 * k)} for k in range(10)]
    return {
        "visit": visit,
        "state": dict(START),
        "model": model(name),
        "first": {**first, "log_likelihood": -100.0},
        "strip": strip,
        "image": None,
        "own": None,
        "map": None,
        "answer": None,
    } | more


def sigmoid(z):
    return round(255 / (1 + np.exp(-z)))


class Hand(hands.Pen):
    def expect_grey(self, value):
        self.page.wait_for_function(f"wanted => Math.abs({GREY} - wanted) <= 1", arg=value)

    def expect_live(self):
        self.page.locator(".chain[data-networks=live]").wait_for()

    def number(self, name):
        return float(self.page.locator(f".figure.{name} b").text_content().replace("−", "-"))

    def reported(self, count):
        """The last of so many movements that were reported."""
        self.page.wait_for_function("count => reports.filter(([name]) => name === 'moved').length === count", arg=count)
        return self.page.evaluate("reports.findLast(([name]) => name === 'moved')[1]")

    def bar(self, place, value):
        """Where a bar's end is for a value, in pixels of the window."""
        box, left, foot = screens.box(self.page.locator(".bars")), 20, 15  # of the marks, and of the names
        middle = (box["height"] - foot) / 2
        across = left + (place + 0.5) / LATENT * (box["width"] - left)
        return box["x"] + across, box["y"] + middle - value / 4 * (middle - 4)


@pytest.fixture
def opened(mounted):
    """opened(data, failure): the component with these networks, or with a reason why none runs."""

    def open_it(first=None, failure=None, **options):
        return Hand(mounted("chain", first or data(), before=(WORKER, failure), **options))

    return open_it


@pytest.fixture
def hand(opened):
    hand = opened()
    hand.expect_live()
    return hand


def test_the_recorded_pass_needs_no_network(opened):
    hand = opened(failure="the test keeps it away")
    hand.expect_grey(51)
    assert hand.number("likelihood") == -100
    kl = 0.5 * (0.25 + 4 * (np.exp(-1) - 1 + 1))
    assert hand.number("kl") == pytest.approx(kl, abs=0.05)
    assert hand.number("elbo") == pytest.approx(-100 - kl, abs=0.1)
    assert hand.number("mse") == pytest.approx(0.04, abs=5e-5)
    expect(hand.page.locator(".quiet")).to_have_text(
        "Code and picture come from the server, when you let go, because the test keeps it away."
    )


def test_input_bars_picture_and_numbers_move_while_the_pen_is_down(hand):
    hand.expect_grey(sigmoid(0))
    ink = f"{INPUT}.reduce((a, b) => a + b, 0)"
    hand.component.watch(f"[{GREY}, {MEAN}, {ink}, root.querySelector('.kl b').textContent]")
    hand.move_pen((60, 60), (60, 220), (120, 220), (220, 60), first=True)
    hand.page.wait_for_function(f"() => {GREY} > 140")
    drawn = hand.component.drawn()
    hand.component.expect_reports(("rest", {"have": None, "page": 0}))
    assert all(len({str(each[k]) for each in drawn}) > 3 for k in range(4))
    hand.mouse.up()
    report = hand.reported(1)
    assert report["ink"].startswith("P")
    assert {**report, "ink": ""} == START | {"model": "one"}
    assert checked(report, LATENT)


@pytest.mark.slow
def test_a_drawing_comes_back_from_its_text(hand, opened):
    hand.draw((60, 60), (60, 220), (200, 200))
    hand.page.get_by_role("button", name="Eraser").click()
    hand.draw((20, 120), (100, 130))
    report = hand.reported(2)
    page, picture = hand.paper.evaluate("canvas => canvas.toDataURL()"), hand.page.evaluate(INPUT)
    other = opened(data(state=report | {"scale": 0.5, "means": [[1, -2]], "view": "pca"}))
    other.expect_live()
    assert other.paper.evaluate("canvas => canvas.toDataURL()") == page
    assert other.page.evaluate(INPUT) == picture
    expect(other.page.locator(".scale")).to_have_value("0.5")
    expect(other.page.locator("select.view")).to_have_value("pca")
    expect(other.page.locator(".reset")).to_be_visible()
    other.page.get_by_role("button", name="Undo").click()
    assert other.reported(1) | {"ink": ""} == report | {"ink": "", "scale": 0.5, "means": [[1, -2]], "view": "pca"}


@pytest.mark.slow
def test_a_dragged_bar_keeps_its_value_until_it_is_reset(hand):
    hand.mouse.move(*hand.bar(0, 0))
    hand.mouse.down()
    hand.component.watch(GREY)
    for value in (0.5, 1, 1.5):
        hand.mouse.move(*hand.bar(0, value))
        hand.expect_grey(sigmoid(value))
        hand.component.be_watched()
    assert len(hand.component.drawn()) >= 3
    hand.component.expect_reports(("rest", {"have": None, "page": 0}))
    hand.mouse.up()
    assert hand.reported(1)["means"] == [[0, pytest.approx(1.5, abs=0.03)]]
    hand.mouse.move(*hand.bar(2, 0))
    hand.mouse.down()
    hand.mouse.move(*hand.bar(3, -2))  # the bar that was taken, not the one under the pointer
    hand.mouse.up()
    assert hand.reported(2)["means"][1] == [2, pytest.approx(-2, abs=0.03)]
    hand.draw((60, 60), (60, 220), (200, 200))
    assert len(hand.reported(3)["means"]) == 2
    hand.expect_grey(sigmoid(1.5))
    hand.page.get_by_role("button", name="Reset bars").click()
    assert hand.reported(4)["means"] == []
    hand.page.wait_for_function(f"() => Math.abs({GREY} - {sigmoid(1.5)}) > 5")
    expect(hand.page.locator(".reset")).to_be_hidden()


def test_a_bar_ends_with_its_hand_and_a_second_finger_takes_no_other_one(hand):
    hand.mouse.move(*hand.bar(0, 0))
    hand.mouse.down()
    hand.mouse.move(*hand.bar(0, 1))
    hand.component.let_go_unheard()
    for value in (2, 3):
        hand.mouse.move(*hand.bar(0, value))
    assert hand.reported(1)["means"] == [[0, pytest.approx(1, abs=0.03)]]
    touch = hand.page.context.new_cdp_session(hand.page)

    def fingers(kind, *places):
        points = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    fingers("Start", hand.bar(1, 0))
    fingers("Start", hand.bar(1, 0), hand.bar(3, -1))
    fingers("Move", hand.bar(1, 2), hand.bar(3, -2))
    fingers("End")
    assert hand.reported(2)["means"][1:] == [[1, pytest.approx(2, abs=0.03)]]


def test_bars_by_keys_and_by_number(hand):
    bars = hand.page.get_by_role("slider", name="4 dimensions of the code")
    bars.press("ArrowRight")
    bars.press("ArrowUp")
    expect(bars).to_have_attribute("aria-valuetext", re.compile(r"z1: mean 0\.10, σ \d"))
    assert hand.reported(1)["means"] == [[1, 0.1]]
    bars.press("ArrowLeft")
    field = hand.page.locator(".mean")
    expect(field).to_have_attribute("aria-label", "Mean of z0")
    field.fill("2.5")
    field.press("Enter")
    assert hand.reported(2)["means"] == [[1, 0.1], [0, 2.5]]
    hand.expect_grey(sigmoid(2.5))
    bars.press("Delete")
    assert hand.reported(3)["means"] == [[1, 0.1]]
    hand.expect_grey(sigmoid(0))


def test_a_bar_beyond_its_picture_is_told_and_moves_on_by_keys(hand):
    bars, field = hand.page.get_by_role("slider", name="4 dimensions of the code"), hand.page.locator(".mean")
    assert [bars.get_attribute(f"aria-value{end}") for end in ("min", "max")] == ["-10", "10"]
    field.fill("8")
    field.press("Enter")
    assert hand.reported(1)["means"] == [[0, 8]]
    bars.press("ArrowUp")
    assert hand.reported(2)["means"] == [[0, 8.1]]


@pytest.mark.parametrize("typed", slow.all_but(["99"], ["", "99", "-10.5"]))
def test_what_is_no_number_leaves_the_bar_as_it_was(hand, typed):
    field = hand.page.locator(".mean")
    field.fill("1")
    field.press("Enter")
    hand.reported(1)
    field.fill(typed)
    field.press("Enter")
    field.blur()
    expect(hand.page.locator(".sentence")).to_have_text(
        "The mean of z0 must be a number from −10 to 10; 1.00 was kept."
    )
    expect(field).to_have_value("1.00")
    hand.expect_grey(sigmoid(1))
    assert hand.reported(1)["means"] == [[0, 1]]


def test_noise_is_drawn_anew_scaled_and_left_out(hand):
    hand.page.get_by_role("button", name="New ε").click()
    first = hand.reported(1)
    assert (first["noise"], first["scale"]) == (2, 1)
    hand.page.wait_for_function(f"() => Math.abs({GREY} - 128) > 2")
    one = hand.page.evaluate(GREY)
    hand.page.get_by_role("button", name="New ε").click()
    assert hand.reported(2)["noise"] == 3
    hand.page.wait_for_function(f"one => {GREY} !== one", arg=one)
    hand.page.locator(".scale").fill("0.5")
    assert hand.reported(3)["scale"] == 0.5
    hand.page.get_by_role("button", name="z = mean").click()
    assert hand.reported(4)["scale"] == 0
    hand.expect_grey(sigmoid(0))


def test_a_test_image(hand):
    hand.page.get_by_label("Take image 4").click()
    assert hand.reported(1)["test"] == ["digits", 14]
    assert set(hand.page.evaluate(INPUT)) == {100}
    hand.expect_grey(sigmoid(4 * 100 / 255))
    expect(hand.page.locator(".input-classes li").first).to_contain_text("class 4")
    expect(hand.page.locator(".picture-classes li").first).to_contain_text("class 7")
    hand.page.locator(".more").click()
    hand.page.wait_for_function(
        "() => JSON.stringify(reports.at(-1)) === JSON.stringify(['rest', { have: null, page: 1 }])"
    )


def test_an_empty_page_is_said_and_the_last_result_stays(hand):
    hand.draw((60, 60), (60, 220), (200, 200))
    hand.reported(1)
    hand.page.wait_for_function(f"() => {GREY} > 140")
    before, picture = hand.page.evaluate(INPUT), hand.page.evaluate(GREY)
    hand.page.get_by_role("button", name="Clear").click()
    expect(hand.page.locator(".sentence")).to_have_text(
        "There is nothing on the page: draw something, or take a test image. The last result stays."
    )
    assert hand.reported(2)["ink"] == ""
    assert hand.page.evaluate(INPUT) == before
    assert hand.page.evaluate(GREY) == picture
    hand.draw((60, 60), (60, 220))
    expect(hand.page.locator(".sentence")).to_be_empty()


@pytest.mark.slow
def test_of_twenty_models_in_a_second_the_last_one_is_loaded_and_the_drawing_stays(hand):
    hand.draw((60, 60), (60, 220), (200, 200))
    hand.reported(1)
    ink = hand.paper.evaluate("canvas => canvas.toDataURL()")
    models = [model(f"model {k}", (3, 2, 1, 0), "fashion_mnist") for k in range(20)]
    hand.page.evaluate("all => all.forEach((data) => send(data))", [data(model=one) for one in models])
    hand.page.wait_for_function("() => asked.some(({ load }) => load?.sha256 === 'model 19 decoder')")
    hand.expect_live()
    loads = hand.page.evaluate(LOADS)
    assert not {f"model {k} encoder" for k in range(19)} & set(loads)
    assert hand.paper.evaluate("canvas => canvas.toDataURL()") == ink
    expect(hand.page.locator(".mean")).to_have_attribute("aria-label", "Mean of z3")
    image = prepare.prepare(page_of(hand), (1, SIDE, SIDE), prepare.preset("fashion_mnist"))[-1].image
    assert np.abs(np.array(hand.page.evaluate(INPUT)) - image.ravel()).max() <= 1


def page_of(hand):
    """The page to draw on as a PIL image."""
    _, _, text = hand.paper.evaluate("canvas => canvas.toDataURL()").partition(",")
    return Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB")


def test_an_answer_of_the_model_before_is_dropped(hand):
    hand.page.evaluate("() => void (window.held = [])")
    hand.page.locator(".mean").fill("3")
    hand.page.locator(".mean").press("Enter")
    hand.page.wait_for_function("() => held.length")
    hand.component.send(data(name="two"))
    hand.expect_grey(51)  # the recorded picture of the new one
    hand.component.watch(GREY)
    hand.page.evaluate("() => { held.forEach((answer) => answer()); held.length = 0; }")
    assert hand.component.drawn() == [51]


def test_without_networks_the_server_answers_a_release(opened):
    hand = opened(failure="this browser has no WebAssembly")
    expect(hand.page.locator(".quiet")).to_contain_text("because this browser has no WebAssembly.")
    hand.draw((60, 60), (60, 220), (200, 200))
    report = hand.reported(1)
    assert report["input"] == hand.page.evaluate(INPUT)
    assert len(report["epsilon"]) == LATENT
    expect(hand.page.locator(".chain.waiting")).to_be_visible()
    answer = {"number": report["number"], "mean": [1, 0, 0, 0], "log_var": [0, 0, 0, 0], "picture": grey(77)}
    answer |= {"log_likelihood": -50.0, "logits": [[0] * 9 + [9], [9] + [0] * 9]}
    hand.component.send(data(answer={**answer, "number": report["number"] - 1}))
    expect(hand.page.locator(".chain.waiting")).to_be_visible()  # an older one
    hand.component.send(data(answer=answer))
    hand.expect_grey(77)
    assert (hand.number("elbo"), hand.number("kl")) == (-50.5, 0.5)
    expect(hand.page.locator(".input-classes li").first).to_contain_text("class 9")
    expect(hand.page.locator(".picture-classes li").first).to_contain_text("class 0")


def test_every_number_says_where_it_comes_from(hand):
    words = hand.page.locator(".from")
    for name, start in [("elbo", "log p(x|z) − KL"), ("likelihood", "Σ x·ln p"), ("kl", "½ Σ"), ("mse", "The mean of")]:
        hand.page.locator(f".figure.{name}").focus()
        expect(words).to_contain_text(start)
    hand.page.locator(".figure.kl").hover()
    expect(words).to_contain_text("½ Σ")


def test_a_gaussian_decoder_has_no_bound_here_and_another_model_has_it_again(hand):
    expect(hand.page.locator(".figure.elbo")).to_be_visible()
    hand.component.send(data(visit="b", name="two", model=model("two", variance=1e-4)))
    for name in ("elbo", "likelihood"):
        expect(hand.page.locator(f".figure.{name}")).to_be_hidden()
    expect(hand.page.locator(".figure.kl")).to_be_visible()
    expect(hand.page.locator(".from")).to_contain_text("This decoder is Gaussian")
    hand.component.send(data(visit="c", name="one"))
    expect(hand.page.locator(".figure.elbo")).to_be_visible()
    expect(hand.page.locator(".from")).not_to_contain_text("Gaussian")


def map_of_codes():
    """A message with seven codes 0, 1, …, 6 along the first axis, and their grey pictures 0, 40, …, 240."""
    codes = np.eye(1, 4) * np.arange(7, dtype=np.float32)[:, None]
    points = np.array([[0, 0], [1, 0], [2, 0], [3, 0], [4, 4], [5, 5], [6, 6]], np.float32)
    sheet = np.stack([np.full((1, SIDE, SIDE), 40 * k, np.uint8) for k in range(7)])
    return {
        "identity": "one",
        "points": {"tsne": floats(points), "pca": floats(codes[:, :2])},
        "codes": text(codes.astype("<f2").view(np.uint8)),
        "labels": text(np.arange(7, dtype=np.uint8)),
        "classes": [f"class {k}" for k in range(7)],
        "colours": ["#000"] * 7,
        "components": floats(np.eye(4)[:2]),
        "centre": floats(np.zeros(4)),
        "sprites": tiles.sheet(sheet, 5),
        "columns": 5,
        "tile": [SIDE, SIDE],
    }


def test_the_map_places_a_code_and_shows_its_neighbours(hand):
    hand.component.send(data(map=map_of_codes()))
    field = hand.page.locator(".mean")
    field.fill("3")
    field.press("Enter")
    captions = hand.page.locator(".near figcaption")
    expect(captions.first).to_have_text("class 3 · 0.0")
    expect(captions.nth(1)).to_contain_text("· 1")
    expect(captions.last).to_contain_text("· 3")
    expect(captions).to_have_count(6)
    canvas = hand.page.locator(".near canvas").first
    expect(canvas).to_have_css("background-color", "rgba(0, 0, 0, 0)")  # no black square while the sheet is on its way
    hand.page.wait_for_function(
        "canvas => canvas.getContext('2d').getImageData(5, 5, 1, 1).data[0] === 120", arg=canvas.element_handle()
    )


def test_a_map_that_is_hidden_throws_nothing_and_is_drawn_again_when_it_is_seen(hand):
    hand.component.send(data(map=map_of_codes()))
    expect(hand.page.locator(".near figcaption")).to_have_count(6)
    drawn = "root.querySelector('canvas.map').toDataURL()"
    before = hand.page.evaluate(drawn)
    hand.page.evaluate("() => void (root.host.style.display = 'none')")
    hand.page.evaluate(screens.FRAMES)  # the canvas has no size: the fixture fails on an error
    hand.page.evaluate("() => void (root.host.style.display = '')")
    hand.page.wait_for_function(f"before => {drawn} === before", arg=before)


def test_a_long_class_name_leaves_room_for_the_distance(opened):
    hand = opened(viewport={"width": 700, "height": 844})
    hand.component.send(data(map=map_of_codes() | {"classes": ["Ankle boot of a very long name"] * 10}))
    hand.page.wait_for_function(
        """() => [...root.querySelectorAll('.near figcaption')].every((caption) => {
          const distance = document.createRange();
          distance.selectNodeContents(caption.lastChild);
          const { width, right } = distance.getBoundingClientRect();
          return width > 0 && right <= caption.getBoundingClientRect().right + 1;
        })"""
    )


def test_test_images_are_large_enough_to_see_in_a_narrow_window(opened):
    """As at 200 % zoom: ten in a third of the width would be dots, and the button would cover them."""
    hand = opened(viewport={"width": 700, "height": 844})
    hand.expect_live()
    images, more = hand.page.locator(".strip canvas"), hand.page.get_by_role("button", name="Other pictures")
    expect(images).to_have_count(10)
    box, button = screens.box(images.first), screens.box(more)
    assert box["width"] > 24
    assert button["y"] + button["height"] <= box["y"]
    assert more.evaluate("button => button.scrollHeight <= button.clientHeight")


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 700, 1100])
def test_pen_and_picture_are_side_by_side_and_nothing_is_wider_than_the_window(opened, width):
    hand = opened(viewport={"width": width, "height": 844})
    hand.expect_live()
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= width
    pen, picture = screens.box(hand.paper), screens.box(hand.page.locator("canvas.picture"))
    assert abs(pen["y"] - picture["y"]) < 10
    assert pen["x"] + pen["width"] < picture["x"]
    assert (
        width < 1100
        or min(pen["width"], picture["width"], screens.box(hand.page.locator("canvas.input"))["width"]) >= 220
    )


@pytest.mark.slow
def test_an_upload_is_the_next_input_and_another_model_takes_it_as_it_is_prepared_for_that(hand):
    hand.component.send(data(own={"id": "a", "image": grey(102)}))
    assert hand.reported(1)["own"] is True
    assert set(hand.page.evaluate(INPUT)) == {102}
    hand.component.send(data(name="two", own={"id": "b", "image": grey(204)}))
    hand.page.wait_for_function(f"() => {INPUT}[0] === 204")
    hand.expect_live()
    hand.expect_grey(sigmoid(4 * 204 / 255))
    hand.draw((60, 60), (60, 220), (200, 200))
    assert hand.reported(2)["own"] is False
    hand.component.send(data(name="three", own={"id": "c", "image": grey(51)}))
    hand.expect_live()
    assert len(set(hand.page.evaluate(INPUT))) > 2  # what was drawn last stays


@pytest.mark.slow
def test_another_model_of_an_empty_page_keeps_the_last_input(hand):
    hand.draw((60, 60), (60, 220), (200, 200))
    hand.page.get_by_role("button", name="Clear").click()
    hand.reported(2)
    before = hand.page.evaluate(INPUT)
    hand.component.send(data(name="two"))
    hand.expect_live()
    hand.page.wait_for_function(f"() => {GREY} > 140")
    assert hand.page.evaluate(INPUT) == before
    expect(hand.page.locator(".chain.waiting")).to_have_count(0)


@pytest.mark.slow
def test_a_new_size_is_drawn(hand):
    size = "root.querySelector('.bars').width"
    before = hand.page.evaluate(size)
    hand.page.set_viewport_size({"width": 900, "height": 900})
    hand.page.wait_for_function(f"before => {size} !== before", arg=before)
    hand.draw((60, 60), (60, 220), (200, 200))
    hand.page.wait_for_function(f"() => {GREY} > 140")


def test_the_marks_of_the_bars_have_the_ink_of_another_theme(hand):
    hand.page.evaluate("() => document.documentElement.style.setProperty('--st-text-color', '#fafafa')")
    hand.component.send(data())  # as Streamlit does
    hand.page.wait_for_function(
        """() => {
          const canvas = root.querySelector("canvas.bars");
          const { data } = canvas.getContext("2d").getImageData(0, 0, 15, canvas.height);
          return data.filter((_, k) => k % 4 === 3).some((alpha) => alpha > 100)
            && data.every((level, k) => k % 4 === 3 || data[k - (k % 4) + 3] < 100 || level > 200);
        }"""
    )


def test_bars_have_marks_and_the_numbers_of_their_dimensions(hand):
    hand.page.evaluate(
        """() => {
          window.written = [];
          const { fillText } = CanvasRenderingContext2D.prototype;
          CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
            if (this.canvas.classList.contains("bars")) written.push(text);
            return fillText.call(this, text, ...place);
          };
        }"""
    )
    hand.page.get_by_role("slider", name="4 dimensions of the code").press("ArrowUp")
    hand.page.wait_for_function("() => written.length >= 7")
    assert hand.page.evaluate("written.slice(0, 7)") == ["−2", "0", "2", "0", "1", "2", "3"]


@pytest.mark.slow
@pytest.mark.parametrize(("touch", "begins"), [(True, "Tap a number"), (False, "Point at a number")])
def test_the_words_under_the_numbers_say_their_unit_and_are_about_the_hand_that_there_is(opened, touch, begins):
    hand = opened(has_touch=touch, is_mobile=touch)
    expect(hand.page.locator(".from")).to_contain_text(f"In nats, except the MSE. {begins}")
    expect(hand.page.locator(".near-words")).to_have_text("class · distance to z")
