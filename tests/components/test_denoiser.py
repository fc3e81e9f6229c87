"""The denoiser: every place of a drag is drawn, the last is reported, what the hand holds wins, and networks answer."""

import base64

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import hands
from tests.components.networks import WORKER, network
from tests.components.samples import text

SIZE, SIDE, PLACES = 28, 8, 21
PICTURE = (np.arange(SIZE**2) % 100 + 50).reshape(SIZE, SIZE).astype(np.uint8)  # nothing is white
# Grey levels of a picture, at the middle of each of its pixels.
LEVELS = f"""((selector) => {{
  const canvas = root.querySelector(selector), zoom = canvas.width / {SIZE}, middle = Math.floor(zoom / 2);
  const {{ data }} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return Array.from({{ length: {SIZE**2} }}, (_, k) => {{
    const row = Math.floor(k / {SIZE}) * zoom + middle, column = (k % {SIZE}) * zoom + middle;
    return data[4 * (row * canvas.width + column)];
  }});
}})"""
# The upper left corner of the square, which is white.
PLACE = f"""(() => {{
  const first = {LEVELS}(".question .view").indexOf(255);
  return [Math.floor(first / {SIZE}), first % {SIZE}];
}})()"""


def answer(level, **more):
    return {
        "image": text(np.full((SIZE, SIZE), level, np.uint8)),
        "mse": {"inside": 0.01, "outside": 0.0},
        "found": [5 * PLACES + 6, 0.25],
    }


def data(row=2, column=3, number=0, session="a", **more):
    return {
        "label": "a digit with a square of noise",
        "pixels": text(PICTURE),
        "drawn": False,
        "noise": {"kind": "white", "strength": 1.0, "row": row, "column": column, "seed": 4},
        "kinds": [["white", "White", "opacity"], ["black", "Black", "opacity"]],
        "names": {name: ["An answer", "what the network makes of it"] for name in ("blind", "informed")},
        "official": {"blind": answer(20), "informed": answer(30)},
        "networks": None,
        "answers": {"session": session, "number": number, "of": ["moved"]},
    } | more


def report(row, column, number, **more):
    noise = {"kind": "white", "strength": 1, "row": row, "column": column, "seed": 4}
    return "moved", {"number": number, "value": {**noise, "pixels": None, **more}}


class Hand(hands.Hand):
    def __init__(self, component):
        super().__init__(component)
        self.canvas = self.page.locator(".question .view")
        self.box = screens.box(self.canvas)

    def at(self, row, column):
        """The middle of a pixel of the picture, in the window."""
        side = self.box["width"] / SIZE
        return self.box["x"] + (column + 0.5) * side, self.box["y"] + (row + 0.5) * side

    def centre(self, row, column):
        """Where a press brings the square to a place."""
        return self.at(row + SIDE / 2 - 0.5, column + SIDE / 2 - 0.5)

    def take(self, row, column):
        self.mouse.move(*self.at(row, column))
        self.mouse.down()

    def click(self, name):
        self.page.get_by_role("button", name=name).click()

    def expect_place(self, row, column):
        self.page.wait_for_function(f"wanted => String({PLACE}) === wanted", arg=f"{row},{column}")
        expect(self.page.locator(".where")).to_have_text(f"row {row}, column {column}")

    def levels(self, selector=".question .view"):
        return np.array(self.page.evaluate(f"() => {LEVELS}({selector!r})")).reshape(SIZE, SIZE)


@pytest.fixture
def hand(mounted):
    hand = Hand(mounted("denoiser", data()))
    hand.expect_place(2, 3)
    return hand


def test_every_place_of_a_drag_is_drawn_and_two_drags_are_two_reports(hand):
    hand.take(3, 4)
    hand.component.watch(PLACE)
    for step in range(1, 6):
        hand.mouse.move(*hand.at(3 + step, 4 + step))
        hand.expect_place(2 + step, 3 + step)
        hand.component.be_watched()
    assert hand.component.drawn() == [[2 + step, 3 + step] for step in range(6)]
    hand.component.expect_reports()
    hand.mouse.up()
    hand.component.expect_reports(report(7, 8, 1))
    hand.component.send(data(7, 8, 1))
    hand.take(8, 9)
    hand.mouse.move(*hand.at(1, 1), steps=3)
    hand.mouse.up()
    hand.component.expect_reports(report(7, 8, 1), report(0, 0, 2))
    hand.expect_place(0, 0)


