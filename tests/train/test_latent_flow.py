"""Flow matching on the codes of a stored VAE: what is learned, from which codes, and what is monitored."""

import dataclasses
from functools import partial
from typing import Any

import pytest
import torch

import checkpoints
from data.splits import Split, Splits
from evaluate import latent_flow as figures
from evaluate import preview, prior, real
from models.latent_flow import LatentFlow
from models.probability import reparameterise
from train.augment import MOVES, by_a_pixel
from train.catalogue import RECIPES
from train.latent_flow import HeldCodes, latent_flow_matching, posteriors
from train.loop import fit
from train.studies import compare
from train.studies.variants import Comparison, Variant


def strokes(n, seed):
    """Pictures (n, 1, 28, 28) of bright rectangles, of ten classes."""
    random = torch.Generator().manual_seed(seed)
    images = torch.zeros(n, 1, 28, 28, dtype=torch.uint8)
    for image, (top, left) in zip(images, torch.randint(18, (n, 2), generator=random).tolist(), strict=True):
        image[0, top : top + 9, left : left + 5] = 255
    return Split(images, torch.arange(n) % 10)


def made_up():
    return Splits("kmnist", "made up", strokes(300, 0), strokes(20, 1))


RECIPE: Any = dataclasses.replace(
    RECIPES["kmnist_latent_flow"],
    data=made_up,
    watched=50,
    epochs=2,
    interval=3,
    batch=64,
    arguments={"width": 16, "layers": 1, "moves": MOVES},
)


@pytest.fixture
def model():
    torch.manual_seed(0)
    return LatentFlow(**RECIPE.arguments)


def test_codes_of_the_train_pictures_have_mean_0_and_deviation_1(model):
    _, state = latent_flow_matching(model, RECIPE, steps=10)
    vae, train = checkpoints.load("kmnist_vae"), RECIPE.splits().train
    means, log_vars = posteriors(vae, train)
    assert torch.allclose(means, vae.encode(train.floats())[0], atol=1e-4)
    drawn = [model.standardised(reparameterise(means, log_vars, torch.randn_like(means))) for _ in range(30)]
    assert torch.cat(drawn).mean(0).abs().max() < 0.02
    assert (torch.cat(drawn).std(0) - 1).abs().max() < 0.02
    assert set(state) == {"optimiser", "schedule", "average"}


def test_a_step_updates_only_the_flow_and_starts_at_the_loss_of_zero_velocity(model):
    step, _ = latent_flow_matching(model, RECIPE, steps=10)
    decoder = {name: values.clone() for name, values in checkpoints.load("kmnist_vae").decoder.state_dict().items()}
    train, before = RECIPE.splits().train, model.flow.head[-1].weight.clone()
    loss = step(train.floats(), train.labels)["loss"]
    assert loss.item() == pytest.approx(2, rel=0.05)  # variances of code and noise
    assert not torch.equal(model.flow.head[-1].weight, before)
    assert all(torch.equal(values, decoder[name]) for name, values in model.decoder.state_dict().items())


def test_codes_of_shifted_pictures_are_labelled_and_samples_are_unshifted(model, monkeypatch):
    asked, vae, train = [], checkpoints.load("kmnist_vae"), RECIPE.splits().train
    monkeypatch.setattr(checkpoints, "load", lambda name: vae)
    encoded, velocity = vae.encode, model.flow.velocity
    monkeypatch.setattr(vae, "encode", lambda x: asked.append(x) or encoded(x))
    monkeypatch.setattr(model.flow, "velocity", lambda x, t, label, move: asked.append(move) or velocity(x, t, label))
    step, _ = latent_flow_matching(model, RECIPE, steps=10)
    asked.clear()
    step(train.floats(), train.labels)
    pictures, move = asked
    wanted, which = by_a_pixel(train.floats(), (move + 0.5) / MOVES)
    assert torch.equal(which, move)
    assert torch.equal(pictures, wanted)
    assert len(move.unique()) == MOVES


def test_a_flow_without_a_given_shift_uses_the_first_one(model):
    for weights in model.flow.parameters():  # the last linear layers start at zero
        torch.nn.init.normal_(weights, std=0.2)
    x, t, label = torch.randn(6, 128), torch.rand(6), torch.arange(6)
    with torch.no_grad():
        stayed, untold = (model.flow.velocity(x, t, label, move) for move in (torch.zeros(6, dtype=torch.long), None))
        moved = model.flow.velocity(x, t, label, torch.ones(6, dtype=torch.long))
    assert torch.equal(stayed, untold)
    assert (stayed - moved).abs().max() > 0.01


