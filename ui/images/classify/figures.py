"""Figures of the networks of a data set on its test set, from their cards, with the spread over training seeds."""

from __future__ import annotations

import math
import statistics

import pandas as pd

from checkpoints import Card
from checkpoints.seeds import of_seeds
from ui.images.classify.sets import PictureSet

MACRO = {
    "test_accuracy": "accuracy",
    "test_sensitivity": "sensitivity",
    "test_specificity": "specificity",
    "test_f1": "F1",
}


def best(cards: list[Card]) -> Card:
    """The network with the largest mean accuracy over its seeds, pretrained ones excluded."""

    def accuracy(card):
        return statistics.mean(of_seeds(card, "test_accuracy") or [card.metrics.get("test_accuracy", math.nan)])

    return max(cards, key=lambda card: (card.family == "classifier", accuracy(card)))


def of_networks(cards: list[Card], one: PictureSet) -> pd.DataFrame:
    """A row for each network of a set, in per cent: means over the classes, and over its trainings if it has several.

    "this one" is the accuracy of the network on the page, if it is one of several trainings.
    """
    rows = []
    for card in cards:
        several = of_seeds(card, "test_accuracy")
        alone = f"{card.metrics['test_accuracy']:.1%}" if several else ""
        cells = {words: _cell(card, name) for name, words in MACRO.items()}
        rows.append({"network": one.short(card), "this one": alone} | cells)
    empty = [words for words in rows[0] if not any(row[words] for row in rows)]
    return pd.DataFrame(rows).drop(columns=empty)


def _cell(card, name):
    if name not in card.metrics:
        return ""
    if values := of_seeds(card, name):
        words = f"{statistics.mean(values):.1%} ± {100 * statistics.stdev(values):.1f}"
    else:
        words = f"{card.metrics[name]:.1%}"
    return words.replace(" ", "\N{NO-BREAK SPACE}")  # keeps a narrow column to one line


def of_classes(card: Card, classes: tuple[str, ...]) -> pd.DataFrame | None:
    """A row for each class of one network; None if the card has no such figures."""
    if "test_f1_per_class" not in card.metrics:
        return None
    columns = {
        words: [f"{value:.1%}" for value in card.metrics[f"{name}_per_class"]]
        for name, words in MACRO.items()
        if f"{name}_per_class" in card.metrics
    }
    return pd.DataFrame({"class": list(classes), **columns})


def explained(card: Card) -> str:
    """The meaning of the figures, from the card's protocol."""
    sentences = [f"**{words}**: {card.protocol[name]}" for name, words in MACRO.items() if name in card.protocol]
    words = "; ".join(sentences) + "."
    trainings = len(of_seeds(card, "test_accuracy"))
    if not trainings:
        return words
    return f"{words} ±: mean and standard deviation of {trainings} trainings from other seeds, this one included."
