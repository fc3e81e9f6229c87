"""Figures of the same recipe with other training seeds (train/studies/seeds.py), since one training says little."""

from __future__ import annotations

import math
import statistics

from checkpoints import Card, CheckpointError, recorded


def of_seeds(card: Card, key: str) -> list[float]:
    """A metric of each training of a card's recipe with several seeds; empty if there is only one.

    Also empty if a training lacks it, or none of them has the card's value: then the card was later measured in another
    way, and the others were not.
    """
    if not recorded.has(f"seeds_{card.name}"):
        return []
    try:
        values = [run["metrics"][key] for run in recorded.read(f"seeds_{card.name}")["runs"]]
    except (CheckpointError, KeyError):
        return []
    own = card.metrics.get(key, math.nan)
    return values if len(values) > 1 and any(math.isclose(value, own, rel_tol=1e-9) for value in values) else []


def mean(card: Card, key: str) -> float:
    """A metric's mean over several training seeds, or the card's value if there is one; raises KeyError without it."""
    return statistics.mean(of_seeds(card, key) or [card.metrics[key]])
