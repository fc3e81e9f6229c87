"""The strip of a lesson on a blank page: its buttons, keys and predictions, and the marks at other elements."""

import pytest
from playwright.sync_api import expect

from lessons.model import HEADINGS
from ui.lesson import words

DATA = {
    "words": words.ENGLISH,
    "lesson": "Waves",
    "language": "en",
    "identity": "en/waves/1",
    "step": 1,
    "went": 0,
    "away": False,
    "of": 3,
    "minutes": 2,
    "left": 5,
    "text": "A **wave** <b>moves</b>.",
    "look": "its top.",
    "controls": [],
    "only": False,
    "page": "",
    "query": {},
    "frame": ["lesson"],
    "at": "",
    "headings": HEADINGS,
    "prediction": None,
    "challenge": None,
    "end": None,
}
CHOICES = {"question": "Which?", "choices": ["left", "right"], "axes": [], "background": [], "given": None}
AXIS = {"low": 0, "high": 2, "name": "", "unit": "nats"}
NUMBER = {"question": "How far?", "choices": [], "axes": [AXIS], "background": [], "given": None}
# A page as Streamlit draws it, with two widgets and a component.
PAGE = """() => {
  const main = document.body.appendChild(document.createElement("div"));
  main.dataset.testid = "stMain";
  main.innerHTML = `
    <div data-testid="stElementContainer" id="loss"><div data-testid="stWidgetLabel">Loss</div></div>
    <div data-testid="stElementContainer" id="seed"><div data-testid="stWidgetLabel">Seed</div></div>
    <div id="component"></div>`;
  const shadow = main.querySelector("#component").attachShadow({ mode: "open" });
  shadow.innerHTML = `<label id="knob"><span>θ</span><input type="range" aria-label="θ" /></label>`;
}"""

# A widget that comes later.
LATER = """() => document.querySelector("#seed").insertAdjacentHTML("afterend", `
  <div data-testid="stElementContainer" id="depth"><div data-testid="stWidgetLabel">Depth</div></div>`)"""
LOOK = """(id) => {  // [its outline, whether it is there]
  const root = id === "knob" ? document.querySelector("#component").shadowRoot : document;
  const { outlineStyle, display } = getComputedStyle(root.querySelector(`#${id}`));
  return [outlineStyle, display !== "none"];
}"""


@pytest.fixture
def strip(mounted):
    return mounted("lesson", DATA)


def steps(strip):
    return [report[1]["step"] for report in strip.page.evaluate("reports") if report[0] == "go"]


def test_words_are_words_whatever_they_hold(strip):
    expect(strip.page.locator(".text")).to_have_text("A wave <b>moves</b>.")
    expect(strip.page.locator(".text strong")).to_have_text("wave")
    expect(strip.page.locator(".look")).to_have_text("Look for its top.")
    expect(strip.page.locator(".count")).to_have_text("Step 2 of 3")


def test_buttons_and_arrows_ask_for_steps(strip):
    strip.page.get_by_role("button", name="Next step").click()
    strip.page.get_by_role("button", name="Previous step").click()
    strip.page.keyboard.press("ArrowRight")
    strip.page.evaluate("() => document.activeElement.blur()")
    strip.page.keyboard.press("ArrowLeft")
    strip.page.keyboard.press("Shift+ArrowRight")
    assert steps(strip) == [2, 1, 2, 1]  # each from the one before, although the server has sent none yet


def test_two_quick_presses_are_two_steps_and_what_the_server_sends_counts_from_then_on(strip):
    strip.send({**DATA, "of": 9})
    strip.page.keyboard.press("ArrowRight")
    strip.page.keyboard.press("ArrowRight")
    strip.send({**DATA, "of": 9, "step": 6, "identity": "6"})
    expect(strip.page.locator(".count")).to_have_text("Step 7 of 9")
    strip.page.keyboard.press("ArrowLeft")
    assert steps(strip) == [2, 3, 5]


