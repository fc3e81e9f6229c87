"""The floor of a figure: its value for real pictures in place of generated ones, with the same number. No torch.

The bias of a Fréchet distance falls with the number of pictures: half of a test set is farther from the other half than
twice as many good pictures are from the whole. So the floor replaces samples by the same number of other real pictures
(checkpoints/recorded/floors.json, written by `python -m train.recordings.floors`). If a set has no others, the floor is
that of the card, of one half against the other.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from checkpoints import Card, CheckpointError, recorded

NAME = "floors"
COUNTS = (100, 200, 500, 1000, 2000, 5000, 10_000)  # numbers of real pictures in place of samples
OF_CARD = re.compile(r"(?P<metric>frechet|fid|kid)(_[a-z_]+_\d+k?(?P<even>_(classes|guided))?)?")  # with a floor
EVEN = "frechet_classes"  # the Fréchet distance of equally many pictures of each class, which varies less
ENERGY = "energy_floor_95"  # floor of toy GANs, for their number of samples
AGAINST = re.compile(r"([\d,]+) .*?against (?:the same )?([\d,]+)")


@dataclass(frozen=True)
class Floor:
    """Mean over draws, standard deviation of one draw (None for a single draw), and a description in words.

    draws: number of draws. halves: whether it compares one half of the real pictures with the other, with fewer
    pictures than the figure has samples.
    """

    value: float
    spread: float | None
    words: str
    halves: bool = False
    draws: int = 1


def at(dataset: str, against: int, count: int, metric: str) -> Floor | None:
    """The recorded floor of a metric of evaluate.catalogue, or of EVEN, for `count` samples against that many real
    pictures.

    None if none is recorded.
    """
    row = _rows(recorded.FOLDER).get((dataset, against, count))
    if row is None or metric not in row["metrics"]:
        return None
    value, spread = row["metrics"][metric]
    words = in_place(count, against) + (", as many of each class" if metric == EVEN else "")
    return Floor(value, spread if row["draws"] > 1 else None, words, draws=row["draws"])


def in_place(count: int, against: int) -> str:
    """How such a floor is measured."""
    return f"{count:,} others in place of the samples, against the same {against:,}"


def of_card(card: Card, key: str) -> Floor | None:
    """The floor of one figure of a card; None for a figure without one."""
    if key == "energy_distance" and ENERGY in card.metrics:
        return Floor(card.metrics[ENERGY], None, card.protocol.get(ENERGY, ""))
    named = OF_CARD.fullmatch(key)
    if named is None:
        return None
    metric = named["metric"]
    how = card.protocol.get(key, "")
    if counts := AGAINST.search(how):
        count, against = (int(number.replace(",", "")) for number in counts.groups())
        for one in [f"{metric}_classes", metric] if named["even"] else [metric]:
            if found := at(card.dataset["name"], against, count, one):
                return found
    own = f"{metric}_floor"
    if own not in card.metrics:
        return None
    words = card.protocol.get(own, "")
    halves = "others" in words and "other real" not in words and "in place of" not in words
    return Floor(card.metrics[own], card.metrics.get(f"{own}_spread"), words, halves=halves)


@functools.lru_cache(maxsize=1)
def _rows(folder):  # `folder` is only a cache key: another folder has another table
    try:
        rows = recorded.read(NAME)["floors"]
    except (CheckpointError, KeyError):
        return {}  # then figures have the floors of their cards
    return {(row["dataset"], row["against"], row["count"]): row for row in rows}
