"""The parts of a network that a browser runs: NAME.PART.onnx next to the card, which describes them.

    part = card.parts["decoder"]          {"sha256", "bytes", "storage", "difference"}
    raw  = read(card, "decoder")          the file, checked against the card

storage: "float16" if the weights are stored in half precision and cast to float32 when the file is loaded (computation
is in float32), otherwise "float32". difference: the largest absolute difference between an output and PyTorch's, in the
units of the output, for the inputs of evaluate/export.py, which writes the files.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from checkpoints import Card, CheckpointError, files, path
from checkpoints import read as read_card
from checkpoints import rewrite as rewrite_card


class Exported(NamedTuple):
    """One part in the form to be stored; see the card's entries above."""

    content: bytes
    storage: str
    difference: float


def file(name: str, part: str) -> Path:
    """The file of a part; raises CheckpointError for an invalid name."""
    return path(name, f".{part}.onnx")


def read(card: Card, part: str) -> bytes:
    """The ONNX file of a part.

    Raises CheckpointError if the card has no such part, or its file cannot be read or does not have the card's sha256.
    """
    if part not in card.parts:
        raise CheckpointError(
            f"{card.name} has no part “{part[:20]}” for browsers; python -m evaluate.export writes it."
        )
    try:
        content = file(card.name, part).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != card.parts[part]["sha256"]:
        raise CheckpointError(
            f"The {part} of {card.name} is missing or not the one that its card describes, so browsers do not get it; "
            "restore the file from the repository or write it again with python -m evaluate.export."
        )
    return content


def save(name: str, parts: Mapping[str, Exported]) -> Card:
    """Replace all parts of a checkpoint, the card last; returns the new Card."""
    card = read_card(name)
    for part, exported in parts.items():
        files.rewrite(file(name, part), exported.content)
    facts = {
        part: {
            "sha256": hashlib.sha256(exported.content).hexdigest(),
            "bytes": len(exported.content),
            "storage": exported.storage,
            "difference": float(f"{exported.difference:.2g}"),
        }
        for part, exported in parts.items()
    }
    rewrite_card(dataclasses.replace(card, parts=facts))
    for part in card.parts.keys() - facts.keys():
        file(name, part).unlink(missing_ok=True)
    return read_card(name)
