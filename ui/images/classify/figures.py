"""Figures of the networks of a data set on its test set, from their cards, with the spread over training seeds."""

from __future__ import annotations

import pandas as pd

from checkpoints import Card
from checkpoints.table import over_seeds
from ui.images.classify.sets import PictureSet

MACRO = {
    "test_accuracy": "accuracy",
    "test_sensitivity": "sensitivity",
    "test_specificity": "specificity",
    "test_f1": "F1",
}


def of_networks(cards: list[Card], one: PictureSet) -> pd.DataFrame:
    """A row for each network of a set: the means over the classes, in per cent."""
    rows = [
        {"network": one.short(card)} | {words: _cell(card, name) for name, words in MACRO.items()} for card in cards
    ]
    empty = [words for words in MACRO.values() if not any(row[words] for row in rows)]
    return pd.DataFrame(rows).drop(columns=empty)


def _cell(card, name):
    value = card.metrics.get(name)
    if value is None:
        return ""
    deviation = over_seeds(card, name)
    return f"{100 * value:.1f} %" + ("" if deviation is None else f" ± {100 * deviation:.1f}")


def of_classes(card: Card, classes: tuple[str, ...]) -> pd.DataFrame | None:
    """A row for each class of one network; None for a card without them."""
    if "test_f1_per_class" not in card.metrics:
        return None
    columns = {
        words: [f"{100 * value:.1f} %" for value in card.metrics[f"{name}_per_class"]]
        for name, words in MACRO.items()
        if f"{name}_per_class" in card.metrics
    }
    return pd.DataFrame({"class": list(classes), **columns})


def explained(card: Card) -> str:
    """What the figures mean, as the card has it."""
    sentences = [f"**{words}**: {card.protocol[name]}" for name, words in MACRO.items() if name in card.protocol]
    return "; ".join(sentences) + "."
