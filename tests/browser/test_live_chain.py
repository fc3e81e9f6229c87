"""The live chain on its page: what networks in the browser show while the pen is down, beside PyTorch, and links.

What the component does by itself is tested in tests/components/test_chain.py.
"""

import re
from urllib.parse import urlparse

import pytest
import torch
from playwright.sync_api import expect

import checkpoints
from models.probability import kl_to_standard_normal
from tests.browser import pen, screens
from ui import gallery

CARD = checkpoints.read(gallery.FIRST)


class Page:
    def __init__(self, page):
        self.page = page
        self.paper, self.input, self.picture = (
            page.locator(f"{name}") for name in (".paper canvas", "canvas.input", "canvas.picture")
        )
        self.picture.wait_for()

    def expect_live(self):
        self.page.locator(".chain[data-networks=live]").wait_for()

    def draw(self, *points):
        for k, _ in enumerate(pen.move(self.page, *points)):
            if k == 0:
                self.page.mouse.down()
        self.page.mouse.up()

    def number(self, name):
        return float(self.page.locator(f".figure.{name} b").text_content().replace("−", "-"))


def passed(image):
    """(picture (28, 28) uint8, KL, log p(x|z)) at the mean, by PyTorch."""
    model = checkpoints.load(CARD.name)
    x = torch.from_numpy(image.copy())[None].float() / 255
    with torch.no_grad():
        mean, log_var = model.encode(x)
        picture = (model.picture(mean)[0, 0] * 255).round().to(torch.uint8).numpy()
        return picture, kl_to_standard_normal(mean, log_var).sum().item(), model.log_likelihood(x, mean).item()


@pytest.mark.slow
def test_everything_moves_with_the_pen_as_pytorch_has_it_and_the_link_restores_it(new_page):
    one = Page(new_page("/live_chain"))
    preview = checkpoints.preview(CARD.name)
    screens.expect_picture(one.picture, preview["first_picture"][0], tolerance=1)
    one.expect_live()
    screens.idle(one.page)
    one.page.locator(".near figure").first.wait_for()
    one.page.evaluate(screens.COUNT_MESSAGES)
    screens.watch(one.picture)
    for k, _ in enumerate(pen.move(one.page, *pen.SEVEN)):
        if k == 0:
            one.page.mouse.down()
            continue
        image = pen.prepared(one.page, CARD)
        picture, kl, likelihood = passed(image)
        screens.expect_picture(one.input, image[0], tolerance=1)
        screens.expect_picture(one.picture, picture, tolerance=2)
        assert one.number("kl") == pytest.approx(kl, abs=0.2)
        assert one.number("likelihood") == pytest.approx(likelihood, rel=0.01, abs=0.5)
        assert one.number("elbo") == pytest.approx(likelihood - kl, rel=0.01, abs=0.7)
    assert screens.drawn(one.page) > 3
    assert one.page.evaluate("messages") == 0
    one.page.mouse.up()
    expect(one.page.locator(".input-classes li").first).to_contain_text("7")
    expect(one.page.locator(".near figcaption").first).to_contain_text("7")
    one.page.wait_for_url("**ink=P*")
    one.page.get_by_role("button", name="New ε").click()
    screens.expect_in_link(one.page, "scale=1", "noise=2")
    screens.idle(one.page)

    other = Page(new_page("/?" + urlparse(one.page.url).query))
    other.expect_live()
    same = "([canvas, wanted]) => canvas.toDataURL() === wanted"
    for canvas in ("paper", "picture"):
        wanted = getattr(one, canvas).evaluate("canvas => canvas.toDataURL()")
        other.page.wait_for_function(same, arg=[getattr(other, canvas).element_handle(), wanted])
    expect(other.page.locator(".figure.elbo b")).to_have_text(one.page.locator(".figure.elbo b").text_content())


@pytest.mark.slow
def test_another_model_takes_the_drawing(new_page):
    one = Page(new_page("/?ink=P2020502040503c6o"))
    one.expect_live()
    drawing = one.paper.evaluate("canvas => canvas.toDataURL()")
    box = one.page.get_by_role("combobox", name="Model", exact=True)
    box.click()
    one.page.get_by_role("option", name="Fashion-MNIST: MLP VAE, ten epochs", exact=True).click()
    screens.expect_in_link(one.page, "model=fashion_vae")
    one.expect_live()
    assert one.paper.evaluate("canvas => canvas.toDataURL()") == drawing
    expect(one.page.locator(".near figcaption").first).to_contain_text("·")
    expect(one.page.locator(".chain.waiting")).to_have_count(0)
    expect(one.page.locator(".picture-classes b").first).to_have_text(re.compile("[A-Z]"))  # a piece of clothing


@pytest.mark.slow
def test_without_workers_the_server_answers_a_release(new_page):
    one = Page(new_page("/live_chain", script=screens.WITHOUT_WORKERS))
    expect(one.page.locator(".quiet")).to_have_text(
        "Code and picture come from the server, when you let go, because this browser has no workers."
    )
    one.draw(*pen.SEVEN)
    picture, kl, likelihood = passed(pen.prepared(one.page, CARD))
    screens.expect_picture(one.picture, picture, tolerance=2)
    assert one.number("kl") == pytest.approx(kl, abs=0.2)
    assert one.number("likelihood") == pytest.approx(likelihood, rel=0.01, abs=0.5)
    expect(one.page.locator(".input-classes li").first).to_contain_text("7")


@pytest.mark.slow
def test_a_phone_shows_pen_and_picture_on_its_first_screen(new_page):
    one = Page(new_page("/live_chain", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True))
    screens.expect_no_overflow(one.page)
    screens.expect_on_first_screen(one.paper, one.picture)


@pytest.mark.slow
def test_an_old_link_to_the_first_page_is_one_to_latent_space(new_page):
    page = new_page("/?model=fashion_vae&basis=features")
    expect(page.get_by_role("heading", name="Latent space", exact=True)).to_be_visible()
    screens.expect_in_link(page, "basis=features", "model=fashion_vae")
