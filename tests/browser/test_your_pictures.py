"""Your pictures in a browser: a zip, a training, and its latent space under the hand, live as that of any model."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.browser.test_explorer import Explorer
from tests.conftest import PATIENCE
from tests.data.own_files import of_pictures

LONG = 20 * PATIENCE  # hundreds of steps of a training on a busy machine


@pytest.mark.slow
def test_from_a_zip_to_dragging(new_page):
    page = new_page("/your_pictures")
    page.locator("input[type=file]").set_input_files(
        {"name": "spots.zip", "mimeType": "application/zip", "buffer": of_pictures(12)}
    )
    page.get_by_role("button", name="Train a VAE on them").click(timeout=LONG)
    watched = page.get_by_alt_text("Held-out pictures, and below each what the network makes of it")
    expect(watched).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="Drag through its latent space").click(timeout=LONG)
    page.wait_for_url("**/latent_space?model=visit_*")
    explorer = Explorer(page)
    explorer.expect_network()
    page.evaluate(screens.COUNT_MESSAGES)
    screens.watch(explorer.view)
    page.mouse.move(*explorer.place(0, -2))
    page.mouse.down()
    for value in np.linspace(-2, 2, 5):
        page.mouse.move(*explorer.place(0, value))
        page.evaluate(screens.FRAMES)
    page.wait_for_function("() => drawn.length >= 3")  # pictures that the browser made itself
    assert page.evaluate("messages") == 0
    page.mouse.up()
    expect(page.locator(".badge")).to_contain_text("release")
