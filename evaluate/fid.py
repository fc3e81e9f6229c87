"""Inception FID of a stored generator, added to its card: python -m evaluate.fid mnist_gan

5,000 samples (or as many as there are real pictures) against as many real ones on pytorch-fid's features, about a fifth
of a second a picture on one core. The real pictures' features are kept in the data root's cache for the next model.
"""

import torch

from evaluate import command, inception
from evaluate.features import FeatureNetwork, features_with_bar, floor, real_features
from evaluate.samples import Generator, pictures
from metrics.frechet import frechet_of_features

SAMPLES = 5000


def figures(model: Generator, real: torch.Tensor, network: FeatureNetwork, name: str) -> tuple[dict, dict]:
    """(metrics, protocol) of a generator against uint8 real pictures (N, C, H, W).

    The floor compares halves, half as many pictures on each side; with fewer pictures than the 2,048 dimensions the
    distance is too high by more, so the floor is rather too high than too low.
    """
    real = chosen(real)
    n = len(real)
    truth = real_features(network, real)
    samples = features_with_bar(network, pictures(model, n, seed=1), "samples")
    fid = f"fid_{name}_{n // 1000}k"
    metrics = {fid: frechet_of_features(samples, truth), "fid_floor": floor(frechet_of_features, truth)}
    protocol = {
        fid: f"{n:,} samples against {n:,} random real pictures, Inception features of pytorch-fid",
        "fid_floor": f"{n // 2:,} of these real pictures against {n // 2:,} others",
    }
    return metrics, protocol


def chosen(real: torch.Tensor) -> torch.Tensor:
    """5,000 random ones of the real pictures (N, C, H, W), the same for every model; all where there are fewer."""
    return real[torch.randperm(len(real), generator=torch.Generator().manual_seed(0))[:SAMPLES]]


def main(name: str) -> None:
    """Measure a stored generator and write the figures into its card."""
    model, splits = command.generator(name)
    metrics, protocol = figures(model, splits.test.images, inception.load(), splits.name)
    command.added(name, metrics, protocol, then=f"python -m evaluate.fid {name}")


if __name__ == "__main__":
    command.run("evaluate.fid", __doc__, main)
