"""Transfer learning: a new head is trained on features of a pretrained network, which are computed once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor
from tqdm import tqdm

from data.splits import Split, Splits, scaled
from evaluate import inception_cache, pretrained
from evaluate.pretrained import Backbone
from train.recipe import Recipe


@dataclass(frozen=True)
class TransferRecipe(Recipe):
    """A recipe whose model is a FeatureHead; its arguments name the pretrained network and the side of its input.

    views: how many augmented versions of each train picture are added to every epoch; view: their augmentation, like
    `augment` in other recipes.
    """

    views: int = 0
    view: Callable[[Tensor], Tensor] | None = field(default=None)

    def splits(self, choosing: bool = False) -> Splits:
        """Features (N, width) instead of pictures. Raises DataError, and PretrainedError without the weights."""
        whole = super().splits()
        return featured(self, super().splits(choosing=True) if choosing else whole, whole.train.images)

    @property
    def train_images(self) -> int:
        return (1 + self.views) * super().train_images


def featured(recipe: TransferRecipe, splits: Splits, whole: Tensor, weights: dict[str, Tensor] | None = None) -> Splits:
    """Splits with features instead of pictures.

    whole: the pictures (N, C, H, W) uint8 of the whole train set, from which train and validation pictures are taken,
    so that features are computed once for all parts. weights: of the network, by default the published ones.
    """
    name, side = recipe.arguments["backbone"], recipe.arguments["side"]
    published = weights is None
    network: list[Backbone] = []

    def features(images: Tensor) -> Tensor:
        """Features of uint8 pictures; cached on disk if the network is the published one."""
        kind, width = f"{name}_{side}", pretrained.SOURCES[name].width
        if published and (kept := inception_cache.read(images, kind, width)) is not None:
            return kept
        if not network:
            network.append(Backbone(name, weights or pretrained.weights(name), side))
        parts = tqdm(images.split(8), desc=name, unit="batch", disable=not published)
        table = torch.cat([network[0].features(scaled(part)) for part in parts])
        if published:
            inception_cache.write(images, table, kind)
        return table

    place = {picture.numpy().tobytes(): index for index, picture in enumerate(whole)}

    def of(split: Split, views: int = 0) -> Split:
        rows = torch.tensor([place[picture.numpy().tobytes()] for picture in split.images])
        tables = [features(whole)] + [features(changed(whole, recipe.view, seed)) for seed in range(views)]
        return Split(torch.cat([table[rows] for table in tables]), split.labels.repeat(1 + views))

    return dataclasses.replace(
        splits,
        train=of(splits.train, recipe.views),
        valid=of(splits.valid) if splits.valid else None,
        test=Split(features(splits.test.images), splits.test.labels),
    )


def changed(images: Tensor, view: Callable[[Tensor], Tensor] | None, seed: int) -> Tensor:
    """Every picture (N, C, H, W) uint8 augmented at random, reproducibly for a seed.

    Raises ValueError without a `view`, which defines the augmentation.
    """
    if view is None:
        raise ValueError("A recipe with views has to say how a picture is changed.")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return view(scaled(images)).mul(255).round().clamp(0, 255).to(torch.uint8)
