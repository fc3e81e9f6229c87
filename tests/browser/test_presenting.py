"""Presenting: what a room can read, on every page in one visit, in the dark theme; and the speaker's second window."""

import re

import pytest
from playwright.sync_api import expect

import lessons
from pages.contents import SECTIONS
from tests.browser import axe, screens
from tests.conftest import WAKING

PROJECTOR, SMALL = {"width": 1920, "height": 1080}, {"width": 1280, "height": 720}
PAGES = [title for pages in SECTIONS.values() for _, title, _ in pages]
# [pixels of the window, words] of everything that is written smaller than so many, also in components and charts.
SMALLER = """(least) => {
  const SHOWN = ":not(style, script, option, title)", FIELD = "input:is([type=text], [type=number]), select, textarea";
  const found = [], unseen = new Map();
  const hidden = (element) => {
    if (!element) return false;
    if (!unseen.has(element)) {
      const { display, visibility, opacity, clipPath } = getComputedStyle(element);
      const none = display === "none" || visibility !== "visible" || opacity === "0" || clipPath === "inset(50%)";
      unseen.set(element, none || hidden(element.parentElement ?? element.getRootNode().host));
    }
    return unseen.get(element);
  };
  const scale = (element) => {
    if (!element.ownerSVGElement) return element.currentCSSZoom;
    const { a, b } = element.getScreenCTM();
    return Math.hypot(a, b);
  };
  const note = (element, words) => {
    const pixels = parseFloat(getComputedStyle(element).fontSize) * scale(element);
    if (pixels < least && !hidden(element)) found.push([pixels, words.trim().slice(0, 60)]);
  };
  const range = document.createRange();
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE && child.data.trim() && child.parentElement?.matches(SHOWN)) {
        range.selectNodeContents(child);
        const { width, height } = range.getBoundingClientRect();
        if (width > 1 && height > 1) note(child.parentElement, child.data);
      } else if (child.nodeType === Node.ELEMENT_NODE) {
        if (child.matches(FIELD) && child.clientWidth > 1) note(child, child.value);
        walk(child.shadowRoot ?? child);
      }
    }
  };
  walk(document.querySelector("[data-testid=stMain]"));
  return found;
}"""
# Which share of the window pictures take that are in it now.
PICTURES = """() => {
  let area = 0;
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot);
      if (!element.matches("canvas, img, svg:not(svg svg, button svg)")) continue;
      const { top, bottom, width, height } = element.getBoundingClientRect();
      if (Math.min(width, height) >= 30) area += width * Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
    }
  };
  walk(document.querySelector("[data-testid=stMain]"));
  return area / (innerWidth * innerHeight);
}"""

# Which numbers on the page have no room in their boxes.
CUT = """() => [...document.querySelectorAll("[data-testid=stNumberInputField]")]
  .filter((box) => box.clientWidth && box.scrollWidth > box.clientWidth).map((box) => box.ariaLabel)"""


def wait_for(page, condition, measure, argument=None):
    """Wait until what a script gives fulfils a condition in JavaScript, else say what it gave."""
    try:
        page.wait_for_function(f"(argument) => (({condition})(({measure})(argument)))", arg=argument)
    except Exception:
        raise AssertionError(f"{page.url}: {page.evaluate(measure, argument)}") from None


def go(page, title):
    """To a page by the menu, which opens by a key and closes by itself."""
    menu = page.get_by_test_id("stSidebarNav")
    page.keyboard.press("m")
    expect(menu).to_be_visible()
    screens.choose(page, title)
    expect(page).to_have_title(f"{title} · Latent Lab")
    expect(menu).to_be_hidden()


