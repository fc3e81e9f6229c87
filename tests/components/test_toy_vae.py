"""The toy VAE: training in the browser, numbers under the hand meanwhile, a code under the pointer, drawn points."""

import dataclasses
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components.samples import floats, text
from tests.components.toys import Toy
from ui import slides
from ui.training import points, toy_vae

# So many steps that a training still goes on when a busy machine presses the next button.
SETTINGS = toy_vae.Settings(encoder=(6, 5), decoder=(5, 6), batch=8, data="ring", steps=1_000_000)
DIGITS = dataclasses.replace(SETTINGS, data="digits")
LATENT = "root.querySelector('.latent').toDataURL()"
CAPTION = re.compile(r"step ([\d,]+): ELBO (−?[\d.]+) = reconstruction (−?[\d.]+) − KL (−?[\d.]+) nats")


def data(identity="one", *, settings=SETTINGS, drawn=None, number=0, session="a", **more):
    random = np.random.default_rng(1)
    common = {
        "identity": identity,
        "save": slides.words("toy_vae", "A toy VAE", "a test"),
        "settings": dataclasses.asdict(settings),
        "shows": "samples",
        "draw": drawn is not None,
        "points": drawn or [],
        "answers": {"session": session, "number": number, "of": ["points"]},
    }
    if settings.data == "digits":
        pictures = random.integers(0, 17, (80, 64), dtype=np.uint8)
        pool, fresh = text(pictures[:50]), text(pictures[50:])
        content = {"side": 8, "pool": pool, "fresh": fresh, "labels": [k % 10 for k in range(30)], "floor": None}
        content |= {"colours": ["#0072b2"] * 10, "centre": None, "scale": None, "window": None}
    else:
        pool, fresh = floats(random.normal(size=(64, 2))), floats(random.normal(size=(50, 2)))
        content = {"side": None, "pool": pool, "fresh": fresh, "labels": None, "colours": None, "floor": 0.01}
        content |= {"centre": [0.0, 0.0], "scale": [1.0, 1.0], "window": points.PAGE}
    return common | content | more


class ToyVAE(Toy):
    def knob(self, name):
        return self.page.locator(f"[data-knob={name}]")

    def terms(self):
        """(ELBO, reconstruction, KL) in the caption."""
        numbers = CAPTION.match(self.page.locator(".caption").inner_text()).groups()[1:]
        return tuple(float(number.replace("−", "-")) for number in numbers)

    def latent(self):
        return self.page.evaluate(LATENT)


@pytest.fixture
def toy(mounted):
    return lambda **given: ToyVAE(mounted("toy_vae", data(**given)))


def test_a_step_changes_both_pictures_and_the_elbo_is_its_terms(toy):
    toy = toy()
    toy.expect_step(0)
    seen = [(toy.picture(), toy.latent())]
    for step in (1, 2):
        toy.press("single")
        toy.expect_step(step)
        seen.append((toy.picture(), toy.latent()))
    assert all(len(set(pictures)) == 3 for pictures in zip(*seen, strict=True))
    elbo, reconstruction, kl = toy.terms()
    assert elbo == pytest.approx(reconstruction - kl, abs=0.011)


def test_training_raises_the_elbo_and_pause_and_restart_hold(toy):
    toy = toy()
    before = toy.terms()[0]
    toy.press("train")
    toy.expect_after(300)
    toy.press("train")
    expect(toy.page.locator(".train")).to_have_text("Train more")
    assert toy.terms()[0] > before + 1
    assert len(toy.hold()) == 1
    toy.press("again")
    toy.expect_step(0)
    assert toy.terms()[0] == before
    toy.component.expect_reports()


@pytest.mark.slow
def test_two_knobs_are_reported_once_each_and_training_goes_on_with_them(toy):
    toy = toy()
    toy.press("train")
    toy.knob("beta").press("ArrowRight")
    toy.page.wait_for_function("() => reports.length === 1")
    assert toy.component.last_report() == ("numbers", [1.1, 0.1, 0.003])
    box = screens.box(toy.knob("sigma"))
    toy.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    toy.mouse.down()
    for share in (0.6, 0.7, 1.0):
        toy.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
    assert toy.page.evaluate("reports.length") == 1  # the hand has not let go
    toy.mouse.up()
    toy.page.wait_for_function("() => reports.length === 2")
    name, report = toy.component.last_report()
    assert (name, report) == ("numbers", [1.1, 3.2, 0.003])
    toy.component.send(data(number=2))  # an answer of the server changes nothing under the hand
    expect(toy.knob("sigma")).to_have_attribute("aria-valuetext", "3.2")
    before = toy.step()
    toy.expect_after(before + 20)
    toy.press("train")


