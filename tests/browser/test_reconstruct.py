"""Reconstruct in a real browser: a drawn one and an uploaded file go through the networks."""

import io

import pytest
from PIL import Image, ImageDraw


def figures(page):
    return page.get_by_text("MSE 0.").all_inner_texts()


def settled(page):
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")


def test_a_drawing_is_reconstructed_after_the_stroke(new_page):
    page = new_page("/reconstruct?model=mnist_vae&image_from=draw")
    canvas = page.locator(".drawing canvas")
    canvas.wait_for()
    assert figures(page) == []
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 140, box["y"] + 50)
    page.mouse.down()
    for step in range(1, 20):
        page.mouse.move(box["x"] + 140, box["y"] + 50 + 9 * step)
    page.mouse.up()
    page.get_by_text("MSE 0.").first.wait_for()
    settled(page)
    assert page.get_by_text("Crop", exact=True).count() > 0
    first = figures(page)
    page.get_by_role("button", name="Clear", exact=True).click()
    page.get_by_text("The last picture stays").wait_for()  # a white page is no picture
    assert figures(page) == first


def test_an_upload_is_reconstructed_and_a_text_file_is_answered(new_page):
    image = Image.new("L", (300, 300), 250)
    ImageDraw.Draw(image).line((150, 40, 150, 260), fill=10, width=30)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    page = new_page("/reconstruct?model=mnist_vae&image_from=upload")
    chooser = page.locator("input[type=file]")
    chooser.wait_for(state="attached")
    chooser.set_input_files({"name": "one.png", "mimeType": "image/png", "buffer": buffer.getvalue()})
    page.get_by_text("MSE 0.").first.wait_for()
    settled(page)
    before = figures(page)
    chooser.set_input_files({"name": "notes.png", "mimeType": "image/png", "buffer": b"no picture at all"})
    page.locator("[data-testid=stAlert]").first.wait_for()
    assert figures(page) == before


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_is_wider_than_the_window(new_page, size):
    page = new_page("/reconstruct?model=mnist_vae", viewport={"width": size[0], "height": size[1]})
    page.get_by_text("MSE 0.").first.wait_for()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]
