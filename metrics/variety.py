"""Variety within a class: whether samples of one class differ as much from each other as real pictures do."""

import torch

from metrics.frechet import Table, checked


def within_classes(table: Table, labels: torch.Tensor) -> float:
    """Mean, over the classes in labels (N,), of the variance of features (N, d) within a class, summed over d.

    Raises ValueError where a class has one row alone, or labels and rows differ in number.
    """
    table = checked(table)
    if len(table) != len(labels):
        raise ValueError(f"{len(table)} rows of features have {len(labels)} labels.")
    groups = [table[labels == label] for label in labels.unique()]
    if min(map(len, groups)) < 2:
        raise ValueError("A class of one row has no variance.")
    return torch.stack([group.var(0).sum() for group in groups]).mean().item()
