"""Differences between two reports: in their facts, and in what a reader sees."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, TypeGuard

from lessons.report import pictures
from lessons.report.excerpt import changed
from lessons.report.reading import Piece

RELATIVE, ABSOLUTE = 1e-3, 1e-4  # tolerances for numbers computed on two machines
KINDS = {"text": "page", "link": "link on the page", "picture": "picture", "tag": "HTML around the text"}


class Missing:
    """Represents an entry that does not exist."""

    def __str__(self) -> str:
        return "nothing"


MISSING = Missing()
Leaf = tuple[tuple[Any, ...], Any, Any]


def leaves(one: Any, other: Any, path: tuple[Any, ...] = ()) -> Iterator[Leaf]:
    """(path, value, value) wherever two JSON values differ, with MISSING for an entry that does not exist."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(key for key in other if key not in one)]:
            yield from leaves(one.get(key, MISSING), other.get(key, MISSING), (*path, key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from leaves(a, b, (*path, place))
    elif is_number(one) and is_number(other):
        if not close(one, other):
            yield path, one, other
    elif kind(one) is not kind(other) or one != other:
        yield path, one, other


def kind(value: object) -> type:
    """The type of a JSON value, where all numbers have the same type."""
    return float if is_number(value) else type(value)


def is_number(value: object) -> TypeGuard[float]:
    """Whether it is a finite number, and not a bool."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300  # false also for NaN


def close(one: float, other: float) -> bool:
    """Whether both may be the same number computed on two machines."""
    return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


def pages(one: Sequence[Piece], other: Sequence[Piece], steps: int) -> Iterator[tuple[int, str]]:
    """(step, one clause) for the first difference in each step; one: from the file, other: computed from its facts.

    Only the first of the kinds texts, links, pictures and tags that differs is reported: the others follow from it.
    """
    both = (one, other)
    for name in KINDS:
        differences = []
        for step in range(steps + 1):
            a, b = ([piece.content for piece in some if (piece.kind, piece.step) == (name, step)] for some in both)
            if a != b and (clause := _clause(name, a, b)):
                differences.append((step, clause))
        if differences:
            yield from differences
            return


def _clause(name, one, other):
    if name == "picture":
        same = len(one) == len(other) and all(map(pictures.alike, one, other))
        return "" if same else "its picture is not the one that belongs to its link"
    place = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    seen, given = changed(*(part[place] if place < len(part) else "" for part in (one, other)))
    return f"the {KINDS[name]} says “{seen}”, and its facts “{given}”"
