"""Figures of real pictures in place of samples: python -m evaluate.real NAME writes them into a generator's card.

With the figure's own number of pictures if checkpoints/recorded/floors.json has it (train against test pictures);
otherwise from halves of the real pictures, and extrapolated to infinitely many on both sides. No sample is drawn.
"""

from __future__ import annotations

import functools
import math

import torch

import checkpoints
from checkpoints import floors
from data.splits import Splits
from evaluate import command, feature_networks
from evaluate.features import SPLITS, features, floor
from evaluate.samples import thousands
from metrics.frechet import extrapolated_both, frechet_of_features
from metrics.kid import kid

DISTANCES = {"frechet": frechet_of_features, "kid": kid}
SAMPLES = {"emoji": 3000}  # number of a model's samples; 10,000 for other sets


def samples(splits: Splits) -> int:
    """How many samples are measured for a model of these pictures."""
    return SAMPLES.get(splits.name, 10_000)


def figures(splits: Splits, real: torch.Tensor | None = None) -> tuple[dict, dict]:
    """(metrics, protocol) of the real pictures that samples are compared with.

    real: their features (N, width), if already computed.
    """
    metrics, protocol = {}, {}
    for name in DISTANCES:
        known = floors.at(splits.name, len(splits.test), samples(splits), name)
        if known is None:
            if real is None:
                network = checkpoints.load(feature_networks.CLASSIFIERS[splits.name])
                real = features(network, splits.test.images)
            found, how = of_halves(name, real)
        else:
            found = {f"{name}_floor": known.value, f"{name}_floor_spread": known.spread or 0.0}
            how = {f"{name}_floor": known.words, f"{name}_floor_spread": f"standard deviation over {known.draws} draws"}
        metrics, protocol = metrics | found, protocol | how
    if splits.test is splits.train and real is not None:
        found, how = infinite_floor(real)
        metrics, protocol = metrics | found, protocol | how
    if splits.test is not splits.train:
        metrics["nearest_train_of_test"] = nearest_train(splits.test.some(500).images, splits)
        protocol["nearest_train_of_test"] = (
            "the same for 500 test pictures. Copies come closer, and so do blurred pictures: a mean is near to many"
        )
    return metrics, protocol


def of_halves(name: str, real: torch.Tensor) -> tuple[dict, dict]:
    """(metrics, protocol) of one of DISTANCES between two halves of features (N, width), the mean of random splits."""
    value, spread = floor(DISTANCES[name], real, SPLITS)
    half = len(real) // 2
    return {f"{name}_floor": value, f"{name}_floor_spread": spread}, {
        f"{name}_floor": f"{half:,} of these real pictures against {half:,} others, mean of {SPLITS} random splits",
        f"{name}_floor_spread": f"standard deviation over the {SPLITS} splits",
    }


def infinite_floor(real: torch.Tensor) -> tuple[dict, dict]:
    """(metrics, protocol) of halves of features (N, width), extrapolated on both sides: 0 except for its scatter."""
    value, spread = floor(extrapolated_both, real, SPLITS)
    return {"frechet_infinite_floor": value, "frechet_infinite_floor_spread": spread}, {
        "frechet_infinite_floor": "halves of these real pictures against each other, both extrapolated to infinitely "
        f"many, mean of {SPLITS} random splits",
        "frechet_infinite_floor_spread": f"standard deviation over the {SPLITS} splits",
    }


def nearest_train(images: torch.Tensor, splits: Splits) -> float:
    """Mean Euclidean distance of pictures (N, C, H, W) uint8 to their nearest train picture, pixels in [0, 1]."""
    return _nearest(images, splits.train.images)


def train_to_test(images: torch.Tensor, splits: Splits) -> float:
    """The same distance to train pictures, as many as there are test pictures, divided by that to the test pictures.

    For pictures (N, C, H, W) uint8. Below 1 if they are nearer to the train pictures; blurred ones are near to both.
    """
    train = splits.train.some(len(splits.test)).images
    return _nearest(images, train) / _nearest(images, splits.test.images)


def _nearest(images, others):
    rows, others = (x.flatten(1).float().div(255) for x in (images, others))
    best = functools.reduce(torch.minimum, (torch.cdist(rows, part).amin(1) for part in others.split(10_000)))
    return best.mean().item()


def main(name: str) -> None:
    """Measure the real pictures for a stored generator whose samples have a Fréchet distance and a KID."""
    card = checkpoints.read(name)
    splits = command.splits_of(card)
    if f"frechet_{splits.name}_{thousands(samples(splits))}" not in card.metrics or "kid" not in card.metrics:
        raise checkpoints.CheckpointError(f"{name} has no distances of samples; measure them first.")
    metrics, protocol = figures(splits)
    assert all(math.isfinite(value) for value in metrics.values())
    command.added(name, metrics, protocol)


if __name__ == "__main__":
    command.run("evaluate.real", __doc__, main)
