"""The turning picture: it follows the hand, the last angle is reported, and the network's guess follows, too."""

import base64

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

from metrics.rotation import turned
from tests.browser import screens
from tests.components import hands
from tests.components.networks import TURN, WORKER, network
from tests.components.samples import text

SIZE = 16
PICTURE = np.random.default_rng(1).integers(0, 256, (1, SIZE, SIZE), np.uint8)
PICTURE[:, 0] = PICTURE[:, -1] = PICTURE[:, :, 0] = PICTURE[:, :, -1] = 0
LEVELS = f"""(() => {{
  const {{ data }} = root.querySelector(".view").getContext("2d").getImageData(0, 0, {SIZE}, {SIZE});
  return Array.from({{ length: {SIZE**2} }}, (_, k) => data[4 * k]);
}})()"""
DEGREES = list(range(0, 361, 45))
QUARTERS = ["upright", "to the left", "upside down", "to the right"]
CURVE = "root.querySelectorAll('.panels path')[0].getAttribute('d')"


def data(angle=0, moved=0, number=0, **more):
    chances = np.full((len(DEGREES), 4), 0.1)
    for k, degrees in enumerate(DEGREES):
        chances[k, round(degrees / 90) % 4] = 0.7
    return {
        "label": "a digit",
        "pixels": text(PICTURE),
        "size": SIZE,
        "drawn": False,
        "angle": angle,
        "moved": moved,
        "quarters": [[name, colour] for name, colour in zip(QUARTERS, ("#111", "#222", "#333", "#444"), strict=True)],
        "degrees": DEGREES,
        "chances": chances.tolist(),
        "network": None,
        "answers": {"session": "a", "number": number, "of": ["moved"]},
    } | more


def value(report):
    return report[1]["value"]


class Hand(hands.Hand):
    def __init__(self, component):
        super().__init__(component)
        self.view, self.slider = self.page.locator(".view"), self.page.get_by_label("Angle, degrees anticlockwise")
        self.shift, self.guess = self.page.get_by_label("Move up and left, pixels"), self.page.locator(".guess")
        self.box = screens.box(self.view)

    def at(self, degrees, radius=0.35):
        """A place around the middle of the picture, anticlockwise from the right, in the window."""
        turn, width = np.deg2rad(degrees), self.box["width"]
        middle = self.box["x"] + width / 2, self.box["y"] + width / 2
        return middle[0] + radius * width * np.cos(turn), middle[1] - radius * width * np.sin(turn)

    def expect_picture(self, angle, moved=0.0, picture=PICTURE):
        """Wait for the picture turned by Python, within a grey level."""
        wanted = 255 * turned(torch.from_numpy(picture).float() / 255, [angle], moved)
        near = f"wanted => {LEVELS}.every((level, k) => Math.abs(level - wanted[k]) <= 1)"
        self.page.wait_for_function(near, arg=wanted.ravel().tolist())


@pytest.fixture
def hand(mounted):
    hand = Hand(mounted("turning", data()))
    hand.expect_picture(0)
    return hand


def test_the_picture_follows_the_hand_around_its_middle_and_two_turns_are_two_reports(hand):
    hand.mouse.move(*hand.at(20))
    hand.mouse.down()
    for degrees in (50, 80, 110):
        hand.mouse.move(*hand.at(degrees))
        hand.page.wait_for_function(
            "wanted => Math.abs(root.querySelector('.view').ariaValueNow - wanted) < 1", arg=degrees - 20
        )
        hand.expect_picture(float(hand.view.get_attribute("aria-valuenow")))
    hand.component.expect_reports()
    hand.mouse.up()
    first = value(hand.component.last_report())
    assert first == {"angle": pytest.approx(90, abs=1), "moved": 0, "pixels": None}
    hand.component.send(data(first["angle"], number=1))
    hand.mouse.move(*hand.at(0))
    hand.mouse.down()
    hand.mouse.move(*hand.at(-100), steps=4)
    hand.mouse.up()
    hand.page.wait_for_function("() => reports.length === 2")
    assert value(hand.component.last_report())["angle"] == pytest.approx(350, abs=1)  # round the corner


def test_keys_the_sliders_and_the_curve_turn_and_move_it(hand):
    hand.view.press("ArrowLeft")
    hand.page.wait_for_function("() => reports.length === 1")
    hand.view.press("Shift+ArrowUp")
    hand.expect_picture(16)
    hand.slider.press("ArrowRight")
    hand.expect_picture(17)
    hand.page.wait_for_function("() => reports.at(-1)?.[1].value.angle === 17")
    hand.shift.press("End")
    hand.expect_picture(17, 1.0)
    hand.page.wait_for_function("() => reports.at(-1)?.[1].value.moved === 1")
    curve = screens.box(hand.page.locator(".panels svg"))
    inner = curve["width"] - 54 - 14
    hand.mouse.click(curve["x"] + 54 + inner / 2, curve["y"] + 100)
    hand.expect_picture(180, 1.0)
    assert value(hand.component.last_report())["angle"] == pytest.approx(180, abs=1)


