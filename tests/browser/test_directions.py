"""Directions in a browser: made in few clicks, dragged without a message, kept, and opened again from the link."""

import math
import re

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import checkpoints
from tests.browser import screens
from tests.conftest import WAKING
from ui.explore.directions import groups, making, population

CARD = checkpoints.read("mnist_vae")
MOVED = ".live-pictures .grids canvas"


@pytest.fixture(scope="module")
def digits():
    return population.of(CARD)


def decoded(codes):
    """Grey pictures of codes (8, latent) side by side with a line of 1 pixel, which is grey: (28, 8 · 29 − 1) uint8."""
    with torch.inference_mode():
        pictures = (checkpoints.load("mnist_vae").picture(torch.from_numpy(codes))[:, 0] * 255).round().byte().numpy()
    sheet = np.full((28, len(codes) * 29 - 1), 128, np.uint8)
    for k, picture in enumerate(pictures):
        sheet[:, 29 * k : 29 * k + 28] = picture
    return sheet


@pytest.mark.slow
def test_three_clicks_make_a_slider_that_is_dragged_and_shared(new_page, digits):
    page = new_page("/directions")
    page.locator(".live-pictures[data-pictures=network]").first.wait_for(timeout=WAKING)
    expect(page.get_by_test_id("stMetric").first).to_be_visible(timeout=WAKING)
    screens.idle(page)
    for group, name in (("From", "1"), ("To", "7")):  # two clicks
        page.get_by_role("radiogroup", name=group).get_by_role("radio", name=name, exact=True).click()
        screens.expect_in_link(page, f"{group.lower()}={name}")
    expect(page.get_by_label("Name").first).to_have_value("1 → 7")
    page.get_by_role("button", name="Keep as a slider", exact=True).click()  # the third one: it has a name
    expect(page.get_by_label("1 → 7", exact=True)).to_be_visible()
    screens.idle(page)

    contrast = making.make(digits, *(groups.Group(digits.rows_of(k), str(k), k) for k in (1, 7)), "means")
    vector, start = contrast.direction.vector, digits.codes[contrast.start[:8]]
    slider = page.get_by_label("1 → 7: 0 is the start, 1 one step", exact=True)
    box = screens.box(slider)
    page.mouse.move(box["x"] + box["width"] * 2 / 3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.evaluate(screens.COUNT_MESSAGES)
    for share in (0.6, 0.45, 0.8):
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
        steps = round(float(slider.evaluate("slider => slider.valueAsNumber")), 3)
        canvas = page.locator(MOVED).nth(1)
        screens.expect_picture(canvas, decoded(start + np.float32(steps) * vector))
    assert page.evaluate("messages") == 0
    page.mouse.up()
    screens.expect_in_link(page, f"t={steps:g}_0")

    other = new_page("/" + page.url.split("/", 3)[3])
    expect(other.get_by_label("1 → 7", exact=True)).to_be_visible(timeout=WAKING)
    screens.expect_picture(other.locator(MOVED).nth(1), decoded(start + np.float32(steps) * vector))
    expect(other.locator(".live-pictures .panels .marker")).to_have_count(1, timeout=WAKING)


@pytest.mark.slow
def test_two_loops_on_the_map_make_a_slider(new_page):
    page = new_page("/directions?groups=lasso&map=pca")
    canvas = page.locator("canvas.points")
    canvas.wait_for(timeout=WAKING)
    screens.idle(page)
    for group, middle in (("from", 0.35), ("to", 0.65)):
        box = screens.box(canvas)
        x, y, radius = box["x"] + middle * box["width"], box["y"] + box["height"] / 2, box["height"] / 8
        places = [(x + radius * math.cos(k / 2), y + radius * math.sin(k / 2)) for k in range(13)]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places:
            page.mouse.move(*place)
        page.mouse.up()
        page.wait_for_url(re.compile(f"{group}_rows="))
        screens.idle(page)
    page.locator(".live-pictures[data-pictures=network]").first.wait_for(timeout=WAKING)
    expect(page.get_by_test_id("stMetric").first).to_be_visible(timeout=WAKING)
    other = new_page("/" + page.url.split("/", 3)[3])
    expect(other.get_by_text("chosen").first).to_be_visible(timeout=WAKING)
    counts = [each.locator("[data-count=from], [data-count=to]").all_text_contents() for each in (page, other)]
    assert counts[0] == counts[1]
    assert all(int(count) for count in counts[0])
