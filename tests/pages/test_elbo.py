"""The ELBO page through app.py: both sides agree, estimates are measured right, links and bad input."""

import functools

import numpy as np
import pytest

from metrics import gradients
from metrics.linear_gaussian import log_normal
from tests import apptest
from ui.learn import agreement, elbo, reparameterise, trade_off
from ui.url.reported import KEPT

opened = functools.partial(apptest.without_error, "learn/elbo")


CORNERS = [[r[end] for r in elbo.RANGES] for end in ("min", "max")]


@pytest.mark.parametrize("numbers", [elbo.START, *CORNERS, [0, 0.1, 3, 0.3, 2, -1], [-6, 3, 3, 0.3, 0.5, -1]])
def test_both_sides_agree(numbers):
    sides = elbo.sides([float(n) for n in numbers])
    for name, (formula, integral) in sides.items():
        assert formula == pytest.approx(integral, rel=1e-9, abs=1e-9), name
    formulas = {name: formula for name, (formula, _) in sides.items()}
    assert formulas["elbo"] == pytest.approx(formulas["reconstruction"] - formulas["kl_prior"], abs=1e-10)
    assert formulas["elbo"] + formulas["kl_posterior"] == pytest.approx(formulas["log_px"], abs=1e-9)


def test_every_posterior_can_be_reached_by_q():
    for x in (-3.0, 3.0):
        for s in (0.3, 2.0):
            for a in (0.5, 2.0):
                for b in (-1.0, 1.0):
                    model, at = elbo.model([0, 1, x, s, a, b])
                    assert elbo._fit([*model.posterior(at), x, s, a, b])


def test_the_likelihood_as_a_function_of_z_matches_the_model():
    numbers = [0.0, 1.0, 1.7, 0.4, 1.3, -0.6]
    f, z = reparameterise.function("likelihood", numbers), np.linspace(-4, 4, 9)
    assert f(z) == pytest.approx(log_normal(1.7, 1.3 * z - 0.6, 0.4), rel=1e-12)


@pytest.mark.parametrize("name", reparameterise.FUNCTIONS)
def test_means_of_the_draws_are_within_five_errors_of_the_gradient(name):
    f, noise = reparameterise.function(name, elbo.START), reparameterise.draws(3)
    for each in reparameterise.estimates(f, reparameterise.START, noise).values():
        error = each.std(1) / len(noise) ** 0.5
        assert (np.abs(each.mean(1) - f.gradient(*reparameterise.START[:2])) < 5 * error).all()


def test_the_downloaded_curve_falls_and_passes_through_the_posterior():
    columns = trade_off.curve(elbo.START)
    assert (np.diff(columns["kl"]) < 0).all()
    assert (np.diff(columns["reconstruction"]) < 0).all()
    model, x = elbo.model(elbo.START)
    middle = np.abs(np.log(columns["beta"])).argmin()
    assert columns["beta"][middle] == pytest.approx(1, rel=1e-12)
    assert (columns["mean"][middle], columns["width"][middle]) == pytest.approx(model.posterior(x))


def test_the_start_is_not_in_the_link():
    app = opened()
    assert not app.warning
    assert not {"elbo", "draw", "trade_off", "f", "draws_seed", "part"} & set(app.query_params)
    assert any("agree to 12 decimals" in caption.value for caption in app.caption)


@pytest.mark.parametrize(
    ("difference", "decimals"), [(0.0, 12), (4e-13, 12), (6e-13, 11), (4e-10, 9), (6e-10, 8), (0.06, 0), (3.0, 0)]
)
def test_agreement_is_stated_in_decimals(difference, decimals):
    assert agreement.within(difference) == f"to {decimals} decimals"


@pytest.mark.parametrize(("query", "part"), [({"draw": "-1_0.5_-2"}, "gradient"), ({"trade_off": "2.5_1.25"}, "price")])
def test_an_older_link_without_a_part_opens_the_matching_part(query, part):
    app = opened(**query)
    assert app.query_params["part"] == part


