"""The toy GAN page through app.py: films, own settings, and bad input."""

import functools
import math

import pytest

from checkpoints import recorded
from checkpoints.recorded import toy_settings
from tests import apptest
from ui.components import toy_gan as component
from ui.training import points

FILMS = ["parabola_gan", "mode_collapse", "saturation"]


opened = functools.partial(apptest.opened, "training/toy_gan")


@pytest.mark.parametrize("name", FILMS)
def test_every_film_says_what_to_look_for(name):
    app = opened(toy=name)
    assert not app.error
    assert not app.warning
    assert apptest.texts(app).count("**Look for**") == 1


@pytest.mark.parametrize("loss", toy_settings.LOSSES)
def test_every_loss_and_set_can_be_trained(loss):
    for name in ("ring", "own"):
        app = opened(toy="own", loss=loss, set=name)
        assert not app.error
        assert not app.warning
    assert any("Penalty" in n.label for n in app.number_input) == (loss == "wasserstein_gp")
    assert any("kept within" in n.label for n in app.number_input) == (loss == "wasserstein")


@pytest.mark.parametrize("width", ["0", "1000"])
@pytest.mark.parametrize("key", ["g1", "d2"])
def test_invalid_widths_in_a_link_are_reported_in_one_sentence(key, width):
    app = opened(toy="own", **{key: width})
    usual = {"g1": 16, "d2": 24}[key]
    assert [w.value for w in app.warning] == [
        f"{key[0].upper()} layer {key[1]} in this link is not a whole number from 1 to 128, so {usual} is shown "
        "instead."
    ]
    assert app.number_input(key=key).value == usual
    app.number_input(key=key).set_value(20).run()
    assert not app.warning
    assert not app.exception


@pytest.mark.parametrize("rate", ["0.0", "1000.0"])
def test_rates_of_zero_and_a_thousand_are_allowed(rate):
    app = opened(toy="own", rate_g=rate)
    assert not app.error
    assert ("the generator learns nothing" in apptest.texts(app)) == (rate == "0.0")


@pytest.mark.parametrize(
    ("key", "value"), [("rate_g", "nan"), ("batch", "-3"), ("set", "mars"), ("toy", "x"), ("g1", "x")]
)
def test_invalid_links_are_reported_in_one_sentence(key, value):
    app = opened(**({"toy": "own"} | {key: value}))
    assert len(app.warning) == 1
    assert "this link" in app.warning[0].value


def test_settings_of_a_film_can_be_copied():
    app = opened(toy="saturation")
    apptest.press(app, "Train with")
    assert app.selectbox(key="toy").value == "own"
    assert app.selectbox(key="loss").value == "minimax"
    assert app.selectbox(key="optimiser").value == "sgd"
    assert app.number_input(key="head").value == 5000
    assert apptest.address(app)["loss"] == "minimax"


def test_a_truncated_recording_is_reported_in_one_sentence_and_training_works(own_caches, tmp_path, monkeypatch):
    text = (recorded.FOLDER / "toy_parabola_gan.json").read_text()
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    (tmp_path / "toy_parabola_gan.json").write_text(text[: len(text) // 2])
    app = opened()
    assert any("cannot be read" in warning.value for warning in app.warning)
    app.selectbox(key="toy").select("own").run()
    assert not app.exception
    assert not app.warning


def test_too_few_points_are_reported_in_one_sentence():
    app = opened(toy="own", set="own")
    app.session_state["toy points"] = [[0.0, 0.0]]
    app.run()
    assert not app.exception
    assert any("Draw 8" in warning.value for warning in app.warning)


def test_the_browser_trains_on_the_same_points_as_the_recording():
    from train.catalogue import RECIPES
    from train.live.toy_gan import Training

    pool, centre, scale = points.training_set("parabola")
    training = Training(RECIPES["parabola_gan"])
    assert training.pool.numpy() == pytest.approx(pool, abs=1e-5)
    assert training.model.centre.numpy() == pytest.approx(centre, rel=1e-6)
    assert training.model.scale.numpy() == pytest.approx(scale, rel=1e-6)


def test_another_layer_starts_another_training_and_an_empty_box_does_not(monkeypatch):
    sent = []
    monkeypatch.setattr(component, "_component", lambda key, data, **on: sent.append(data["identity"]))
    app = opened(toy="own")
    for width in (20, None):  # the browser itself holds back what is out of bounds, see tests/browser/test_toy_gan.py
        app.number_input(key="g1").set_value(width).run()
        assert app.number_input(key="g1").value == 20
    assert [toast.value for toast in app.toast] == ["G layer 1 takes a number; 20 was kept."]
    assert len(sent) == 3
    assert sent[0] != sent[1] == sent[2]


def test_drawn_points_are_in_the_link():
    app = opened(toy="own", set="own")
    app.session_state["toy points"] = drawn = [(k / 100, -k / 50) for k in range(-10, 40)]
    app.run()
    again = opened(toy="own", set="own", points=apptest.address(app)["points"])
    assert again.session_state["toy points"] == drawn
    assert not again.warning


@pytest.mark.parametrize("text", ["abcd", "!!", "A" * 4000])
def test_points_of_a_damaged_link_are_reported_in_one_sentence(text):
    app = opened(toy="own", set="own", points=text)
    assert [warning.value for warning in app.warning] == [
        "The points in this link are damaged, so a smile is shown instead."
    ]


def test_points_in_the_link_are_exact_to_two_decimals():
    drawn = [(-1.2, 1.2), (0.0, -0.37), (1.0, 0.99)]
    assert points.from_link(points.in_link(drawn)) == drawn
    assert points.from_link(points.in_link([])) == []


def test_the_statements_of_the_page_about_the_recordings_hold():
    parabola, collapse, saturation = (recorded.toy_gan(name) for name in FILMS)
    end = parabola.snapshots[-1]
    assert end.discriminator_loss == pytest.approx(2 * math.log(2), abs=0.05)
    assert end.generator_loss == pytest.approx(math.log(2), abs=0.05)
    assert end.energy < parabola.floor
    assert parabola.settings.falling
    assert parabola.settings.averaging > 0
    settings = collapse.settings
    assert settings.generator_rate == pytest.approx(10 * settings.discriminator_rate)
    assert (settings.generator_steps, settings.discriminator_steps) == (5, 1)
    assert min(snapshot.energy for snapshot in collapse.snapshots) > 10 * collapse.floor  # never all eight places
    assert saturation.settings.loss == "minimax"
    assert saturation.settings.head_start > 0
    energies = [snapshot.energy for snapshot in saturation.snapshots]
    assert max(energies) - min(energies) < 0.1 * energies[0]
