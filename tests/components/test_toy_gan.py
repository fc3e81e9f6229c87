"""The toy GAN: a recording under the slider, training in the browser, and points drawn by hand."""

import dataclasses
import itertools
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from checkpoints.recorded import packed, toy_settings
from tests.browser import screens
from tests.components.samples import floats
from tests.components.toys import CAPTION, PLANE, SMILE, Toy
from ui import slides
from ui.training import points as page

# So many steps that a training still goes on when a busy machine presses the next button.
SETTINGS = toy_settings.Settings(generator=(6, 5), discriminator=(7, 4), batch=8, data="ring", steps=1_000_000)
STEPS = [0, 10, 100, 1000, 4000]


def recording():
    random = np.random.default_rng(0)
    sizes = {"generator": (2, 6, 5, 2), "discriminator": (2, 7, 4, 2, 1)}
    weights = {
        name: packed.pack(random.normal(size=len(STEPS) * sum((a + 1) * b for a, b in itertools.pairwise(s))))
        for name, s in sizes.items()
    }
    history = [{"step": step, "d": 1.4 - 0.1 * k, "g": 0.7, "energy": 1.0 / (k + 1)} for k, step in enumerate(STEPS)]
    return {"history": history, "shown": None, **weights}


def data(identity="one", *, settings=None, recorded=False, points=None, number=0, session="a", **more):
    random = np.random.default_rng(1)
    return {
        "identity": identity,
        "settings": (settings or SETTINGS).to_dict(),
        "recording": recording() if recorded else None,
        "draw": points is not None,
        "points": points or [],
        "floor": 0.01,
        "pool": floats(random.normal(size=(64, 2))),
        "fresh": floats(random.normal(size=(50, 2))),
        "centre": [0.0, 0.0],
        "scale": [1.0, 1.0],
        "window": page.PAGE,
        "save": slides.words("toy_gan", "A toy GAN", "minimax loss"),
        "answers": {"session": session, "number": number, "of": ["points"]},
    } | more


@pytest.fixture
def toy(mounted):
    """toy(**data): the component; nothing plays by itself."""
    return lambda **given: Toy(mounted("toy_gan", data(**given), reduced_motion="reduce"))


def test_play_goes_through_all_snapshots_and_pause_holds(toy):
    toy = toy(recorded=True)
    toy.expect_step(0)
    clock = toy.page.clock
    clock.install(time=0)
    clock.pause_at(3_600_000)  # time passes in run_for only, also on a busy machine
    toy.press("play")
    expect(toy.page.locator(".play")).to_have_attribute("aria-label", "Pause the recording")
    seen = [toy.step()]
    while toy.step() < 100:
        clock.run_for(20)
        seen.append(toy.step())
    assert sorted(set(seen)) == [0, 10, 100]
    assert seen == sorted(seen)
    toy.press("play")
    clock.run_for(60_000)
    toy.expect_step(100)
    toy.press("play")
    clock.run_for(60_000)
    toy.expect_step(4000)
    expect(toy.page.locator(".play")).to_have_attribute("aria-label", "Play the recording")
    toy.press("play")  # begins anew
    assert toy.step() == 0


def test_a_recording_starts_by_itself_for_a_new_visitor(mounted):
    toy = Toy(mounted("toy_gan", data(recorded=True), reduced_motion="no-preference"))
    toy.expect_step(4000)


def test_two_drags_and_two_keys_on_the_slider(toy):
    toy = toy(recorded=True)
    box = screens.box(toy.slider)
    toy.component.watch(PLANE)
    for shares in ((0.02, 0.5, 0.98), (0.98, 0.75, 0.02)):
        toy.mouse.move(box["x"] + shares[0] * box["width"], box["y"] + box["height"] / 2)
        toy.mouse.down()
        for share in shares:
            toy.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
            toy.expect_step(STEPS[round(share * 4)])
            toy.component.be_watched()
        toy.mouse.up()
    assert len(set(toy.component.drawn())) >= 4  # every snapshot is another picture
    toy.slider.press("End")
    toy.expect_step(4000)
    toy.slider.press("ArrowLeft")
    toy.expect_step(1000)


def test_a_held_key_and_data_that_arrive_meanwhile(toy):
    toy = toy(recorded=True)
    toy.slider.press("Home")
    for _ in range(20):
        toy.page.keyboard.down("ArrowRight")
    toy.component.send(data("two", recorded=True))
    toy.expect_step(4000)
    toy.page.keyboard.up("ArrowRight")
    toy.expect_step(0)  # another training, now that the hand has let go


def test_a_chart_is_a_slider_too(toy):
    toy = toy(recorded=True)
    chart = screens.box(toy.page.locator(".energy"))
    toy.mouse.move(chart["x"] + chart["width"] - 12, chart["y"] + 40)
    toy.mouse.down()
    toy.expect_step(4000)
    toy.mouse.move(chart["x"] + 38, chart["y"] + 40)
    toy.expect_step(0)
    toy.mouse.up()