def test_without_a_network_the_guess_is_the_servers_at_the_nearest_angle(hand):
    expect(hand.guess).to_have_text("Its guess: upright, 70%")
    expect(hand.page.locator(".bars li")).to_have_text([f"{QUARTERS[0]}70%", *(f"{q}10%" for q in QUARTERS[1:])])
    hand.slider.fill("100")
    expect(hand.guess).to_have_text("Its guess: to the left, 70%")


def test_play_turns_it_and_the_hand_stops_it(hand):
    hand.page.get_by_role("button", name="Play").click()
    hand.page.wait_for_function("() => root.querySelector('.view').ariaValueNow > 10")
    hand.component.expect_reports()
    hand.view.click()
    expect(hand.page.get_by_role("button", name="Play")).to_be_visible()
    angle = value(hand.component.last_report())["angle"]
    assert angle > 10
    hand.expect_picture(angle)
    hand.view.press(" ")
    expect(hand.page.get_by_role("button", name="Pause")).to_be_visible()
    hand.component.send(data(3, number=1))  # does not take the angle from the clock
    hand.page.wait_for_function("before => root.querySelector('.view').ariaValueNow > before + 5", arg=angle)
    hand.page.get_by_role("button", name="Pause").click()
    hand.page.wait_for_function("() => reports.length === 2")


def test_a_stroke_is_drawn_on_the_turned_picture_where_the_pen_is(hand):
    hand.slider.fill("90")
    hand.expect_picture(90)
    hand.page.get_by_role("button", name="Draw").click()
    hand.mouse.move(*hand.at(0, 0.3))
    hand.mouse.down()
    hand.mouse.move(*hand.at(0, 0.1), steps=4)
    hand.mouse.up()
    hand.page.wait_for_function("() => reports.at(-1)?.[1].value.pixels")
    raw = base64.b64decode(value(hand.component.last_report())["pixels"])
    drawn = np.frombuffer(raw, np.uint8).reshape(1, SIZE, SIZE).copy()
    changed = np.argwhere(drawn[0] != PICTURE[0])
    # A quarter turn back, right of the middle is below it.
    assert changed.min(0) == pytest.approx([8, 6], abs=1)
    assert changed.max(0) == pytest.approx([13, 9], abs=1)
    hand.expect_picture(90, picture=drawn)
    expect(hand.page.locator(".stale")).to_be_visible()  # no guess for it yet
    hand.component.send(data(90, number=hand.component.last_report()[1]["number"], drawn=True, pixels=text(drawn)))
    expect(hand.page.locator(".stale")).to_have_count(0)


def test_a_stroke_goes_on_where_another_finger_takes_another_tool(hand):
    hand.page.get_by_role("button", name="Draw").click()
    hand.mouse.move(*hand.at(0, 0.3))
    hand.mouse.down()
    hand.page.evaluate("() => root.querySelector('[data-mode=\"\"]').click()")
    hand.mouse.move(*hand.at(0, 0.1), steps=4)
    hand.mouse.up()
    report = value(hand.component.last_report())
    assert report["angle"] == 0
    drawn = np.frombuffer(base64.b64decode(report["pixels"]), np.uint8).reshape(SIZE, SIZE)
    assert np.ptp(np.argwhere(drawn != PICTURE[0]), 0)[1] >= 3  # not a dot


def test_data_that_arrive_in_a_drag_and_answers_to_older_ones_do_not_turn_it(hand):
    hand.mouse.move(*hand.at(0))
    hand.mouse.down()
    hand.mouse.move(*hand.at(60))
    hand.component.watch("Math.round(root.querySelector('.view').ariaValueNow)")
    hand.component.send(data(200))
    hand.mouse.up()
    hand.page.wait_for_function("() => reports.length === 1")
    hand.component.send(data(200, number=0))
    assert all(angle == pytest.approx(60, abs=1) for angle in hand.component.drawn())


def test_a_finger_on_a_phone(mounted):
    hand = Hand(mounted("turning", data(), viewport={"width": 390, "height": 844}, has_touch=True))
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(hand.page.locator(".bars")).to_be_in_viewport(ratio=1)
    box = screens.box(hand.slider)
    hand.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert value(hand.component.last_report())["angle"] == pytest.approx(180, abs=3)


# ---- with a network: a worker whose answers the test gives ----

# The oldest request that waits: each of its pictures is taken for the quarter that `window.quarter` names.
ANSWER = """() => {
  const request = asked.find(({ run, answered }) => run && !answered);
  if (!request) return null;
  request.answered = true;
  const n = request.inputs.x.dims[0];
  const data = Float32Array.from({ length: 4 * n }, (_, k) => (k % 4 === window.quarter ? 9 : 0));
  request.resolve({ outputs: { logits: { data, dims: [n, 4] } } });
  return n;
}"""


