"""The density page through app.py: recorded trainings, live ones, and bad input."""

import functools

import numpy as np
import pytest

from checkpoints.recorded.critic_settings import DENSITY_SETTINGS
from metrics import density
from tests import apptest
from ui.components import curve_player
from ui.distances import densities

opened = functools.partial(apptest.opened, "distances/density")


def train_button(app):
    return next(b for b in app.button if b.label.startswith("Train"))


def recorded_figures(network):
    """{name: its number at every snapshot} of a recorded network, such as 2x32."""
    from checkpoints import recorded

    snapshots = next(snapshots for s, snapshots in recorded.density()[1] if f"{s.hidden}x{s.width}" == network)
    texts = densities.figures(snapshots)
    return {name: [float(text.split()[0].replace("−", "-")) for text in each] for name, each in texts.items()}


def test_the_recorded_training_reaches_its_aim():
    error, value, best = recorded_figures("2x32").values()
    assert error[0] > 0.7
    assert error[-1] < 0.02
    assert value[-1] == pytest.approx(best[-1], abs=1e-3)


def test_a_network_that_is_too_small_does_not_reach_the_density():
    error, *_ = recorded_figures("1x1").values()
    assert min(error) > 0.1


def test_the_page_opens_at_step_0_and_a_link_opens_at_its_step(monkeypatch):
    given = {}
    monkeypatch.setattr(curve_player, "_component", lambda key, data, **on: given.update(data))
    app = opened()
    assert not app.error
    assert not app.warning
    assert "step" not in app.query_params
    assert given["captions"][given["start"]] == "step 0 of 1,000"
    app = opened(step="336")
    assert not app.warning
    assert given["captions"][given["start"]] == "step 336 of 1,000"
    assert app.query_params["step"] == "336"
    opened(step="350")
    assert given["captions"][given["start"]] == "step 336 of 1,000"  # the nearest
    assert len(opened(step="2000").warning) == 1


def test_the_table_has_the_curves_of_every_snapshot_whichever_is_shown():
    from checkpoints import recorded

    grid, runs = recorded.density()
    snapshots = runs[-1][1]
    table = densities.table(grid, snapshots)
    assert list(table["step"].unique()) == [s.step for s in snapshots]
    assert len(table) == len(grid) * len(snapshots)
    last = table[table["step"] == snapshots[-1].step]
    assert last["x"].to_numpy() == pytest.approx(grid)
    assert last["f1_estimate"].to_numpy() == pytest.approx(
        last["f0"].to_numpy() * last["D"].to_numpy() / (1 - last["D"].to_numpy())
    )
    assert last["f1"].to_numpy() == pytest.approx(densities.F1.density(grid))
    for step in ("0", "336"):
        assert [button.label for button in opened(step=step).download_button] == ["Curves of all snapshots as CSV"]


def test_the_best_value_matches_the_analytic_one():
    assert densities.best() == pytest.approx(-1.211380, abs=1e-6)


def test_panels_have_the_true_density_and_one_frame_per_snapshot():
    from checkpoints import recorded

    grid, runs = recorded.density()
    snapshots = runs[-1][1]
    shown = densities.panels(grid, snapshots)
    truth, _, estimate = shown[0]["series"]
    x = np.array(truth["x"])
    assert np.array(truth["y"]) == pytest.approx(densities.F1.density(x), abs=1e-8)
    assert len(estimate["frames"]) == len(snapshots)
    last = density.density_from_discriminator(snapshots[-1].logits[0], densities.F0.density(grid))
    assert np.array(estimate["frames"][-1]) == pytest.approx(np.interp(x, grid, last), abs=1e-6)


def test_a_visitor_can_train_a_network():
    app = opened(net="own", net_steps="40", net_width="4")
    assert not app.download_button
    assert f"**{train_button(app).label}**" in app.info[0].value
    train_button(app).click().run()
    assert not app.exception
    assert not app.error
    run = app.session_state["density run"]
    assert run.training.finished
    assert [s.step for s in run.snapshots][-1] == 40
    assert [button.label for button in app.download_button] == ["Curves of all snapshots as CSV"]


def test_a_number_of_steps_typed_just_before_the_click_is_used():
    """The browser sends both together; an invalid number starts nothing, now or later."""
    app = opened(net="own", net_steps="40", net_width="4")
    app.number_input(key="net_steps").set_value(30)
    train_button(app).click().run()
    assert not app.exception
    assert app.session_state["density run"].training.step == 30
    app.number_input(key="net_steps").set_value(0)
    train_button(app).click().run()
    assert app.session_state["density run"] is None
    app.number_input(key="net_steps").set_value(40).run()
    assert app.session_state["density run"] is None


@pytest.mark.parametrize("steps", ["0", "1000000"])
def test_an_invalid_number_of_steps_is_reported_in_one_sentence(steps):
    app = opened(net="own", net_steps=steps)
    assert len(app.error) == 1
    assert "steps" in app.error[0].value
    assert train_button(app).disabled


def test_stop_keeps_the_frames():
    run = densities.Run(DENSITY_SETTINGS)
    run.advance(0.3)
    run.stop()
    assert not run.going
    assert len(run.snapshots) > 0
    assert run.training.step < DENSITY_SETTINGS.steps
