"""Energy distance of a stored toy GAN's points over several seeds: python -m evaluate.points parabola_gan"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

import checkpoints
from checkpoints.recorded.toy_settings import ENERGY_POINTS
from data import planar
from evaluate import command
from evaluate.samples import SEEDS, over_seeds
from metrics.energy import energy_distance
from models.toy_gan import ToyGAN


@torch.no_grad()
def figures(model: ToyGAN, real: Callable[[int, np.random.Generator], np.ndarray]) -> tuple[dict, dict]:
    """(metrics, protocol) of the first member against fresh real points, for every seed.

    real(n, rng) -> points (n, 2); distances are in standard deviations of their coordinates.
    """
    values, centre, scale = [], model.centre.numpy(), model.scale.numpy()
    for seed in SEEDS:
        rng = np.random.default_rng([seed, ENERGY_POINTS])
        noise = torch.from_numpy(rng.standard_normal((model.members, ENERGY_POINTS, model.latent))).float()
        points = model.generate(noise)[0].double().numpy()
        values.append(energy_distance((points - centre) / scale, (real(ENERGY_POINTS, rng) - centre) / scale))
    metrics, protocol = over_seeds("energy_distance", values)
    protocol["energy_distance"] = (
        f"2 E‖X − Y‖ − E‖X − X'‖ − E‖Y − Y'‖ of {ENERGY_POINTS} generated and {ENERGY_POINTS} fresh real points, all "
        f"pairs, in standard deviations of each coordinate of the real ones; mean of {len(SEEDS)} seeds of both"
    )
    return metrics, protocol


def main(name: str) -> None:
    """Measure the points of a stored toy GAN and write the figures into its card."""
    card = checkpoints.read(name)
    if card.family != "toy_gan":
        raise checkpoints.CheckpointError(f"{name} makes no points in the plane.")
    command.added(name, *figures(checkpoints.load(name), getattr(planar, card.dataset["name"])))


if __name__ == "__main__":
    command.run("evaluate.points", __doc__, main)
