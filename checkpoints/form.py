"""The schema of a card, on which all readers of cards rely. The figures themselves are not checked.

    check("mnist_vae", fields)      ValueError with a clause if a field is missing, unknown or of a wrong type

An entry of a section may be missing: asking for it raises an error (checkpoints/errors.py). Only the entries that lists
of models need are required.
"""

import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

Check = Callable[[Any], bool]
LISTS = re.compile(r"\w+_per_\w+|class_shares|sureness|energy_distances")  # metrics that are lists of numbers
MATRICES = re.compile(r"\w+_confusion")  # and lists of lists


def _text(value):
    return isinstance(value, str)


def _word(value):
    return isinstance(value, str) and bool(value)


def _whole(value):
    return type(value) is int


def _count(value):
    return type(value) is int and value > 0


def _number(value):
    return type(value) in (int, float) and math.isfinite(value)


def _list(of: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(of, value))


def _numbers(value):
    """Equivalent to _list(_number), but fast for thousands of numbers."""
    return isinstance(value, list) and set(map(type, value)) <= {int, float} and all(map(math.isfinite, value))


def _numbers_or_none(value):
    return isinstance(value, list) and _numbers([one for one in value if one is not None])


def _optional(of: Check) -> Check:
    return lambda value: value is None or of(value)


def _dict(of: Check = lambda value: True) -> Check:
    return lambda value: isinstance(value, dict) and all(map(of, value.values()))


def _entries(needed: Collection[str] = (), **kinds: Check) -> Check:
    """A dict with the `needed` entries; those in `kinds` are checked, all others are allowed."""

    def check(value):
        return (
            isinstance(value, dict)
            and all(key in value for key in needed)
            and all(of(value[key]) for key, of in kinds.items() if key in value)
        )

    return check


def _shape(value):
    return isinstance(value, list) and len(value) in (1, 3) and all(map(_count, value))


def _one_number(figure):
    """The name of a metric that is a number, "NAME.FIGURE" for one of another card."""
    return _text(figure) and _of_metric(figure.rpartition(".")[2]) is _number


def _of_metric(name):
    if MATRICES.fullmatch(name):
        return _list(_numbers)
    return _numbers if LISTS.fullmatch(name) else _number


def _history(value):
    return _dict(_numbers_or_none)(value) and len({len(column) for column in value.values()}) <= 1


def _aim(value):
    bound, needed = _optional(_number), {"words", "figure"}
    kinds = {"words": _text, "figure": _one_number, "least": bound, "most": bound, "of": _one_number, "pairs": _text}
    if not _entries(**kinds)(value) or not value:
        return value == {}
    return needed <= value.keys() <= kinds.keys() and [value.get(end) for end in ("least", "most")].count(None) == 1


MAY_BE_MISSING = {"preview", "parts", "aim", "steered"}  # in older cards
KINDS: Mapping[str, Check] = {
    "name": _word,
    "family": _word,
    "title": _text,
    "summary": _text,
    "model": _text,
    "arguments": _dict(),
    "latent": _optional(_count),
    "shape": _shape,
    "recipe": _entries(
        name=_text, data=_text, optimiser=_text, epochs=_count, batch=_count, interval=_count, learning_rate=_number
    ),
    "dataset": _entries(
        ("name",), name=_word, note=_text, unit=_text, train_images=_whole, test_images=_whole, classes=_list(_text)
    ),
    "metrics": _dict(),
    "protocol": _dict(_text),
    "history": _history,
    "run": _entries(
        command=_text, then=_text, seconds=_number, device=_text, versions=_dict(), commit=_optional(_text)
    ),
    "sha256": _text,
    "preview": _text,
    "parts": _dict(_entries(("sha256", "bytes"), sha256=_text, bytes=_count, storage=_text, difference=_number)),
    "aim": _aim,
    "steered": _text,
}


def _fits(check, value):
    try:
        return check(value)
    except OverflowError:  # JSON may contain an integer larger than any float
        return False


def check(name: str, fields: Any) -> None:
    """Raise ValueError, with a clause as text, unless these JSON values are the fields of a card of that name."""
    if not isinstance(fields, dict):
        raise ValueError("it is not a JSON object")
    for field in KINDS.keys() - MAY_BE_MISSING - fields.keys():
        raise ValueError(f"it has no field “{field}”")
    for field, value in fields.items():
        if field not in KINDS:
            raise ValueError(f"a card has no field “{field[:20]}”")
        if not _fits(KINDS[field], value):
            raise ValueError(f"its field “{field}” is not what it should be")
    for metric, value in fields["metrics"].items():
        if not _fits(_of_metric(metric), value):
            raise ValueError(f"its figure “{metric[:60]}” is not what a figure of this name should be")
    if fields["name"] != name:
        raise ValueError("it is the card of another model")
