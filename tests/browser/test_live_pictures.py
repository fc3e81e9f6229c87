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
from models.interpolation import along, lerp, slerp
from tests.browser import screens
from tests.conftest import WAKING
from ui import code_graphs, tiles
from ui.explore import comparison, pairs

PICTURES = ".live-pictures .pictures canvas"
PATH = "/interpolation?model=mnist_vae&a=1&b=2"


def bytes_of(model, codes):
    """Grey pictures (N, H, W) uint8 of codes (N, latent)."""
    with torch.inference_mode():
        return (model.picture(codes)[:, 0] * 255).round().to(torch.uint8).numpy()


@pytest.fixture(scope="module")
def on_the_way():
    """The pictures of mnist_vae at α between test images 1 and 2: line, circle, along the data, and the blend."""
    model, images = checkpoints.load("mnist_vae"), data.sample("mnist").images[[1, 2]]
    with torch.inference_mode():
        a, b = model.encode(torch.from_numpy(images.astype(np.float32)) / 255)[0]
    around = torch.from_numpy(code_graphs.of(checkpoints.read("mnist_vae")).way(a.numpy(), b.numpy()).points)

    def pictures(alpha):
        t = torch.tensor([alpha])
        blend = np.round(images[0, 0] + np.float32(alpha) * (images[1, 0].astype(np.float32) - images[0, 0]))
        return [*bytes_of(model, torch.cat([lerp(a, b, t), slerp(a, b, t), along(around, t)])), blend.astype(np.uint8)]

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
        return round(float(slider.evaluate("slider => slider.valueAsNumber")), 3)  # as the component will round it


ALPHA = "from picture A (0) to picture B (1)"


@pytest.mark.slow
def test_all_ways_follow_the_hand_without_a_message(new_page, on_the_way):
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_link_from_before_holds_a_frame_and_without_a_network_all_frames_come(new_page, on_the_way):
    page = Page(new_page(f"{PATH}&frame=8", script=screens.WITHOUT_WORKERS), pictures="stored")
    expect(page.page.locator(".live-pictures .quiet")).to_have_text(
        "The latent paths move in 33 steps, because this browser has no workers."
    )
    screens.expect_in_link(page.page, "alpha=0.25")
    screens.expect_picture(page.canvas(0), on_the_way(0.25)[0])
    for _ in range(3):
        page.slider(ALPHA).press("ArrowRight")  # to 0.28, whose nearest frame is the ninth
    screens.expect_picture(page.canvas(0), on_the_way(9 / 32)[0])
    screens.expect_picture(page.canvas(3), on_the_way(0.28)[3])


@pytest.mark.slow
def test_downloads_of_an_interpolation(new_page):
    page = Page(new_page(PATH), pictures=None).page
    for kind, first in {"PNG": b"\x89PNG", "GIF": b"GIF8", "WebP": b"RIFF"}.items():
        screens.idle(page)  # a press while the page runs asks for an address that is gone
        with page.expect_download(timeout=WAKING) as download:
            page.locator("[data-testid=stDownloadButton]").get_by_role("button", name=kind, exact=True).first.click()
        raw = Path(download.value.path()).read_bytes()
        assert raw.startswith(first)
        assert len(raw) > 1000


COMPARED = "/compare?models=mnist_vae.mnist_gan&count=16&seed=3&dim=1.30"  # mnist_vae has 16 dimensions


@pytest.mark.slow
def test_all_models_follow_each_slider_and_the_figures_follow_the_release(new_page):
    page = Page(new_page(COMPARED))
    models = [checkpoints.load(name) for name in ("mnist_vae", "mnist_gan")]

    def expect_pictures(hand):
        for number, model in enumerate(models):
            codes = comparison.moved(*(comparison.codes(model.latent, seed, 16) for seed in (3, 4)), hand)
            pictures = bytes_of(model, torch.from_numpy(codes))
            screens.expect_picture(page.canvas(number), pictures[0])
            screens.expect_picture(page.canvas(3 + number), tiles.tile(pictures[:, None], 4, gap=1), tolerance=1)
        return pictures

    expect_pictures(comparison.Hand())
    real = data.sample("mnist").images[:16]  # beside the models, whatever the hand does
    screens.expect_picture(page.canvas(2), real[0, 0])
    screens.expect_picture(page.canvas(5), tiles.tile(real, 4, gap=1))
    page.page.evaluate(screens.COUNT_MESSAGES)
    values = {"psi": 1.0, "alpha": 0.0, 0: 0.0, 29: 0.0}
    sliders = {
        "psi": "truncation: all codes times ψ",
        "alpha": "from the codes of seed 3 to those of seed 4",
        0: "added to dimension 1 of all codes",
        29: "added to dimension 30 of all codes, which 1 of these 2 models have",
    }
    for name, label in sliders.items():
        slider = page.slider(label)
        page.place(slider, 0.5)
        page.page.mouse.down()
        page.page.evaluate("() => void (messages = 0)")
        values[name] = page.place(slider, 0.7)
        hand = comparison.Hand(values["psi"], values["alpha"], ((0, values[0]), (29, values[29])))
        pictures = expect_pictures(hand)
        assert page.page.evaluate("messages") == 0
        page.page.mouse.up()
        shifts = f"shift={values[0]:g}_{values[29]:g}"
        screens.expect_in_link(page.page, f"{name}={values[name]:g}" if name in ("psi", "alpha") else shifts)
        screens.idle(page.page)
        expect_pictures(hand)  # also of the server
    contrast = comparison.appearance(pictures[:, None])["edge contrast"]
    expect(page.page.get_by_text("Edge contrast:").nth(1)).to_contain_text(f"{contrast:.1f} grey levels")


