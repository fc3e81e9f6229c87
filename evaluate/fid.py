"""Inception FID of a stored generator, added to its card: python -m evaluate.fid mnist_gan

5,000 samples (or as many as there are real pictures), with five seeds, against as many real ones on pytorch-fid's
features, about an eighth of a second per picture on one core. The user's cache keeps the features of the real pictures
for the next model, and every distance, so that a stopped command can resume. The card's run identifies the real
pictures by a digest and two numbers of their features, whose last bits differ from machine to machine.
"""

import contextlib
import json
from collections.abc import Callable
from hashlib import sha256

import torch

from checkpoints.files import rewrite
from data.folders import cache
from evaluate import command, inception
from evaluate.features import FeatureNetwork, features_with_bar, real_features
from evaluate.flow import way
from evaluate.real import of_halves
from evaluate.samples import MEAN, SEEDS, Generator, of_each_class, over_seeds, pictures, thousands
from metrics.frechet import frechet_of_features, moments
from models.flow import Flow
from models.latent_flow import LatentFlow

SAMPLES = 5000
DRAWS = 2  # sets of other real pictures for the floor


def figures(
    model: Generator, real: torch.Tensor, network: FeatureNetwork, name: str, others: torch.Tensor | None = None
) -> tuple[dict, dict, dict]:
    """(metrics, protocol, description of the real pictures) of a generator against uint8 real pictures (N, C, H, W).

    The floor compares them with as many `others`: real pictures not among them, by default the remainder of `real`. If
    there are too few, it compares two halves of the real pictures: with half as many, and fewer than the 2,048
    dimensions, the distance has more bias, so that this floor is too high rather than too low.
    """
    order = shuffled(real)
    real, rest = real[order[:SAMPLES]], real[order[SAMPLES:]]
    n = len(real)
    truth = real_features(network, real)
    metrics, protocol = floor(network, truth, rest if others is None else others[shuffled(others)])
    for ending, draw, words in _ways(model):
        fid = f"fid_{name}_{thousands(n)}{ending}"
        found, how = over_seeds(fid, (_distance(network, draw(model, n, seed), truth, real) for seed in SEEDS))
        how[fid] = f"{n:,} samples{words} against {n:,} random real pictures, Inception features of pytorch-fid; {MEAN}"
        metrics, protocol = metrics | found, protocol | how
    return metrics, protocol, described(real, truth)


def _distance(network, samples, truth, real):
    """The distance of samples to features of real pictures; cached on disk, so that a stopped command can resume."""
    names = [sha256(images.numpy().tobytes()).hexdigest()[:32] for images in (samples, real)]
    file = cache() / "fid" / f"{'_'.join(names)}.json"
    with contextlib.suppress(OSError, ValueError):
        return float(json.loads(file.read_text()))
    value = frechet_of_features(features_with_bar(network, samples, "samples"), truth)
    with contextlib.suppress(OSError):  # without a writable folder it only takes longer
        file.parent.mkdir(parents=True, exist_ok=True)
        rewrite(file, json.dumps(value).encode())
    return value


def _ways(model: Generator) -> list[tuple[str, Callable[..., torch.Tensor], str]]:
    """(suffix of the figure's name, function (model, number, seed) -> samples, words) of each way to sample.

    There are two for a flow with classes: without a class, and with equally many pictures of each class.
    """
    if not isinstance(model, Flow | LatentFlow):
        return [("", pictures, "")]
    how = way(model)
    asked = ("_classes", of_each_class, f", as many of each class that was asked for, guidance 1, {how},")
    return [*([asked] if model.classes else []), ("", pictures, f", {how},")]


def shuffled(images: torch.Tensor) -> torch.Tensor:
    """A random order (N,) of pictures (N, C, H, W), the same for every model."""
    return torch.randperm(len(images), generator=torch.Generator().manual_seed(0))


def floor(network: FeatureNetwork, truth: torch.Tensor, others: torch.Tensor) -> tuple[dict, dict]:
    """(metrics, protocol) of other real pictures (M, C, H, W) instead of samples, against features (N, width)."""
    n = len(truth)
    draws = [draw for draw in others.split(n)[:DRAWS] if len(draw) == n]
    if len(draws) < DRAWS:
        found, how = ({k.replace("frechet", "fid"): v for k, v in part.items()} for part in of_halves("frechet", truth))
        return found, how
    metrics, protocol = over_seeds("fid_floor", (frechet_of_features(real_features(network, x), truth) for x in draws))
    return metrics, protocol | {
        "fid_floor": f"{n:,} others in place of the samples, against the same {n:,}, mean of {DRAWS} draws",
        "fid_floor_spread": f"standard deviation over the {DRAWS} draws",
    }


def described(real: torch.Tensor, truth: torch.Tensor) -> dict:
    """Numbers by which others can check that they have the same real pictures (N, C, H, W) and features (N, width)."""
    found = moments([truth])
    return {
        "pictures": len(real),
        "pictures_sha256": sha256(real.numpy().tobytes()).hexdigest(),
        "mean_squared": float(f"{found.mean.square().sum().item():.5g}"),
        "trace_of_covariance": float(f"{found.covariance.trace().item():.5g}"),
    }


def main(name: str, device: torch.device | str = "cpu") -> None:
    """Measure a stored generator and write the figures into its card."""
    model, splits = command.generator(name, device)
    others = None if splits.test is splits.train else splits.train.images
    metrics, protocol, real = figures(model, splits.test.images, inception.load().to(device), splits.name, others)
    command.added(name, metrics, protocol, then=f"python -m evaluate.fid {name}", fid_real=real)


if __name__ == "__main__":
    command.run_on("evaluate.fid", __doc__, main)
