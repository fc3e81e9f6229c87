"""Walk and favourites of the explorer, and several fingers on its sliders."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests import slow
from tests.browser import screens
from tests.components import explorer, networks
from tests.components.explorer import code, data
from tests.components.networks import network
from tests.components.test_explorer_facts import CLASSIFIER

MOVES = "(k) => root.querySelectorAll('.row input[type=number]')[0].value !== k"
# The clock of animation frames stands still while `hidden`, as in a tab in the background, and is far on afterwards.
BACKGROUND = """() => {
  const next = window.requestAnimationFrame.bind(window), waiting = [];
  let late = 0;
  window.hide = () => (window.hidden = true);
  window.come = () => {
    window.hidden = false;
    late += 3_600_000;
    waiting.splice(0).forEach((callback) => requestAnimationFrame(callback));
  };
  window.requestAnimationFrame = (callback) =>
    next((now) => (window.hidden ? waiting.push(callback) : callback(now + late)));
}"""

# Press a number, and read what stands there before the next frame.
PRESS = """(row) => {
  const field = root.querySelectorAll(".row input[type=number]")[row];
  const send = (name) => field.dispatchEvent(new PointerEvent(name, { bubbles: true, composed: true }));
  send("pointerdown");
  const written = Number(field.value);
  send("pointerup");
  return written;
}"""

# Pictures that the network is asked for from now on.
COUNT = """() => {
  const { push } = asked;
  window.count = 0;
  asked.push = (request) => {
    count += 1;
    return push(request);
  };
}"""


@pytest.fixture
def live(mounted):
    hand = explorer.answered(mounted)
    expect(hand.page.locator(".pad:not(.stale)")).to_be_visible()
    return hand


def walk(hand):
    """Press Walk, and wait until the code moves."""
    before = hand.number(0).input_value()
    hand.page.get_by_role("button", name="Walk").click()
    hand.page.wait_for_function(MOVES, arg=before)


def expect_stopped(hand):
    expect(hand.page.get_by_role("button", name="Walk")).to_have_attribute("aria-pressed", "false")


def numbers(hand, count=3):
    return [float(hand.number(row).input_value()) for row in range(count)]


def test_a_walk_moves_everything_and_is_reported_once_where_it_stops(live):
    seen = ".view", ".where", ".norm dd", ".density dd"
    texts = [live.page.locator(name).text_content() for name in seen[1:]]
    live.component.watch("root.querySelector('.row input[type=range]').value")
    walk(live)
    live.page.wait_for_function("() => drawn.length > 10")
    expect(live.page.locator(".origin")).to_have_text("On a walk through the prior")
    for name, text in zip(seen[1:], texts, strict=True):
        expect(live.page.locator(name)).not_to_have_text(text)
    live.component.expect_reports()
    live.page.get_by_role("button", name="Stop").click()
    name, report = live.component.last_report()
    assert (name, report["walk"], report["serial"]) == ("code", True, 1)
    assert report["code"] == pytest.approx(numbers(live), abs=5.1e-4)
    live.expect_colour(*(round(32 * value + 128) for value in report["code"]))
    live.component.drawn()  # two frames later
    assert report["code"] == pytest.approx(numbers(live), abs=5.1e-4)
    assert live.page.evaluate("reports.length") == 1
    live.component.send(data(1, report["code"], network=network(), whole=False, origin="Where a walk stopped"))
    expect(live.page.locator(".origin")).to_have_text("Where a walk stopped")


@pytest.mark.parametrize(
    "hand", slow.all_but(["slider", "key"], ["slider", "plane", "key", "escape", "number", "picture"])
)
def test_any_hand_ends_a_walk_and_there_is_one_report_of_the_code(live, hand):
    walk(live)
    if hand == "slider":
        live.mouse.click(*live.place(1, 20))
    elif hand == "plane":
        live.mouse.click(*live.on_pad(15, 12))
    elif hand == "key":
        live.slider(1).press("End")
    elif hand == "escape":
        live.page.keyboard.press("Escape")
    elif hand == "number":
        live.number(2).click()
        live.number(2).fill("1.5")
        live.number(2).press("Enter")
    else:
        live.page.get_by_label("Start from image 2").click()
    expect_stopped(live)
    wanted = {"slider": (1, 1.0), "key": (1, 3.0), "plane": (0, 1.5), "number": (2, 1.5)}.get(hand)
    last = "picture" if hand == "picture" else "code"
    live.page.wait_for_function("name => reports.at(-1)?.[0] === name", arg="snap" if last == "picture" else "code")
    if wanted:
        row, value = wanted
        live.page.wait_for_function(
            "([row, value]) => Math.abs(reports.at(-1)?.[1].code[row] - value) < 0.05", arg=[row, value]
        )
    sent = [name for name, _ in live.page.evaluate("reports")]
    assert sent == {"picture": ["code", "snap"], "number": ["code", "code"]}.get(hand, ["code"])


@pytest.mark.slow
def test_a_number_that_is_pressed_stands_still_at_once(live):
    walk(live)
    written = live.page.evaluate(PRESS, 2)
    _, report = live.component.last_report()
    assert written == pytest.approx(report["code"][2], abs=5.1e-4)


@pytest.mark.slow
def test_a_walk_waits_in_the_background_and_goes_on_from_there(live):
    live.page.evaluate(BACKGROUND)
    walk(live)
    live.page.evaluate("hide()")
    live.page.evaluate(networks.TURN)
    live.page.evaluate(networks.TURN)  # one picture was under way, and one waited behind it
    before = numbers(live)
    live.page.evaluate(COUNT)
    live.page.wait_for_function(
        "(since) => performance.now() > since + 300", arg=live.page.evaluate("performance.now()")
    )
    assert live.page.evaluate("count") == 0  # nothing is computed for a picture that nobody sees
    assert numbers(live) == before
    live.page.evaluate("come()")
    live.page.wait_for_function(MOVES, arg=str(before[0]).removesuffix(".0"))
    live.page.evaluate("hide()")
    frames = live.page.evaluate("count")
    moved = np.abs(np.subtract(numbers(live), before)).max()
    assert moved < 0.05 * 4 * (frames + 1)  # at most 50 ms a frame, at a speed of about 1; not an hour
    live.page.evaluate("come()")


@pytest.mark.slow
def test_a_page_that_runs_again_does_not_end_a_walk_but_another_code_does(live):
    walk(live)
    live.component.send(data(0, network=network(), whole=False, origin="the same code"))
    before = live.number(0).input_value()
    live.page.wait_for_function(MOVES, arg=before)
    expect(live.page.get_by_role("button", name="Stop")).to_be_visible()
    live.component.send(data(0, (1.0, 2.0, 0.5), network=network(), whole=False, origin="drawn by a button"))
    expect_stopped(live)
    expect(live.page.locator(".origin")).to_have_text("drawn by a button")
    assert numbers(live) == [1.0, 2.0, 0.5]
    live.component.expect_reports()


def test_favourites_are_kept_visited_and_forgotten(live):
    page = live.page
    between = page.locator(".way option[value=favourites]")
    expect(page.locator(".hint")).to_have_text("Keep codes that you like. Walk can lead from one to the next.")
    page.get_by_role("button", name="Keep this code").click()
    expect(between).to_be_disabled()
    live.number(0).fill("2")
    live.number(0).press("Enter")
    page.get_by_role("button", name="Keep this code").click()
    expect(between).to_be_enabled()
    shows = """([k, wanted]) => {
      const context = root.querySelectorAll(".kept canvas")[k].getContext("2d");
      return context.getImageData(1, 1, 1, 1).data[0] === wanted;
    }"""
    page.wait_for_function(shows, arg=[0, 128])
    page.wait_for_function(shows, arg=[1, 192])
    live.component.forget_reports()
    page.get_by_role("button", name="Go to favourite 1").click()
    assert live.component.last_report()[1]["code"] == code(0, 0, 0)
    expect(page.locator(".origin")).to_have_text("Favourite 1")
    page.locator(".way").select_option("favourites")
    page.locator(".speed").fill("2")
    live.component.watch("Number(root.querySelector('.row input[type=number]').value)")
    walk(live)
    page.wait_for_function("() => drawn.some((value) => Math.abs(value - 2) < 0.1)")
    expect(page.locator(".origin")).to_have_text(re.compile("On the way to favourite [12]"))
    page.wait_for_function("() => Math.abs(drawn.at(-1)) < 0.1")  # and back
    values = live.component.drawn()
    assert min(values) >= -1e-6
    assert max(values) <= 2
    page.get_by_role("button", name="Forget favourite 2").click()
    expect_stopped(live)
    expect(between).to_be_disabled()
    expect(page.locator(".way")).to_have_value("prior")
    expect(page.locator(".favourite")).to_have_count(1)


@pytest.mark.slow
def test_no_favourite_is_lost_where_there_are_too_many(live):
    keep = live.page.get_by_role("button", name="Keep this code")
    for count in range(1, 13):
        keep.click()
        expect(live.page.locator(".favourite")).to_have_count(count)
    expect(keep).to_be_disabled()
    expect(live.page.locator(".hint")).to_have_text("At most 12 codes can be kept. Forget one to keep another.")
    live.page.get_by_role("button", name="Forget favourite 1", exact=True).click()
    expect(keep).to_be_enabled()
    expect(live.page.locator(".hint")).to_have_text("")


@pytest.mark.slow
def test_a_worker_that_stops_ends_the_walk_and_the_server_makes_the_pictures(live):
    walk(live)
    live.page.evaluate("end('the worker has stopped')")
    expect(live.page.locator(".quiet")).to_have_text(
        "While you drag, the pictures come from the server, in steps, because the worker has stopped."
    )
    for hidden in (live.page.locator(".walk"), live.page.locator(".favourites")):
        expect(hidden).to_be_hidden()
    live.component.page.wait_for_function("() => reports.at(-1)?.[0] === 'rest'")
    live.component.send(data(0))
    live.mouse.click(*live.on_pad(15, 12))
    live.page.wait_for_function("() => reports.at(-1)?.[0] === 'code'")
    assert live.component.last_report()[1]["code"] == code(1.5, 0.6, 0)  # the middle of a cell


@pytest.mark.slow
def test_keeping_a_code_does_not_end_the_walk(live):
    walk(live)
    live.page.get_by_role("button", name="Keep this code").click()
    expect(live.page.locator(".favourite")).to_have_count(1)
    live.page.wait_for_function(MOVES, arg=live.number(0).input_value())
    live.component.expect_reports()


def test_a_favourite_says_what_a_classifier_sees_on_it(mounted):
    hand = explorer.answered(mounted, classifier=CLASSIFIER)
    hand.number(1).fill("3")
    hand.number(1).press("Enter")
    hand.page.get_by_role("button", name="Keep this code").click()
    caption = hand.page.locator(".favourite small")
    expect(caption).to_have_text(re.compile(r"^1: green, \d\d%$"))
    expect(hand.page.locator(".favourite button").first).to_have_attribute(
        "aria-label", f"Go to favourite {caption.inner_text()}"
    )


@pytest.mark.slow
def test_the_plane_says_that_it_waits_for_the_end_of_a_walk(live):
    state = live.page.locator(".pad .state")
    expect(state).to_be_hidden()
    walk(live)
    expect(state).to_have_text("The plane is redrawn when the walk stops.")


def test_the_plane_says_that_its_pictures_are_being_drawn(mounted):
    hand = explorer.Hand(mounted("explorer", data(whole=False)))
    expect(hand.page.locator(".pad .state")).to_have_text("The pictures of the plane are being drawn …")
    hand.component.send(data())
    expect(hand.page.locator(".pad .state")).to_be_hidden()


@pytest.mark.slow
def test_another_model_has_its_own_favourites(live):
    live.page.get_by_role("button", name="Keep this code").click()
    live.component.send(data(0, session="b", network=network("another"), whole=False))
    live.page.locator(".explorer[data-pictures=network]").wait_for()
    expect(live.page.locator(".favourite")).to_have_count(0)


def test_whoever_wants_less_motion_gets_the_slowest_walk(mounted):
    hand = explorer.answered(mounted, {"reduced_motion": "reduce"})
    expect(hand.page.locator(".speed")).to_have_value("-2")
    expect_stopped(hand)


# ---- fingers ----


@pytest.fixture
def fingers(mounted):
    """touch(kind, {finger: (x, y)}) on a component with a network, in a window that scrolls."""
    hand = explorer.answered(mounted, {"viewport": {"width": 390, "height": 500}, "has_touch": True})
    expect(hand.page.locator(".pad:not(.stale)")).to_be_attached()
    cdp = hand.page.context.new_cdp_session(hand.page)

    def touch(kind, **places):
        points = [{"id": int(name[1:]), "x": x, "y": y} for name, (x, y) in places.items()]
        cdp.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    hand.slider(2).scroll_into_view_if_needed()
    hand.touch = touch
    return hand


def along(hand, row, share):
    box = screens.box(hand.slider(row))
    return box["x"] + 13 + share * (box["width"] - 26), box["y"] + box["height"] / 2


@pytest.mark.slow
def test_two_fingers_move_two_sliders_and_one_report_follows_the_last(fingers):
    one, two = along(fingers, 0, 0.5), along(fingers, 2, 0.5)
    fingers.touch("Start", f1=one)
    fingers.touch("Start", f1=one, f2=two)
    for share in (0.6, 0.7, 0.8):
        one, two = along(fingers, 0, share), along(fingers, 2, 1 - share)
        fingers.touch("Move", f1=one, f2=two)
    expect(fingers.number(0)).to_have_value("1.8")
    expect(fingers.number(2)).to_have_value("-1.8")
    fingers.expect_colour(round(32 * 1.8 + 128), 128, round(-32 * 1.8 + 128))
    expect(fingers.page.locator(".row.held")).to_have_count(2)
    fingers.touch("End", f1=one)  # the second finger is up
    expect(fingers.page.locator(".row.held")).to_have_count(1)
    fingers.component.expect_reports()
    one = along(fingers, 0, 0.9)
    fingers.touch("Move", f1=one)
    fingers.touch("End")
    assert fingers.component.last_report()[1]["code"] == code(2.4, 0, -1.8)
    assert fingers.page.evaluate("reports.length") == 1


@pytest.mark.slow
def test_a_finger_that_scrolls_leaves_the_slider_as_it_was(fingers):
    x, y = along(fingers, 1, 0.9)
    before = fingers.page.evaluate("scrollY")
    fingers.touch("Start", f1=(x, y))
    for step in range(1, 12):
        fingers.touch("Move", f1=(x, y - 12 * step))
    fingers.touch("End")
    fingers.page.wait_for_function("before => scrollY > before", arg=before)
    for row in range(3):
        expect(fingers.number(row)).to_have_value("0")
    fingers.component.expect_reports()


def test_what_is_no_number_is_one_sentence(live):
    for kept, typed in enumerate(["e", "--", "1e999", "-"]):
        live.number(1).focus()
        live.page.keyboard.press("ControlOrMeta+A")
        live.page.keyboard.type(typed)
        live.page.keyboard.press("Enter")
        sentence = f"Dimension 1 must be a number from −6 to 6; {kept} was kept."
        expect(live.page.locator(".sentence")).to_have_text(sentence)
        live.component.expect_reports()
        live.number(1).fill(f"{kept + 1}")
        live.number(1).press("Enter")
        expect(live.page.locator(".sentence")).to_have_text("")
        assert live.component.last_report()[1]["code"] == code(0, kept + 1, 0)
        live.component.forget_reports()