@pytest.mark.slow
def test_four_models_and_their_four_classifiers_stay_at_work(new_page):
    names = ["mnist_vae", "fashion_vae", "kmnist_vae", "binarized_mnist_vae"]
    page = Page(new_page(f"/compare?models={'.'.join(names)}&count=1"))
    expect(page.page.locator(".classes:not(.unknown)")).to_have_count(4)
    slider = page.slider("truncation: all codes times ψ")
    for key, psi in (("ArrowLeft", 0.99), ("PageDown", 0.89)):
        slider.press(key)
        for number, name in enumerate(names):
            model = checkpoints.load(name)
            code = comparison.moved(*(comparison.codes(model.latent, k, 1) for k in (0, 1)), comparison.Hand(psi))
            screens.expect_picture(page.canvas(number), bytes_of(model, torch.from_numpy(code))[0])


@pytest.mark.slow
def test_pictures_of_compare_without_a_network_change_on_release(new_page):
    page = Page(new_page(COMPARED, script=screens.WITHOUT_WORKERS), pictures="stored")
    expect(page.page.locator(".live-pictures .quiet")).to_have_text(
        "The pictures change when you let go of a slider, because this browser has no workers."
    )
    page.slider("truncation: all codes times ψ").press("Home")
    screens.expect_in_link(page.page, "psi=0")
    model = checkpoints.load("mnist_vae")
    screens.expect_picture(page.canvas(0), bytes_of(model, torch.zeros(1, model.latent))[0])


@pytest.mark.slow
def test_the_way_and_the_dimensions_of_a_vae_and_a_gan_follow(new_page):
    page = Page(new_page("/vae_gan?data=mnist&vae=mnist_vae&gan=mnist_gan&seed=2"))
    page.page.locator(".live-pictures[data-pictures=network]").nth(1).wait_for()
    cards = [checkpoints.read(name) for name in ("mnist_vae", "mnist_gan")]
    models = [checkpoints.load(card.name) for card in cards]
    codes = [torch.from_numpy(pairs.codes(card, 2)[:2]) for card in cards]
    between, dimensions = (page.page.locator(".live-pictures").nth(k) for k in range(2))
    alpha = page.slider("from the first code (0) to the second (1)")
    page.place(alpha, 0.5)
    page.page.mouse.down()
    share = page.place(alpha, 0.37)
    for number, (model, (a, b)) in enumerate(zip(models, codes, strict=True)):
        canvas = between.locator(".pictures canvas").nth(2 * number)
        screens.expect_picture(canvas, bytes_of(model, lerp(a, b, torch.tensor([share])))[0])
        ends = bytes_of(model, torch.stack([a, b])).astype(np.float32)
        canvas = between.locator(".pictures canvas").nth(2 * number + 1)
        screens.expect_picture(canvas, np.round(ends[0] + np.float32(share) * (ends[1] - ends[0])))
    page.page.mouse.up()
    screens.expect_in_link(page.page, f"alpha={share:g}")

    epsilon = page.slider("added to one dimension at a time")
    order = pairs.effects(cards[0], codes[0][0].numpy(), 2.0).order
    page.place(epsilon, 0.25)
    page.page.mouse.down()
    added = page.place(epsilon, 0.7)
    canvas = dimensions.locator(".pictures canvas").first

    def expect_grid(order):
        some = np.concatenate([[0], 1 + order])[:16]
        moved = torch.from_numpy(pairs.moved(codes[0][0].numpy(), added)[some])
        screens.expect_picture(canvas, tiles.tile(bytes_of(models[0], moved)[:, None], 8, gap=1))

    expect_grid(order)  # under the hand pictures keep their places
    page.page.mouse.up()
    screens.expect_in_link(page.page, f"epsilon={added:g}")
    expect_grid(pairs.effects(cards[0], codes[0][0].numpy(), added).order)


@pytest.mark.slow
@pytest.mark.parametrize("path", [PATH, COMPARED, "/vae_gan?data=mnist"])
def test_a_phone(new_page, path):
    page = Page(new_page(path, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True), pictures=None)
    screens.expect_no_overflow(page.page)
