"""The recorded codes of test images, as a file for browsers, which look for the nearest one to a dragged code.

float16, all codes in sequence, then one byte for each label: 1 MB for 5,000 codes of 100 numbers. Distances to codes
from the prior change by less than 0.005.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np

import checkpoints
from checkpoints import Card
from ui import computed

SUFFIX = ".codes"


def packed(preview: Mapping[str, np.ndarray]) -> bytes:
    """The file of a checkpoint's recorded arrays."""
    labels = preview["labels"].astype(np.uint8).tobytes() if "labels" in preview else b""
    return preview["codes"].astype("<f2").tobytes() + labels


def described(preview: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """The file's layout: {"count", "latent", "labelled", "bytes"}."""
    count, latent = preview["codes"].shape
    return {"count": count, "latent": latent, "labelled": "labels" in preview, "bytes": len(packed(preview))}


def given(card: Card) -> dict[str, Any] | None:
    """What testCodes() in lib/test_codes.js needs; None for a network without an encoder."""
    if not card.encodes:
        return None
    digest, _, facts = _file(card.name, card.sha256)
    words = {"code": card.code_word, "classes": list(card.classes)}
    return {"url": f"networks/{digest}/{card.name}{SUFFIX}"} | words | facts


def embedded(card: Card) -> dict[str, Any] | None:
    """The same for a page without a server, with the file as base64."""
    facts = given(card)
    return facts and facts | {"data": base64.b64encode(_file(card.name, card.sha256)[1]).decode()}


def content(digest: str, file: str) -> bytes | None:
    """The bytes at that address; None if it does not exist, or no longer."""
    card = checkpoints.read(file.removesuffix(SUFFIX))
    if not card.encodes:
        return None
    wanted, raw, _ = _file(card.name, card.sha256)
    return raw if wanted == digest else None


@computed.by_models
@functools.lru_cache(32)
def _file(name, sha256):
    preview = checkpoints.preview(name)
    raw = packed(preview)
    return hashlib.sha256(raw).hexdigest(), raw, described(preview)
