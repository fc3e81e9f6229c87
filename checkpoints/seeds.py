"""Figures of the same recipe with other training seeds (train/studies/seeds.py): one training says little."""

from __future__ import annotations

import statistics

from checkpoints import Card, CheckpointError, recorded


def of_seeds(card: Card, key: str) -> list[float]:
    """A metric of each of the trainings from several seeds of a card's recipe; empty where there is one training."""
    if not recorded.has(f"seeds_{card.name}"):
        return []
    try:
        values = [run["metrics"][key] for run in recorded.read(f"seeds_{card.name}")["runs"]]
    except (CheckpointError, KeyError):
        return []
    return values if len(values) > 1 else []


def mean(card: Card, key: str) -> float:
    """A metric's mean over the training seeds where there are several, otherwise the card's; KeyError without it."""
    return statistics.mean(of_seeds(card, key) or [card.metrics[key]])
