"""What real pictures get in place of generated ones: the floor of a figure at its own number of pictures. No torch.

A Fréchet distance has a bias that falls with the number of pictures: half of a test set is farther from the other half
than twice as many good pictures are from all of it. So other real pictures, as many as there are samples, take the
samples' place (checkpoints/recorded/floors.json, written by `python -m train.recordings.floors`). Where a set has no
others, the card's own floor remains, of one half against the other.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from checkpoints import Card, CheckpointError, recorded

NAME = "floors"
COUNTS = (100, 200, 500, 1000, 2000, 5000, 10_000)  # of real pictures in place of samples
OF_CARD = re.compile(r"(?P<metric>frechet|fid|kid)(_[a-z_]+_\d+k?(?P<even>_(classes|guided))?)?")  # what has a floor
EVEN = "frechet_classes"  # the Fréchet distance of as many pictures of each class, which scatter less than others
ENERGY = "energy_floor_95"  # of toy GANs, at the number of their samples
AGAINST = re.compile(r"([\d,]+) .*?against (?:the same )?([\d,]+)")


@dataclass(frozen=True)
class Floor:
    """Mean over draws, standard deviation of one draw (None where there was one only), and what it is, in words.

    draws: how many. halves: whether it is of one half of the real pictures against the other, fewer than the figure has
    samples.
    """

    value: float
    spread: float | None
    words: str
    halves: bool = False
    draws: int = 1


def at(dataset: str, against: int, count: int, metric: str) -> Floor | None:
    """The recorded floor of a metric of evaluate.catalogue, or of EVEN, for `count` samples against that many real
    pictures.

    None where none was recorded.
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
def _rows(folder):  # a key of the cache alone: what another folder holds is another table
    try:
        rows = recorded.read(NAME)["floors"]
    except (CheckpointError, KeyError):
        return {}  # then every figure has its card's own floor
    return {(row["dataset"], row["against"], row["count"]): row for row in rows}