class Live(Hand):
    def answer_all(self, quarter):
        """Answer requests until no more come; the numbers of their pictures."""
        self.page.evaluate("quarter => void (window.quarter = quarter)", quarter)
        counts = []
        while self.page.evaluate(TURN) and (count := self.page.evaluate(ANSWER)):
            counts.append(count)
        return counts


@pytest.fixture
def live(mounted):
    component = mounted("turning", data())
    component.page.evaluate(WORKER)
    hand = Live(component)
    component.send(data(network=network()))
    hand.page.wait_for_function("() => asked.some(({ load }) => load)")
    hand.page.evaluate("() => asked.find(({ load }) => load).resolve({})")
    hand.page.locator("[data-answers=network]").wait_for()
    hand.answer_all(0)
    return hand


def test_the_guess_follows_before_the_hand_lets_go(live):
    live.mouse.move(*live.at(0))
    live.mouse.down()
    live.mouse.move(*live.at(30))
    assert live.answer_all(3) == [1]  # nothing but this picture: the curve is the same
    expect(live.guess).to_have_text("Its guess: to the right, >99%")
    pictures = live.page.evaluate("Array.from(asked.at(-1).inputs.x.data)")
    angle = float(live.view.get_attribute("aria-valuenow"))
    wanted = turned(torch.from_numpy(PICTURE).float() / 255, [angle])
    assert pictures == pytest.approx(wanted.ravel().tolist(), abs=1e-6)
    live.component.expect_reports()
    live.mouse.up()


@pytest.mark.slow
def test_a_moved_picture_fills_the_curve_anew(live):
    before = live.page.evaluate(CURVE)
    live.shift.press("End")
    counts = live.answer_all(2)
    assert sum(counts) == 1 + len(DEGREES)
    expect(live.guess).to_have_text("Its guess: upside down, >99%")
    after = live.page.evaluate(CURVE)
    assert after != before
    assert len({point.split(",")[1] for point in after.strip("M").split("L")}) == 1  # the same at every angle


@pytest.mark.slow
def test_a_picture_that_changes_while_the_curve_fills_begins_it_anew(live):
    live.shift.press("ArrowRight")
    live.page.evaluate("() => void (window.quarter = 1)")
    for _ in range(2):
        live.page.evaluate(TURN)
        live.page.evaluate(ANSWER)
    live.shift.press("ArrowRight")
    live.answer_all(2)
    points = live.page.evaluate(CURVE).strip("M").split("L")
    assert len({point.split(",")[1] for point in points}) == 1
    assert len(points) == len(DEGREES)


@pytest.mark.slow
def test_another_network_while_the_curve_fills_fills_it_anew(live):
    live.shift.press("End")
    number = live.component.last_report()[1]["number"]
    live.component.send(data(0, 1, number, network=network("two")))
    live.shift.press("Home")
    live.answer_all(1)
    live.page.wait_for_function("() => asked.filter(({ load }) => load).length === 2")
    live.page.evaluate("() => asked.filter(({ load }) => load)[1].resolve({})")
    live.page.locator("[data-answers=network]").wait_for()
    assert sum(live.answer_all(2)) >= len(DEGREES)
    expect(live.guess).to_have_text("Its guess: upside down, >99%")
    points = live.page.evaluate(CURVE).strip("M").split("L")
    assert len({point.split(",")[1] for point in points}) == 1


def test_a_network_that_does_not_load_is_a_sentence(mounted):
    component = mounted("turning", data())
    component.page.evaluate(WORKER)
    component.send(data(network=network()))
    hand = Hand(component)
    hand.page.wait_for_function("() => asked.some(({ load }) => load)")
    hand.page.evaluate("() => asked.find(({ load }) => load).reject('the download was cut')")
    expect(hand.page.locator(".quiet")).to_have_text(
        "The guesses are the server's, one for every 45°, because the download was cut."
    )
    hand.slider.fill("170")
    expect(hand.guess).to_have_text("Its guess: upside down, 70%")


def test_before_the_server_can_guess_the_network_here_does(mounted):
    component = mounted("turning", data())
    component.page.evaluate(WORKER)
    hand = Live(component)
    component.send(data(90, chances=None, network=network()))
    hand.expect_picture(90)
    expect(hand.guess).to_have_text("Its guess: …")
    assert component.page.evaluate(CURVE) == ""
    hand.page.wait_for_function("() => asked.some(({ load }) => load)")
    hand.page.evaluate("() => asked.find(({ load }) => load).resolve({})")
    assert sum(hand.answer_all(2)) >= len(DEGREES)
    expect(hand.guess).to_have_text("Its guess: upside down, >99%")
    assert component.page.evaluate(CURVE)
