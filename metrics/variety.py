"""Variety within a class: whether samples of one class differ as much from each other as real pictures do."""

import torch

from metrics.frechet import Table, checked


def within_classes(table: Table, labels: torch.Tensor) -> float:
    """Mean, over the classes in labels (N,), of the variance of features (N, d) within a class, summed over d.

    A class of one row has no variance and is left out. Raises ValueError if no class is left, or if the numbers of
    labels and rows differ.
    """
    table = checked(table)
    if len(table) != len(labels):
        raise ValueError(f"{len(table)} rows of features have {len(labels)} labels.")
    groups = [table[labels == label] for label in labels.unique()]
    variances = [group.var(0).sum() for group in groups if len(group) > 1]
    if not variances:
        raise ValueError("A variance within a class needs a class of two rows.")
    return torch.stack(variances).mean().item()
