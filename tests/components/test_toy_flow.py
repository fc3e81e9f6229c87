"""The toy flow: training in the browser, time and solver under the hand, one path, and the distance by steps."""

import dataclasses
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components.samples import floats
from tests.components.toys import SMILE, Toy
from ui import slides
from ui.training import points, toy_flow

# So many steps that a training still goes on when a busy machine presses the next button.
SETTINGS = toy_flow.Settings(network=(16, 12), batch=32, steps=1_000_000)
VIEW = {"t": 1.0, "solver": "euler", "steps": 8}
PROBE = "root.querySelector('.probe').textContent"


def data(identity="one", *, settings=SETTINGS, view=VIEW, drawn=None, number=0, session="a", **more):
    random = np.random.default_rng(1)
    return {
        "identity": identity,
        "save": slides.words("toy_flow", "Flow matching", "a test"),
        "settings": dataclasses.asdict(settings),
        "view": view,
        "pool": floats(random.normal(size=(64, 2))),
        "fresh": floats(random.normal(size=(50, 2))),
        "floor": 0.01,
        "least": 1.25,
        "modes": None,
        "centre": [0.0, 0.0],
        "scale": [1.0, 1.0],
        "window": points.PAGE,
        "draw": drawn is not None,
        "points": drawn or [],
        "trained": None,
        "answers": {"session": session, "number": number, "of": ["points"]},
    } | more


class ToyFlow(Toy):
    def control(self, name):
        return self.page.locator(f".{name}")

    def train(self, steps):
        """Train for more than so many steps, and pause."""
        self.press("train")
        self.expect_after(steps)
        self.press("train")
        expect(self.page.locator(".train")).to_have_text("Train more")

    def energy(self):
        """The energy distance in the caption, waited for."""
        caption = self.page.locator(".caption")
        expect(caption).to_contain_text("energy distance")
        return float(re.search(r"step[s]? ([\d.]+), floor", caption.inner_text())[1])

    def put(self, *shares):
        """Press on the plane at a share of its width and height, and move on to the others before letting go."""
        box = screens.box(self.page.locator(".plane"))
        at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in shares]
        self.mouse.move(*at[0])
        self.mouse.down()
        for place in at[1:]:
            self.mouse.move(*place)
        self.mouse.up()

    def probe(self):
        return self.page.evaluate(PROBE)

    def reports(self):
        return self.page.evaluate("reports.length")


@pytest.fixture
def toy(mounted):
    return lambda **given: ToyFlow(mounted("toy_flow", data(**given)))


def test_a_step_changes_the_picture_and_gives_a_loss(toy):
    toy = toy()
    toy.expect_step(0)
    seen = [toy.picture()]
    for step in (1, 2):
        toy.press("single")
        toy.expect_step(step)
        seen.append(toy.picture())
    assert len(set(seen)) == 3
    expect(toy.page.locator(".caption")).to_contain_text(re.compile(r"loss \d\.\d\d, least possible about 1\.3"))
    toy.component.expect_reports()


def test_training_brings_the_points_to_the_data_and_pause_and_restart_hold(toy):
    toy = toy()
    toy.train(300)
    assert len(toy.hold()) == 1
    caption, energies = toy.page.locator(".caption"), []
    for key, words in (("End", "100 Euler steps"), ("Home", "1 Euler step")):  # with one step all are near the mean
        toy.control("count").press(key)
        expect(caption).to_contain_text(f"energy distance after {words}")  # of what is shown, not of a step before
        energies.append(toy.energy())
    assert 0 < energies[0] < 0.25
    assert energies[1] > 2 * energies[0]
    toy.press("again")
    toy.expect_step(0)


