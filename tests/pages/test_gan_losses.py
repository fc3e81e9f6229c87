"""Losses and slopes of the GAN losses page against derivatives taken by hand; the page through app.py."""

import functools
import re
from dataclasses import dataclass

import pytest
import torch

from models import adversarial
from tests import apptest
from tests.models.test_adversarial import BY_HAND, A
from ui.learn import losses

LOGITS = tuple(A.tolist())
opened = functools.partial(apptest.without_error, "learn/gan_losses")


@pytest.mark.parametrize("role", losses.ROLES)
def test_every_loss_of_the_project_is_drawn_with_the_values_and_slopes_by_hand(role):
    drawn = losses.values_and_slopes(role, LOGITS)
    for kind, (values, slopes) in drawn.items():
        value, slope = BY_HAND[getattr(adversarial, kind)][role]
        assert values == pytest.approx(value, rel=1e-12, abs=1e-20)
        assert slopes == pytest.approx(slope, rel=1e-12, abs=1e-20)
    curves = {tuple(terms[role][0].round(9)) for terms in BY_HAND.values()}
    assert {tuple(values.round(9)) for values, _ in drawn.values()} == curves


def test_a_new_loss_is_drawn_with_its_title_and_formulas(monkeypatch):
    @dataclass(frozen=True)
    class Exponential(adversarial.Loss):
        title = "Exponential"
        latex = adversarial.Latex(real=("e^{-a}", "-e^{-a}"), fake=("e^a", "e^a"), generator=("e^{-a}", "-e^{-a}"))

        def real_term(self, a):
            return torch.exp(-a)

        def fake_term(self, a):
            return torch.exp(a)

        generator_term = real_term

    monkeypatch.setattr(adversarial, "LOSSES", (*adversarial.LOSSES, Exponential))
    losses.values_and_slopes.clear()
    try:
        for role in losses.ROLES:
            *_, added = losses.panels(role)[1]["series"]
            assert added["name"] == "Exponential"
            assert added["colour"] not in {series["colour"] for series in losses.panels(role)[1]["series"][:-1]}
        assert losses.table("fake", 1.0).endswith("| Exponential | $e^a$ = 2.718282 | $e^a$ = 2.718282 |")
    finally:
        losses.values_and_slopes.clear()


@pytest.mark.parametrize("role", losses.ROLES)
def test_every_role_has_curves_and_formulas(role):
    app = opened(player=role, logit="2.5")
    assert not app.warning
    assert not any(
        re.search(r" [−+=/] ", text.value) for text in app.markdown if "$" not in text.value
    )  # break nowhere
    assert ("player" in app.query_params) == (role != "generator")
    table = next(m.value for m in app.markdown if m.value.startswith("| | loss"))
    assert table.count("\n") == 1 + len(losses.distinct(role))
    assert all(f"| {losses.name(role, loss)} |" in table for loss in losses.distinct(role))


def test_values_in_the_table_match_the_logit():
    rows = losses.table("generator", -4.0).splitlines()
    assert "−0.018150" in rows[2]  # log(1 − σ(−4)) = −log(1 + e⁻⁴)
    assert "−0.017986" in rows[2]  # −σ(−4)
    assert "4.018150" in rows[3]


def slopes(role, logit):
    """{class: its slope at a logit}."""
    return {kind: gradients[0] for kind, (_, gradients) in losses.values_and_slopes(role, (logit,)).items()}


def test_the_statements_of_the_page_about_the_slopes_hold():
    left, right = slopes("generator", losses.LOW), slopes("generator", losses.HIGH)
    assert left["Minimax"] == pytest.approx(0, abs=1e-3)
    for kind in ("NonSaturating", "Hinge", "Wasserstein"):
        assert left[kind] == pytest.approx(-1, abs=1e-3)
    assert abs(left["LeastSquares"]) > 10
    assert right["NonSaturating"] == pytest.approx(0, abs=1e-3)
    assert right["LeastSquares"] > 10  # pushes back
    for role, end, goal in (("real", losses.HIGH, 1.0), ("fake", losses.LOW, 0.0)):
        at = slopes(role, end)
        assert at["NonSaturating"] == pytest.approx(0, abs=1e-3)
        assert at["Hinge"] == 0
        assert slopes(role, goal - 1)["LeastSquares"] < 0 < slopes(role, goal + 1)["LeastSquares"]
    assert slopes("fake", losses.LOW)["Wasserstein"] == slopes("fake", losses.HIGH)["Wasserstein"]


@pytest.mark.parametrize("role", losses.ROLES)
def test_a_generated_sample_has_one_name(role):
    app = opened(player=role)
    shown = [element.value for kind in (app.markdown, app.caption) for element in kind]
    shown += [*app.segmented_control(key="player").options, *losses.ROLES.values()]
    assert not [words for words in shown if "fake" in words]
    assert any("generated" in words for words in shown)


@pytest.mark.parametrize("query", [{"logit": "nan"}, {"logit": "9"}, {"player": "nobody"}])
def test_a_link_with_unknown_values_is_reported_in_one_sentence(query):
    assert len(opened(**query).warning) == 1
