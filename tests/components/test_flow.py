"""The flow: all pictures follow time and settings under the hand, by a network that the test plays, or by the server.

The velocity of that network is 0.2 times the number of the class in all pixels, at every place and time.
"""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.components import hands
from tests.components.networks import WORKER, network
from tests.components.samples import text

SIDE, PICTURES, CLASSES, MOMENTS = 4, 3, 3, 5
SIZE = SIDE * SIDE
COUNTS = (1, 2, 4, 10)
WAY = {"label": "each", "solver": "midpoint", "steps": 4, "guidance": 1.0}
# The grey level of each picture, and of those of the strip and of the bridge, at their upper left corner.
GREY = "[...root.querySelectorAll('{} canvas')].map((one) => one.getContext('2d').getImageData(0, 0, 1, 1).data[0])"
# dx/dt = 0.2 · label, in all pixels; any class is the label CLASSES. Loading is answered at once, what comes
# behind `free` evaluations when `all` is resolved.
VELOCITY = f"""() => {{
  window.free = Infinity;
  window.all = null;
  const answer = ({{ load, inputs, resolve }}) => setTimeout(async () => {{
    if (load) return resolve({{}});
    if (free-- <= 0) await all;
    const data = Float32Array.from(inputs.x.data, (_, k) => 0.2 * inputs.label.data[Math.floor(k / {SIZE})]);
    resolve({{ outputs: {{ velocity: {{ data, dims: inputs.x.dims }} }} }});
  }});
  asked.filter(({{ answered }}) => !answered).forEach((one) => {{ one.answered = true; answer(one); }});
  asked.push = answer;
}}"""


def levels(*greys):
    """Pictures on their way, which begin black and end with these grey levels."""
    ways = np.linspace(0, 1, MOMENTS)[:, None] * np.array(greys)
    return text(np.repeat(ways[:, :, None], SIZE, 2).round().astype(np.uint8))


def data(**more):
    return {
        "identity": "a",
        "network": None,
        "shape": [1, SIDE, SIDE],
        "classes": ["no", "one", "two"],
        "noise": text(np.full((PICTURES, SIZE), -1, np.float32)),
        "view": {"t": 1.0, "chosen": 1, **WAY},
        "solvers": ["euler", "midpoint"],
        "counts": COUNTS,
        "guidances": [-2, 10],
        "stored": {"view": WAY, "pictures": levels(100, 150, 200)},
        "answer": None,
        "means": {"1": {"picture": text(np.full(SIZE, 30, np.uint8)), "words": "7 real pictures of class one"}},
    } | more


def grey(value):
    """The level of a number about in [−1, 1]."""
    return round(255 * (value + 1) / 2)


class Hand(hands.Hand):
    def control(self, name):
        return self.page.get_by_label(name, exact=True)

    def expect_greys(self, selector, *wanted):
        self.page.wait_for_function(
            "wanted => (greys => greys.length === wanted.length && greys.every((grey, k) => "
            f"Math.abs(grey - wanted[k]) <= 1))({GREY.format(selector)})",
            arg=wanted,
        )

    def expect_last(self, **wanted):
        """Wait for a report in which these are so."""
        self.page.wait_for_function(
            "wanted => Object.entries(wanted).every(([name, value]) => reports.at(-1)?.[1][name] === value)", arg=wanted
        )


TIME, STEPS = "Time t, from noise at 0 to picture at 1", "Number of steps of the solver"


@pytest.fixture
def stored(mounted):
    """Without a network, on the stored pictures."""
    hand = Hand(mounted("flow", data()))
    hand.expect_greys(".pictures", 100, 150, 200)
    return hand


def with_network(mounted, **more):
    component = mounted("flow", data())
    component.page.evaluate(WORKER)
    component.page.evaluate(VELOCITY)
    hand = Hand(component)
    component.send(data(identity="b", network=network(), **more))
    hand.page.locator(".flow[data-pictures=network]").wait_for()
    return hand


