"""Record how metrics react to corrupted pictures, for the page on it: python -m train.recordings.reactions

Every kind of corruption at eleven strengths, and the values of real against real pictures; written to
checkpoints/recorded/reactions.json. Uses only the shipped digits.
"""

from __future__ import annotations

import numpy as np

import checkpoints
from data import corruptions
from evaluate import reactions
from evaluate.command import Command
from train.recordings import store


def columns(rows: list[dict[str, float]]) -> dict[str, list[float]]:
    """{metric: values} of rows {metric: value}, rounded to six digits."""
    return {name: [float(f"{row[name]:.6g}") for row in rows] for name in rows[0]}


def record() -> dict:
    """{"classifier", "strengths", "kinds": {kind: {metric: values}}, "real": {metric: values of each split}}."""
    kinds = {}
    for kind in corruptions.KINDS:
        kinds[kind] = columns([reactions.at(kind, strength) for strength in reactions.STRENGTHS])
        print(kind, {name: values[-1] for name, values in kinds[kind].items()}, flush=True)
    real = columns([reactions.of_real(seed) for seed in range(reactions.SPLITS)])
    print("real", {name: f"{np.mean(values):.4g} ± {np.std(values, ddof=1):.2g}" for name, values in real.items()})
    sha256 = checkpoints.read(reactions.CLASSIFIER).sha256
    return {
        "classifier": {"name": reactions.CLASSIFIER, "sha256": sha256},
        "strengths": list(reactions.STRENGTHS),
        "kinds": kinds,
        "real": real,
    }


def main() -> None:
    parser = Command("train.recordings.reactions", __doc__)
    parser.parse_args()
    store("reactions", parser.prog, record)


if __name__ == "__main__":
    main()
