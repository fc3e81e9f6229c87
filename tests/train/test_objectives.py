"""Objectives against other computations of the same gradient, and moving averages against their formula."""

import dataclasses
import math

import pytest
import torch
from torch import nn

from data.splits import Split, Splits
from models.classifier import SpriteClassifier
from models.control import PIController
from models.probability import gaussian_log_density, reparameterise, standard_normal_log_prob
from models.vae import MLPVAE
from tests.toy_training import RECIPES, stripes
from train import monitor
from train.averaging import Average
from train.control import ControlRecipe, SteppedRecipe, TotalCorrelationRecipe
from train.loop import fit
from train.monitor import Monitor
from train.objectives import ImportanceRecipe, control_elbo, elbo, factors_cross_entropy, iwae, total_correlation_elbo
from train.recipe import constant

STILL = dataclasses.replace(RECIPES[0], learning_rate=0.0, batch=40_000)


def plain_gradients(model, x, codes):
    """The gradient of −log 1/K Σ w as autograd gives it: right on average, and noisy for the encoder."""
    mean, log_var = (t.repeat_interleave(codes, 0) for t in model.encode(x))
    z = reparameterise(mean, log_var, torch.randn(len(x) * codes, model.latent))
    weights = model.log_likelihood(x.repeat_interleave(codes, 0), z) + standard_normal_log_prob(z)
    weights = (weights - gaussian_log_density(z, mean, log_var)).view(len(x), codes)
    loss = math.log(codes) - weights.logsumexp(1).mean()
    return loss.item(), torch.autograd.grad(loss, list(model.parameters()))


def test_the_doubly_reparameterised_gradient_has_the_same_mean_as_the_plain_one():
    torch.manual_seed(0)
    model = MLPVAE(latent=2, hidden=3, shape=(1, 2, 2))
    with torch.no_grad():
        for p in model.parameters():
            p.mul_(2)  # a posterior that differs from the prior
    x = torch.tensor([1.0, 0.0, 1.0, 1.0]).view(1, 1, 2, 2).expand(40_000, -1, -1, -1)
    step, _ = iwae(model, ImportanceRecipe.of(STILL, codes=4), 10)
    bound = step(x, None)["bound"].item()
    ours = torch.cat([p.grad.flatten() for p in model.parameters()])
    loss, plain = plain_gradients(model, x, 4)
    plain = torch.cat([g.flatten() for g in plain])
    assert bound == pytest.approx(-loss, abs=0.01)
    assert (ours - plain).norm() < 0.03 * plain.norm()


def test_one_code_gives_the_evidence_lower_bound():
    torch.manual_seed(1)
    model = MLPVAE(latent=2, hidden=3, shape=(1, 2, 2))
    x = torch.ones(40_000, 1, 2, 2)
    step, _ = iwae(model, ImportanceRecipe.of(STILL, codes=1), 10)
    assert step(x, None)["bound"].item() == pytest.approx(-plain_gradients(model, x, 1)[0], abs=0.01)


def test_the_average_follows_its_formula_and_can_replace_the_weights():
    layer = nn.Linear(1, 1, bias=False)
    values, expected = [1.0, 3.0, -2.0], 1.0
    average = Average(layer, decay=0.9)
    for value in values:
        nn.init.constant_(layer.weight, value)
        average.update()
        expected = 0.9 * expected + 0.1 * value if value != 1.0 else expected
    with average.in_place():
        assert layer.weight.item() == pytest.approx(expected)
    assert layer.weight.item() == -2.0
    average.finish()
    assert layer.weight.item() == pytest.approx(expected)


CONTROLLED = ControlRecipe(
    **vars(RECIPES[0])
    | {
        "objective": control_elbo,
        "schedule": constant,
        "interval": 10,
        "controller": PIController(1.5, kp=0.01, ki=0.05, beta_min=1.0),
        "ramp": 0.5,
    }
)


def toy_model():
    torch.manual_seed(0)
    return MLPVAE(**CONTROLLED.arguments)


def test_the_controlled_bound_is_the_elbo_while_beta_is_one():
    """A set point that is never reached and no P: β stays at 1 and the weights are those of `elbo`, bit for bit."""
    still = dataclasses.replace(CONTROLLED, controller=PIController(1000.0, kp=0.0), ramp=0.0)
    ours, plain = toy_model(), toy_model()
    history, _ = fit(ours, still, stripes().train, quiet=True)
    expected, _ = fit(plain, dataclasses.replace(still, objective=elbo), stripes().train, quiet=True)
    assert history["beta"] == [1.0] * 6
    assert {k: history[k] for k in expected} == expected
    assert all(torch.equal(a, b) for a, b in zip(ours.parameters(), plain.parameters(), strict=True))


