"""Record floors, the figures of real pictures in place of generated ones: python -m train.recordings.floors

For every data set with a classifier and with other real pictures than those that samples are compared with: 20 draws of
as many of these as there would be samples, measured like samples; written to checkpoints/recorded/floors.json
(checkpoints/floors.py reads it). For a set with classes, it also has the Fréchet distance of draws with equally many
pictures of each class, for samples drawn in that way. Needs the full data sets.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

import checkpoints
import data
from checkpoints import floors, recorded
from evaluate.command import Command
from evaluate.feature_metrics import FEATURE_METRICS, NEIGHBOURS_AMONG
from evaluate.feature_networks import CLASSIFIERS
from evaluate.features import draws_of, features
from metrics.coverage import density_and_coverage
from metrics.frechet import Moments, frechet_distance, moments
from train.recordings import store

# Not emoji: its only split is sorted, so its first 1,000 pictures and the others differ in distribution.
SETS = ("mnist", "fashion_mnist", "street_digits", "dsprites")
METRICS = (*(name for name, metric in FEATURE_METRICS.items() if metric.network == "classifier"), floors.EVEN)
OF_CLASSES = ("inception_score", "recognised", floors.EVEN)


def references(name: str) -> list[data.Images]:
    """The pictures that samples may be compared with: the test set if there is one, and the shipped ones."""
    tested = [data.load(name, "test")] if "test" in data.split_names(name) else []
    return [*tested, data.sample(name)]


def others_of(reference: data.Images, most: int | None = None) -> data.Images:
    """At most `most` pictures of the set's first split that are not among the reference, in random order."""
    found = data.load(reference.name, data.split_names(reference.name)[0])
    rows = np.arange(len(found))
    if reference.split == found.split:
        assert reference.indices is not None  # shipped samples know their rows
        rows = np.flatnonzero(~np.isin(rows if found.indices is None else found.indices, reference.indices))
    chosen = np.random.default_rng(0).permutation(rows)[:most]
    labels = None if found.labels is None else found.labels[chosen]
    return dataclasses.replace(found, images=found.images[chosen], labels=labels, indices=None, factors=None)


def even_draws(table: torch.Tensor, labels: np.ndarray, count: int) -> tuple[list[torch.Tensor], float]:
    """Like `draws_of` for a table (N, d), but each draw has equally many rows of each class in labels (N,)."""
    classes = np.unique(labels)
    drawn = [draws_of(table[labels == label], count // len(classes)) for label in classes]
    parts = [torch.cat(one) for one in zip(*(parts for parts, _ in drawn), strict=True)]
    return parts, float(np.mean([correction for _, correction in drawn]))


def measure(network: Any, rows: torch.Tensor, held: dict[str, Any], of_real: Moments) -> dict[str, float]:
    """{metric: value} of features (N, d) of real pictures in place of samples.

    The values of FEATURE_METRICS, but shared parts of several draws are computed only once. held: {metric: features
    (M, d) of the real pictures in the metric's own form}. of_real: their moments.
    """
    values, wide = {}, len(rows) < rows.shape[1]
    for name, real in held.items():
        if name == "frechet" and not wide:
            values[name] = frechet_distance(moments([rows]), of_real)
        elif name in ("density", "coverage") and name in values:
            continue
        elif name in ("density", "coverage"):
            pair = density_and_coverage(real[:NEIGHBOURS_AMONG], rows[:NEIGHBOURS_AMONG])
            values |= {key: value for key, value in zip(("density", "coverage"), pair, strict=True) if key in held}
        else:
            against = of_real if name == "frechet_infinite" and not wide else real
            values[name] = float(FEATURE_METRICS[name].measure(network, rows, against)[0])
    return values


def rows_of(
    reference: data.Images,
    network: Any,
    metrics: tuple[str, ...],
    counts: tuple[int, ...] = floors.COUNTS,
    others: data.Images | None = None,
) -> list[dict]:
    """One row for every count, with the mean and standard deviation of each metric over the draws.

    others: real pictures for the draws, by default those of `others_of`.
    """
    others = others_of(reference) if others is None else others
    real, table = features(network, reference.images), features(network, others.images)
    held = {name: FEATURE_METRICS[name].held(real) for name in metrics if name != floors.EVEN}
    of_real, found = moments([real]), []
    for count in (count for count in counts if count < len(table)):
        parts, correction = draws_of(table, count)
        values = [measure(network, part, held, of_real) for part in parts]
        summary = {
            name: [np.mean(each := [v[name] for v in values]), correction * np.std(each, ddof=1)] for name in held
        }
        if floors.EVEN in metrics and others.labels is not None:
            even, correction = even_draws(table, others.labels, count)
            each = [frechet_distance(moments([part]), of_real) for part in even]
            summary[floors.EVEN] = [np.mean(each), correction * np.std(each, ddof=1)]
        found.append(
            {
                "dataset": reference.name,
                "against": len(reference),
                "count": count,
                "draws": len(parts),
                "pool": len(table),
                "metrics": {name: [float(f"{number:.6g}") for number in pair] for name, pair in summary.items()},
            }
        )
        print(found[-1], flush=True)
    return found


def record(names: Sequence[str] = SETS, counts: Sequence[int] = floors.COUNTS) -> dict:
    """{"floors": rows, "classifiers": {name: sha256}}: new rows for these sets and counts, the others kept."""
    known = recorded.read(floors.NAME) if recorded.has(floors.NAME) else {"classifiers": {}, "floors": []}
    rows = {(row["dataset"], row["against"], row["count"]): row for row in known["floors"]}
    classifiers = dict(known["classifiers"])
    for name in names:
        card = checkpoints.read(CLASSIFIERS[name])
        classifiers[card.name] = card.sha256
        # The classifier of dSprites predicts factors, not one class.
        metrics = tuple(m for m in METRICS if name != "dsprites" or m not in OF_CLASSES)
        network = checkpoints.load(card.name)
        for reference in references(name):
            for row in rows_of(reference, network, metrics, tuple(counts)):
                rows[row["dataset"], row["against"], row["count"]] = row
    return {"classifiers": classifiers, "floors": list(rows.values())}


def main() -> None:
    parser = Command("train.recordings.floors", __doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)} (default: all)")
    parser.add_argument("--counts", nargs="+", type=int, default=floors.COUNTS, help="of pictures (default: all)")
    options = parser.parse_args()
    if unknown := sorted(set(options.sets) - set(SETS)):
        parser.error(f"there are no floors of {', '.join(unknown)}; choose from {', '.join(SETS)}")
    store(floors.NAME, parser.prog, lambda: record(options.sets or SETS, options.counts))


if __name__ == "__main__":
    main()
