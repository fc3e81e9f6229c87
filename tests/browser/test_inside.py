"""Inside a network on its page: tiles follow the hand without a message, a unit shows codes, links restore it."""

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import checkpoints
from models import layers
from tests.browser import screens
from tests.conftest import WAKING
from ui import url

MODEL = "fashion_vae"
# The grey levels of the tiles of a layer whose units are single numbers, one pixel in the middle of each.
LEVELS = """(canvas) => {
  const { width, height } = canvas.getBoundingClientRect(), context = canvas.getContext("2d");
  const across = canvas.width / width, tile = SCALE, columns = Math.floor((width + 2) / (tile + 2));
  return [...Array(200).keys()].map((unit) => {
    const x = (unit % columns) * (tile + 2) + tile / 2, y = Math.floor(unit / columns) * (tile + 2) + tile / 2;
    return context.getImageData(Math.floor(x * across), Math.floor(y * across), 1, 1).data[0];
  });
}"""
SCALE = 12  # CSS pixels of such a tile, where there are many


def expect_tiles(page, model, code, bound):
    """Wait until the first layer's tiles are what its units give at a code, by forward hooks, within two levels."""
    kept = []
    hook = model.decoder[1].register_forward_hook(lambda _m, _i, out: kept.append(out))
    with torch.no_grad():
        model.picture(torch.from_numpy(np.asarray(code, np.float32))[None])
    hook.remove()
    wanted = np.minimum(255, np.round(255 * kept[0][0].numpy() / bound)).tolist()
    canvas = page.locator(".layers canvas[role=slider]").first
    page.wait_for_function(
        f"([canvas, wanted]) => ({LEVELS.replace('SCALE', str(SCALE))})(canvas)"
        ".every((level, unit) => Math.abs(level - wanted[unit]) <= 2)",
        arg=[canvas.element_handle(), wanted],
    )


def code_of(page):
    """That of the link, once it has one."""
    page.wait_for_function("() => new URLSearchParams(location.search).has('z')")
    text = page.evaluate("new URLSearchParams(location.search).get('z')")
    return url.unpack(text, 20)


@pytest.mark.slow
def test_tiles_follow_the_hand_and_a_unit_shows_what_raises_it(new_page):
    model, start = checkpoints.load(MODEL), checkpoints.preview(MODEL)["codes"]
    page = new_page(f"/inside?model={MODEL}")
    page.locator(".inside[data-runs=browser]").wait_for(timeout=WAKING)
    first = page.locator(".layers .layer").nth(1)
    bound = float(first.locator(".foot span").nth(2).text_content())
    screens.idle(page)
    expect_tiles(page, model, start[0], bound)
    screens.expect_no_overflow(page)
    page.evaluate(screens.COUNT_MESSAGES)
    pad = screens.box(page.locator(".pad"))
    before = first.locator(".now").text_content()

    def to(right, down):
        page.mouse.move(pad["x"] + right * pad["width"], pad["y"] + down * pad["height"], steps=3)

    to(0.5, 0.5)
    page.mouse.down()
    to(0.8, 0.3)
    expect(first.locator(".now")).not_to_have_text(before)
    assert page.evaluate("messages") == 0
    page.mouse.up()
    moved = code_of(page)
    expect_tiles(page, model, moved, bound)
    to(0.2, 0.7)
    page.mouse.down()
    to(0.3, 0.6)
    page.mouse.up()
    page.wait_for_function("text => new URLSearchParams(location.search).get('z') !== text", arg=url.pack(moved))
    expect_tiles(page, model, code_of(page), bound)

    row = page.get_by_role("slider", name="Layer 1: dense, ReLU: unit")
    row.press("ArrowRight")
    row.press("ArrowRight")
    screens.expect_in_link(page, "unit=1.1")
    best = page.locator(".found:not(.stale) .best button")
    expect(best).to_have_count(8)
    with torch.no_grad():
        every = layers.activations(model, "decoder", torch.from_numpy(start[:1000].copy()))[0][:, 1].numpy()
    expect(best.first.locator("small")).to_have_text(f"{every.max():.2f}")
    best.first.click()
    page.wait_for_function(
        "text => new URLSearchParams(location.search).get('z') === text", arg=url.pack(start[every.argmax()])
    )
    expect(page.locator(".value")).to_have_text(f"now {every.max():.2f}")
    page.get_by_role("button", name="Climb higher by the gradient").click()
    higher = page.locator(".climbed small")
    expect(higher).to_be_visible()
    assert float(higher.text_content()) >= 0
    again = new_page(f"/inside?{page.url.partition('?')[2]}")
    again.locator(".inside[data-runs=browser]").wait_for(timeout=WAKING)
    expect(again.locator(".found h3")).to_have_text("Layer 1: dense, ReLU, unit 1")
    expect_tiles(again, model, start[every.argmax()], bound)
