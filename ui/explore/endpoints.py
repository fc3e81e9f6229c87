"""The two ends of an interpolation: a test image, a draw from the prior, or a picture of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import gallery, networks, tiles, url

LAST_SEED = 99_999


@dataclass(frozen=True)
class End:
    """One end: its code, its picture, and what it is."""

    code: np.ndarray  # (latent,) float32
    picture: np.ndarray  # (C, H, W) uint8: the image itself where there is one, otherwise its code decoded
    name: str


def choose(card: Card, side: str, default: int, own: Callable[[str], np.ndarray | None] | None = None) -> End:
    """Widgets for one end, "A" or "B", beside its picture.

    default: number of the test image, and seed of the random code, on a first visit.
    own(side) returns a prepared picture (C, H, W) uint8 or None.
    """
    kinds = {"test": "Test", "prior": "Random", **({"own": "Yours"} if own else {})}
    if not card.encodes:  # without an encoder no picture has a code
        kinds = {"prior": "Random"}
    kind = url.choice(f"{side.lower()}_from", kinds, label=f"Picture {side}")
    with st.container(horizontal=True, gap="small", wrap=False):
        thumbnail, widgets = st.container(width=96), st.container(gap="xsmall")
    picture = own(side) if kind == "own" else None
    with widgets:
        if picture is not None:
            end = _encoded(card, picture, "your picture")
        elif kind == "prior":
            end = _random(card, side, default)
        else:
            end = _test(card, side, default)
        st.caption(end.name + (" until yours is there" if kind == "own" and picture is None else ""))
    with thumbnail:
        tiles.show(end.picture, f"Picture {side}: {end.name}")
    return end


def _random(card, side, default):
    seed = url.whole_number(f"{side.lower()}_seed", 0, LAST_SEED, default, label=f"Seed of {side}")
    code = np.random.default_rng(seed).standard_normal(card.latent, np.float32)
    return End(code, networks.decode(card, code[None])[0], f"random code of seed {seed}")


def _test(card, side, default):
    sample = gallery.test_images(card)
    codes = networks.preview(card)["codes"]
    count = len(sample) if sample is not None else min(1000, len(codes))
    number = url.whole_number(side.lower(), 0, count - 1, default, label=f"Number of {side}")
    if sample is None:
        code = codes[number]
        return End(code, networks.decode(card, code[None])[0], f"stored code of test image {number}")
    name = sample.classes[sample.labels[number]] if sample.labels is not None else f"test image {number}"
    return _encoded(card, sample.images[number], name)


def _encoded(card, picture, name):
    return End(networks.encode(card, picture[None])[0][0], picture, name)