def test_a_click_brings_the_middle_and_the_edge_holds_it(hand):
    hand.mouse.click(*hand.at(27, 27))
    hand.component.expect_reports(report(20, 20, 1))
    hand.expect_place(20, 20)


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


@pytest.mark.slow
def test_a_held_key_is_one_report_of_the_last_place(hand):
    hand.canvas.focus()
    hand.component.hold("ArrowRight", 30)
    hand.component.send(data(2, 4, 0))
    hand.expect_place(2, 20)
    hand.page.keyboard.up("ArrowRight")
    hand.page.wait_for_function("() => reports.length === 1")
    name, last = hand.component.last_report()
    assert (name, last["value"]["column"]) == ("moved", 20)
    hand.component.send(data(2, 20, last["number"]))
    hand.expect_place(2, 20)


def test_data_that_arrive_during_a_drag_do_not_move_the_square(hand):
    hand.take(3, 4)
    hand.mouse.move(*hand.at(6, 6))
    hand.component.watch(PLACE)
    hand.component.send(data(0, 0))
    hand.mouse.move(*hand.at(7, 6))
    hand.expect_place(6, 5)
    hand.mouse.up()
    hand.component.expect_reports(report(6, 5, 1))
    assert [0, 0] not in hand.component.drawn()


def test_an_answer_to_an_older_drag_is_dropped_and_other_data_are_taken(hand):
    hand.mouse.click(*hand.centre(12, 12))
    hand.mouse.click(*hand.centre(2, 16))
    hand.page.wait_for_function("() => reports.length === 2")
    expect(hand.page.locator(".stale")).to_be_visible()
    hand.component.watch(PLACE)
    hand.component.send(data(12, 12, 1))
    assert hand.component.drawn() == [[2, 16]]
    hand.component.send(data(2, 16, 2))
    expect(hand.page.locator(".stale")).to_have_count(0)
    hand.component.send(data(5, 2, 2))
    hand.expect_place(5, 2)
    hand.component.send(data(1, 1, 0, session="b"))  # the server forgot the visit
    hand.expect_place(1, 1)


def test_the_official_answers_and_their_figures(hand):
    assert (hand.levels(".blind .view") == 20).all()
    assert (hand.levels(".informed .view") == 30).all()
    assert (hand.levels(".informed .small") == PICTURE - 30).all()
    expect(hand.page.locator(".blind dd")).to_have_text(["20.0 dB", "exact", "0.0100", "5, 6 · 25%"])
    expect(hand.page.locator(".informed dd")).to_have_text(["20.0 dB", "exact", "0.0100"])


def test_kind_strength_and_seed(hand):
    hand.page.get_by_label("Kind of noise").select_option("black")
    hand.page.get_by_label("Strength: opacity").press("Home")  # 0.1 of a black square
    square = np.s_[2:10, 3:11]
    expect(hand.page.get_by_label("Strength: opacity")).to_have_value("0.1")
    assert np.abs(hand.levels()[square] - 0.9 * PICTURE[square]).max() <= 0.5 + 1e-3
    hand.page.wait_for_function("() => reports.at(-1)?.[1].value.strength === 0.1")
    hand.click("Another noise")
    last = hand.component.last_report()[1]
    assert last["value"]["kind"] == "black"
    assert last["value"]["seed"] in range(100_000)


def drawn(hand):
    """The picture of the last report."""
    raw = base64.b64decode(hand.component.last_report()[1]["value"]["pixels"])
    return np.frombuffer(raw, np.uint8).reshape(SIZE, SIZE)