def test_held_out_codes_are_monitored_with_fixed_noise_unlike_the_training(model):
    monitor = HeldCodes(RECIPE, RECIPE.splits())
    latent_flow_matching(model, RECIPE, steps=10)
    state = torch.random.get_rng_state()
    first = monitor(model)
    assert torch.equal(torch.random.get_rng_state(), state)
    assert monitor(model) == first
    assert first["held_loss"] == pytest.approx(2, rel=0.3)


def test_a_training_keeps_averaged_weights_and_a_history_of_both_losses(model):
    history, _ = fit(model, RECIPE, RECIPE.splits().train, monitor=HeldCodes(RECIPE, RECIPE.splits()), quiet=True)
    assert {name: len(values) for name, values in history.items()} == {"loss": 2, "held_loss": 2}
    with torch.no_grad():
        assert torch.isfinite(model.eval().picture(torch.randn(2, 128), torch.tensor([1, 2]))).all()


def test_guidance_is_chosen_on_held_out_pictures(model, monkeypatch):
    splits, chosen = RECIPE.splits(), []
    assert splits.valid is not None
    drawn = {1.0: splits.test.images, 2.0: splits.valid.images, 3.0: splits.train.images}
    monkeypatch.setattr(figures, "GUIDANCES", tuple(drawn))
    monkeypatch.setattr(figures, "of_each_class", lambda model, count, seed, guidance: drawn[guidance])
    monkeypatch.setattr(figures.flow, "asked_evenly", lambda *given: (chosen.append(given[2:]) or {}, {}))
    metrics, _ = figures.guided(model, splits, splits)
    assert metrics["guidance"] == 2
    assert chosen == [(2.0, "guided")]
    assert figures.guided(model, made_up(), splits) == ({}, {})


def test_the_card_and_a_study_name_the_weights_of_the_encoder():
    wanted = {"kmnist_vae": checkpoints.read("kmnist_vae").sha256}
    assert RECIPE.foundations() == wanted
    comparison = Comparison("Which?", "toy", "loss", True, lambda *_: {}, {"one": Variant(RECIPE, "one")}, seeds=(0,))
    ((key, _),) = compare.plan("toy", comparison)
    assert key["built_on"] == wanted


@pytest.mark.slow
def test_figures_use_all_real_pictures_and_state_how_many_were_trained_on(model, monkeypatch):
    monkeypatch.setattr(prior, "SAMPLES", 120)
    monkeypatch.setitem(real.SAMPLES, "kmnist", 60)
    monkeypatch.setattr(preview, "of_generator", lambda model, **_: {})
    monkeypatch.setattr(figures, "CHOOSING", 30)
    monkeypatch.setattr(figures, "GUIDANCES", (1.0, 2.0))
    monkeypatch.setattr(figures.flow, "asked", partial(figures.flow.asked, count=10))
    latent_flow_matching(model, RECIPE, steps=10)
    metrics, protocol, _ = figures.evaluate(model.eval(), RECIPE.splits())
    known = "60 samples against 120 real pictures, 100 of which the VAE was trained on, features of kmnist_classifier"
    assert protocol["frechet_kmnist_60"].startswith(known)
    assert "10 steps of the midpoint rule, against 120" in protocol["frechet_kmnist_60_classes"]
    assert metrics["guidance"] in (1, 2)
    assert f"guidance {metrics['guidance']:g}, 10 steps" in protocol["frechet_kmnist_60_guided"]
    assert "which of 1, 2 gives" in protocol["guidance"]
    assert "30 samples to the 50 train pictures that were held out" in protocol["guidance"]
    assert "60 samples against the 20 test pictures" in protocol["frechet_kmnist_unseen_infinite"]
    assert metrics["frechet_kmnist_60"] > metrics["frechet_floor"]
    assert protocol["recognised"].endswith("than of the 5 % least sure test pictures")
    assert metrics.keys() >= {"frechet_kmnist_60_classes", "asked_class_guidance_1", "nearest_train", "kid", "coverage"}