def test_presses_between_two_answers_of_the_server_count_from_the_last_one(strip):
    strip.send({**DATA, "of": 9})
    strip.page.keyboard.press("ArrowRight")
    strip.page.keyboard.press("ArrowRight")
    first, second = (report[1]["at"] for report in strip.page.evaluate("reports"))
    strip.send({**DATA, "of": 9, "step": 2, "identity": "2", "went": first})  # the second is still on its way
    strip.page.keyboard.press("ArrowRight")
    strip.page.keyboard.press("ArrowLeft")
    assert steps(strip) == [2, 3, 4, 3]
    strip.send({**DATA, "of": 9, "step": 3, "identity": "3", "went": second})
    strip.page.keyboard.press("ArrowRight")
    assert steps(strip)[4:] == [4]
    strip.send({**DATA, "of": 9, "step": 7, "identity": "7", "went": second})  # somebody else turned
    strip.page.keyboard.press("ArrowRight")
    assert steps(strip)[5:] == [8]


def test_another_language_has_words_of_its_own(strip):
    strip.send({**DATA, "words": words.WORDS["de"], "prediction": NUMBER})
    expect(strip.page.locator(".count")).to_have_text("Schritt 2 von 3")
    expect(strip.page.get_by_role("button", name="Nächster Schritt")).to_be_enabled()
    expect(strip.page.get_by_role("button", name="Das ist meine Antwort")).to_be_disabled()
    assert {*words.ENGLISH} == {*words.WORDS["de"]}


def test_the_ends_have_no_way_on(strip):
    strip.send({**DATA, "step": 2, "identity": "2"})
    expect(strip.page.get_by_role("button", name="Next step")).to_be_disabled()
    strip.page.keyboard.press("ArrowRight")
    strip.send({**DATA, "step": 0, "identity": "0"})
    expect(strip.page.get_by_role("button", name="Previous step")).to_be_disabled()
    strip.page.keyboard.press("ArrowLeft")
    assert steps(strip) == []


@pytest.mark.parametrize("element", ["input", "textarea", "button"])
def test_arrows_belong_to_what_has_the_focus(strip, element):
    strip.page.evaluate("name => document.body.appendChild(document.createElement(name)).focus()", element)
    strip.page.keyboard.press("ArrowRight")
    assert steps(strip) == []


def test_a_choice_is_reported_and_explained_when_the_server_says_so(strip):
    strip.send({**DATA, "prediction": CHOICES})
    expect(strip.page.locator(".look")).to_be_hidden()
    strip.page.get_by_role("button", name="left").click()
    assert strip.last_report() == ("answer", {"answer": 0})
    answer = {**CHOICES, "given": 0, "answer": 1, "right": False, "explanation": "It **turns** right."}
    strip.send({**DATA, "prediction": answer})
    expect(strip.page.get_by_role("status")).to_have_text("Not quite. It turns right.")
    expect(strip.page.get_by_role("button", name="left")).to_be_disabled()
    expect(strip.page.get_by_role("button", name="left")).to_have_attribute("aria-pressed", "true")
    expect(strip.page.locator(".right")).to_have_text("right")
    expect(strip.page.locator(".look")).to_be_visible()


def test_a_number_is_given_and_explained(strip):
    strip.send({**DATA, "prediction": NUMBER})
    give = strip.page.get_by_role("button", name="That is my answer")
    expect(give).to_be_disabled()
    strip.page.get_by_role("slider", name="How far?").press("End")
    assert steps(strip) == []  # the key is the marker's, not the lesson's
    give.click()
    assert strip.last_report() == ("answer", {"answer": 2})
    answered = {"given": 2, "answer": 0.5, "tolerance": 0.1, "right": False, "explanation": "No.", "missing": []}
    strip.send({**DATA, "prediction": NUMBER | answered})
    expect(strip.page.get_by_text("You: 2 nats · Right: 0.5 nats ± 0.1")).to_be_visible()
    expect(strip.page.get_by_role("status")).to_have_text("Not quite. No.")
    expect(give).to_have_count(0)