def test_a_stroke_is_drawn_under_the_pen_reported_once_and_undone(hand):
    hand.click("Draw")
    hand.take(20, 4)
    hand.mouse.move(*hand.at(20, 24), steps=10)
    assert (hand.levels()[20, 5:24] == 255).all()  # the button is still down
    hand.component.expect_reports()
    hand.mouse.up()
    hand.page.wait_for_function("() => reports.length === 1")
    picture = drawn(hand)
    assert (picture[20, 5:24] == 255).all()
    assert (picture[:18] == PICTURE[:18]).all()
    assert (picture[23:] == PICTURE[23:]).all()
    hand.component.send(data(number=1, drawn=True, pixels=text(picture)))
    hand.click("Undo")
    hand.page.wait_for_function("() => reports.length === 2")
    assert (drawn(hand) == PICTURE).all()
    expect(hand.page.get_by_role("button", name="Undo")).to_be_disabled()


def test_a_stroke_goes_on_where_another_finger_takes_another_tool(hand):
    hand.click("Draw")
    hand.take(20, 4)
    hand.page.evaluate("() => root.querySelector('[data-mode=\"\"]').click()")
    hand.mouse.move(*hand.at(20, 24), steps=10)
    hand.mouse.up()
    assert (drawn(hand)[20, 5:24] == 255).all()
    hand.expect_place(2, 3)


def test_what_the_pen_draws_after_undo_can_be_undone(hand):
    hand.click("Draw")
    hand.canvas.focus()
    hand.take(20, 4)
    hand.mouse.move(*hand.at(20, 12), steps=4)
    hand.page.keyboard.press("Control+z")
    hand.mouse.move(*hand.at(20, 24), steps=4)
    hand.mouse.up()
    hand.page.wait_for_function("() => reports.at(-1)?.[1].value.pixels")
    assert (drawn(hand)[20, 5:12] == PICTURE[20, 5:12]).all()
    assert (drawn(hand)[20, 16:24] == 255).all()
    hand.click("Undo")
    hand.page.wait_for_function("(before) => reports.at(-1)?.[1].value.pixels === before", arg=text(PICTURE))
    expect(hand.page.get_by_role("button", name="Undo")).to_be_disabled()


@pytest.mark.slow
def test_the_keyboard_draws_and_the_square_stays(hand):
    hand.click("Draw")
    for key in (*["ArrowDown"] * 6, " ", *["ArrowRight"] * 8):
        hand.canvas.press(key)
    hand.component.expect_reports()
    hand.canvas.press(" ")
    hand.page.wait_for_function("() => reports.length === 1")
    assert (drawn(hand)[20, 14:22] == 255).all()
    hand.expect_place(2, 3)
    hand.click("Move the square")
    hand.canvas.press("ArrowDown")
    hand.expect_place(3, 3)


def test_the_eraser_and_an_empty_page(hand):
    hand.click("Erase")
    hand.take(20, 4)
    hand.mouse.up()
    assert drawn(hand)[20, 4] == 0
    hand.click("Clear")
    hand.page.wait_for_function("() => reports.length === 2")
    assert not drawn(hand).any()
    levels = hand.levels()
    assert (levels[2:10, 3:11] == 255).all()  # the noise is still there
    assert levels.sum() == 64 * 255


@pytest.mark.slow
def test_another_picture_forgets_the_strokes(hand):
    hand.click("Clear")
    hand.page.wait_for_function("() => reports.length === 1")
    hand.component.send(data(number=1, pixels=text(255 - PICTURE)))
    expect(hand.page.get_by_role("button", name="Undo")).to_be_disabled()
    hand.canvas.press("ArrowDown")
    hand.component.expect_reports(("moved", hand.component.page.evaluate("reports[0][1]")), report(3, 3, 2))


@pytest.mark.slow
def test_a_finger_on_a_phone(mounted):
    hand = Hand(mounted("denoiser", data(), viewport={"width": 390, "height": 844}, has_touch=True))
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = [screens.box(hand.page.locator(f".{name} .view")) for name in ("question", "blind", "informed")]
    assert len({round(box["width"]) for box in boxes}) == 1
    assert boxes[0]["y"] == boxes[1]["y"]
    hand.page.touchscreen.tap(*hand.centre(16, 16))
    hand.component.expect_reports(report(16, 16, 1))