def ends(*classes, guidance=1.0, free=CLASSES):
    """Grey levels at t = 1 of noise −1 with dx/dt = 0.2 · (any + guidance · (class − any))."""
    return [grey(-1 + 0.2 * (free + guidance * (each - free))) for each in classes]


def test_time_goes_through_the_stored_pictures_before_a_network_is_there(stored):
    stored.control(TIME).fill("0.5")
    stored.expect_greys(".pictures", 50, 75, 100)
    stored.expect_greys(".strip", *[150 * k / 7 for k in range(8)])  # of the chosen one, at eight times
    expect(stored.page.locator(".strip .now figcaption")).to_have_text("0.57")


def test_two_drags_of_time_are_two_reports_and_what_the_hand_holds_wins(stored):
    slider = stored.control(TIME)
    stored.component.forget_reports()
    stored.component.watch(GREY.format(".pictures") + "[0]")
    stored.component.grab(slider, (-40, 0), (-80, 0))
    stored.component.send(data(view={"t": 0.9, "chosen": 0, **WAY}))
    stored.component.expect_reports()  # while it is held
    stored.mouse.up()
    stored.page.wait_for_function("() => reports.length === 1")
    first = stored.component.last_report()[1]["t"]
    assert 0 < first < 0.5
    assert stored.component.drawn()[-1] == pytest.approx(100 * first, abs=1)
    stored.component.drag(slider, (60, 0), (120, 0))
    stored.page.wait_for_function("() => reports.length === 2")
    assert stored.component.last_report()[1]["t"] > 0.5 > first


def test_two_keys_are_two_steps_of_time(stored):
    stored.control(TIME).press("ArrowLeft")
    stored.control(TIME).press("ArrowLeft")
    stored.expect_last(t=0.98, server=True)
    stored.expect_greys(".pictures", 98, 147, 196)


def test_without_a_network_the_server_is_asked_on_release_and_one_sentence_says_why(stored):
    quiet = stored.page.locator(".quiet")
    expect(quiet).to_have_text("The pictures follow when you let go, because this model has no networks for browsers.")
    stored.component.forget_reports()
    stored.control("Class").select_option("2")
    stored.expect_last(label="2", server=True)
    stored.page.locator(".flow.stale").wait_for()
    way = WAY | {"label": "2"}
    stored.component.send(data(answer={"view": way, "pictures": levels(10, 20, 30)}))
    stored.expect_greys(".pictures", 10, 20, 30)
    stored.page.locator(".flow:not(.stale)").wait_for()
    stored.control(TIME).fill("0.5")
    stored.expect_greys(".pictures", 5, 10, 15)
    stored.control("Class").select_option("each")
    stored.expect_greys(".pictures", 50, 75, 100)  # the stored ones are of this again


def test_an_answer_to_something_older_is_not_shown(stored):
    stored.control("Class").select_option("2")
    stored.component.send(data(answer={"view": WAY | {"label": "0"}, "pictures": levels(10, 20, 30)}))
    stored.page.locator(".flow.stale").wait_for()
    stored.expect_greys(".pictures", 100, 150, 200)


def test_class_guidance_solver_and_steps_are_answered_by_the_network(mounted):
    hand = with_network(mounted)
    hand.expect_greys(".pictures", *ends(0, 1, 2))
    hand.component.forget_reports()
    hand.control("Class").select_option("2")
    hand.expect_greys(".pictures", *ends(2, 2, 2))
    hand.control("Guidance").press("ArrowRight")
    hand.control("Guidance").press("ArrowRight")
    hand.expect_greys(".pictures", *ends(2, 2, 2, guidance=1.5))
    hand.expect_last(guidance=1.5, label="2", server=False)
    hand.control("Class").select_option("any")
    hand.expect_greys(".pictures", *ends(CLASSES, CLASSES, CLASSES))
    hand.control("Solver").select_option("euler")
    hand.control(STEPS).press("Home")
    expect(hand.page.locator(".caption")).to_contain_text("1 evaluation of the network for a picture; 3 pictures took")
    hand.control(TIME).fill("0")
    hand.expect_greys(".pictures", 0, 0, 0)