def test_time_under_two_drags_and_two_keys_is_reported_when_let_go(toy):
    toy = toy()
    toy.train(50)
    slider = toy.control("t")
    box = screens.box(slider)
    toy.component.watch("root.querySelector('.plane').toDataURL()")
    for drag, shares in enumerate(((0.9, 0.5, 0.01), (0.1, 0.5, 0.75))):
        toy.mouse.move(box["x"] + shares[0] * box["width"], box["y"] + box["height"] / 2)
        toy.mouse.down()
        for share in shares[1:]:
            toy.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        assert toy.reports() == drag  # the hand has not let go
        toy.mouse.up()
        toy.page.wait_for_function("count => reports.length === count", arg=drag + 1)
    assert len(set(toy.component.drawn())) >= 3
    name, report = toy.component.last_report()
    assert name == "view"
    assert report == {"t": pytest.approx(0.75, abs=0.05), "solver": "euler", "steps": 8, "rate": 0.003}
    slider.press("Home")
    toy.page.wait_for_function("() => reports.at(-1)?.[1].t === 0")
    slider.press("ArrowRight")
    toy.page.wait_for_function("() => reports.at(-1)?.[1].t === 0.01")
    expect(slider).to_have_attribute("aria-valuetext", "t = 0.01")


@pytest.mark.slow
def test_at_time_0_the_points_are_the_noise_whatever_the_solver(toy):
    toy = toy(view=VIEW | {"t": 0.0})
    toy.train(50)
    for box in ("paths", "field"):
        toy.control(box).uncheck()
    noise = toy.picture()
    toy.control("solver").select_option("heun")
    toy.control("count").press("End")
    expect(toy.control("count")).to_have_attribute("aria-valuetext", "100")
    assert toy.picture() == noise
    toy.control("t").press("End")
    expect(toy.control("t")).to_have_attribute("aria-valuetext", "t = 1.00")
    assert toy.picture() != noise


@pytest.mark.slow
def test_time_goes_by_itself_is_held_and_ends_at_the_data(toy):
    toy = toy(view=VIEW | {"t": 0.0})
    toy.page.clock.install(time=0)
    toy.page.clock.pause_at(3_600_000)
    walk = toy.page.get_by_role("button", name="Move t from noise to data")
    walk.click()
    toy.page.clock.run_for(1000)
    toy.page.get_by_role("button", name="Hold t").click()
    name, report = toy.component.last_report()
    assert name == "view"
    assert 0.2 < report["t"] < 0.6
    walk.click()
    toy.page.clock.run_for(3000)
    assert toy.component.last_report()[1]["t"] == 1
    assert toy.reports() == 2


def test_solver_steps_and_rate_are_reported_and_an_answer_changes_nothing_under_the_hand(toy):
    toy = toy()
    toy.control("solver").select_option("midpoint")
    toy.component.last_report()
    toy.control("count").press("ArrowRight")
    toy.page.wait_for_function("() => reports.at(-1)?.[1].steps === 16")
    toy.page.locator("[data-knob=rate]").press("ArrowRight")
    toy.page.wait_for_function("() => reports.at(-1)?.[1].rate > 0.003")
    assert toy.component.last_report() == ("view", {"t": 1, "solver": "midpoint", "steps": 16, "rate": 0.0035})
    toy.component.send(data(number=0))
    expect(toy.control("solver")).to_have_value("midpoint")
    expect(toy.control("count")).to_have_attribute("aria-valuetext", "16")


@pytest.mark.slow
def test_the_chart_takes_a_number_of_steps(toy):
    toy = toy()
    toy.train(20)
    box = screens.box(toy.page.locator(".sweep"))
    toy.mouse.move(box["x"] + 44, box["y"] + 60)
    toy.mouse.down()
    expect(toy.control("count")).to_have_attribute("aria-valuetext", "1")
    toy.mouse.move(box["x"] + box["width"] - 10, box["y"] + 60)
    expect(toy.control("count")).to_have_attribute("aria-valuetext", "100")
    assert toy.reports() == 0
    toy.mouse.up()
    assert toy.component.last_report()[1]["steps"] == 100


