"""What the toys have in common that train in the browser: pause, another network, divergence, strokes, leaving."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.components import test_toy_flow, test_toy_gan, test_toy_vae
from tests.components.toys import SMILE, Toy


@dataclasses.dataclass(frozen=True)
class Kind:
    """name: of the component. other: settings of another network. unstable: settings that diverge at a rate of 1e4."""

    name: str
    page: type[Toy]
    data: Callable
    settings: object
    other: dict
    unstable: dict

    def changed(self, **settings):
        return dataclasses.replace(self.settings, **settings)


VAE = Kind(
    "toy_vae",
    test_toy_vae.ToyVAE,
    test_toy_vae.data,
    test_toy_vae.SETTINGS,
    other={"latent": 1, "encoder": (3, 4)},
    unstable={"rate": 0.1, "sigma": 0.01, "beta": 0.0},
)
FLOW = Kind(
    "toy_flow",
    test_toy_flow.ToyFlow,
    test_toy_flow.data,
    test_toy_flow.SETTINGS,
    other={"network": (3, 4)},
    unstable={},
)


@pytest.fixture(params=[VAE, FLOW], ids=lambda kind: kind.name)
def kind(request):
    return request.param


@pytest.fixture
def toy(mounted, kind):
    return lambda **given: kind.page(mounted(kind.name, kind.data(**given)))


@pytest.mark.slow
def test_going_back_and_training_on_forgets_what_came_after(toy):
    """Four single steps, two back, and one on, which is the third."""
    toy = toy()
    for step in range(1, 5):
        toy.press("single")
        toy.expect_step(step)
    toy.slider.press("ArrowLeft")
    toy.slider.press("ArrowLeft")
    toy.expect_step(2)
    toy.press("single")
    toy.expect_step(3)
    expect(toy.slider).to_have_attribute("max", "3")


def test_training_pauses_once_at_its_number_of_steps(toy, kind):
    toy = toy(settings=kind.changed(steps=30))
    toy.press("train")
    expect(toy.page.locator(".train")).to_have_text("Train more")
    toy.expect_step(30)
    toy.press("train")
    toy.expect_after(40)
    toy.press("train")
    expect(toy.page.locator(".train")).to_have_text("Train more")


@pytest.mark.slow
def test_another_network_begins_anew_and_goes_on_learning(toy, kind):
    toy = toy()
    toy.press("train")
    toy.expect_after(20)
    toy.component.send(kind.data("two", settings=kind.changed(**kind.other)))
    expect(toy.page.locator(".train")).to_have_text("❚❚ Pause")
    toy.expect_after(20)
    if kind is VAE:
        expect(toy.page.locator(".key")).to_contain_text("bars")  # of one latent dimension
    toy.press("train")


def test_divergence_is_one_sentence_and_the_page_lives_on(toy, kind):
    settings = kind.changed(**kind.unstable)
    toy = toy(settings=settings)
    too_fast = {"settings": dataclasses.asdict(settings) | {"rate": 1e4}}
    toy.component.send(kind.data("two", settings=settings) | too_fast)
    toy.press("train")
    expect(toy.message).to_contain_text("diverged")
    toy.press("again")
    expect(toy.message).to_be_hidden()
    toy.expect_step(0)


def test_a_stroke_is_reported_whole(toy):
    toy = toy(drawn=SMILE)
    toy.stroke((-0.8, -0.8), (0.8, -0.8))
    toy.page.wait_for_function("() => reports.length === 1")
    name, report = toy.component.last_report()
    assert name == "points"
    assert np.array(report["value"]) == pytest.approx(np.array([*SMILE, [-0.8, -0.8], [0.8, -0.8]]), abs=0.01)


def test_leaving_the_page_while_it_trains_draws_nothing(toy):
    toy = toy()
    toy.press("train")
    toy.page.evaluate("() => { root.host.remove(); leave(); }")  # an error in the console fails the test
    toy.page.evaluate("async () => { for (let k = 0; k < 5; k++) await new Promise(requestAnimationFrame); }")


@pytest.fixture(params=[test_toy_gan, test_toy_vae, test_toy_flow], ids=["gan", "vae", "flow"])
def module(request):
    return request.param


@pytest.fixture
def any_toy(mounted, module):
    """any_toy(**browser): one of all three; the GAN comes without what the other two share."""
    return lambda **browser: Toy(mounted(module.__name__.rpartition("test_")[2], module.data(), **browser))


def test_data_that_arrive_while_the_page_is_being_left_are_no_error(any_toy, module):
    toy = any_toy()
    toy.expect_step(0)
    toy.page.evaluate("() => root.host.remove()")  # colours of what stands in no page are empty
    toy.component.send(module.data(identity="two"))  # raises what the component throws


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_window(any_toy, width):
    toy = any_toy(viewport={"width": width, "height": 844})
    toy.expect_step(0)
    assert toy.page.evaluate("document.documentElement.scrollWidth") <= width
