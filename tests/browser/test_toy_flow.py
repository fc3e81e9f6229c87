"""The toy flow on its page: time under the hand without a message, and a link that restores what was there.

What the component does by itself is tested in tests/components/test_toy_flow.py, its mathematics in tests/js.
"""

import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.browser.test_toy_gan import expect_step, opened


@pytest.mark.slow
def test_time_is_dragged_without_a_message_and_the_link_holds_it(new_page):
    page = opened(new_page, "/toy_flow?set=moons")
    page.locator(".toy .train").click()
    expect_step(page, "step > 20")
    page.locator(".toy .train").click()
    expect(page.locator(".toy .train")).to_have_text("Train more")
    trained = expect_step(page, "step > 20")
    screens.watch(page.locator(".toy .plane"))
    slider = page.locator(".toy .t")
    box = screens.box(slider)
    page.mouse.move(box["x"] + 0.98 * box["width"], box["y"] + box["height"] / 2)
    page.evaluate(screens.COUNT_MESSAGES)
    page.mouse.down()
    for share in (0.8, 0.6, 0.5):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=3)
    expect(slider).not_to_have_attribute("aria-valuetext", "t = 1.00")
    assert page.evaluate("messages") == 0
    page.mouse.up()
    t = slider.get_attribute("aria-valuetext").removeprefix("t = ")
    assert 0.4 < float(t) < 0.6
    screens.expect_in_link(page, f"t={float(t):g}")
    screens.idle(page)
    assert screens.drawn(page) > 3
    page.locator(".toy .solver").select_option("heun")
    page.locator(".toy .count").press("Home")
    screens.expect_in_link(page, "solver=heun", "solver_steps=1")
    screens.idle(page)
    expect_step(page, f"step === {trained}")  # it did not begin anew
    expect(page.locator(".toy .caption")).to_contain_text("after 1 Heun step")


@pytest.mark.slow
def test_a_link_restores_set_seed_and_what_was_under_the_hand(new_page):
    page = opened(new_page, "/toy_flow?set=spiral&toy_seed=3&t=0.25&solver=midpoint&solver_steps=8&rate=0.01")
    expect(page.locator(".toy .t")).to_have_attribute("aria-valuetext", "t = 0.25")
    expect(page.locator(".toy .solver")).to_have_value("midpoint")
    expect(page.locator(".toy .count")).to_have_attribute("aria-valuetext", "8")
    expect(page.locator(".toy [data-knob=rate]")).to_have_attribute("aria-valuetext", "0.01")
    screens.expect_no_overflow(page)


@pytest.mark.slow
def test_nothing_is_wider_than_a_phone(new_page):
    screens.expect_no_overflow(opened(new_page, "/toy_flow", viewport=screens.PHONE))
