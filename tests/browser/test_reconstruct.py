"""Reconstruct in a real browser: a drawn picture and an uploaded file go through the networks.

What the page to draw on does by itself is tested in tests/components/test_drawing.py.
"""

import io

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.browser import screens
from tests.conftest import WAKING

ERRORS = "MSE 0."


def errors(page):
    return page.locator(".every small").all_inner_texts()


@pytest.mark.slow
def test_the_pen_on_the_picture_is_followed_without_a_message_and_answered_once(new_page):
    page = new_page("/reconstruct")
    page.locator(".reconstructor[data-answers=network]").wait_for(timeout=WAKING)
    page.locator(".reconstructor:not(.stale)").wait_for()
    screens.idle(page)
    page.get_by_role("button", name="Clear", exact=True).first.click()
    screens.idle(page)
    before = errors(page)
    box = screens.box(page.locator(".input .view"))
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.2 * box["height"])
    page.evaluate(screens.COUNT_MESSAGES)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.8 * box["height"], steps=8)
    page.wait_for_function(
        "([box, before]) => [...box.querySelectorAll('small')].every((one, k) => one.textContent !== before[k])",
        arg=[page.locator(".every").element_handle(), before],
    )
    assert page.evaluate("messages") == 0
    page.mouse.up()
    expect(page.get_by_text("test image 0, 5, drawn on")).to_be_visible()
    screens.idle(page)
    assert len(set(errors(page))) > 1
    screens.expect_no_overflow(page)


def stroke(page, x, y, to_x, to_y):
    box = screens.box(page.locator(".drawing canvas"))
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    page.mouse.move(box["x"] + to_x, box["y"] + to_y, steps=12)
    page.mouse.up()


def expect_drawn(page, picture):
    canvas = page.locator(".drawing canvas")
    canvas.wait_for()
    page.wait_for_function(
        "([canvas, wanted]) => canvas.toDataURL() === wanted", arg=[canvas.element_handle(), picture]
    )


@pytest.mark.slow
def test_two_strokes_are_reconstructed_each_and_survive_a_change_of_page(new_page):
    page = new_page("/reconstruct?model=mnist_vae&image_from=draw")
    page.locator(".drawing canvas").wait_for()
    screens.idle(page)
    assert errors(page) == []
    stroke(page, 140, 50, 140, 230)
    expect(page.get_by_text(ERRORS).first).to_be_visible()
    screens.idle(page)
    expect(page.get_by_text("Crop", exact=True).first).to_be_visible()
    first = errors(page)
    page.evaluate(screens.COUNT_MESSAGES)
    stroke(page, 90, 90, 140, 50)
    page.wait_for_function("() => messages > 0")  # the page to draw on reports after a pause
    page.wait_for_function("before => !document.body.innerText.includes(before)", arg=first[0])
    screens.idle(page)
    drawn = page.locator(".drawing canvas").evaluate("canvas => canvas.toDataURL()")
    page.get_by_role("link", name="Denoise", exact=True).click()
    expect(page.get_by_role("heading", name="Denoise", exact=True)).to_be_visible()
    expect_drawn(page, drawn)
    page.get_by_role("link", name="Reconstruct", exact=True).click()
    expect(page.get_by_text(ERRORS).first).to_be_visible()
    expect_drawn(page, drawn)
    screens.idle(page)
    before = errors(page)
    page.locator(".drawing .clear").click()
    expect(page.get_by_text("The last picture stays")).to_be_visible()  # a white page is no picture
    assert errors(page) == before


@pytest.mark.slow
def test_an_upload_is_reconstructed_and_a_text_file_is_answered(new_page):
    image = Image.new("L", (300, 300), 250)
    ImageDraw.Draw(image).line((150, 40, 150, 260), fill=10, width=30)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    page = new_page("/reconstruct?model=mnist_vae&image_from=upload")
    chooser = page.locator("input[type=file]")
    chooser.wait_for(state="attached")
    chooser.set_input_files({"name": "one.png", "mimeType": "image/png", "buffer": buffer.getvalue()})
    expect(page.get_by_text(ERRORS).first).to_be_visible()
    screens.idle(page)
    before = errors(page)
    chooser.set_input_files({"name": "notes.png", "mimeType": "image/png", "buffer": b"no picture at all"})
    expect(page.locator("[data-testid=stAlert]").first).to_be_visible()
    screens.idle(page)
    assert errors(page) == before


@pytest.mark.slow
def test_nothing_is_wider_than_a_phone(new_page):
    page = new_page("/reconstruct?model=mnist_vae", viewport=screens.PHONE)
    expect(page.get_by_text(ERRORS).first).to_be_visible()
    screens.expect_no_overflow(page)