@pytest.mark.slow
def test_the_path_of_a_point_of_noise_under_pointer_and_keys(toy):
    toy = toy()
    toy.train(100)
    before = toy.picture()
    toy.put((0.5, 0.5), (0.5, 0.25))
    moved = toy.probe()
    assert re.fullmatch(r"Noise \(0\.0\d, 1\.4\d\) → \(.+\), [\d.]+% longer than a straight line", moved)
    plane = toy.page.locator(".plane")
    plane.press("ArrowRight")
    toy.page.wait_for_function(f"before => {PROBE} !== before", arg=moved)
    assert toy.picture() != before
    plane.press("Escape")
    toy.page.wait_for_function(f"() => {PROBE} === ''")
    assert toy.picture() == before
    plane.press("ArrowUp")
    toy.page.wait_for_function(f"() => {PROBE}.startsWith('Noise (0.00, 0.10)')")
    toy.component.expect_reports()


@pytest.mark.slow
def test_a_data_point_goes_to_noise_and_back_with_less_error_in_more_steps(toy):
    toy = toy()
    toy.train(200)
    toy.control("hand").select_option("data")
    toy.put((0.7, 0.3))
    errors = []
    for key, steps in (("Home", "1"), ("End", "100")):
        toy.control("count").press(key)
        expect(toy.control("probe")).to_contain_text(f"with {steps} Euler step")
        errors.append(float(re.search(r"error of the round trip ([\d.]+) sd", toy.probe())[1]))
    assert errors[0] > 0.1
    assert errors[1] < errors[0] / 5


def test_modes_are_counted_where_the_data_have_some(toy):
    toy = toy(modes={"centres": [[0.0, 0.0], [50.0, 0.0]], "radius": [2.0, 2.0]})
    toy.press("single")
    expect(toy.page.locator(".caption")).to_contain_text("1 of 2 modes")


def test_the_pointer_holds_a_point_where_it_drew_before(toy):
    toy = toy(drawn=SMILE)
    toy.stroke((-0.8, -0.8), (0.8, -0.8))
    toy.page.wait_for_function("() => reports.length === 1")
    toy.control("hand").select_option("noise")
    expect(toy.page.locator(".drawing")).to_be_hidden()
    toy.put((0.5, 0.5))
    assert toy.probe().startswith("Noise (0.0")
    assert toy.reports() == 1


@pytest.mark.slow
def test_downloads(toy):
    toy = toy()
    toy.train(20)
    toy.energy()
    lines = toy.downloads()
    assert lines[0] == "step,loss,solver,solver_steps,energy_distance"
    step, loss, solver, steps, energy = lines[-1].split(",")
    assert (solver, steps) == ("euler", "8")
    assert int(step) > 20
    assert 0 < float(loss) < 5
    assert 0 < float(energy) < 3


# Whether a button that moves t by itself has been one that holds it, at any time from now on.
WATCH_WALK = """() => {
  const { setAttribute } = Element.prototype;
  window.walked = false;
  Element.prototype.setAttribute = function (name, value) {
    walked ||= value === "Hold t";
    return setAttribute.call(this, name, value);
  };
}"""
TRAINED = {"step": 7000, "loss": 1.37, "weights": floats(np.random.default_rng(2).normal(size=294) / 4)}


@pytest.mark.parametrize("still", [False, True])
def test_a_trained_network_is_shown_moves_once_and_makes_way_for_a_training(mounted, still):
    motion = "reduce" if still else "no-preference"
    toy = ToyFlow(mounted("toy_flow", data(trained=TRAINED), before=(WATCH_WALK,), reduced_motion=motion))
    toy.expect_step(7000)
    expect(toy.page.locator(".train")).to_have_text("Train more")
    expect(toy.page.locator(".caption")).to_contain_text("loss 1.37")
    assert toy.page.evaluate("walked") is not still  # t goes from noise to data by itself
    expect(toy.control("walk")).to_have_attribute("aria-label", "Move t from noise to data")
    expect(toy.control("t")).to_have_attribute("aria-valuetext", "t = 1.00")
    assert toy.reports() == 0  # nothing for the server to keep
    trained = toy.picture()
    toy.press("again")
    toy.expect_step(0)
    assert toy.picture() != trained
    toy.slider.press("End")
    toy.expect_step(7000)
    toy.press("again")
    toy.press("single")
    toy.expect_step(1)
    toy.slider.press("End")
    toy.expect_step(1)  # the training has taken its place
