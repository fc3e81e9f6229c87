"""How often a classifier is right, class by class, from the table of true and named classes (by scikit-learn)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support


def confusion(labels: ArrayLike, predicted: ArrayLike, classes: int) -> np.ndarray:
    """(classes, classes) int64: how many pictures of class [row] were named [column]; labels, predicted (N,)."""
    return confusion_matrix(labels, predicted, labels=range(classes))


def specificity(table: ArrayLike) -> np.ndarray:
    """Of the pictures that are not of a class, the share that is not named so: TN / (TN + FP), (classes,).

    table: (classes, classes) as `confusion` gives it. 1 for a class beside which there are no others.
    """
    table = np.asarray(table)
    others = table.sum() - table.sum(1)
    wrongly = table.sum(0) - np.diag(table)
    return 1 - np.divide(wrongly, others, out=np.zeros(len(table)), where=others > 0)


def figures(labels: ArrayLike, predicted: ArrayLike, classes: int) -> dict[str, float | list]:
    """{"accuracy", "sensitivity", "specificity", "f1"}: shares, the last three as means over the classes ("macro");
    the same for each class under "…_per_class", and "confusion", the table of counts as rows of the true classes.
    labels, predicted: (N,) integers.

    Sensitivity of a class is the share of its pictures that are named so (recall), F1 the harmonic mean of that and of
    the share of those named so that are right (precision); 0 where a class is never named.
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