@pytest.mark.parametrize(
    "titles", [pytest.param(PAGES[:2], id="some"), pytest.param(PAGES[2:], id="others", marks=pytest.mark.slow)]
)
def test_pages_can_be_read_from_afar_and_begin_with_a_picture(new_page, titles):
    page = new_page("/?present=true", viewport=PROJECTOR, color_scheme="dark")
    expect(page.get_by_role("toolbar", name="Presenting")).to_be_visible(timeout=WAKING)
    for title in titles:
        go(page, title)
        screens.idle(page)
        wait_for(page, "(found) => found.length === 0", SMALLER, 23.99)
        screens.expect_no_overflow(page)
        axe.expect_nothing(page, rules=["color-contrast"])  # the one rule that is about colours
        page.set_viewport_size(SMALL)
        wait_for(page, "(share) => share >= 0.1", PICTURES)
        expect(page.get_by_role("button", name="Leave the presenter layout")).to_be_in_viewport()
        expect(page).to_have_url(re.compile("[?&]present=true"))
        page.set_viewport_size(PROJECTOR)


def test_numbers_in_narrow_boxes_are_readable(new_page):
    page = new_page("/toy_gan?toy=own&present=true", viewport=PROJECTOR)
    box = page.get_by_role("spinbutton", name="D layer 1")
    expect(box).to_have_value("24", timeout=WAKING)
    wait_for(page, "(cut) => cut.length === 0", CUT)


def test_what_stands_at_the_hand_lies_on_nothing(new_page):
    page = new_page("/latent_map?present=true", viewport=PROJECTOR)
    bar = page.get_by_role("toolbar", name="Presenting")
    expect(bar).to_be_visible(timeout=WAKING)
    expect(page.locator("canvas.points")).to_be_visible(timeout=WAKING)
    screens.expect_below(page.get_by_test_id("stMain"), bar)
    expect(bar).to_be_in_viewport(ratio=1)
    screens.expect_below(page.locator("canvas.points"), page.get_by_label("Save as PNG"))
    expect(page.get_by_label("Save as PNG")).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_bar_stands_between_the_page_and_the_buttons_of_a_lesson(new_page):
    page = new_page("/?lesson=vae&present=true", viewport=screens.PHONE)
    bar, buttons = page.get_by_role("toolbar", name="Presenting"), page.locator("section.lesson nav")
    expect(bar).to_be_visible(timeout=WAKING)
    expect(buttons).to_be_visible(timeout=WAKING)
    screens.idle(page)
    screens.expect_below(page.get_by_test_id("stMain"), bar, buttons)
    screens.until(lambda: screens.box(buttons), lambda box: box["y"] + box["height"] == screens.PHONE["height"])
    for button in bar.get_by_role("button").all():
        expect(button).to_be_in_viewport(ratio=1)


@pytest.fixture
def lesson(new_page):
    page = new_page("/?lesson=vae&present=true", viewport=PROJECTOR)
    expect(page.locator("section.lesson .count")).to_have_text("Step 1 of 7", timeout=WAKING)
    screens.idle(page)
    return page


@pytest.mark.slow
def test_a_lesson_is_given_from_the_second_window(lesson):
    steps = lessons.read("vae").steps
    wait_for(lesson, "(found) => found.length === 0", SMALLER, 23.99)  # the strip, too
    with lesson.expect_popup() as opened:
        lesson.keyboard.press("n")
    notes = opened.value
    expect(notes.locator(".answer")).to_contain_text(steps[0].prediction.explanation)
    expect(notes.locator(".after")).to_contain_text(steps[1].text)
    expect(notes.locator(".time")).to_contain_text(f"of {steps[0].minutes} min")
    lesson.keyboard.press("ArrowRight")
    expect(notes.locator(".count")).to_have_text("Step 2 of 7")
    expect(notes.locator(".text")).to_contain_text(steps[1].text)
    notes.keyboard.press("ArrowRight")
    expect(lesson.locator("section.lesson .count")).to_have_text("Step 3 of 7")
    expect(notes.locator(".count")).to_have_text("Step 3 of 7")
    lesson.reload()  # the same two windows belong together
    expect(lesson.locator("section.lesson .count")).to_have_text("Step 3 of 7")
    notes.keyboard.press("b")
    expect(lesson.get_by_role("img", name="The screen is black. Any key ends it.")).to_be_visible()
    lesson.keyboard.press("x")
    lesson.keyboard.press("Escape")
    expect(lesson.get_by_role("button", name="Present", exact=True)).to_be_visible()
    expect(lesson).not_to_have_url(re.compile("present="))
    expect(notes.get_by_role("status")).to_contain_text("no longer presents")
    notes.close()
