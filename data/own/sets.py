"""A visitor's prepared pictures, split into train and held-out pictures."""

from __future__ import annotations

import numpy as np
import torch

from data.own.preparation import Preparation, held_out
from data.splits import Split, Splits

SEED = 0  # of the permutation


def splits(name: str, images: np.ndarray, labels: np.ndarray, classes: tuple[str, ...], pictures: str) -> Splits:
    """Splits of images (N, C, H, W) uint8 with labels (N,): a random tenth (SEED) is held out.

    pictures: how they were prepared.
    """
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(SEED))
    held = held_out(len(images))
    both = torch.from_numpy(images)[order], torch.from_numpy(labels)[order]
    test, train = (Split(both[0][part], both[1][part]) for part in (slice(held), slice(held, None)))
    note = f"pictures of a person: {len(train):,} to train on and {held:,} held out at random (seed {SEED})"
    return Splits(name, note, train, test, classes=classes, pictures=pictures)


def of(preparation: Preparation, name: str) -> Splits:
    """The Splits of a finished Preparation."""
    classes = preparation.intake.classes().classes
    return splits(name, preparation.images, preparation.labels, classes, preparation.settings.words())
