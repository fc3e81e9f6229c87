"""Figures of a flow: python -m evaluate.flow NAME adds them and the preview to its card.

Those of every generator, samples of requested classes, the path back to noise, and the first step from noise.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np
import torch
from torch import nn

import checkpoints
from checkpoints.recorded.toy_settings import ENERGY_POINTS
from data.splits import Split, Splits
from evaluate import Evaluation, command, feature_networks, generated, preview
from evaluate import real as of_real
from evaluate.features import device_of, features, features_and_classes
from evaluate.samples import MEAN, SEEDS, of_each_class, over_seeds, thousands
from metrics.energy import energy_distance, noise_floor
from metrics.frechet import frechet_of_features
from metrics.variety import within_classes
from models.classifier import ConvClassifier
from models.flow import STEPS, Flow
from models.latent_flow import LatentFlow

COUNT = 1000  # pictures per figure
GUIDANCES = (1.0, 3.0)  # for samples of requested classes
BATCH = 100
MIDPOINT = f"{STEPS} steps of the midpoint rule"


def way(model: Flow | LatentFlow) -> str:
    """How the model's samples are drawn, in words."""
    return MIDPOINT if model.limit is None else f"{MIDPOINT}, the last one by Euler"


def evaluate(model: Flow, splits: Splits) -> Evaluation:
    """The figures of every generator, and those that only a flow has."""
    metrics, protocol = generated.figures(model, splits)
    for own, how in (
        asked_evenly(model, splits),
        way_back(model, splits.test),
        of_classes(model, splits, asked(model)),
        first_answer(model, splits.train),
    ):
        metrics, protocol = metrics | own, protocol | how
    return Evaluation(metrics, protocol, preview.of_flow(model.cpu()))


@torch.no_grad()
def asked_evenly(
    model: Flow | LatentFlow, splits: Splits, guidance: float = 1.0, ending: str = "classes"
) -> tuple[dict, dict]:
    """(metrics, protocol): the Fréchet distance of samples with equally many of each class; {} without classes.

    ending: suffix of the figure's name.
    """
    if not model.classes or splits.name not in feature_networks.CLASSIFIERS:
        return {}, {}
    n, network = of_real.samples(splits), feature_networks.CLASSIFIERS[splits.name]
    classifier = checkpoints.load(network).to(device_of(model))
    real = features(classifier, splits.test.images)
    tables = (features(classifier, of_each_class(model, n, seed, guidance)) for seed in SEEDS)
    key = f"frechet_{splits.name}_{thousands(n)}_{ending}"
    metrics, protocol = over_seeds(key, (frechet_of_features(table, real) for table in tables))
    protocol[key] = (
        f"{n:,} samples, as many of each class that was asked for, guidance {guidance:g}, {way(model)}, "
        f"against {len(real):,} real pictures, features of {network}; {MEAN}"
    )
    return metrics, protocol


@torch.no_grad()
def way_back(model: Flow, split: Split, count: int = COUNT) -> tuple[dict, dict]:
    """(metrics, protocol): how well pictures are reconstructed from the noise at the end of the backward path."""
    error, length, images = 0.0, 0.0, split.some(count).floats()
    for x in images.to(device_of(model)).split(BATCH):
        z = model.code(x)
        error += (model.picture(z) - x).square().flatten(1).mean(1).sum().item()
        length += z.norm(dim=1).sum().item()
    metrics = {
        "round_trip_mse": error / len(images),
        "code_length": length / len(images) / math.sqrt(model.latent),
    }
    protocol = {
        "round_trip_mse": f"squared error of {len(images):,} test pictures that went backwards to noise and forwards "
        f"again, pixels in [0, 1]; {way(model)} and on the way back the first one its inverse",
        "code_length": "mean length of these codes in units of √latent; that of random noise is 1",
    }
    return metrics, protocol


def asked(
    model: Flow | LatentFlow, guidances: Iterable[float] = GUIDANCES, count: int = COUNT
) -> Iterator[tuple[float, list[torch.Tensor]]]:
    """(guidance, pictures (count, C, H, W) uint8 of each seed), equally many of each class; each guidance is sampled
    only when the iterator reaches it."""
    for guidance in guidances:
        yield guidance, [of_each_class(model, count, seed, guidance) for seed in SEEDS]


@torch.no_grad()
def of_classes(
    model: Flow | LatentFlow, splits: Splits, drawn: Iterable[tuple[float, list[torch.Tensor]]]
) -> tuple[dict, dict]:
    """(metrics, protocol): whether samples are of the requested class, and how much samples of one class differ.

    drawn: (guidance, pictures (N, C, H, W) uint8 of each seed), from `asked`. {} without classes, or if no classifier
    knows them; then nothing is sampled.
    """
    network = feature_networks.naming(splits.name)
    if not model.classes or not network:
        return {}, {}
    classifier = checkpoints.load(network)
    real = spread_within(classifier, splits.test.images)
    metrics, protocol = {}, {}
    for guidance, of_seeds in drawn:
        found = [features_and_classes(classifier, pictures) for pictures in of_seeds]
        count = len(of_seeds[0])
        labels = torch.arange(count) % model.classes
        right, variety = (f"{key}_guidance_{guidance:g}" for key in ("asked_class", "variety"))
        for key, values in {
            right: [(named == labels).double().mean().item() for _, named in found],
            variety: [within_classes(table, named) / real for table, named in found],
        }.items():
            own, words = over_seeds(key, values)
            metrics, protocol = metrics | own, protocol | words
        how = f"{count:,} samples, as many of each class; guidance {guidance:g}, {way(model)}; {MEAN}"
        protocol[right] = f"share to which the classifier gives the class that was asked for, of {how}"
        protocol[variety] = (
            f"variance of the features within a class over that of {len(splits.test):,} real pictures, of {how}"
        )
    return metrics, protocol