# ---- with networks: a worker whose answers the test gives ----

# The oldest request that waits gets its answer: the locator finds place 0, the restorer fills a square with its place.
ANSWER = f"""() => {{
  const request = asked.find(({{ run, answered }}) => run && !answered);
  if (!request) return null;
  request.answered = true;
  const {{ noisy, place }} = request.inputs;
  if (!place) {{
    const data = Float32Array.from({{ length: {PLACES**2} }}, (_, k) => (k ? -50 : 50));
    request.resolve({{ outputs: {{ logits: {{ data, dims: [1, {PLACES**2}] }} }} }});
    return "locator";
  }}
  const data = Float32Array.from(noisy.data, (x, k) => {{
    const at = place.data[Math.floor(k / {SIZE**2})], row = Math.floor(k / {SIZE}) % {SIZE}, column = k % {SIZE};
    const down = row - Math.floor(at / {PLACES}), right = column - (at % {PLACES});
    return Math.min(down, right) >= 0 && Math.max(down, right) < {SIDE} ? at / {PLACES**2} : x;
  }});
  request.resolve({{ outputs: {{ picture: {{ data, dims: [place.data.length, 1, {SIZE}, {SIZE}] }} }} }});
  return "informed";
}}"""
LEARNED = {"locator": network("one"), "informed": network("two")}


class Live(Hand):
    def load(self, *answers):
        self.page.wait_for_function("count => asked.filter(({ load }) => load).length === count", arg=len(answers))
        for k, words in enumerate(answers):
            self.page.evaluate(f"() => asked.filter(({{ load }}) => load)[{k}].{words}")

    def answer(self):
        self.page.wait_for_function("() => asked.some(({ run, answered }) => run && !answered)")
        return self.page.evaluate(ANSWER)

    def waiting(self):
        return self.page.evaluate("asked.filter(({ run, answered }) => run && !answered).length")

    def expect_square(self, row, column):
        """Wait until the answer to the known place is the one to this place."""
        level = round(255 * (row * PLACES + column) / PLACES**2)
        middle = (row + 4) * SIZE + column + 4
        self.page.wait_for_function(
            f"([middle, level]) => Math.abs({LEVELS}('.informed .view')[middle] - level) <= 1", arg=[middle, level]
        )


def mount_with_networks(mounted):
    component = mounted("denoiser", data())
    component.page.evaluate(WORKER)
    hand = Live(component)
    component.send(data(networks=LEARNED))
    return hand


@pytest.fixture
def live(mounted):
    hand = mount_with_networks(mounted)
    hand.load("resolve({})", "resolve({})")
    hand.page.locator("[data-answers=network]").wait_for()
    return hand


def test_both_answers_their_errors_and_figures_follow_before_the_hand_lets_go(live):
    live.take(3, 4)
    live.mouse.move(*live.at(9, 12))
    assert [live.answer(), live.answer()] == ["locator", "informed"]
    live.expect_square(8, 11)
    level = (8 * PLACES + 11) / PLACES**2
    square = np.s_[8:16, 11:19]
    inside = (level - PICTURE[square] / 255) ** 2
    expect(live.page.locator(".informed dd")).to_have_text(
        [f"{-10 * np.log10(inside.mean()):.1f} dB", "exact", f"{inside.mean():.4f}"]
    )
    errors = live.levels(".informed .small")
    assert np.abs(errors[square] - np.abs(255 * level - PICTURE[square])).max() <= 1
    assert errors.sum() == errors[square].sum()
    blind = live.levels(".blind .view")
    assert (blind[:8, :8] == 0).all()  # it takes place 0 for sure
    assert (blind[square] == 255).all()
    expect(live.page.locator(".blind dd").last).to_have_text("0, 0 · 100%")
    live.component.expect_reports()
    live.mouse.up()
    live.component.expect_reports(report(8, 11, 1))


