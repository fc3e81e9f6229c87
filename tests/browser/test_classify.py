"""Classify on its page: a digit is drawn, and what the browser shows while the pen is down is what PyTorch says.

What the component does by itself is tested in tests/components/test_classify.py.
"""

from urllib.parse import urlparse

import pytest
import torch
from playwright.sync_api import expect

import checkpoints
from tests.browser import pen, screens
from tests.conftest import WAKING

CARD = checkpoints.read("mnist_classifier")


def probability(page):
    """Of a 7, by PyTorch on what the server would make of the page."""
    image = pen.prepared(page, CARD)
    with torch.inference_mode():
        return checkpoints.load(CARD.name)(torch.from_numpy(image)[None].float() / 255)[0].softmax(0)[7].item()


def expect_to_fit(page):
    """The first answer is on the first screen, and nothing is wider than the window."""
    page.locator(".classify[data-networks=live]").wait_for()
    screens.expect_on_first_screen(page.locator(".answer").first)
    screens.expect_no_overflow(page)


@pytest.mark.slow
def test_a_digit_is_drawn_named_and_comes_back_by_its_link(new_page):
    page = new_page("/classify")
    expect_to_fit(page)
    expect(page.locator(".first")).to_contain_text("4")  # the drawing of a first visit
    page.locator(".classify .clear").click()
    expect(page.locator(".official").first).to_contain_text("Computed on the server", timeout=WAKING)
    screens.idle(page)
    page.evaluate(screens.COUNT_MESSAGES)
    for k, _ in enumerate(pen.move(page, *pen.SEVEN)):
        if k == 0:
            page.mouse.down()
            continue
        wanted = probability(page)
        page.wait_for_function(
            """([bar, wanted]) => Math.abs(Number(bar.style.getPropertyValue("--share")) - wanted) < 0.01""",
            arg=[page.locator(".bars li").nth(7).locator("i").element_handle(), wanted],
        )
    assert page.evaluate("messages") == 0
    page.mouse.up()
    expect(page.locator(".first")).to_contain_text("7")
    before = "Computed on the server: 7, "
    expect(page.locator(".official")).to_contain_text(before)
    official = float(page.locator(".official").text_content().removeprefix(before).removesuffix("%"))
    assert official == pytest.approx(100 * probability(page), abs=1)  # preparations differ by a grey level now and then
    page.wait_for_url("**ink=P*")

    other = new_page("/classify?" + urlparse(page.url).query)
    expect(other.locator(".first")).to_have_text(page.locator(".first").text_content())
    expect(other.locator(".official")).to_have_text(page.locator(".official").text_content())


@pytest.mark.slow
def test_without_the_network_the_server_answers(new_page):
    page = new_page("/classify", before=lambda page: page.route("**/*.onnx", lambda route: route.abort()))
    expect(page.locator(".quiet")).to_contain_text("The networks answer when you let go, because")
    expect(page.locator(".first")).to_contain_text("4", timeout=WAKING)
    page.get_by_label("Take picture").first.click()
    expect(page.locator(".official")).to_contain_text("Computed on the server")
    expect(page.locator("li.label")).to_have_count(1)


@pytest.mark.slow
def test_a_mistake_goes_to_the_network_that_made_it(new_page):
    page = new_page("/classify?set=garments&cell=Shirt.Coat")
    page.locator(".classify[data-networks=live]").wait_for()
    picture = page.locator(".pictures button").first
    expect(picture).to_contain_text("Shirt → Coat", timeout=WAKING)
    picture.click()
    expect(page.locator(".words")).to_contain_text("labelled Shirt")
    expect(page.locator(".first")).to_contain_text("Coat")
    expect(page.locator("li.label .name")).to_have_text("Shirt")


@pytest.mark.slow
def test_a_phone_shows_the_first_answer_at_once(new_page):
    expect_to_fit(new_page("/classify", viewport=screens.PHONE))
