"""Pictures under sliders on their pages: networks in the browser, links, and the server's pictures without a network.

What the component does by itself is tested in tests/components/test_live_pictures.py.
"""

from pathlib import Path

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import checkpoints
import data
from models.interpolation import lerp, slerp
from tests.browser import screens

PICTURES = ".live-pictures .pictures canvas"
PATH = "/interpolation?model=mnist_vae&a=1&b=2"


def bytes_of(model, codes):
    """Grey pictures (N, H, W) uint8 of codes (N, latent)."""
    with torch.inference_mode():
        return (model.picture(codes)[:, 0] * 255).round().to(torch.uint8).numpy()


@pytest.fixture(scope="module")
def on_the_way():
    """The three pictures of mnist_vae at α between test images 1 and 2."""
    model, images = checkpoints.load("mnist_vae"), data.sample("mnist").images[[1, 2]]
    with torch.inference_mode():
        a, b = model.encode(torch.from_numpy(images.astype(np.float32)) / 255)[0]

    def pictures(alpha):
        t = torch.tensor([alpha])
        blend = np.round(images[0, 0] + np.float32(alpha) * (images[1, 0].astype(np.float32) - images[0, 0]))
        return [*bytes_of(model, torch.cat([lerp(a, b, t), slerp(a, b, t)])), blend.astype(np.uint8)]

    return pictures


class Page:
    def __init__(self, page, pictures="network"):
        self.page, self.section = page, page.locator(".live-pictures")
        self.section.first.wait_for()
        screens.idle(page)
        if pictures:
            page.locator(f".live-pictures[data-pictures={pictures}]").first.wait_for()

    def slider(self, label):
        return self.page.get_by_label(label, exact=True)

    def canvas(self, number):
        return self.page.locator(PICTURES).nth(number)

    def place(self, slider, share):
        """Move the pointer to a share of a slider; the value there."""
        box, thumb = screens.box(slider), 16
        x = box["x"] + thumb / 2 + share * (box["width"] - thumb)
        self.page.mouse.move(x, box["y"] + box["height"] / 2)
        return float(slider.evaluate("slider => slider.valueAsNumber"))


def without_workers(page):
    page.add_init_script("delete window.Worker")


ALPHA = "from picture A (0) to picture B (1)"


def test_all_three_ways_follow_the_hand_without_a_message(new_page, on_the_way):
    page = Page(new_page(PATH))
    slider = page.slider(ALPHA)
    page.place(slider, 0.5)
    page.page.mouse.down()
    page.page.evaluate(screens.COUNT_MESSAGES)
    for share in (0.31, 0.317, 0.62):
        alpha = page.place(slider, share)
        for number, picture in enumerate(on_the_way(alpha)):
            screens.expect_picture(page.canvas(number), picture)
    assert page.page.evaluate("messages") == 0
    page.page.mouse.up()
    screens.expect_in_link(page.page, f"alpha={alpha:g}")
    expect(page.page.locator(".classes").first.locator("li").first).to_contain_text("%")
    other = Page(new_page("/" + page.page.url.split("/", 3)[3]), pictures=None)
    assert float(other.slider(ALPHA).input_value()) == pytest.approx(alpha)
    for number, picture in enumerate(on_the_way(alpha)):
        screens.expect_picture(other.canvas(number), picture)


def test_letting_go_does_not_send_the_pictures_again(new_page):
    """They are there already: only the link changes."""
    page = new_page("/likelihood")
    received = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    page.goto(page.url.rsplit("/", 1)[0] + PATH)
    slider = Page(page).slider(ALPHA)
    everything = sum(received)
    for alpha in ("0.51", "0.52"):
        received.clear()
        slider.press("ArrowRight")
        screens.expect_in_link(page, f"alpha={alpha}")
        screens.idle(page)
    assert sum(received) < everything / 4


def test_a_link_from_before_holds_a_frame_and_without_a_network_all_frames_come(new_page, on_the_way):
    page = Page(new_page(f"{PATH}&frame=8", before=without_workers), pictures="stored")
    expect(page.page.locator(".live-pictures .quiet")).to_have_text(
        "The two latent paths move in 33 steps, because this browser has no workers."
    )
    screens.expect_in_link(page.page, "alpha=0.25")
    screens.expect_picture(page.canvas(0), on_the_way(0.25)[0])
    for _ in range(3):
        page.slider(ALPHA).press("ArrowRight")  # to 0.28, whose nearest frame is the ninth
    screens.expect_picture(page.canvas(0), on_the_way(9 / 32)[0])
    screens.expect_picture(page.canvas(2), on_the_way(0.28)[2])


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WebP"])
def test_downloads_of_an_interpolation(new_page, kind):
    page = Page(new_page(PATH), pictures=None).page
    with page.expect_download() as download:
        page.locator("[data-testid=stDownloadButton]").get_by_role("button", name=kind, exact=True).first.click()
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith({"PNG": b"\x89PNG", "GIF": b"GIF8", "WebP": b"RIFF"}[kind])
    assert len(raw) > 1000