def test_a_part_keeps_its_settings_while_another_part_is_shown():
    app = opened(part="gradient", f="sine", draws_seed="7", elbo="1_0.5_-2_0.7_1.5_0.25")
    for part in ("price", "bound", "gradient"):
        app.button_group(key="part").set_value(part).run()
        assert not app.exception
        assert app.session_state[KEPT]["elbo"] == ("", [1, 0.5, -2, 0.7, 1.5, 0.25])
    assert app.selectbox(key="f").value == "sine"
    assert app.number_input(key="draws_seed").value == 7


def test_the_page_names_the_estimate_with_the_larger_spread():
    def spreads(name):
        f = reparameterise.function(name, elbo.START)
        return [gradients.moments(one, f, *reparameterise.START[:2])[1] for one in reparameterise.ESTIMATORS.values()]

    (own, score), (_, lifted), (sine, sine_score) = (spreads(name) for name in ("square", "lifted", "sine"))
    for k in range(2):  # ∂/∂μ and ∂/∂σ
        assert own[k] < score[k] < lifted[k]
        assert sine[k] > sine_score[k]


def test_which_estimate_of_a_wave_spreads_more_depends_on_the_width_of_q_as_the_page_says():
    f = reparameterise.function("sine", elbo.START)
    for mean in np.linspace(-3, 3, 25):
        narrow, wide = (
            [gradients.moments(one, f, mean, sd)[1] for one in reparameterise.ESTIMATORS.values()] for sd in (0.2, 0.35)
        )
        assert narrow[0][1] < narrow[1][1]  # ∂/∂σ at the least σ
        assert (np.array(wide[0]) > wide[1]).all()
    text = " ".join(one.value for one in opened(part="gradient").markdown)
    assert "unless q is narrow (σ below about 0.3)" in text


def test_a_function_names_the_part_that_has_its_model():
    app = opened(part="gradient", f="likelihood")
    (named,) = (one for one in app.selectbox(key="f").options if "p(x|z)" in one)
    part = app.get("button_group")[0].options[0]
    assert named.endswith(f"of “{part}”")


@pytest.mark.parametrize("name", reparameterise.FUNCTIONS)
def test_a_link_restores_everything(name):
    app = opened(elbo="1_0.5_-2_0.7_1.5_0.25", draw="-1_0.5_-2", f=name, draws_seed="7")
    assert not app.warning
    assert app.session_state[KEPT]["elbo"] == ("", [1, 0.5, -2, 0.7, 1.5, 0.25])
    assert app.session_state[KEPT]["draw"] == ("", [-1, 0.5, -2])
    price = opened(trade_off="2.5_1.25", part="price")
    assert price.session_state[KEPT]["trade_off"] == ("", [2.5, 1.25])
    table = next(m.value for m in app.markdown if m.value.startswith("| | ∂/∂μ"))
    exact = reparameterise.function(name, [1, 0.5, -2, 0.7, 1.5, 0.25]).gradient(-1, 0.5)
    assert f"{exact[0]:.4f}".replace("-", "−") in table.splitlines()[2]


def test_a_link_without_a_part_opens_its_part_after_another_page_with_parts():
    app = apptest.opened("explore/inside")
    app.switch_page("learn/elbo.py")
    app.query_params.update(trade_off="2.5_1.25")
    app.run()
    assert app.session_state["part"] == "price"


@pytest.mark.parametrize(
    "query",
    [
        {"elbo": "x"},
        {"elbo": "0_0_2_0.6_1_0"},
        {"elbo": "0_1_2_nan_1_0"},
        {"elbo": "0_1_2"},
        {"elbo": "1" * 999},
        {"draw": "0_0_0"},
        {"draw": "inf_1_1"},
        {"trade_off": "0_1"},
        {"trade_off": "1"},
        {"f": "tangent"},
        {"draws_seed": "-1"},
    ],
)
def test_a_link_with_unknown_values_is_reported_in_one_sentence(query):
    app = opened(**query)
    assert len(app.warning) == 1
