"""What stands at the presenter's hand, on a blank page."""

import pytest
from playwright.sync_api import expect

LESSON = {
    "title": "Waves",
    "step": 1,
    "of": 3,
    "minutes": 4,
    "total": 20,
    "text": "A **wave** moves.",
    "look": "",
    "controls": [],
    "question": "",
    "choices": [],
    "answer": "",
    "explanation": "",
    "hint": "",
    "next": "",
}
DATA = {"address": "http://localhost/presenter_notes", "notes": {"title": "Density", "identity": "", "lesson": None}}
IN_LESSON = {**DATA, "notes": {"title": "Density", "identity": "waves/1", "lesson": LESSON}}
# Where the middle of the dot is, in pixels of the window.
DOT = """(dot) => {
  const { left, top, width, height } = dot.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
# What the second window hears, and a way to say something from there. It is opened, but has no server.
OPENED = """() => {
  window.open = (url) => ({ focus: () => (window.opened = url) });
}"""
LISTEN = """() => {
  window.speaker = new BroadcastChannel(`latent lab notes ${opened.hash.slice(1)}`);
  window.heard = [];
  speaker.onmessage = ({ data }) => heard.push(data);
  speaker.postMessage({ hello: true });
}"""


@pytest.fixture
def hand(mounted):
    return mounted("presenter", DATA)


def pressed(hand, name):
    return hand.page.get_by_role("button", name=name, exact=True)


def test_black_is_above_everything_and_any_key_or_press_only_ends_it(hand):
    dark = hand.page.locator(".dark")
    expect(dark).to_be_hidden()
    for end in (lambda: hand.page.keyboard.press("Escape"), lambda: hand.page.mouse.click(50, 50)):
        hand.page.keyboard.press("b")
        expect(dark).to_be_visible()
        assert hand.page.evaluate("root.elementFromPoint(600, 850).className") == "dark"  # where the bar is
        end()
        expect(dark).to_be_hidden()
    assert hand.page.evaluate("reports") == []  # Esc did not leave


@pytest.mark.parametrize("zoom", [1, 1.5])
def test_the_dot_follows_the_mouse_also_where_the_page_is_enlarged(hand, zoom):
    hand.page.evaluate("zoom => (document.body.style.zoom = zoom)", zoom)
    dot = hand.page.locator(".dot")
    hand.page.mouse.move(300, 200)
    hand.page.keyboard.press("l")
    expect(pressed(hand, "Pointer")).to_have_attribute("aria-pressed", "true")
    assert dot.evaluate(DOT) == pytest.approx([300, 200], abs=1)
    hand.page.mouse.move(700, 500)
    assert dot.evaluate(DOT) == pytest.approx([700, 500], abs=1)
    assert hand.page.evaluate("document.elementFromPoint(700, 500).localName") != "div"  # presses go through
    hand.page.keyboard.press("L")
    expect(dot).to_be_hidden()


def test_one_key_is_full_screen_and_back(hand):
    hand.page.keyboard.press("f")
    hand.page.wait_for_function("() => document.fullscreenElement")
    expect(pressed(hand, "Full screen")).to_have_attribute("aria-pressed", "true")
    hand.page.keyboard.press("f")
    hand.page.wait_for_function("() => !document.fullscreenElement")


def test_keys_belong_to_whoever_types(hand):
    hand.page.evaluate("() => document.body.appendChild(document.createElement('input')).focus()")
    hand.page.keyboard.type("fbln.?")
    hand.page.keyboard.press("Escape")
    expect(hand.page.locator("input")).to_have_value("fbln.?")
    for name in (".dark", ".dot", ".keys"):
        expect(hand.page.locator(name)).to_be_hidden()
    assert hand.page.evaluate("[reports.length, Boolean(document.fullscreenElement)]") == [0, False]


def test_esc_closes_what_is_open_and_then_leaves(hand):
    keys = hand.page.locator(".keys")
    hand.page.keyboard.press("?")
    expect(keys).to_be_visible()
    hand.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    hand.page.keyboard.press("m")
    expect(hand.page.locator("html")).to_have_attribute("data-presenter-menu", "")
    hand.page.keyboard.press("Escape")
    hand.page.wait_for_function("() => !document.documentElement.hasAttribute('data-presenter-menu')")
    assert hand.page.evaluate("reports") == []
    hand.page.keyboard.press("Escape")
    assert hand.last_report()[0] == "leave"


def test_a_button_leaves_and_the_menu_closes_with_it(hand):
    hand.page.keyboard.press("m")
    pressed(hand, "Leave the presenter layout").click()
    assert hand.last_report()[0] == "leave"
    hand.leave()
    expect(hand.page.locator("html")).not_to_have_attribute("data-presenter-menu", "")


@pytest.mark.slow
def test_time_passes_and_begins_anew(hand):
    hand.leave()
    clock = hand.page.clock
    clock.install(time=0)
    clock.pause_at(3_600_000)  # time passes in run_for only, also on a busy machine
    time, send = hand.page.locator(".time"), "data => void send(data)"
    hand.page.evaluate(send, DATA)
    expect(time).to_have_text("0:00")
    clock.run_for(2000)
    expect(time).to_have_text("0:02")
    hand.page.keyboard.press("t")
    expect(time).to_have_text("0:00")
    hand.page.evaluate(send, IN_LESSON)
    clock.run_for(1000)
    expect(time.locator("span").nth(0)).to_have_text("Lesson 0:01 of 20 min")
    expect(time.locator("span").nth(1)).to_have_text("Step 0:01 of 4 min")


def test_a_remote_control_turns_the_pages_of_a_lesson_only(hand):
    hand.page.evaluate("() => { window.turned = []; addEventListener('keydown', ({ key }) => turned.push(key)); }")
    hand.page.keyboard.press("PageDown")
    hand.send(IN_LESSON)
    hand.page.keyboard.press("PageDown")
    hand.page.keyboard.press("PageUp")
    turned = [key for key in hand.page.evaluate("turned") if key.startswith("Arrow")]
    assert turned == ["ArrowRight", "ArrowLeft"]


def test_the_second_window_hears_every_step_and_turns_the_pages(hand):
    page = hand.page
    page.evaluate(OPENED)
    page.keyboard.press("n")
    assert page.evaluate("opened.pathname") == "/presenter_notes"
    page.evaluate(LISTEN)
    page.wait_for_function("() => heard.some(({ notes }) => notes?.title === 'Density' && !notes.lesson)")
    hand.send(IN_LESSON)
    page.wait_for_function("() => heard.some(({ notes }) => notes?.lesson?.text === 'A **wave** moves.')")
    page.evaluate("() => { window.turned = []; addEventListener('keydown', ({ key }) => turned.push(key)); }")
    page.evaluate("() => speaker.postMessage({ wish: 'next' })")
    page.wait_for_function("() => turned.includes('ArrowRight')")
    page.evaluate("() => speaker.postMessage({ wish: 'black' })")
    expect(page.locator(".dark")).to_be_visible()
    page.evaluate("() => speaker.postMessage({ wish: 'leave' })")  # it may turn pages, and no more
    hand.leave()
    page.wait_for_function("() => heard.at(-1).over")
    assert page.evaluate("reports") == []
