"""The toy flow page through app.py: sets, settings, links, and bad input."""

import base64
import functools

import numpy as np
import pytest

import checkpoints
from data import planar
from tests import apptest, slow
from tests.pages.test_toy_vae import expect_drawn_points
from ui import url
from ui.components import toy_flow as component
from ui.training import toy_flow
from ui.url.reported import KEPT

opened = functools.partial(apptest.opened, "training/toy_flow")


sent = apptest.sent_to(component)


@pytest.mark.parametrize("name", slow.all_but({"moons"}, toy_flow.SETS))
def test_every_set_can_be_trained_and_the_page_says_what_to_look_for(name, sent):
    app = opened(set=name)
    assert not app.error
    assert not app.warning
    (told,) = (element.value for element in app.markdown if "Look for" in element.value)
    assert ("the modes" in told) == (name == "ring")  # the page names those of the ring alone
    data = sent[-1][0]
    assert data["settings"]["data"] == name
    assert data["draw"] == (name == "own")
    assert 1 < data["least"] < 2
    assert 0 < data["floor"] < 0.1
    assert (data["modes"] is None) == (name != "ring")


def test_modes_are_at_the_points_of_the_ring(sent):
    opened()
    data = sent[-1][0]
    centres = np.array(data["modes"]["centres"]) * data["scale"] + data["centre"]
    assert centres == pytest.approx(planar.CENTRES)
    assert np.array(data["modes"]["radius"]) * data["scale"] == pytest.approx(3 * planar.SPREAD)


def test_released_controls_are_restored_by_the_link(sent):
    app = opened()
    sent[-1][1]["on_view"]({"t": 0.5, "solver": "heun", "steps": 4, "rate": 0.01})
    app.session_state[KEPT] = {
        key: (None, value) for key, value in {"t": 0.5, "solver": "heun", "solver_steps": "4", "rate": 0.01}.items()
    }
    app.run()
    address = apptest.address(app)
    assert address == {"t": "0.5", "solver": "heun", "solver_steps": "4", "rate": "0.01"}
    assert sent[-1][0]["identity"] == sent[0][0]["identity"]  # the training goes on
    again = opened(set="moons", toy_seed="7", v1="20", **address)
    assert not again.warning
    data = sent[-1][0]
    assert data["view"] == {"t": 0.5, "solver": "heun", "steps": 4}
    assert (data["settings"]["rate"], data["settings"]["seed"]) == (0.01, 7)
    assert data["settings"]["network"] == (20, 64)


def test_releasing_a_slider_does_not_change_the_data_sent(sent):
    """Else all points would be sent again."""
    app = opened()
    app.session_state["component toy flow"] = {}  # it is on the page
    app.session_state[KEPT] = {"t": (None, 0.2), "rate": (None, 0.01)}
    app.run()
    assert apptest.address(app) == {"t": "0.2", "rate": "0.01"}
    assert sent[-1][0] == sent[0][0]


GOOD = {"t": 0.5, "solver": "heun", "steps": 4, "rate": 0.01}


@pytest.mark.parametrize(
    "report",
    [
        None,
        {},
        GOOD | {"t": 1.5},
        GOOD | {"t": float("nan")},
        GOOD | {"t": None},
        GOOD | {"solver": "rk4"},
        GOOD | {"solver": ["heun"]},
        GOOD | {"steps": 3},
        GOOD | {"steps": [4]},
        GOOD | {"rate": 0},
        GOOD | {"rate": "x"},
    ],
)
def test_impossible_reports_are_ignored(report, sent, monkeypatch):
    kept = []
    monkeypatch.setattr(url, "keep", lambda *what: kept.append(what))
    opened()
    kept.clear()
    sent[-1][1]["on_view"](report)
    assert kept == []
    sent[-1][1]["on_view"](GOOD)
    assert kept == [("t", 0.5), ("rate", 0.01), ("solver", "heun"), ("solver_steps", "4")]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("set", "mars"),
        ("t", "nan"),
        ("t", "2"),
        ("solver", "rk4"),
        ("solver_steps", "0"),
        ("solver_steps", "1000"),
        ("rate", "1e9"),
        ("v1", "0"),
        ("v2", "x"),
        ("batch", "1"),
        ("toy_seed", "-1"),
    ],
)
def test_invalid_links_are_reported_in_one_sentence(key, value):
    app = opened(**{key: value})
    assert not app.error
    assert len(app.warning) == 1
    assert "his link" in app.warning[0].value


def test_the_page_opens_with_a_trained_network_for_its_default_settings_only(sent):
    app = opened()
    trained = sent[-1][0]["trained"]
    weights = np.frombuffer(base64.b64decode(trained["weights"]), "<f4")
    network = checkpoints.load("toy_flow")
    assert len(weights) == sum(parameter.numel() for parameter in network.parameters())
    assert np.array_equal(weights[:64], network.body[0].weight[:, 0].detach().numpy())  # of x to the first layer
    assert trained["step"] == len(checkpoints.read("toy_flow").history["loss"]) * (20_000 // 256)
    app.selectbox(key="start").set_value("random").run()
    assert apptest.address(app) == {"start": "random"}
    assert sent[-1][0]["trained"] is None
    assert sent[-1][0]["identity"] != sent[0][0]["identity"]
    for other in ({"set": "moons"}, {"toy_seed": "1"}, {"v1": "20"}):
        app = opened(**other)
        assert sent[-1][0]["trained"] is None
        assert "start" not in [element.key for element in app.selectbox]


def test_without_the_checkpoint_the_page_opens_with_random_weights(sent, monkeypatch):
    def missing(name):
        raise checkpoints.CheckpointError(f"{name} is missing.")

    monkeypatch.setattr(checkpoints, "preview", missing)
    app = opened()
    assert not app.exception
    assert sent[-1][0]["trained"] is None


def test_another_layer_starts_another_training(sent):
    app = opened()
    app.number_input(key="v2").set_value(20).run()
    assert sent[0][0]["identity"] != sent[-1][0]["identity"]
    assert sent[-1][0]["settings"]["network"] == (64, 20)


@pytest.mark.parametrize(
    ("name", "value"), [("rate", 0.0), ("rate", float("nan")), ("batch", 1), ("steps", 0), ("seed", -1)]
)
def test_settings_out_of_bounds_are_reported_in_one_sentence(name, value):
    with pytest.raises(ValueError, match="must lie between"):
        toy_flow.Settings(**{name: value})


def test_settings_of_a_wrong_type_are_reported_in_one_sentence():
    with pytest.raises(ValueError, match="The network's hidden layers must have 1 to 128 units"):
        toy_flow.Settings(network=(0, 64))
    with pytest.raises(ValueError, match="The data must be one of"):
        toy_flow.Settings(data="mars")


def test_drawn_points_are_shared_with_the_toy_gan_and_too_few_are_reported(sent):
    app = opened(set="own")
    expect_drawn_points(app, sent)
