"""The flow on its page: pictures follow the hand without a message, links hold what it left, and a drawing goes back.

What the components do by themselves is tested in tests/components.
"""

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import checkpoints
from tests.browser import screens
from tests.conftest import WAKING

MODEL = "mnist_flow"
TIME = "Time t, from noise at 0 to picture at 1"


def levels(place):
    return (255 * (place * 0.5 + 0.5)).clamp(0, 255).round().numpy()


def expect_pictures(page, wanted):
    """Of the last and the third one, within two grey levels: their arithmetic differs in the last digits."""
    for k in (9, 2):
        screens.expect_picture(page.locator(".pictures canvas").nth(k), wanted[k, 0], tolerance=2)


def expect_network(page):
    page.locator(".flow[data-pictures=network]").wait_for(timeout=WAKING)


@pytest.mark.slow
def test_time_class_and_guidance_follow_the_hand_and_the_link_holds_them(new_page):
    model, z = checkpoints.load(MODEL), torch.from_numpy(checkpoints.preview(MODEL)["codes"][:10].copy())
    with torch.no_grad():
        each = model.path(z, torch.arange(10), steps=2)
        fives = model.path(z, torch.full((10,), 5), guidance=2.0, steps=2)
    page = new_page("/flow?flow_steps=2")
    expect_network(page)
    expect_pictures(page, levels(each[-1]))
    screens.expect_no_overflow(page)
    screens.idle(page)
    page.evaluate(screens.COUNT_MESSAGES)
    slider = page.get_by_label(TIME)
    box = screens.box(slider)
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    expect(slider).to_have_value("0.5")
    expect_pictures(page, levels(each[1]))  # the button is still down
    assert page.evaluate("messages") == 0
    page.mouse.up()
    screens.expect_in_link(page, "time=0.5")
    page.get_by_label("Class", exact=True).select_option("5")
    page.get_by_label("Guidance", exact=True).fill("2")
    slider.fill("1")
    expect_pictures(page, levels(fives[-1]))
    screens.expect_in_link(page, "class=5", "guidance=2", "flow_steps=2")
    again = new_page(f"/flow?{page.url.partition('?')[2]}")
    expect_network(again)
    expect_pictures(again, levels(fives[-1]))


@pytest.mark.slow
def test_a_drawing_goes_back_to_its_noise_on_a_phone(new_page):
    page = new_page("/flow?image=4", viewport=screens.PHONE, has_touch=True, color_scheme="dark")
    page.locator(".trip[data-answers=network]").wait_for(timeout=WAKING)
    screens.idle(page)
    screens.expect_no_overflow(page)
    words = page.locator(".words")
    expect(words).to_contain_text("where random noise has 1")
    before = words.text_content()
    page.locator(".trip .view").tap(position={"x": 20, "y": 20})
    expect(words).not_to_have_text(before)
    expect(page.locator(".trip.stale")).to_have_count(0)


@pytest.mark.slow
def test_without_webassembly_the_server_answers_what_the_hand_left(new_page):
    model, z = checkpoints.load(MODEL), torch.from_numpy(checkpoints.preview(MODEL)["codes"][:10].copy())
    with torch.no_grad():
        threes = model.path(z, torch.full((10,), 3), steps=2, solver="euler")[-1]
    page = new_page("/flow?flow_steps=2&method=euler", script=screens.WITHOUT_WORKERS)
    sentence = "The pictures follow when you let go, because this browser has no workers."
    expect(page.locator(".flow .quiet")).to_have_text(sentence, timeout=WAKING)
    page.get_by_label("Class", exact=True).select_option("3")
    page.locator(".flow[data-pictures=server]:not(.stale)").wait_for(timeout=WAKING)
    wanted = levels(threes)
    screens.expect_picture(page.locator(".pictures canvas").nth(2), wanted[2, 0], tolerance=1)
    assert np.ptp(wanted) > 100
