"""The direction from one group of codes to another: computed from one half of each group, tested on the other half."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from checkpoints.directions import Direction, DirectionError
from metrics import directions
from ui import computed
from ui.explore.directions.groups import Group
from ui.explore.directions.population import Population

METHODS = {"means": "Difference of means", "regression": "Logistic regression"}
LEAST = 8  # codes of a group that is split; smaller ones are used whole for both


@dataclass(frozen=True)
class Contrast:
    """A direction, and the codes that test it.

    start, end: rows (n,), (m,) of the population that test it, of "from" and of "to"; held_out: whether none of them
    was used to compute the direction. separation: metrics.directions.separation of these.
    """

    direction: Direction
    start: np.ndarray
    end: np.ndarray
    held_out: bool
    separation: float


def make(population: Population, start: Group, end: Group, method: str) -> Contrast:
    """The direction by a method, a key of METHODS. Raises DirectionError if the groups define none."""
    if not len(start.rows) and not len(end.rows):
        raise DirectionError("Choose pictures for “from” first, then others for “to”: the slider appears here.")
    for group, words in ((start, "from"), (end, "to")):
        if not len(group.rows):
            raise DirectionError(f"The group “{words}” is empty: choose at least one picture for it.")
    if np.array_equal(start.rows, end.rows):
        raise DirectionError("Both groups are the same, so nothing leads from one to the other: choose another one.")
    halves = [_halves(group.rows) for group in (start, end)]
    (made_of, tested), (made_to, tested_to) = halves
    codes = population.codes
    ways = {"means": directions.difference_of_means, "regression": _normal}
    try:
        vector = ways[method](codes[made_of], codes[made_to]).astype(np.float32)
    except ValueError as error:
        raise DirectionError(f"There is no such direction: {error}. Choose other pictures.") from None
    named = start.label is not None and end.label is not None
    name = f"{start.words} → {end.words}" if named else "My direction"
    origin = f"{METHODS[method].lower()}, from {start.words} to {end.words}"
    held_out = all(len(group.rows) >= LEAST for group in (start, end))
    separation = directions.separation(codes[tested], codes[tested_to], vector)
    return Contrast(Direction(name, vector, origin), tested, tested_to, held_out, separation)


def _halves(rows):
    """(rows that compute, rows that test), split in the same random order each time."""
    if len(rows) < LEAST:
        return rows, rows
    order = np.random.default_rng(0).permutation(rows)
    return order[: len(order) // 2], order[len(order) // 2 :]


def _normal(start, end):
    shape = start.shape[1]
    return _fitted(start.tobytes(), end.tobytes(), shape)


@computed.by_models
@functools.lru_cache(32)  # called in every run of a page
def _fitted(start, end, latent):
    first, last = (np.frombuffer(codes, np.float32).reshape(-1, latent) for codes in (start, end))
    return directions.regression_normal(first, last)
