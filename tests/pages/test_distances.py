"""The JSD and Wasserstein page through app.py: exact curves, live training, links and bad input."""

import functools
import math

import numpy as np
import pytest

from checkpoints.recorded.critic_settings import Settings
from tests import apptest, slow
from ui.distances import pairs
from ui.distances.pairs import Pair

QUICK = {"steps": "12", "steps_pair": "12", "width": "4", "batch": "16"}


opened = functools.partial(apptest.opened, "distances/jsd_wasserstein")


def train_button(app):
    return next(b for b in app.button if b.label.startswith("Train"))


def largest_errors(app):
    """What the page says of the networks' errors."""
    return [text.value for text in app.markdown if text.value.startswith("**Largest error**")]


def test_exact_curves_of_the_line_segments():
    thetas, curves = pairs.exact(Pair("line", "line"))
    apart = np.abs(thetas) > 1e-9
    finite = apart & np.isfinite(curves["jsd"])
    assert curves["jsd"][finite] == pytest.approx(np.full(finite.sum(), math.log(2)), abs=1e-12)
    assert curves["wasserstein"] == pytest.approx(np.abs(thetas), abs=1e-9)
    assert curves["wasserstein_gradient"][finite] == pytest.approx(np.sign(thetas[finite]), abs=1e-6)
    at_zero = curves["jsd"][~apart]
    assert sorted(at_zero[np.isfinite(at_zero)]) == [0.0]  # a point with a gap on both sides


def test_two_gaussians_match_the_closed_form():
    thetas, curves = pairs.exact(Pair("gaussian", "gaussian"))
    assert curves["wasserstein"] == pytest.approx(np.abs(thetas), abs=1e-6)


@pytest.mark.parametrize("theta", [0.4, 1.2, -2.995])
def test_the_curves_have_a_value_at_every_place_of_the_slider(theta):
    # The legend shows the value at the nearest θ of a curve: of two equal Gaussians it has to be the θ beside it.
    shown = pairs.content(Pair("gaussian", "gaussian"), None, theta)
    assert shown["value"] == pytest.approx(theta, abs=shown["step"] / 2)
    slider = np.arange(shown["low"], shown["high"] + shown["step"] / 2, shown["step"])
    (curve,) = (one for one in shown["panels"][0]["series"] if one["name"] == "Wasserstein")
    for at in (shown["value"], *slider):
        near = np.abs(np.array(curve["x"]) - at).argmin()
        assert curve["y"][near] == pytest.approx(abs(at), abs=1e-5)


@pytest.mark.parametrize(
    ("pair", "kinks"),
    [
        (Pair("line", "line"), ["jsd", "wasserstein"]),
        (Pair("square", "square"), ["jsd", "wasserstein"]),  # the JSD of two uniform densities is |θ| log 2
        (Pair("uniform", "uniform"), ["jsd", "wasserstein"]),
        (Pair("tanh", "tanh"), ["wasserstein"]),
        (Pair("gaussian", "gaussian", 0.1, 0.1), ["wasserstein"]),
        (Pair("gaussian", "gaussian", 0.1, 0.11), []),
        (Pair("gaussian", "uniform"), []),
        (Pair("line", "square"), []),
    ],
)
def test_a_slope_has_no_value_at_a_jump(pair, kinks):
    thetas, curves = pairs.exact(pair)
    for name in ("jsd", "wasserstein"):
        there = curves[f"{name}_gradient"][np.abs(thetas) < 1e-9]
        assert np.isnan(there).all() == (name in kinks)


@pytest.mark.parametrize("p", ["uniform", "gaussian", "line"])
def test_a_uniform_density_is_drawn_with_upright_sides(p):
    drawn = pairs.stage(Pair(p, "uniform"))
    x, density = np.array(drawn["x"]), np.array(drawn["q"])
    before = np.flatnonzero(np.diff(density))
    assert x[before] == pytest.approx([0, 1], abs=1e-6)
    assert x[before + 1] == pytest.approx([0, 1], abs=1e-6)
    if p == "line":  # a point mass: a triangle over two cells of the grid
        assert np.trapezoid(drawn["p"], x) == pytest.approx(1.5 * 0.01 * Pair(p, "uniform").reach, rel=1e-3)