def test_a_slow_network_answers_what_it_has_and_then_the_newest(live):
    live.take(3, 4)
    for row in (5, 9, 15):
        live.mouse.move(*live.at(row, 4))
        live.expect_place(row - 1, 3)
    assert live.waiting() == 1
    live.answer(), live.answer()
    live.expect_square(4, 3)
    live.answer(), live.answer()
    live.expect_square(14, 3)
    assert live.waiting() == 0
    live.mouse.up()


def test_the_official_answers_stay_though_the_network_is_late(live):
    live.mouse.click(*live.centre(11, 11))
    live.component.expect_reports(report(11, 11, 1))
    live.component.send(data(11, 11, 1, networks=LEARNED))
    live.answer(), live.answer()
    live.component.watch(f"{LEVELS}('.informed .view')[0]")
    assert live.component.drawn() == [30]
    expect(live.page.locator(".stale")).to_have_count(0)


def test_a_hand_that_was_faster_than_the_network_is_answered_when_it_is_here(mounted):
    hand = mount_with_networks(mounted)
    hand.take(3, 4)
    hand.mouse.move(*hand.at(9, 4))
    expect(hand.page.locator(".stale")).to_be_visible()
    hand.load("resolve({})", "resolve({})")
    hand.answer(), hand.answer()
    hand.expect_square(8, 3)
    expect(hand.page.locator(".stale")).to_have_count(0)
    hand.mouse.up()


@pytest.mark.slow
def test_another_network_under_the_hand_answers_when_it_is_here(live):
    others = {"locator": network("three"), "informed": network("four")}
    live.mouse.click(*live.centre(11, 11))
    live.component.send(data(11, 11, 1, networks=others))
    live.mouse.click(*live.centre(4, 4))
    live.answer(), live.answer()  # of the network before
    live.load("resolve({})", "resolve({})", "resolve({})", "resolve({})")
    live.answer(), live.answer()
    live.expect_square(4, 4)


def test_without_networks_the_answers_follow_on_release_and_a_sentence_says_why(mounted):
    hand = mount_with_networks(mounted)
    hand.load("resolve({})", "reject('the download was cut')")
    expect(hand.page.locator(".quiet")).to_have_text(
        "The answers follow when you let go, because the download was cut."
    )
    hand.take(3, 4)
    hand.mouse.move(*hand.at(9, 4))
    hand.expect_place(8, 3)
    expect(hand.page.locator(".stale")).to_be_visible()
    hand.mouse.up()
    hand.component.expect_reports(report(8, 3, 1))
    hand.component.send(data(8, 3, 1, networks=LEARNED))
    expect(hand.page.locator(".stale")).to_have_count(0)


def test_before_the_server_can_answer_the_networks_here_do(mounted):
    component = mounted("denoiser", data())
    component.page.evaluate(WORKER)
    hand = Live(component)
    quiet = component.page.locator(".quiet")
    component.send(data(5, 6, official=None, networks=LEARNED))
    hand.expect_place(5, 6)
    expect(quiet).to_have_text("The network is being loaded; its answers follow.")
    component.page.locator(".denoiser.stale").wait_for()
    hand.load("resolve({})", "resolve({})")
    assert [hand.answer(), hand.answer()] == ["locator", "informed"]
    hand.expect_square(5, 6)
    expect(quiet).to_have_text("")
    component.page.locator(".denoiser:not(.stale)").wait_for()
    component.send(data(5, 6, networks=LEARNED))
    hand.page.wait_for_function(f"() => {LEVELS}('.informed .view').every((level) => level === 30)")


def test_before_anybody_can_answer_the_hand_moves_the_square_and_the_server_answers_at_last(mounted):
    hand = Hand(mounted("denoiser", data(official=None)))
    hand.take(3, 4)
    hand.mouse.move(*hand.at(9, 12))
    hand.mouse.up()
    hand.expect_place(8, 11)
    hand.page.locator(".denoiser.stale").wait_for()
    hand.component.send(data(8, 11, number=1))
    hand.page.wait_for_function(f"() => {LEVELS}('.informed .view').every((level) => level === 30)")
    hand.page.locator(".denoiser:not(.stale)").wait_for()
    expect(hand.page.locator(".quiet")).to_have_text("")
