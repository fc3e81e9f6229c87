"""Features of pictures from a network: where images become points that a distance can compare."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import torch
from tqdm import tqdm

from evaluate import inception_cache

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
    tables = []
    for part in torch.as_tensor(images).split(batch or getattr(network, "batch", BATCH)):
        tables.append(network.features(part.float().div(255)))
        progress(len(part))
    return torch.cat(tables)


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
    images = torch.as_tensor(images)
    return torch.cat([classifier(part.float().div(255)).softmax(1) for part in images.split(batch)])


def halves(table: torch.Tensor, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Two random halves of the rows (N, d), N // 2 each."""
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    middle = len(table) // 2
    return table[order[:middle]], table[order[middle : 2 * middle]]


def floor(distance: Callable[[torch.Tensor, torch.Tensor], float], real: torch.Tensor) -> float:
    """What real pictures have among themselves: the distance between two halves of their features (N, d).

    No generated pictures can be asked for less. A distance with a bias is higher here, since it has half as many.
    """
    return distance(*halves(real))