def test_the_first_page_has_exact_curves_only():
    app = opened()
    assert not app.error
    assert not app.warning
    assert not largest_errors(app)
    assert not app.expander


def test_the_stored_run_is_shown_before_any_click():
    from checkpoints import recorded

    app = opened(curves="networks")
    assert not app.error
    assert not app.warning
    (text,) = largest_errors(app)
    assert "below 0.0001 nats for the JSD, 0.0006 units of x for the corrected" in text
    errors = pairs.errors(Pair("line", "line"), recorded.theta_sweep()[1][-1])
    assert errors["jsd"] < 1e-4
    assert errors["corrected"] == pytest.approx(0.0006, abs=5e-5)
    assert any("Estimates are those at the nearest θ" in caption.value for caption in app.caption)


def test_settings_are_kept_while_only_exact_curves_are_shown():
    app = opened(curves="networks", width="7")
    for curves in ("exact", "networks"):
        app.selectbox(key="curves").set_value(curves).run()
    assert app.number_input(key="width").value == 7


def test_the_legend_has_at_most_seven_names_and_two_without_networks():
    from checkpoints import recorded

    pair = Pair("line", "line")
    for snapshot, count in ((None, 2), (recorded.theta_sweep()[1][-1], 7)):
        names = {series["name"] for panel in pairs.panels(pair, snapshot) for series in panel["series"]}
        assert len(names) == count


@pytest.mark.parametrize(
    ("p", "q"),
    slow.all_but(
        [("line", "square")], [("line", "square"), ("gaussian", "tanh"), ("uniform", "uniform"), ("tanh", "tanh")]
    ),
)
def test_every_pair_has_curves_and_trains(p, q):
    app = opened(p=p, q=q, **QUICK)
    assert not largest_errors(app)  # nothing is stored for it
    train_button(app).click().run()
    assert not app.exception
    assert not app.error
    assert len(largest_errors(app)) == 1
    run = app.session_state["sweep run"]
    assert run.finished
    assert run.history["step"][-1] == 12


def test_two_visitors_train_independently():
    apps = [opened(nets_seed=str(seed), **QUICK) for seed in (1, 2)]
    for app in apps:
        train_button(app).click().run()
    one, two = (app.session_state["sweep run"].snapshot.raw for app in apps)
    assert not np.allclose(one, two)
    again = opened(nets_seed="1", **QUICK)
    train_button(again).click().run()
    assert np.array_equal(again.session_state["sweep run"].snapshot.raw, one)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"lambda": "0"}, "penalty"),
        ({"steps": "0"}, "number of steps"),
        ({"steps": "1000000"}, "number of steps"),
    ],
)
def test_untrainable_settings_are_reported_in_one_sentence(query, words):
    app = opened(**query)
    assert len(app.error) == 1
    assert words in app.error[0].value
    assert train_button(app).disabled


@pytest.mark.parametrize("query", [{"theta": "nan"}, {"theta": "9"}, {"p": "circle"}, {"lambda": "x"}, {"batch": "-3"}])
def test_a_link_with_unknown_values_is_reported_in_one_sentence(query):
    app = opened(**query)
    assert len(app.warning) == 1
    assert not app.error


def test_identical_distributions_and_theta_zero_are_estimated_as_near_zero():
    app = opened(p="gaussian", q="gaussian", steps_pair="60", width="8", curves="networks")
    train_button(app).click().run()
    snapshot = app.session_state["sweep run"].snapshot
    middle = len(snapshot.thetas) // 2
    assert snapshot.thetas[middle] == 0
    assert snapshot.mean("jsd")[middle] == pytest.approx(0.0, abs=0.02)
    assert snapshot.mean("corrected")[middle] == pytest.approx(0.0, abs=0.1)


def test_stop_keeps_the_results_so_far():
    run = pairs.Run(Pair("line", "line"), Settings(steps=1000, width=4, batch=16))
    run.advance(0.0)
    before = run.snapshot
    run.stop()
    assert not run.going
    assert run.snapshot is before
    assert 0 <= before.progress < 1


def test_a_training_that_cannot_start_is_reported():
    run = pairs.Run(Pair("line", "line"), Settings(steps=20_000, width=256, batch=4096, seeds=20, hidden=3))
    run.advance(0.1)
    assert not run.going
    assert "minutes" in run.problem