def test_a_large_beta_collapses_the_posterior(toy):
    toy = toy(settings=dataclasses.replace(SETTINGS, beta=100.0, rate=0.01))
    toy.press("train")
    toy.page.wait_for_function("() => root.querySelector('.caption').textContent.includes('KL 0.00 nats')")


def test_the_leftmost_beta_is_zero(toy):
    toy = toy()
    toy.knob("beta").press("Home")
    toy.page.wait_for_function("() => reports.length")
    assert toy.component.last_report()[1][0] == 0
    expect(toy.knob("beta")).to_have_attribute("aria-valuetext", "0")


@pytest.mark.slow
def test_sigma_moved_at_rest_gives_its_reconstruction(toy):
    toy = toy()
    before = toy.terms()
    toy.knob("sigma").press("End")
    toy.page.wait_for_function("() => reports.length")
    wide = toy.component.last_report()[1][1]
    # −r / 2σ² − 2 log σ − log 2π for the same squared error r
    squares = -2 * 0.1**2 * (before[1] + np.log(2 * np.pi) + 2 * np.log(0.1))
    expected = -squares / (2 * wide**2) - 2 * np.log(wide) - np.log(2 * np.pi)
    assert toy.terms()[1] == pytest.approx(expected, abs=0.02)


@pytest.mark.slow
def test_a_code_under_the_pointer_and_under_the_keys(toy):
    toy = toy()
    probe = toy.page.locator(".probe")
    before = toy.picture()
    box = screens.box(toy.page.locator(".latent"))
    toy.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
    expect(probe).to_have_text(re.compile(r"z = \(0\.0\d, 1\.6\d?0?\) → mean of p\(x\|z\): \(.+\)"))
    assert toy.picture() != before
    plane = screens.box(toy.page.locator(".plane"))
    toy.mouse.move(plane["x"] + plane["width"] / 2, plane["y"] + plane["height"] / 2)
    expect(probe).to_contain_text("x = (0.0")
    expect(probe).to_contain_text("→ q(z|x): mean")
    toy.mouse.move(1, 1)
    expect(probe).to_have_text("")
    toy.page.locator(".latent").press("ArrowRight")
    toy.page.locator(".latent").press("ArrowUp")
    expect(probe).to_contain_text("z = (0.10, 0.10)")
    toy.page.locator(".latent").press("Escape")
    expect(probe).to_have_text("")
    toy.page.locator(".plane").press("ArrowUp")
    expect(probe).to_contain_text("→ q(z|x): mean")
    toy.page.locator(".plane").press("Escape")
    expect(probe).to_have_text("")
    assert toy.picture() == before


@pytest.mark.parametrize("latent", [1, 2])
def test_digits_are_drawn_learned_and_decoded(toy, latent):
    toy = toy(settings=dataclasses.replace(DIGITS, latent=latent))
    seen = [toy.picture()]
    toy.press("single")
    toy.expect_step(1)
    seen.append(toy.picture())
    toy.page.locator(".shows").select_option("means")
    seen.append(toy.picture())
    assert len(set(seen)) == 3
    before = toy.latent()
    toy.page.locator(".latent").press("ArrowRight")
    expect(toy.page.locator(".probe")).to_have_text("z = (0.10)" if latent == 1 else "z = (0.10, 0.00)")
    assert toy.latent() != before


def test_reconstructions_are_another_picture(toy):
    toy = toy()
    samples = toy.picture()
    toy.page.locator(".shows").select_option("means")
    means = toy.picture()
    toy.page.locator(".shows").select_option("reconstructions")
    assert len({samples, means, toy.picture()}) == 3


@pytest.mark.slow
def test_downloads(toy):
    toy = toy()
    toy.press("single")
    lines = toy.downloads()
    assert lines[0] == "step,beta,sigma,learning_rate,reconstruction_nats,kl_nats,elbo_nats,energy_distance"
    step, beta, *_, gain, kl, elbo, energy = map(float, lines[2].split(","))
    assert (step, beta) == (1, 1)
    assert elbo == pytest.approx(gain - kl)
    assert 0 < energy < 3