@pytest.mark.slow
def test_single_steps_of_each_player(toy):
    toy = toy()
    pictures = [toy.picture()]
    for player, step in (("both", 1), ("discriminator", 1), ("generator", 1), ("both", 2)):
        toy.take(player)
        toy.expect_step(step)
        pictures.append(toy.picture())
    assert len(set(pictures)) == 5


@pytest.mark.slow
def test_training_goes_on_with_other_settings_and_pause_holds(toy):
    toy = toy()
    toy.press("train")
    toy.expect_after(20)
    faster = toy_settings.Settings(**{**SETTINGS.to_dict(), "discriminator_rate": 0.002})
    toy.component.send(data(settings=faster))
    before = toy.step()
    toy.expect_after(before + 20)
    toy.press("train")
    expect(toy.page.locator(".train")).to_have_text("Train more")
    assert len(toy.hold()) == 1
    toy.press("again")
    toy.expect_step(0)


@pytest.mark.slow
def test_training_pauses_at_its_number_of_steps_and_ends_where_rates_fall(toy):
    settings = toy_settings.Settings(**{**SETTINGS.to_dict(), "steps": 30})
    one = toy(settings=settings)
    one.press("train")
    expect(one.page.locator(".train")).to_have_text("Train more")
    one.expect_step(30)
    one.press("train")
    one.expect_after(40)
    one.press("train")
    falling = toy_settings.Settings(**{**SETTINGS.to_dict(), "steps": 30, "falling": True})
    one.component.send(data("two", settings=falling))
    one.expect_step(0)
    one.press("train")
    expect(one.message).to_contain_text("The learning rates have fallen to 0 at step 30.")
    assert one.hold() == [30]
    before = one.picture()
    one.press("train")  # goes on with constant rates
    expect(one.message).to_have_text("Training goes on with constant learning rates.")
    one.expect_after(60)
    one.press("train")
    assert one.picture() != before


def test_a_step_after_a_recording_whose_rates_have_fallen_moves_something(toy):
    settings = toy_settings.Settings(**{**SETTINGS.to_dict(), "steps": STEPS[-1], "falling": True})
    toy = toy(recorded=True, settings=settings)
    toy.slider.press("End")
    toy.expect_step(4000)
    before = toy.picture()
    toy.take("both")
    toy.expect_step(4001)
    assert toy.picture() != before


@pytest.mark.slow
def test_other_networks_go_on_learning_and_leaving_the_page_draws_nothing(toy):
    toy = toy()
    toy.press("train")
    toy.expect_after(20)
    toy.component.send(data("two", settings=toy_settings.Settings(**{**SETTINGS.to_dict(), "generator": (3, 4)})))
    expect(toy.page.locator(".train")).to_have_text("❚❚ Pause")
    toy.expect_after(20)
    toy.page.evaluate("() => { root.host.remove(); leave(); }")  # an error in the console fails the test


@pytest.mark.slow
def test_a_head_start_is_counted_apart_and_has_no_generator_loss(toy):
    toy = toy(settings=toy_settings.Settings(**{**SETTINGS.to_dict(), "head_start": 3}))
    toy.take("both")
    toy.page.wait_for_function(f"() => {CAPTION}.includes('step 0, head start 1 of 3')")
    with toy.page.expect_download() as download:
        toy.press("csv")
    line = download.value.path().read_text().splitlines()[-1]
    assert re.fullmatch(r"0,\d\.\d+,,\d\.\d+", line)
    for _ in range(3):
        toy.take("both")
    toy.expect_step(1)


def test_divergence_is_one_sentence_and_the_page_lives_on(toy):
    rates = {"discriminator_rate": 1e3, "generator_rate": 1e3}
    toy = toy(settings=dataclasses.replace(SETTINGS, **rates))
    toy.press("train")
    expect(toy.message).to_contain_text("diverged")
    toy.press("again")
    expect(toy.message).to_be_hidden()
    toy.take("discriminator")
    toy.expect_step(0)


def test_training_on_from_a_snapshot_forgets_what_came_after_it(toy):
    toy = toy(recorded=True)
    toy.slider.press("End")
    toy.slider.press("ArrowLeft")
    toy.expect_step(1000)
    toy.take("both")
    toy.expect_step(1001)
    expect(toy.slider).to_have_attribute("max", "4")
    toy.press("again")
    toy.slider.press("End")
    toy.expect_step(4000)


def test_two_strokes_and_two_changes_are_reported_whole(toy):
    toy = toy(points=SMILE)
    toy.stroke((-0.8, -0.8), (0.8, -0.8))
    toy.page.wait_for_function("() => reports.length === 1")
    name, report = toy.component.last_report()
    assert name == "points"
    assert report["number"] == 1
    assert np.array(report["value"]) == pytest.approx(np.array([*SMILE, [-0.8, -0.8], [0.8, -0.8]]), abs=0.01)
    toy.stroke((0.0, 0.8), (0.4, 0.8))
    toy.page.wait_for_function("() => reports.length === 2")
    assert len(toy.component.last_report()[1]["value"]) == 14
    toy.press("undo")
    toy.page.wait_for_function("() => reports.length === 3")
    assert toy.component.last_report()[1]["value"] == [list(point) for point in SMILE[:4]]
    toy.press("clear")
    toy.component.page.wait_for_function("() => reports.length === 4")
    assert toy.component.last_report()[1] == {"number": 4, "value": []}


