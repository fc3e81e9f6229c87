"""Inception FID of a stored generator, added to its card: python -m evaluate.fid mnist_gan

5,000 samples (or as many as there are real pictures), with five seeds, against as many real ones on pytorch-fid's
features, about a fifth of a second a picture on one core. The real pictures' features are kept in the data root's cache
for the next model.
"""

import torch

from checkpoints import floors
from evaluate import command, inception
from evaluate.features import FeatureNetwork, features_with_bar, real_features
from evaluate.real import of_halves
from evaluate.samples import MEAN, SEEDS, Generator, over_seeds, pictures, thousands
from metrics.frechet import frechet_of_features

SAMPLES = 5000


def figures(
    model: Generator, real: torch.Tensor, network: FeatureNetwork, name: str, others: torch.Tensor | None = None
) -> tuple[dict, dict]:
    """(metrics, protocol) of a generator against uint8 real pictures (N, C, H, W).

    The floor compares as many of the `others`, real pictures that are not among these, with them; without others it
    compares halves, half as many pictures on each side: with fewer pictures than the 2,048 dimensions the distance is
    too high by more, so that floor is rather too high than too low.
    """
    real = chosen(real)
    n = len(real)
    truth = real_features(network, real)
    fid = f"fid_{name}_{thousands(n)}"
    tables = (features_with_bar(network, pictures(model, n, seed), f"samples of seed {seed}") for seed in SEEDS)
    metrics, protocol = over_seeds(fid, (frechet_of_features(table, truth) for table in tables))
    protocol[fid] = f"{n:,} samples against {n:,} random real pictures, Inception features of pytorch-fid; {MEAN}"
    if others is not None and len(others) >= n:
        table = real_features(network, chosen(others))
        metrics["fid_floor"], protocol["fid_floor"] = frechet_of_features(table, truth), floors.in_place(n, n)
    else:
        found, how = of_halves("frechet", truth)
        metrics |= {key.replace("frechet", "fid"): value for key, value in found.items()}
        protocol |= {key.replace("frechet", "fid"): words for key, words in how.items()}
    return metrics, protocol


def chosen(real: torch.Tensor) -> torch.Tensor:
    """5,000 random ones of the real pictures (N, C, H, W), the same for every model; all where there are fewer."""
    return real[torch.randperm(len(real), generator=torch.Generator().manual_seed(0))[:SAMPLES]]


def main(name: str, device: torch.device | str = "cpu") -> None:
    """Measure a stored generator and write the figures into its card."""
    model, splits = command.generator(name, device)
    others = None if splits.test is splits.train else splits.train.images
    metrics, protocol = figures(model, splits.test.images, inception.load().to(device), splits.name, others)
    command.added(name, metrics, protocol, then=f"python -m evaluate.fid {name}")


if __name__ == "__main__":
    command.run_on("evaluate.fid", __doc__, main)