def test_the_controls_of_a_step_are_marked_and_the_others_hidden(strip):
    strip.page.evaluate(PAGE)
    strip.send({**DATA, "identity": "x", "controls": ["Loss", "θ", "ψ"]})

    def look():
        return {name: strip.page.evaluate(LOOK, name) for name in ("loss", "seed", "knob")}

    assert look() == {"loss": ["solid", True], "seed": ["none", True], "knob": ["solid", True]}
    expect(strip.page.locator("section")).to_have_attribute("data-missing", "ψ")
    strip.page.get_by_label("Hide other controls").check()
    assert look() == {"loss": ["solid", True], "seed": ["none", False], "knob": ["solid", True]}
    strip.send({**DATA, "identity": "y", "controls": ["Seed"]})
    assert look() == {"loss": ["none", True], "seed": ["solid", True], "knob": ["none", True]}
    strip.leave()
    assert look() == {"loss": ["none", True], "seed": ["none", True], "knob": ["none", True]}


@pytest.mark.slow
def test_a_control_that_a_component_draws_late_is_marked(strip):
    strip.page.evaluate(PAGE)
    strip.send({**DATA, "identity": "x", "controls": ["α", "β"]})
    section = strip.page.locator("section")
    expect(section).to_have_attribute("data-missing", "α,β")
    page = "document.querySelector('[data-testid=stMain]')"
    strip.page.evaluate(page + ".insertAdjacentHTML('beforeend', '<button>α</button><div id=late>')")
    expect(section).to_have_attribute("data-missing", "β")
    strip.page.evaluate("late.attachShadow({ mode: 'open' }).innerHTML = '<button>β</button>'")
    expect(section).to_have_attribute("data-missing", "")


FAR = """() => {  // the page scrolls, and its widgets begin below the window
  const main = document.querySelector("[data-testid=stMain]");
  main.style.cssText = "position: fixed; inset: 0; overflow: auto";
  main.insertAdjacentHTML("afterbegin", "<div style='height: 3000px'></div>");
}"""
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


def test_the_first_control_of_a_step_is_brought_into_sight(strip):
    strip.page.evaluate(PAGE)
    strip.page.evaluate(FAR)
    strip.send({**DATA, "identity": "x", "controls": ["Seed"]})
    expect(strip.page.locator("#seed")).to_be_in_viewport(ratio=1)
    expect(strip.page.get_by_role("button", name="Go to")).to_be_hidden()  # only a phone needs it


@pytest.mark.slow
def test_the_code_of_a_room_stays_in_sight_while_it_is_shown(strip):
    strip.page.evaluate(PAGE)
    strip.page.evaluate(FAR)
    strip.send({**DATA, "identity": "x", "controls": ["Seed"]})
    expect(strip.page.locator("#seed")).to_be_in_viewport(ratio=1)
    lobby = "document.querySelector('[data-testid=stMain]').insertAdjacentHTML('afterbegin', '<p class=lobby>KTR 4X7')"
    strip.page.evaluate(lobby)
    expect(strip.page.locator(".lobby")).to_be_in_viewport(ratio=1)
    strip.page.evaluate("document.querySelector('.lobby').remove()")
    expect(strip.page.locator("#seed")).to_be_in_viewport(ratio=1)


@pytest.mark.slow
def test_a_phone_stays_at_the_words_and_goes_to_the_control_when_asked(strip):
    strip.page.set_viewport_size({"width": 390, "height": 844})
    strip.page.evaluate(PAGE)
    strip.page.evaluate(FAR)
    asked = {**DATA, "identity": "x", "controls": ["Seed"], "prediction": CHOICES}
    strip.send(asked)
    go = strip.page.get_by_role("button", name="↓ Go to “Seed”")
    expect(go).to_be_hidden()  # the question first
    strip.send({**asked, "prediction": {**CHOICES, "given": 1, "answer": 1, "right": True, "explanation": "So."}})
    expect(go).to_be_visible()
    assert strip.page.evaluate(SCROLLED) == 0
    go.evaluate("(button) => button.click()")  # the page of this test lies over the strip
    expect(strip.page.locator("#seed")).to_be_in_viewport(ratio=1)


