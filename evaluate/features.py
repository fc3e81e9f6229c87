"""Features of pictures from a network: points between which distances are measured."""

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
    """A network with features. shape: (C, H, W) of its input pictures, or None if it takes any size."""

    @property
    def shape(self) -> tuple[int, ...] | None: ...

    def features(self, x: torch.Tensor, /) -> torch.Tensor:
        """(N, width) of pictures (N, C, H, W) in [0, 1]."""
        ...


BATCH = 50  # pictures at once, so that a classifier's activations stay in the processor's cache


@torch.no_grad()
def features(
    network: FeatureNetwork,
    images: Images,
    batch: int | None = None,
    progress: Callable[[int], object] = lambda count: None,
) -> torch.Tensor:
    """(N, width) float32 of uint8 pictures (N, C, H, W), numpy or torch, by `network.features`.

    batch: pictures at once, by default `network.batch` if the network has one, else BATCH.
    progress(number of pictures) is called after every batch.
    """
    tables, device, extract = [], device_of(network), _extractor(network)
    for part in torch.as_tensor(images).split(batch or getattr(network, "batch", BATCH)):
        tables.append(extract(part.to(device).float().div(255)).cpu())
        progress(len(part))
    return torch.cat(tables)


def _extractor(network):
    """network.features, or a faster equivalent."""
    if isinstance(network, ConvClassifier) and not network.training and device_of(network).type == "cpu":
        return network.folded()
    return network.features


def device_of(network: object) -> torch.device:
    """The device of a network's weights; the CPU for a network without any."""
    weights = network.parameters() if isinstance(network, torch.nn.Module) else iter(())
    first = next(weights, None)
    return torch.device("cpu") if first is None else first.device


def features_with_bar(network: FeatureNetwork, images: Images, title: str) -> torch.Tensor:
    """(N, width) float32 as from `features`, with a progress bar on a terminal."""
    with tqdm(total=len(images), desc=title, unit=" pictures", disable=not sys.stderr.isatty(), leave=False) as bar:
        return features(network, images, progress=bar.update)


def real_features(network: FeatureNetwork, images: Images) -> torch.Tensor:
    """(N, width) float32 of real pictures (N, C, H, W) uint8; Inception's are cached on disk."""
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
    """(features (N, width), predicted classes (N,)) of uint8 pictures, in one pass."""
    table = features(classifier, images)
    return table, classifier.head(table.to(device_of(classifier))).argmax(1).cpu()


SPLITS = 20  # random parts of real pictures over which a floor is averaged


def halves(table: torch.Tensor, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Two random halves of the rows (N, d), N // 2 each."""
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    middle = len(table) // 2
    return table[order[:middle]], table[order[middle : 2 * middle]]


def floor(
    distance: Callable[[torch.Tensor, torch.Tensor], float], real: torch.Tensor, splits: int = 1
) -> tuple[float, float]:
    """The distance of real pictures among themselves: between two random halves of their features (N, d).

    Returns its mean and standard deviation (NaN for one) over `splits` random halvings. A biased distance is higher
    here than for N samples, since each half has only N / 2.
    """
    values = [distance(*halves(real, seed)) for seed in range(splits)]
    return statistics.mean(values), statistics.stdev(values) if splits > 1 else math.nan


def draws_of(table: torch.Tensor, count: int, draws: int = SPLITS, seed: int = 0) -> tuple[list[torch.Tensor], float]:
    """(`draws` random parts of `count` rows of a table (N, d), correction factor for their standard deviation).

    Parts are disjoint if the table is large enough. Otherwise they are drawn independently, so that two of them share
    count/N of their rows, which lowers the standard deviation of a mean by √(1 − count/N): the factor corrects this.
    Raises ValueError if `count` is not less than N.
    """
    if count >= len(table):
        raise ValueError(f"A draw of {count} needs more than {len(table)} pictures.")
    generator = torch.Generator().manual_seed(seed)
    if draws * count <= len(table):
        order = torch.randperm(len(table), generator=generator)
        return [table[order[k * count : (k + 1) * count]] for k in range(draws)], 1.0
    parts = [table[torch.randperm(len(table), generator=generator)[:count]] for _ in range(draws)]
    return parts, 1 / math.sqrt(1 - count / len(table))
