"""The toy VAE on its page: β under the hand while it trains, and a layer that cannot be.

What the component does by itself is tested in tests/components/test_toy_vae.py, its mathematics in tests/js.
"""

import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.browser.test_toy_gan import expect_step, opened


@pytest.mark.slow
def test_beta_is_dragged_while_it_trains_without_a_message_and_the_link_holds_it(new_page):
    page = opened(new_page, "/toy_vae?vae=collapse")
    page.locator(".toy .train").click()
    expect(page.locator(".toy .caption")).to_contain_text("KL 0.00 nats")
    slider = page.locator(".toy [data-knob=beta]")
    box = screens.box(slider)
    page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    page.evaluate(screens.COUNT_MESSAGES)
    page.mouse.down()
    for share in (0.8, 0.7, 0.5):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=3)
    held = expect_step(page, "step > 0")
    expect_step(page, f"step > {held + 5}")  # it trains under the hand
    assert page.evaluate("messages") == 0
    page.mouse.up()
    beta = slider.get_attribute("aria-valuetext")
    assert 0.1 < float(beta) < 1
    screens.expect_in_link(page, f"beta={beta}")
    screens.idle(page)
    expect(page.locator(".toy .caption")).not_to_contain_text("KL 0.00 nats")  # it learns again
    expect_step(page, f"step > {held + 5}")  # and did not begin anew
    page.locator(".toy .train").click()


@pytest.mark.slow
def test_a_layer_that_cannot_be_is_one_sentence_and_the_trained_network_stays(new_page):
    page = opened(new_page, "/toy_vae?vae=own&set=ring")
    page.locator(".toy [data-knob=rate]").press("ArrowRight")
    for _ in range(2):
        page.locator(".toy .single").click()
    expect_step(page, "step === 2")
    for _ in screens.refused_layers(page, "E layer 1", most=64, kept=32):
        expect_step(page, "step === 2")
    page.locator(".toy .single").click()
    expect_step(page, "step === 3")
    page.get_by_label("E layer 1").fill("20")
    page.get_by_label("E layer 1").press("Enter")
    expect_step(page, "step === 0")


@pytest.mark.slow
def test_a_link_restores_data_layers_and_numbers(new_page):
    page = opened(new_page, "/toy_vae?vae=own&set=digits&latent=1&d2=17&beta=0&sigma=0.5&rate=0.01")
    for name, value in {"beta": "0", "sigma": "0.5", "rate": "0.01"}.items():
        expect(page.locator(f".toy [data-knob={name}]")).to_have_attribute("aria-valuetext", value)
    expect(page.get_by_label("D layer 2")).to_have_value("17")
    expect(page.locator(".toy .key")).to_contain_text("bars")
    screens.expect_no_overflow(page)


@pytest.mark.slow
def test_on_a_phone_what_to_look_for_comes_after_the_picture(new_page):
    page = opened(new_page, "/toy_vae", viewport=screens.PHONE)
    look, plane = page.get_by_text("Look for"), page.locator(".toy canvas.plane")
    below = "([look, plane]) => look.getBoundingClientRect().top > plane.getBoundingClientRect().bottom"
    page.wait_for_function(below, arg=[look.element_handle(), plane.element_handle()])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_function(f"(both) => !({below})(both)", arg=[look.element_handle(), plane.element_handle()])


@pytest.mark.slow
def test_nothing_is_wider_than_a_phone(new_page):
    screens.expect_no_overflow(opened(new_page, "/toy_vae?vae=digits", viewport=screens.PHONE))