def test_a_stroke_ends_where_nobody_hears_that_the_hand_let_go(toy):
    toy = toy(points=SMILE)
    plane = toy.page.locator(".plane")
    toy.component.grab(plane, (50, 0))
    toy.component.let_go_unheard()
    for right in (100, 150):
        toy.mouse.move(screens.box(plane)["x"] + right, screens.box(plane)["y"] + 50)
    assert len(toy.component.last_report()[1]["value"]) == len(SMILE) + 2
    assert toy.page.evaluate("reports.length") == 1


@pytest.mark.slow
def test_an_answer_that_arrives_during_the_next_stroke_loses_no_point(toy):
    toy = toy(points=SMILE)
    toy.stroke((-0.8, -0.8), (0.8, -0.8))
    toy.page.wait_for_function("() => reports.length === 1")
    first = toy.component.last_report()[1]["value"]
    box = screens.box(toy.page.locator(".plane"))
    toy.mouse.move(box["x"] + 50, box["y"] + 50)
    toy.mouse.down()
    toy.component.send(data("two", points=first, number=1))
    toy.mouse.move(box["x"] + 150, box["y"] + 50)
    toy.mouse.up()
    toy.page.wait_for_function("() => reports.length === 2")
    second = toy.component.last_report()[1]["value"]
    assert second[:-2] == first
    assert len(second) == 14
    toy.stroke((0.0, 0.0), (0.3, 0.0))
    toy.page.wait_for_function("() => reports.length === 3")
    assert toy.component.last_report()[1]["value"][:-2] == second  # and none was lost when the answer was dropped


def test_the_keyboard_draws_points(toy):
    toy = toy(points=SMILE)
    for key in (" ", "ArrowRight", "ArrowRight", " ", "ArrowDown"):
        toy.page.locator(".plane").press(key)
    toy.page.wait_for_function("() => reports.length === 1")
    points, ((x0, x1), (y0, y1)) = toy.component.last_report()[1]["value"], page.PAGE
    middle, step = np.array([(x0 + x1) / 2, (y0 + y1) / 2]), np.array([(x1 - x0) / 40, 0])
    assert points[: len(SMILE)] == [list(point) for point in SMILE]
    assert np.array(points[len(SMILE) :]) == pytest.approx(np.array([middle + k * step for k in range(3)]), abs=0.006)


def test_nothing_is_drawn_by_hand_on_a_set_of_the_page(toy):
    toy = toy()
    expect(toy.page.locator(".drawing")).to_be_hidden()
    toy.stroke((-0.8, -0.8), (0.8, -0.8))
    toy.component.expect_reports()


def test_points_that_have_left_the_window_stand_at_its_edge_and_are_counted(toy):
    far = recording()
    far["generator"] = packed.pack(50 * packed.unpack(far["generator"]))
    toy = toy(recording=far)
    toy.page.wait_for_function(f"() => {CAPTION}.match(/, (\\d+) of 250 points outside/)")
    near = toy.picture()
    toy.component.send(data("two", recording=far, window=[[-1e9, 1e9], [-1e9, 1e9]]))
    toy.page.wait_for_function(f"() => !{CAPTION}.includes('outside')")
    assert toy.picture() != near


def test_the_window_of_a_recording_holds_its_points(toy):
    """All snapshots have the same point, beside the window that the data need."""
    beside = recording()
    for name in ("generator", "shown"):
        weights = np.zeros_like(packed.unpack(recording()["generator"])).reshape(len(STEPS), -1)
        weights[:, -2:] = 2.0, -1.9  # the biases of the last layer
        beside[name] = packed.pack(weights)
    toy = toy(recording=beside)
    toy.page.wait_for_function(f"() => {CAPTION}.includes('step 0')")
    assert "outside" not in toy.page.evaluate(CAPTION)
    toy.component.send(data("two", recording=beside, window=[[-0.5, 0.5], [-0.5, 0.5]]))  # more than twice as wide
    toy.page.wait_for_function(f"() => {CAPTION}.includes('50 of 250 points outside')")


@pytest.mark.slow
def test_downloads(toy):
    toy = toy(recorded=True)
    lines = toy.downloads()
    assert lines[0] == "step,discriminator_loss,generator_loss,energy_distance"
    assert [line.split(",")[0] for line in lines[1:]] == [str(step) for step in STEPS]


def test_what_a_training_measures_is_heard_outside_of_it(toy):
    toy = toy()
    toy.page.evaluate("() => addEventListener('measured', ({ detail }) => (window.heard ??= []).push(detail.energy))")
    toy.press("train")
    toy.page.wait_for_function("() => window.heard?.length >= 2")
    toy.press("train")
    shown = float(re.search(r"energy distance ([\d.]+)", toy.page.evaluate(CAPTION))[1])
    assert shown == pytest.approx(toy.page.evaluate("heard.at(-1)"), rel=0.06)  # two digits
