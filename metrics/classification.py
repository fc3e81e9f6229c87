"""How often a classifier is right, class by class, from the confusion matrix (by scikit-learn)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support


def confusion(labels: ArrayLike, predicted: ArrayLike, classes: int) -> np.ndarray:
    """(classes, classes) int64: how many pictures of class [row] were predicted as [column]; labels, predicted (N,)."""
    return confusion_matrix(labels, predicted, labels=range(classes))


def specificity(table: ArrayLike) -> np.ndarray:
    """TN / (TN + FP) of every class, (classes,): the share of the other classes' pictures not classified as this one.

    table: (classes, classes) as returned by `confusion`. 1 if there are no pictures of other classes.
    """
    table = np.asarray(table)
    others = table.sum() - table.sum(1)
    wrongly = table.sum(0) - np.diag(table)
    return 1 - np.divide(wrongly, others, out=np.zeros(len(table)), where=others > 0)


def figures(labels: ArrayLike, predicted: ArrayLike, classes: int) -> dict[str, float | list]:
    """{"accuracy", "sensitivity", "specificity", "f1"}: shares, the last three as means over the classes ("macro");
    the same for each class under "…_per_class", and "confusion", the confusion matrix with a row for each true class.
    labels, predicted: (N,) integers.

    Sensitivity is the recall of a class, F1 the harmonic mean of its recall and precision; 0 for a class that is never
    predicted.
    """
    table = confusion(labels, predicted, classes)
    _, sensitivity, f1, _ = precision_recall_fscore_support(
        labels,
        predicted,
        labels=range(classes),
        zero_division=0,  # pyright: ignore[reportArgumentType]
    )
    per_class: dict[str, Sequence[float]] = {
        "sensitivity": np.asarray(sensitivity).tolist(),
        "specificity": specificity(table).tolist(),
        "f1": np.asarray(f1).tolist(),
    }
    means = {name: float(np.mean(values)) for name, values in per_class.items()}
    each = {f"{name}_per_class": list(values) for name, values in per_class.items()}
    return {"accuracy": float(np.trace(table) / table.sum())} | means | each | {"confusion": table.tolist()}
