"""What a test waits for on a page: an idle server, an address, and the pixels of a canvas."""

import itertools
import re
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from pages.contents import HIDDEN, SECTIONS
from tests.conftest import PATIENCE, WAKING

PHONE = {"width": 390, "height": 844}
PAGES = {Path(file).stem: title for pages in (*SECTIONS.values(), HIDDEN) for file, title, _ in pages}
LINKS_CODE = re.compile(r"/PageLink\.[^/]*\.js")  # the part of Streamlit's code that draws links

# Pass the canvas by its handle: it may lie in the shadow root of a component.
SHOWS = """([canvas, wanted, tolerance, zoom]) => {
  const { width, height } = canvas, { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const columns = width / zoom, middle = Math.floor(zoom / 2);
  return wanted.every((grey, k) => {
    const row = Math.floor(k / columns) * zoom + middle, column = (k % columns) * zoom + middle;
    return Math.abs(data[4 * (row * width + column)] - grey) <= tolerance;
  });
}"""
# In every animation frame the largest difference to a grey picture; pictures that were drawn, as they followed.
WATCH = """(canvas, wanted) => {
  window.worst = 0;
  window.drawn = [];
  const look = () => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    wanted?.forEach((grey, k) => (worst = Math.max(worst, Math.abs(data[4 * k] - grey))));
    const picture = canvas.toDataURL();
    if (picture !== drawn.at(-1)) drawn.push(picture);
    window.watching = requestAnimationFrame(look);
  };
  cancelAnimationFrame(window.watching);
  look();
}"""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# The box of an element that is where it was two frames ago, else null.
STANDS_STILL = """async (element) => {
  const box = () => (({ x, y, width, height }) => ({ x, y, width, height }))(element.getBoundingClientRect());
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const { top, bottom } = element.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: "center" });
  const before = box();
  await frame();
  await frame();
  const now = box();
  return element.isConnected && now.width && JSON.stringify(now) === JSON.stringify(before) ? now : null;
}"""
WITHOUT_WORKERS = "delete window.Worker"  # a script for new_page: what a browser does in which networks cannot run
# To an address of the app as by Back: nothing is loaded again, which would take three times as long.
GO = """(address) => {
  document.title = "";
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
# Whether the server has sent all of the page with this title since then, and nothing of the page before is left.
THERE = """(title) =>
  document.title.split(" · ")[0] === title &&
  document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]") &&
  document.querySelector("[data-testid=stMain] h1") &&
  !document.querySelector("[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]")"""
# How many messages the page sends to the server from now on.
COUNT_MESSAGES = """() => {
  window.messages = 0;
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    window.messages += 1;
    return send.call(this, data);
  };
}"""


def idle(page):
    """Wait until the server has answered everything that it was asked so far."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def go(page, address, name):
    """From one page of the app to another by an address, which shows the page of this name (the stem of its file)."""
    page.evaluate(GO, address)
    page.wait_for_function(THERE, arg=PAGES[name], timeout=WAKING)


def section_of(title):
    """The section of the menu that holds the page with this title."""
    return next(section for section, pages in SECTIONS.items() if title in [one for _, one, _ in pages])


def choose(page, title):
    """To a page by the menu; its section is opened first where it is closed."""
    menu = page.get_by_test_id("stSidebarNav")
    header = menu.get_by_role("button", name=section_of(title))
    expect(header).to_have_attribute("aria-expanded", re.compile("true|false"))
    if header.get_attribute("aria-expanded") == "false":
        header.click()
    menu.get_by_role("link", name=title, exact=True).click()


def expect_in_link(page, *parameters):
    """Wait until the address holds all of these, like "row=4"."""
    page.wait_for_function(
        "wanted => wanted.every((one) => location.search.slice(1).split('&').includes(one))", arg=list(parameters)
    )


def expect_picture(canvas, picture, tolerance=1, zoom=1):
    """Wait until a canvas shows a grey picture (H, W), every pixel `zoom` times as large, within grey levels."""
    wanted = np.ravel(picture).tolist()
    canvas.page.wait_for_function(SHOWS, arg=[canvas.element_handle(), wanted, tolerance, zoom])


def watch(canvas, picture=None):
    """Look at a canvas in every frame from now on; see `worst` and `drawn`."""
    canvas.evaluate(WATCH, None if picture is None else np.ravel(picture).tolist())


def worst(page):
    """The largest difference to the picture of `watch`, in grey levels, in any frame since then."""
    return page.evaluate("worst")


def drawn(page):
    """How many different pictures have followed each other since `watch`."""
    return page.evaluate("drawn.length")


def box(locator):
    """Where an element is in the window, once it stands still: {"x", "y", "width", "height"} in pixels.

    A redraw may replace the element between two looks, so every look begins with the locator.
    """
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        if place := locator.evaluate(STANDS_STILL):
            return place
    raise AssertionError(f"{locator} did not stand still within {PATIENCE / 1000:g} s.")


def until(look, wanted):
    """Look until `wanted` holds of what was seen; returns it."""
    late = time.monotonic() + PATIENCE / 1000
    while not wanted(seen := look()):
        assert time.monotonic() < late, f"within {PATIENCE / 1000:g} s it became {str(seen)[:300]}"
        time.sleep(0.02)
    return seen


def expect_below(*parts):
    """Wait until each element begins where the one before it ends, or further down."""

    def apart():
        places = [box(part) for part in parts]
        return [lower["y"] - upper["y"] - upper["height"] for upper, lower in itertools.pairwise(places)]

    until(apart, lambda gaps: min(gaps) >= 0)


def expect_on_first_screen(*parts):
    """Wait until elements are wholly in the window, without scrolling."""
    for part in parts:
        height = part.page.viewport_size["height"]
        until(part.bounding_box, lambda place, height=height: place and 0 <= place["y"] <= height - place["height"])


def expect_no_overflow(page):
    """Wait until nothing is wider than the window."""
    page.wait_for_function(
        """wide => [document.documentElement, document.querySelector("[data-testid=stMain]")]
          .every((element) => element.scrollWidth <= wide)""",
        arg=page.viewport_size["width"],
    )


def refused_layers(page, label, *, most, kept):
    """Type widths into a box that no layer can have, and wait each time until something says so.

    The box itself says what is out of bounds. An emptied one gets the last good width again, and a toast says it.
    """
    layer = page.get_by_label(label)
    box, toast = page.get_by_test_id("stNumberInput").filter(has=layer), page.get_by_test_id("stToast")
    bounds, last = f"a value between 1 and {most}", f"{label} takes a number; {kept} was kept."
    for width, place, sentence in (("0", box, bounds), ("1000", box, bounds), ("", toast, last)):
        layer.fill(width)
        layer.press("Enter")
        expect(place).to_contain_text(sentence)
        idle(page)
        yield