@pytest.mark.slow
@pytest.mark.parametrize(("guidance", "wanted"), [(0, CLASSES), (-2, CLASSES - 2 * (1 - CLASSES)), (10, None)])
def test_guidance_to_its_ends(mounted, guidance, wanted):
    """0 asks for any class; less leads away from it; pixels outside of the grey levels are cut."""
    hand = with_network(mounted)
    hand.control("Class").select_option("1")
    hand.control("Guidance").fill(str(guidance))
    level = 0 if wanted is None else min(255, grey(-1 + 0.2 * wanted))
    hand.expect_greys(".pictures", level, level, level)


@pytest.mark.slow
def test_one_step_and_many_of_the_chosen_picture_stand_beside_the_mean(mounted):
    hand = with_network(mounted)
    constant = grey(-1 + 0.2)
    hand.expect_greys(".bridge", 30, *[constant] * 5)
    words = hand.page.locator(".mean")
    off = round(abs(127.5 * (2 * 30 / 255 - 1) - 127.5 * -0.8))
    expect(words).to_have_text(
        f"One step of Euler from this noise is {off} grey levels (root mean square) from the mean of 7 real pictures "
        "of class one."
    )
    hand.page.get_by_role("button", name="Picture 3, class two").click()
    hand.expect_last(chosen=2)
    hand.expect_greys(".bridge", 30, *[grey(-1 + 0.4)] * 5)  # there is no mean of class two, and its place is hidden
    expect(hand.page.locator(".bridge .real")).to_be_hidden()
    expect(words).to_have_text("")


def test_pictures_are_chosen_by_keyboard(stored):
    first, second = (stored.page.get_by_role("button", name=f"Picture {k}") for k in (1, 2))
    expect(second).to_have_attribute("aria-pressed", "true")
    first.press("Enter")
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(second).to_have_attribute("aria-pressed", "false")
    stored.expect_last(chosen=0)


@pytest.mark.slow
def test_pictures_of_older_settings_are_dim_until_the_newer_ones_are_there(mounted):
    hand = with_network(mounted)
    hand.expect_greys(".pictures", *ends(0, 1, 2))
    hand.expect_greys(".bridge", 30, *[grey(-0.8)] * 5)  # nothing else is asked for now
    hand.page.evaluate(
        "free => Object.assign(window, { free, all: new Promise((resolve) => (window.answerAll = resolve)) })",
        2 * WAY["steps"] - 1,  # one picture by the midpoint rule, whose last step is one of Euler
    )
    hand.control("Guidance").fill("0.5")
    dim = hand.page.locator(".pictures button.old")
    expect(dim).to_have_count(2)
    expect(hand.page.get_by_role("button", name="Picture 2")).not_to_have_class("old")  # the chosen one comes first
    hand.page.evaluate("answerAll()")
    expect(dim).to_have_count(0)
    hand.expect_greys(".pictures", *ends(0, 1, 2, guidance=0.5))


def test_the_newest_settings_win_while_the_network_is_slow(mounted):
    hand = with_network(mounted)
    slider = hand.control("Guidance")
    hand.control("Class").select_option("2")
    hand.expect_greys(".pictures", *ends(2, 2, 2))
    for _ in range(8):
        slider.press("ArrowRight")
    hand.expect_greys(".pictures", *ends(2, 2, 2, guidance=3))
    hand.expect_last(guidance=3)


@pytest.mark.slow
def test_play_goes_from_noise_to_picture_and_reports_once(stored):
    stored.component.forget_reports()
    stored.component.watch(GREY.format(".pictures") + "[2]")
    stored.page.get_by_role("button", name="Play").click()
    stored.expect_last(t=1)
    drawn = stored.component.drawn()
    assert drawn[-1] == 200
    assert len(drawn) > 3
    assert stored.page.evaluate("reports.length") == 1


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1200])
def test_it_fits_a_phone(mounted, width):
    hand = Hand(mounted("flow", data(), viewport={"width": width, "height": 844}, has_touch=True))
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= width
    hand.page.get_by_role("button", name="Picture 1").tap()
    hand.expect_last(chosen=0)