def test_the_total_correlation_with_weight_one_is_the_elbo():
    """β = 1: nothing is added, so the weights are those of `elbo` up to rounding."""
    recipe = TotalCorrelationRecipe(
        **{field.name: getattr(CONTROLLED, field.name) for field in dataclasses.fields(SteppedRecipe)}
        | {"objective": total_correlation_elbo, "beta": 1.0, "images": 1024}
    )
    ours, plain = toy_model(), toy_model()
    history, _ = fit(ours, recipe, stripes().train, quiet=True)
    expected, _ = fit(plain, dataclasses.replace(recipe, objective=elbo), stripes().train, quiet=True)
    assert history["loss"] == pytest.approx(expected["loss"], rel=1e-4)
    assert all(torch.allclose(a, b, atol=1e-4) for a, b in zip(ours.parameters(), plain.parameters(), strict=True))


@pytest.mark.slow
def test_a_larger_weight_lowers_the_total_correlation():
    base = {field.name: getattr(CONTROLLED, field.name) for field in dataclasses.fields(SteppedRecipe)}
    base |= {"objective": total_correlation_elbo, "images": 1024, "epochs": 15, "interval": 20}
    last = {}
    for beta in (1.0, 10.0):
        history, _ = fit(toy_model(), TotalCorrelationRecipe(**base, beta=beta), stripes().train, quiet=True)
        last[beta] = sum(history["total_correlation"][-5:]) / 5
    assert last[10.0] < last[1.0]


def test_the_controller_follows_its_formula_during_a_training():
    """Each step's β and I from that step's KL, against the controller by hand; the set point climbs its ramp."""
    model, measurements = toy_model(), []
    step, _ = control_elbo(model, CONTROLLED, 40)
    images = stripes().train.images
    for k in range(40):
        measured = step(images[64 * k % 1024 :][:64].float() / 255, None)
        measurements.append({name: value.item() for name, value in measured.items()})
    state = CONTROLLED.controller.start()
    for k, row in enumerate(measurements):
        assert row["set_point"] == pytest.approx(1.5 * min(1.0, (k + 1) / 20))
        beta, state = CONTROLLED.controller.respond(torch.tensor(row["kl"]), state, row["set_point"])
        assert row["beta"] == pytest.approx(beta.item(), abs=1e-6)
        assert row["integral"] == pytest.approx(state[0].item(), abs=1e-6)
        assert row["loss"] == pytest.approx(row["reconstruction"] + row["beta"] * row["kl"], rel=1e-5)


@pytest.mark.slow
def test_the_controller_keeps_the_kl():
    recipe = dataclasses.replace(CONTROLLED, epochs=35, interval=20, ramp=0.3)
    history, _ = fit(toy_model(), recipe, stripes().train, quiet=True)
    assert sum(history["kl"][-10:]) / 10 == pytest.approx(1.5, abs=0.1)
    assert history["beta"][-1] > 1.05  # it had to act


def test_a_stopped_controller_continues_bit_for_bit(tmp_path):
    whole, cut, file = toy_model(), toy_model(), tmp_path / "state.pt"
    expected, _ = fit(whole, CONTROLLED, stripes().train, quiet=True)

    class Stop(Exception):
        pass

    class Stopping(Monitor):
        def __init__(self, last):
            self.last = last

        def __call__(self, model):
            calls.append(1)
            if len(calls) == self.last:
                raise Stop
            return {}

    calls = []
    with pytest.raises(Stop):
        fit(cut, CONTROLLED, stripes().train, quiet=True, state_file=file, monitor=Stopping(4))
    resumed = toy_model()
    history, _ = fit(
        resumed, CONTROLLED, stripes().train, quiet=True, state_file=file, resume=True, monitor=Stopping(0)
    )
    assert history == expected
    assert all(torch.equal(a, b) for a, b in zip(whole.parameters(), resumed.parameters(), strict=True))


def test_a_training_with_a_kl_of_nan_stops():
    """β itself is still a number; the loss is NaN, and the loop reports it."""
    model = toy_model()
    with torch.no_grad():
        model.encoder[-1].bias.fill_(math.nan)
    with pytest.raises(FloatingPointError, match="diverged"):
        fit(model, CONTROLLED, stripes().train, quiet=True)


def test_the_cross_entropy_is_the_sum_over_factors():
    torch.manual_seed(0)
    model = SpriteClassifier(channels=(2, 2, 2), hidden=4)
    x, y = torch.rand(6, 1, 64, 64), torch.stack([torch.randint(n, (6,)) for n in model.sizes], 1)
    expected = sum(-logits.log_softmax(1)[range(6), y[:, k]].mean().item() for k, logits in enumerate(model.factors(x)))
    step, _ = factors_cross_entropy(model, STILL, 10)
    assert step(x, y)["loss"].item() == pytest.approx(expected, rel=1e-5)
    assert torch.equal(model.factors(x)[0], model(x))


def test_the_validation_bound_uses_all_classes_of_a_sorted_set(monkeypatch):
    """Pictures as bright as their class, and a log density that is the brightness."""
    labels = torch.arange(10).repeat_interleave(100)
    images = (20 * labels).to(torch.uint8).view(-1, 1, 1, 1)
    splits = Splits("made up", "", *[Split(images, labels)] * 2, valid=Split(images, labels, sorted=True))
    monkeypatch.setattr(monitor, "importance_log_px", lambda model, x, k: x.flatten())
    assert monitor.ValidBound(None, splits)(None)["valid_bound"] == pytest.approx(90 / 255, rel=0.1)
