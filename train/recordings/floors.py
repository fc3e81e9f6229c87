"""What real pictures get in place of generated ones: python -m train.recordings.floors

For every data set with a classifier and with real pictures besides those that samples are compared with: several draws
of as many of these as there would be samples, measured as samples are, in checkpoints/recorded/floors.json
(checkpoints/floors.py reads it). Needs the full data sets.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

import checkpoints
import data
from checkpoints import floors
from evaluate.command import Command
from evaluate.feature_metrics import FEATURE_METRICS
from evaluate.feature_networks import CLASSIFIERS
from evaluate.features import features
from train.recordings import store

DRAWS = 5
# Not emoji, which has one split, sorted: its first 1,000 pictures and the others are not of one distribution.
SETS = ("mnist", "fashion_mnist", "street_digits", "dsprites")
METRICS = tuple(name for name, metric in FEATURE_METRICS.items() if metric.network == "classifier")
OF_CLASSES = ("inception_score", "recognised")
MOST = max(floors.COUNTS) * DRAWS  # other pictures of which features are needed


def references(name: str) -> list[data.Images]:
    """What samples may be compared with: the test set where there is one, and what is shipped of the set."""
    tested = [data.load(name, "test")] if "test" in data.split_names(name) else []
    return [*tested, data.sample(name)]


def others_of(reference: data.Images, most: int = MOST) -> np.ndarray:
    """At most `most` random pictures (N, C, H, W) uint8 of the set's first split that are not among the reference."""
    split = data.split_names(reference.name)[0]
    images = data.load(reference.name, split).images
    rows = np.arange(len(images))
    if reference.split == split:
        own = data.load(reference.name, split).indices
        assert reference.indices is not None  # shipped samples say which rows they are
        rows = np.flatnonzero(~np.isin(rows if own is None else own, reference.indices))
    return images[np.random.default_rng(0).permutation(rows)[:most]]


def measure(network: Any, rows: torch.Tensor, real: torch.Tensor, metrics: tuple[str, ...]) -> dict[str, float]:
    """{metric: value} of features (N, d) of real pictures in place of samples."""
    return {name: float(FEATURE_METRICS[name].measure(network, rows, real)[0]) for name in metrics}


def rows_of(
    reference: data.Images,
    network: Any,
    metrics: tuple[str, ...],
    counts: tuple[int, ...] = floors.COUNTS,
    others: np.ndarray | None = None,
) -> list[dict]:
    """One row for every count: the mean and the standard deviation over draws without a picture in common.

    others: real pictures (N, C, H, W) uint8 for the draws, by default those of `others_of`.
    """
    others = others_of(reference) if others is None else others
    real, table = features(network, reference.images), features(network, others)
    found = []
    for count in counts:
        draws = min(DRAWS, len(table) // count)
        if draws == 0:
            continue
        values = [measure(network, table[k * count : (k + 1) * count], real, metrics) for k in range(draws)]
        summary = {
            name: [np.mean(each := [v[name] for v in values]), np.std(each, ddof=1) if draws > 1 else 0.0]
            for name in metrics
        }
        found.append(
            {
                "dataset": reference.name,
                "against": len(reference),
                "count": count,
                "draws": draws,
                "metrics": {name: [float(f"{number:.6g}") for number in pair] for name, pair in summary.items()},
            }
        )
        print(found[-1], flush=True)
    return found


def record() -> dict:
    """{"floors": rows, "classifiers": {name: sha256}}."""
    rows, classifiers = [], {}
    for name in SETS:
        card = checkpoints.read(CLASSIFIERS[name])
        classifiers[card.name] = card.sha256
        # The classifier of dSprites tells factors, not one class.
        metrics = tuple(m for m in METRICS if name != "dsprites" or m not in OF_CLASSES)
        for reference in references(name):
            rows += rows_of(reference, checkpoints.load(card.name), metrics)
    return {"classifiers": classifiers, "floors": rows}


def main() -> None:
    parser = Command("train.recordings.floors", __doc__)
    parser.parse_args()
    store(floors.NAME, parser.prog, record)


if __name__ == "__main__":
    main()
