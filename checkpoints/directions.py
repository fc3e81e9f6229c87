"""Named directions of a model's latent space, as a JSON file and as text for a link, checked when they are read.

Anybody may have made up a file or a link. If it does not fit the model, DirectionError is raised, whose text is one
sentence for the person.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checkpoints import Card
from checkpoints.codes import LinkError, link_bytes, link_text, pack, unpack

FORMAT = "latent-lab directions"
VERSION = 1
MOST = 8  # directions in a file or a link, and their sliders on the page
LONGEST = 40  # characters of a name
LARGEST = 2**20  # bytes of a file
FARTHEST = 1000.0  # longest step of a direction
DIGITS = 8  # of the weights' sha256 in a link


class DirectionError(Exception):
    """Directions that do not belong to this model; the text is one sentence for the person."""


@dataclass(frozen=True)
class Direction:
    """name: from `cleaned`. vector: (latent,) float32, one step of its slider. origin: in a few words."""

    name: str
    vector: np.ndarray
    origin: str = ""


def cleaned(text: str) -> str:
    """A name on one line, without invisible characters, at most LONGEST characters; "" if nothing is left."""
    seen = "".join(" " if letter.isspace() else letter for letter in str(text))
    seen = "".join(letter for letter in seen if unicodedata.category(letter)[0] != "C")
    return " ".join(seen.split())[:LONGEST].strip()


def to_json(card: Card, directions: Sequence[Direction]) -> str:
    """A file of directions: the model, the digest of its weights, and a vector (latent,) for each name."""
    listed = [
        {"name": one.name, "made": one.origin, "vector": [float(str(number)) for number in one.vector]}
        for one in directions
    ]
    head = {"format": FORMAT, "version": VERSION, "model": card.name, "weights": card.sha256, "latent": card.latent}
    return json.dumps(head | {"directions": listed}, ensure_ascii=False, indent=1)


def from_json(raw: bytes, card: Card) -> list[Direction]:
    """The directions of a file for this model, each vector (latent,) float32. Raises DirectionError."""
    if len(raw) > LARGEST:
        raise DirectionError(
            f"This file has {len(raw) / 2**20:.1f} MB, and a file of directions has at most 1 MB: choose another file."
        )
    try:
        given = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise DirectionError("This file is not JSON: choose a file that was saved on this page.") from None
    if not isinstance(given, dict) or given.get("format") != FORMAT or not isinstance(given.get("directions"), list):
        raise DirectionError(
            "This file holds no directions of latent codes: choose a file that was saved on this page."
        )
    if given.get("version") != VERSION:
        raise DirectionError("This file was saved by another version of the app, which this one cannot read.")
    _check_model(given, card)
    listed = given["directions"]
    if not 0 < len(listed) <= MOST:
        raise DirectionError(f"This file holds {len(listed)} directions, and from 1 to {MOST} can be loaded.")
    return [_direction(each, number, card) for number, each in enumerate(listed, 1)]


def _check_model(given, card):
    if given.get("weights") == card.sha256:
        return
    model = given.get("model")
    if isinstance(model, str) and re.fullmatch(r"[a-z0-9_]{1,80}", model) and model != card.name:
        raise DirectionError(
            f"These directions are of the model {model}, and a direction means nothing in another latent space: choose "
            "that model, then load the file again."
        )
    raise DirectionError(
        f"These directions are of another training of {card.title}, whose codes mean something else, so they were not "
        "loaded: make them again for this one."
    )


def _direction(given: Any, number: int, card: Card) -> Direction:
    if not isinstance(given, dict) or not isinstance(given.get("name"), str) or not cleaned(given["name"]):
        raise DirectionError(f"Direction {number} of this file has no name: give it one in the file.")
    origin = given.get("made")
    return Direction(
        cleaned(given["name"]),
        _vector(given.get("vector"), card, f"Direction {number} of this file"),
        cleaned(origin) if isinstance(origin, str) else "",
    )


def _vector(given: Any, card: Card, which: str) -> np.ndarray:
    if not isinstance(given, list) or not all(type(one) in (int, float) for one in given):
        raise DirectionError(f"{which} is not a list of numbers.")
    if len(given) != card.latent:
        raise DirectionError(f"{which} has {len(given)} numbers, but the codes of {card.title} have {card.latent}.")
    return _checked(np.array([min(max(one, -1e30), 1e30) for one in given], np.float32), which)


def _checked(vector, which):
    length = float(np.linalg.norm(vector.astype(np.float64)))
    if not length <= FARTHEST:  # also NaN
        raise DirectionError(f"{which} holds numbers that no code has.")
    if length == 0:
        raise DirectionError(f"{which} is 0 in every dimension, so it leads nowhere.")
    return vector


def to_link(card: Card, directions: Sequence[Direction]) -> str:
    """Directions as one query parameter: digits of the weights' digest, then name, origin and vector of each."""
    listed = [
        ".".join([link_text(one.name.encode()), link_text(one.origin.encode()), pack(one.vector)]) for one in directions
    ]
    return "~".join([card.sha256[:DIGITS], *listed])


def from_link(text: str, card: Card) -> list[Direction]:
    """The directions of a link for this model, each vector (latent,) float32. Raises DirectionError."""
    digits, *listed = text.split("~")
    if digits != card.sha256[:DIGITS]:
        raise DirectionError(
            f"The directions in this link are of another model or training than {card.title}, so they are left out."
        )
    if len(listed) > MOST:
        raise DirectionError(f"This link holds {len(listed)} directions, and at most {MOST} can be shown.")
    found = []
    for number, each in enumerate(listed, 1):
        which = f"Direction {number} in this link"
        try:
            name, origin, vector = each.split(".")
            one = Direction(
                cleaned(link_bytes(name).decode()),
                _checked(unpack(vector, card.code_length), which),
                cleaned(link_bytes(origin).decode()),
            )
        except (ValueError, LinkError):
            raise DirectionError(f"{which} is damaged, so the directions of the link are left out.") from None
        if not one.name:
            raise DirectionError(f"{which} has no name, so the directions of the link are left out.")
        found.append(one)
    return found