def test_a_widget_that_comes_later_is_marked_too(strip):
    strip.page.evaluate(PAGE)
    strip.send({**DATA, "identity": "x", "controls": ["Depth"]})
    strip.page.evaluate(LATER)
    expect(strip.page.locator("#depth")).to_have_css("outline-style", "solid")


def test_a_control_that_changes_its_words_stays_marked_and_no_longer_word_is(strip):
    strip.page.evaluate(PAGE)
    strip.page.evaluate(
        """() => document.querySelector("[data-testid=stMain]").insertAdjacentHTML("afterbegin", `
          <div data-testid="stElementContainer" id="losses"><div data-testid="stWidgetLabel">Losses</div></div>`)"""
    )
    strip.send({**DATA, "identity": "x", "controls": ["Loss", "Depth"]})
    expect(strip.page.locator("#loss")).to_have_css("outline-style", "solid")
    strip.page.evaluate("() => document.querySelector('#loss div').textContent = 'Another word'")
    strip.page.evaluate(LATER)
    expect(strip.page.locator("#depth")).to_have_css("outline-style", "solid")  # the strip has looked again
    expect(strip.page.locator("#loss")).to_have_css("outline-style", "solid")
    expect(strip.page.locator("#losses")).to_have_css("outline-style", "none")


def test_behind_the_last_step_is_how_it_went_and_the_way_to_other_lessons(strip):
    expect(strip.page.get_by_role("button", name="All lessons")).to_be_hidden()
    strip.send({**DATA, "step": 2, "identity": "2", "end": {"right": 3, "asked": 4}})
    expect(strip.page.locator(".end span")).to_have_text("This was the last step: 3 of 4 right.")
    strip.page.get_by_role("button", name="All lessons").click()
    assert strip.last_report()[0] == "finish"


def test_away_from_the_step_only_the_way_back_is_there(strip):
    strip.send({**DATA, "away": True, "query": {"theta": "1"}, "prediction": CHOICES})
    expect(strip.page.locator(".text")).to_be_hidden()
    expect(strip.page.get_by_role("button", name="left")).to_be_hidden()
    strip.page.get_by_role("button", name="Back to the lesson").click()
    assert steps(strip) == [1]


def test_a_challenge_is_checked_and_says_what_was_measured(strip):
    strip.send({**DATA, "challenge": {"hint": "Try.", "said": None}})
    check = strip.page.get_by_role("button", name="Check")
    check.click()
    assert strip.last_report()[0] == "check"
    expect(strip.page.get_by_role("button", name="Checking …")).to_be_disabled()
    strip.send({**DATA, "challenge": {"hint": "Try.", "said": {"reached": True, "words": "It is <b>0.9</b>."}}})
    expect(check).to_be_enabled()
    expect(strip.page.locator(".said")).to_have_text("✓ Done. It is <b>0.9</b>.")
    strip.page.get_by_text("Hint").click()
    expect(strip.page.get_by_text("Try.")).to_be_visible()
    strip.send({**DATA, "challenge": {"hint": "Try.", "said": None}})  # the page ran again
    expect(strip.page.get_by_text("Try.")).to_be_visible()


def test_what_a_training_measured_since_the_step_began_goes_with_the_check(strip):
    measure = """(rows) => rows.forEach(([step, energy]) =>
      dispatchEvent(new CustomEvent("measured", { detail: { step, energy } })))"""
    strip.page.evaluate(measure, [[1, 9]])
    strip.send({**DATA, "identity": "new", "challenge": {"hint": "", "said": None}})
    rows = [[step, step / 10] for step in range(1000)]
    strip.page.evaluate(measure, rows)
    strip.page.get_by_role("button", name="Check").click()
    measured = strip.last_report()[1]["measured"]
    assert 100 < len(measured) <= 400
    assert measured == sorted(row for row in rows if row in measured)
    assert measured[-1] == rows[-1]
