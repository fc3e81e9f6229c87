"""The energy distance of a toy GAN's points over seeds, against the formula by hand."""

import numpy as np
import pytest
import torch
from scipy.spatial.distance import cdist

import checkpoints
from checkpoints.recorded.toy_settings import ENERGY_POINTS
from data import planar
from evaluate import points
from evaluate.samples import SEEDS
from models.toy_gan import ToyGAN


def test_the_mean_over_seeds_matches_the_formula():
    torch.manual_seed(0)
    model = ToyGAN((8, 8), (8, 8))
    model.centre.copy_(torch.tensor([0.5, 9.0]))
    model.scale.copy_(torch.tensor([2.0, 7.0]))
    each = []
    for seed in SEEDS:
        rng = np.random.default_rng([seed, ENERGY_POINTS])
        noise = torch.from_numpy(rng.standard_normal((1, ENERGY_POINTS, 2))).float()
        x = model.generate(noise)[0].detach().numpy() / [2.0, 7.0]
        y = planar.parabola(ENERGY_POINTS, rng) / [2.0, 7.0]
        each.append(2 * cdist(x, y).mean() - cdist(x, x).mean() - cdist(y, y).mean())
    metrics, protocol = points.figures(model, planar.parabola)
    assert metrics["energy_distance"] == pytest.approx(np.mean(each), rel=1e-5)
    assert metrics["energy_distance_spread"] == pytest.approx(np.std(each, ddof=1), rel=1e-4)
    assert "mean of 5 seeds" in protocol["energy_distance"]


def test_the_card_matches_the_stored_weights():
    card = checkpoints.read("parabola_gan")
    metrics, _ = points.figures(checkpoints.load(card.name), planar.parabola)
    assert card.metrics["energy_distance"] == pytest.approx(metrics["energy_distance"], rel=1e-4)


def test_pictures_are_refused():
    with pytest.raises(checkpoints.CheckpointError, match="no points"):
        points.main("mnist_gan")