def spread_within(classifier: ConvClassifier, images: torch.Tensor | np.ndarray) -> float:
    """Summed variance of the features of uint8 pictures (N, C, H, W) within a class, mean over the classes.

    The class is the classifier's, so that a sample of a wrong class does not count as variety.
    """
    return within_classes(*features_and_classes(classifier, images))


@torch.no_grad()
def first_answer(model: Flow, split: Split, count: int = 100, seed: int = 0) -> tuple[dict, dict]:
    """(metrics, protocol): how close one step from noise is to the mean picture of a Split, see Flow.expected."""
    answers = expected_pictures(model, count, seed)
    error = (answers - split.images.double().mean(0) / 255).square().mean().sqrt().item()
    spread = answers.std(0).square().mean().sqrt().item()
    return {"first_answer_error": 255 * error, "first_answer_spread": 255 * spread}, {
        "first_answer_error": f"root mean squared difference in grey levels of one step from each of {count} noises to "
        "the mean train picture",
        "first_answer_spread": "standard deviation of these answers over the noises, grey levels",
    }


@torch.no_grad()
def expected_pictures(model: Flow, count: int, seed: int = 0) -> torch.Tensor:
    """E[picture | noise] (count, *shape), black 0 and white 1, for noise from a CPU generator with this seed."""
    noise = torch.randn(count, model.latent, generator=torch.Generator().manual_seed(seed))
    return model.expected(noise.to(device_of(model))).cpu() * 0.5 + 0.5


@torch.no_grad()
def of_points(model: Flow, splits: Splits, n: int = ENERGY_POINTS, repeats: int = 1000) -> Evaluation:
    """The energy distance of generated points to test points, in standard deviations, the same for real points, and
    the error of the velocity."""
    real = 2 * splits.test.floats().double().numpy() - 1

    def drawn(seed):
        noise = torch.randn(n, model.latent, generator=torch.Generator().manual_seed(seed))
        return energy_distance(model.generate(noise).double().numpy(), sample(n, np.random.default_rng(seed)))

    def sample(count, rng):
        return real[rng.integers(len(real), size=count)]

    metrics, protocol = over_seeds("energy_distance", map(drawn, SEEDS))
    metrics["energy_floor_95"] = noise_floor(sample, n, np.random.default_rng(0), repeats)
    metrics["velocity_error"] = velocity_error(model, torch.from_numpy(real).float())
    protocol |= {
        "velocity_error": f"mean squared error of the velocity over {len(real):,} test points, a noise for each, times "
        "uniform in [0, 1], and both coordinates, in variances",
        "energy_distance": f"{n:,} generated points against {n:,} test points, all pairs, in standard deviations of "
        f"each coordinate; {MIDPOINT}; {MEAN}",
        "energy_floor_95": f"95 % quantile of the same between two real samples of {n:,} points, {repeats:,} pairs",
    }
    return Evaluation(metrics, protocol, {"weights": in_the_browser(model)})


@torch.no_grad()
def velocity_error(model: Flow, data: torch.Tensor) -> float:
    """Mean squared error of v(x_t, t) over points (N, d), one noise each, as shown by ui/components/lib/toy_flow.js.

    Times are uniform in [0, 1), one in each of N equal intervals.
    """
    random, n = torch.Generator().manual_seed(0), len(data)
    noise = torch.randn(data.shape, generator=random)
    t = (torch.randperm(n, generator=random) + torch.rand(n, generator=random)) / n
    x = (1 - t[:, None]) * noise + t[:, None] * data
    velocity = model.velocity(x, t, torch.full((n,), model.classes))
    return (velocity - (data - noise)).square().mean().item()


def in_the_browser(model: Flow) -> np.ndarray:
    """The weights of an MLPFlow in the order of ui/components/lib/network.js: (N,) float32.

    For each layer its matrix (inputs, outputs) row by row, then its biases.
    """
    layers = [layer for layer in model.modules() if isinstance(layer, nn.Linear)]
    parts = [part.flatten() for layer in layers for part in (layer.weight.T, layer.bias)]
    return torch.cat(parts).detach().cpu().numpy() if parts else np.empty(0, np.float32)


def add_to_card(name: str, device: torch.device | str = "cpu") -> None:
    """Measure a stored flow of pictures; write the figures into its card, and its preview next to the weights."""
    command.measured_again(name, device, Flow, "is not a flow, so these figures are not its own.", evaluate)


if __name__ == "__main__":
    command.run_on("evaluate.flow", __doc__, add_to_card)
