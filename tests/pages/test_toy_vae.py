"""The toy VAE page through app.py: presets, own settings, links, and bad input."""

import base64
import functools

import numpy as np
import pytest

from data import small_digits
from tests import apptest, slow
from ui import url
from ui.components import toy_vae as component
from ui.training import toy_vae
from ui.url.reported import KEPT

opened = functools.partial(apptest.opened, "training/toy_vae")


sent = apptest.sent_to(component)


@pytest.mark.parametrize("name", toy_vae.PRESETS)
def test_every_preset_says_what_to_look_for_and_can_be_copied(name, sent):
    app = opened(vae=name)
    settings = toy_vae.PRESETS[name].settings
    assert not app.error
    assert not app.warning
    assert "Look for" in apptest.texts(app)
    assert toy_vae.Settings(**sent[-1][0]["settings"]) == settings
    apptest.press(app, "Change")
    assert app.selectbox(key="vae").value == "own"
    assert toy_vae.Settings(**sent[-1][0]["settings"]) == settings


@pytest.mark.parametrize("name", slow.all_but({"digits"}, toy_vae.SETS))
@pytest.mark.parametrize("latent", ["1", "2"])
def test_every_set_and_latent_size_can_be_trained(name, latent, sent):
    app = opened(vae="own", set=name, latent=latent)
    assert not app.error
    assert not app.warning
    data = sent[-1][0]
    assert data["settings"]["latent"] == int(latent)
    assert data["draw"] == (name == "own")


def test_the_page_sends_complete_digits(sent):
    opened(vae="digits")
    data = sent[-1][0]
    pictures, digits = small_digits.small_digits()
    parts = [np.frombuffer(base64.b64decode(data[name]), np.uint8).reshape(-1, 64) for name in ("pool", "fresh")]
    assert np.array_equal(np.concatenate(parts), pictures[:1256])
    assert data["labels"] == digits[1000:1256].tolist()


def test_released_values_are_in_the_link_and_belong_to_their_preset(sent):
    app = opened(vae="collapse")
    app.session_state[KEPT] = {"beta": ("collapse", 1.0), "sigma": ("collapse", 0.3), "rate": ("collapse", 0.01)}
    app.run()
    assert apptest.address(app)["beta"] == "1"
    assert apptest.address(app)["rate"] == "0.01"
    assert "sigma" not in app.query_params  # as the preset has it
    assert sent[-1][0]["settings"]["beta"] == 1
    assert sent[-1][0]["identity"] == sent[0][0]["identity"]  # the training goes on
    app.selectbox(key="vae").select("autoencoder").run()
    assert sent[-1][0]["settings"]["beta"] == 0.001
    again = opened(vae="collapse", beta="1", rate="0.01")
    assert not again.warning
    assert sent[-1][0]["settings"]["rate"] == 0.01


def test_releasing_a_knob_does_not_change_the_data_sent(sent):
    """Else all points would be sent again: 70 to 110 kB."""
    app = opened(vae="collapse")
    app.session_state["component toy vae"] = {}  # it is on the page
    app.session_state[KEPT] = {"beta": ("collapse", 1.0), "sigma": ("collapse", 0.2), "rate": ("collapse", 0.01)}
    app.run()
    assert apptest.address(app)["beta"] == "1"
    assert sent[-1][0] == sent[0][0]
    app.selectbox(key="vae").select("autoencoder").run()
    assert sent[-1][0]["settings"]["beta"] == 0.001


@pytest.mark.parametrize(
    "value", [[1.0], None, "x", [float("nan"), 0.1, 0.01], [1e9, 0.1, 0.01], [1, 0, 0.01], [1, 0.1, "x"]]
)
def test_impossible_values_are_ignored(value, sent, monkeypatch):
    kept = []
    monkeypatch.setattr(url, "keep", lambda *what: kept.append(what))
    opened()
    sent[-1][1]["on_numbers"](value)
    assert kept == []
    sent[-1][1]["on_numbers"]([0, 0.1, 0.01])
    assert kept == [("beta", 0, "manifold"), ("sigma", 0.1, "manifold"), ("rate", 0.01, "manifold")]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("beta", "nan"),
        ("sigma", "0"),
        ("rate", "1e9"),
        ("vae", "x"),
        ("latent", "3"),
        ("set", "mars"),
        ("e1", "x"),
        ("e1", "0"),
    ],
)
def test_invalid_links_are_reported_in_one_sentence(key, value):
    app = opened(**({"vae": "own"} | {key: value}))
    assert len(app.warning) == 1
    assert "this link" in app.warning[0].value


def test_another_layer_starts_another_training_and_an_empty_box_does_not(sent):
    app = opened(vae="own")
    for width in (20, None):  # the browser itself holds back what is out of bounds, see tests/browser/test_toy_vae.py
        app.number_input(key="d2").set_value(width).run()
    assert [toast.value for toast in app.toast] == ["D layer 2 takes a number; 20 was kept."]
    identities = [data["identity"] for data, _ in sent]
    assert identities[0] != identities[1] == identities[2]
    assert sent[-1][0]["settings"]["decoder"] == (32, 20)


@pytest.mark.parametrize(
    ("name", "value"), [("beta", -1.0), ("sigma", 0.0), ("rate", float("nan")), ("batch", 257), ("latent", 0)]
)
def test_settings_out_of_bounds_are_reported_in_one_sentence(name, value):
    with pytest.raises(ValueError, match="must lie between"):
        toy_vae.Settings(**{name: value})


def expect_drawn_points(app, sent):
    """A page that shows points drawn by hand has those of the other toys, and one sentence for too few."""
    app.session_state["toy points"] = drawn = [[k / 100, 0.5] for k in range(20)]
    app.run()
    assert sent[-1][0]["points"] == drawn
    assert "points" in app.query_params
    app.session_state["toy points"] = [[0.0, 0.0]]
    app.run()
    assert any("Draw 8 to 500" in warning.value for warning in app.warning)


def test_drawn_points_are_shared_with_the_toy_gan_and_in_the_link(sent):
    app = opened(vae="own", set="own")
    expect_drawn_points(app, sent)
