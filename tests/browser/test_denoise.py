"""The square of noise in a real browser: it follows the hand and the keys, and the server answers on release."""

import numpy as np
import pytest

import data
from ui.images import denoising

IMAGE = data.sample("mnist").images[7]
# The middle of every pixel of the picture, as the canvas shows it.
PIXELS = """canvas => {
    const zoom = canvas.width / 28, image = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const at = k => Math.round((k + 0.5) * zoom);
    return Array.from({ length: 784 }, (_, k) => image.data[4 * (at(Math.floor(k / 28)) * canvas.width + at(k % 28))]);
}"""


def expected(row, column):
    """The clean picture with the noise at a place: what the server would make of it."""
    scale, offset = denoising.maps(denoising.Noise("gaussian", 0.5, row, column, 0))
    picture = IMAGE[0].astype(float)
    there = slice(row, row + 8), slice(column, column + 8)
    picture[there] = np.clip(scale * picture[there] / 255 + offset, 0, 1) * 255
    return picture


def shows(canvas, row, column):
    return np.abs(np.reshape(canvas.evaluate(PIXELS), (28, 28)) - expected(row, column)).max() <= 1


def opened(new_page, path="/denoise?image=7", **options):
    page = new_page(path, **options)
    page.get_by_text("inside").first.wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    canvas, before = page.locator(".patch canvas"), None
    while (box := canvas.bounding_box()) != before:  # what lies above may still push it down
        before = box
        page.wait_for_timeout(200)
    return page, canvas


def figures(page):
    return page.get_by_text("outside exact").first.inner_text()


def in_the_link(page, text):
    page.wait_for_function("text => location.search.includes(text)", arg=text)


def test_noise_follows_the_hand_and_the_server_answers_on_release(new_page):
    page, canvas = opened(new_page)
    assert shows(canvas, 10, 10)
    before, box = figures(page), canvas.bounding_box()
    one = box["width"] / 28
    page.mouse.move(box["x"] + 12.5 * one, box["y"] + 12.5 * one)
    page.mouse.down()
    for step in range(1, 7):
        page.mouse.move(box["x"] + (12.5 + step) * one, box["y"] + (12.5 - step) * one)
        assert shows(canvas, 10 - step, 10 + step)  # while the button is down: no server has been asked
    assert "row=" not in page.url
    page.mouse.up()
    in_the_link(page, "row=4")
    in_the_link(page, "column=16")
    page.wait_for_function("before => !document.body.innerText.includes(before)", arg=before)
    assert shows(canvas, 4, 16)
    assert page.get_by_label("Row", exact=True).input_value() == "4"


def test_a_click_brings_the_square_and_the_edge_holds_it(new_page):
    page, canvas = opened(new_page)
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] - 3)
    assert shows(canvas, 20, 20)
    in_the_link(page, "row=20")


def test_arrow_keys_move_it(new_page):
    page, canvas = opened(new_page)
    canvas.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert shows(canvas, 13, 12)
    in_the_link(page, "row=13")
    in_the_link(page, "column=12")


def test_numbers_move_it(new_page):
    page, canvas = opened(new_page)
    page.get_by_label("Column", exact=True).fill("0")
    page.get_by_label("Column", exact=True).press("Enter")
    in_the_link(page, "column=0")
    page.locator(".patch .where").get_by_text("row 10, column 0").wait_for()
    assert shows(canvas, 10, 0)


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_is_wider_than_the_window(new_page, size):
    page, _ = opened(new_page, viewport={"width": size[0], "height": size[1]})
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]
