"""Features of pictures from a network: where images become points that a distance can compare."""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import torch
from tqdm import tqdm

from evaluate import inception_cache
from models.classifier import ConvClassifier

if TYPE_CHECKING:
    import numpy as np

    Images = torch.Tensor | np.ndarray  # (N, C, H, W) uint8


class FeatureNetwork(Protocol):
    """What has features: shape (C, H, W) of the pictures that it takes, or None where it takes any size."""

    @property
    def shape(self) -> tuple[int, ...] | None: ...

    def features(self, x: torch.Tensor, /) -> torch.Tensor:
        """(N, width) of pictures (N, C, H, W) in [0, 1]."""
        ...


BATCH = 50  # pictures at once: what a classifier of ours makes of them stays in the processor's cache


@torch.no_grad()
def features(
    network: FeatureNetwork,
    images: Images,
    batch: int | None = None,
    progress: Callable[[int], object] = lambda count: None,
) -> torch.Tensor:
    """(N, width) float32 of uint8 pictures (N, C, H, W), numpy or torch, by `network.features`.

    batch: pictures at once, by default `network.batch`, where the network says what suits it.
    progress(number of pictures) is called after every batch.
    """
    tables, device, extract = [], device_of(network), _extractor(network)
    for part in torch.as_tensor(images).split(batch or getattr(network, "batch", BATCH)):
        tables.append(extract(part.to(device).float().div(255)).cpu())
        progress(len(part))
    return torch.cat(tables)


def _extractor(network):
    """network.features, or what gives the same sooner."""
    if isinstance(network, ConvClassifier) and not network.training and device_of(network).type == "cpu":
        return network.folded()
    return network.features


def device_of(network: object) -> torch.device:
    """Where the weights of a network are; the CPU for one without any."""
    weights = network.parameters() if isinstance(network, torch.nn.Module) else iter(())
    first = next(weights, None)
    return torch.device("cpu") if first is None else first.device


def features_with_bar(network: FeatureNetwork, images: Images, title: str) -> torch.Tensor:
    """(N, width) float32 as `features` gives them, with a progress bar where somebody watches."""
    with tqdm(total=len(images), desc=title, unit=" pictures", disable=not sys.stderr.isatty(), leave=False) as bar:
        return features(network, images, progress=bar.update)


def real_features(network: FeatureNetwork, images: Images) -> torch.Tensor:
    """(N, width) float32 of real pictures (N, C, H, W) uint8; Inception's are kept on disk for the next time."""
    if network.shape:
        return features_with_bar(network, images, "real pictures")
    table = inception_cache.read(images)
    if table is None:
        table = features_with_bar(network, images, "real pictures")
        inception_cache.write(images, table)
    return table


@torch.no_grad()
def probabilities(
    classifier: Callable[[torch.Tensor], torch.Tensor], images: Images, batch: int = BATCH
) -> torch.Tensor:
    """(N, classes) of uint8 pictures, rows that sum to 1."""
    parts, device = torch.as_tensor(images).split(batch), device_of(classifier)
    return torch.cat([classifier(part.to(device).float().div(255)).softmax(1).cpu() for part in parts])


@torch.no_grad()
def features_and_classes(classifier: ConvClassifier, images: Images) -> tuple[torch.Tensor, torch.Tensor]:
    """(features (N, width), the class (N,) that the classifier gives) of uint8 pictures, which pass through once."""
    table = features(classifier, images)
    return table, classifier.head(table.to(device_of(classifier))).argmax(1).cpu()


SPLITS = 20  # random parts of real pictures that a floor is the mean of


def halves(table: torch.Tensor, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Two random halves of the rows (N, d), N // 2 each."""
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    middle = len(table) // 2
    return table[order[:middle]], table[order[middle : 2 * middle]]


def floor(
    distance: Callable[[torch.Tensor, torch.Tensor], float], real: torch.Tensor, splits: int = 1
) -> tuple[float, float]:
    """What real pictures have among themselves: the distance between two random halves of their features (N, d).

    Returns its mean and standard deviation (NaN of one) over `splits` random ways to halve. A distance with a bias is
    higher here than that of as many samples, since each half has half as many.
    """
    values = [distance(*halves(real, seed)) for seed in range(splits)]
    return statistics.mean(values), statistics.stdev(values) if splits > 1 else math.nan


def draws_of(table: torch.Tensor, count: int, draws: int = SPLITS, seed: int = 0) -> tuple[list[torch.Tensor], float]:
    """(`draws` random parts of `count` rows of a table (N, d), correction of their standard deviation).

    Parts have no row in common where the table is large enough. Elsewhere each is drawn anew, so that two of them share
    count/N of their rows, which makes values of a mean scatter less by √(1 − count/N): the correction undoes that.
    Raises ValueError for as many rows as the table has, or more.
    """
    if count >= len(table):
        raise ValueError(f"A draw of {count} needs more than {len(table)} pictures.")
    generator = torch.Generator().manual_seed(seed)
    if draws * count <= len(table):
        order = torch.randperm(len(table), generator=generator)
        return [table[order[k * count : (k + 1) * count]] for k in range(draws)], 1.0
    parts = [table[torch.randperm(len(table), generator=generator)[:count]] for _ in range(draws)]
    return parts, 1 / math.sqrt(1 - count / len(table))
