"""Flow matching on the codes of a stored VAE: what is learned, from which codes, and what is watched."""

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
from train.catalogue import RECIPES
from train.latent_flow import HeldCodes, latent_flow_matching, posteriors
from train.loop import fit


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
    arguments={"width": 16, "layers": 1},
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


def test_a_step_moves_the_flow_alone_and_begins_at_the_loss_of_no_velocity(model):
    step, _ = latent_flow_matching(model, RECIPE, steps=10)
    decoder = {name: values.clone() for name, values in checkpoints.load("kmnist_vae").decoder.state_dict().items()}
    train, before = RECIPE.splits().train, model.flow.head[-1].weight.clone()
    loss = step(train.floats(), train.labels)["loss"]
    assert loss.item() == pytest.approx(2, rel=0.05)  # variances of code and noise
    assert not torch.equal(model.flow.head[-1].weight, before)
    assert all(torch.equal(values, decoder[name]) for name, values in model.decoder.state_dict().items())


def test_held_codes_are_watched_with_the_same_noise_and_the_training_draws_its_own(model):
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


@pytest.mark.slow
def test_figures_compare_with_all_real_pictures_and_say_how_many_were_trained_on(model, monkeypatch):
    monkeypatch.setattr(prior, "SAMPLES", 120)
    monkeypatch.setitem(real.SAMPLES, "kmnist", 60)
    monkeypatch.setattr(preview, "of_generator", lambda model, **_: {})
    monkeypatch.setattr(figures.flow, "of_classes", partial(figures.flow.of_classes, count=10))
    latent_flow_matching(model, RECIPE, steps=10)
    metrics, protocol, _ = figures.evaluate(model.eval(), RECIPE.splits())
    known = "60 samples against 120 real pictures, 100 of which the VAE was trained on, features of kmnist_classifier"
    assert protocol["frechet_kmnist_60"].startswith(known)
    assert "10 steps of the midpoint rule, against 120" in protocol["frechet_kmnist_60_classes"]
    assert "200 samples against the 20 test pictures" in protocol["frechet_kmnist_unseen_infinite"]
    assert metrics["frechet_kmnist_60"] > metrics["frechet_floor"]
    assert metrics.keys() >= {"frechet_kmnist_60_classes", "asked_class_guidance_1", "nearest_train", "kid", "coverage"}
