"""The latent map on its page: what is chosen goes into the link, back from it, and to the explorer.

What the component does by itself is tested in tests/components/test_scatter.py.
"""

import re
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

import checkpoints
from tests.browser import screens
from ui.components.scatter import whole
from ui.url import unpack

PREVIEW = checkpoints.preview("fashion_vae")
PLACES = whole(PREVIEW["pca"]) / 10000  # the unit square, y upwards
RIGHT, LEFT = int(PLACES[:, 0].argmax()), int(PLACES[:, 0].argmin())  # outermost points, which no other one hides
MAP = "/latent_map?model=fashion_vae&map=pca"


def opened(new_page, path=MAP, **options):
    page = new_page(path, **options)
    page.locator("canvas.points").wait_for()
    screens.idle(page)
    return page


def place(page, row):
    """Where a point is in the window, as lib/view.js places it."""
    box = screens.box(page.locator("canvas.points"))
    side = min(box["width"], box["height"]) - 30
    x, y = PLACES[row] - 0.5
    return box["x"] + box["width"] / 2 + x * side, box["y"] + box["height"] / 2 - y * side


@pytest.mark.slow
def test_two_clicks_and_a_key_the_link_and_the_way_to_the_explorer(new_page):
    page = opened(new_page)
    screens.expect_no_overflow(page)
    page.mouse.move(*place(page, RIGHT))
    expect(page.locator(".tip")).to_contain_text(f"number {RIGHT}")
    for row in (LEFT, RIGHT):
        page.mouse.click(*place(page, row))
        screens.expect_in_link(page, f"point={row}")
        expect(page.get_by_alt_text(f"What code {row} decodes to")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".tip")).not_to_contain_text(f"number {RIGHT}")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: f"point={RIGHT}" not in address)
    chosen = int(re.search(r"point=(\d+)", page.url)[1])
    expect(page.get_by_alt_text(f"What code {chosen} decodes to")).to_be_visible()

    other = opened(new_page, "/latent_map?" + urlparse(page.url).query)
    expect(other.get_by_alt_text(f"What code {chosen} decodes to")).to_be_visible()
    other.get_by_role("button", name="Open in Latent space").click()
    other.wait_for_url("**z=*")
    code = other.url.partition("z=")[2].partition("&")[0]
    assert (unpack(code, 20) == PREVIEW["codes"][chosen]).all()


@pytest.mark.slow
def test_a_click_does_not_send_the_points_again(new_page):
    received = []
    page = new_page("/elbo")
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    page.goto(page.url.replace("/elbo", MAP))
    page.locator("canvas.points").wait_for()
    screens.idle(page)
    page.mouse.move(*place(page, RIGHT))
    expect(page.locator(".tip canvas")).to_be_visible()  # the pictures are here
    whole_map = sum(received)
    assert whole_map > 100_000
    received.clear()
    page.mouse.click(*place(page, RIGHT))
    expect(page.get_by_alt_text(f"What code {RIGHT} decodes to")).to_be_visible()
    screens.idle(page)
    assert sum(received) < whole_map / 10


@pytest.mark.slow
def test_nothing_is_wider_than_a_phone(new_page):
    screens.expect_no_overflow(opened(new_page, viewport=screens.PHONE))


@pytest.mark.slow
def test_a_walk_and_a_drawing_without_a_message_until_the_hand_lets_go(new_page):
    page = opened(new_page, viewport={"width": 1200, "height": 1300})
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.reload()
    page.locator("canvas.points").wait_for()
    page.get_by_role("button", name="Walk along a line").click()
    expect(page.locator(".walk-classes b").first).not_to_be_empty()  # the networks run here
    screens.idle(page)
    strip = page.locator("canvas.strip")
    before = strip.evaluate("canvas => canvas.toDataURL()")
    canvas = page.locator("canvas.points")
    canvas.scroll_into_view_if_needed()
    sent.clear()
    page.mouse.move(*place(page, RIGHT))
    page.mouse.down()
    page.mouse.move(*place(page, LEFT), steps=10)
    page.wait_for_function("([canvas, old]) => canvas.toDataURL() !== old", arg=[strip.element_handle(), before])
    assert sent == []
    page.mouse.up()
    page.wait_for_url(re.compile(rf"walk=(-?\d+_)?{LEFT}_"))  # a new line, or one of the ends there

    page.get_by_role("button", name="Draw your own").click()
    paper = page.locator(".paper canvas")
    paper.scroll_into_view_if_needed()
    box = screens.box(paper)
    screens.idle(page)
    sent.clear()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 4 / 5, steps=10)
    expect(page.locator(".draw-classes b").first).not_to_be_empty()
    assert sent == []
    page.mouse.up()
    page.wait_for_url("**ink=P*")
