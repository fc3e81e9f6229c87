"""The two ends of an interpolation: a test image, a draw from the prior, or a picture of one's own."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from ui import decoded, pick, query, tiles

LAST_SEED = 99_999


@dataclass(frozen=True)
class End:
    code: np.ndarray  # (latent,) float32
    picture: np.ndarray  # (C, H, W) uint8: the image itself where there is one, otherwise what the code decodes to
    words: str


def choose(card, side, default, own=None):
    """Widgets for one end, "A" or "B", beside its picture; returns an End.

    default: number of the test image at first. own(side) returns a prepared picture (C, H, W) uint8 or None.
    """
    with st.container(horizontal=True, gap="small", wrap=False):
        thumbnail, widgets = st.container(width=110), st.container()
    with widgets:
        end = _chosen(card, side, default, own)
    with thumbnail:
        tiles.show(end.picture, f"Picture {side}: {end.words}", caption=end.words)
    return end


def _chosen(card, side, default, own):
    kinds = {"test": "Test", "prior": "Random", **({"own": "Yours"} if own else {})}
    key = side.lower()
    kind = query.choice(f"{key}_from", kinds, label=f"Picture {side}")
    if kind == "own":
        picture = own(side)
        if picture is not None:
            return _encoded(card, picture, "your picture")
        st.caption("Until there is a picture of yours, a test image stands here.")
    if kind == "prior":
        seed = query.whole_number(f"{key}_seed", 0, LAST_SEED, default, label=f"Seed of {side}")
        code = np.random.default_rng(seed).standard_normal(card.latent, np.float32)
        return End(code, pick.decode(card, code[None])[0], f"random code of seed {seed}")
    sample = decoded.sample(card)
    codes = pick.atlas(card)["codes"]
    count = len(sample) if sample is not None else min(1000, len(codes))
    number = query.whole_number(key, 0, count - 1, default, label=f"Number of {side}")
    if sample is not None:
        words = sample.classes[sample.labels[number]] if sample.labels is not None else f"test image {number}"
        return _encoded(card, sample.images[number], words)
    return End(codes[number], pick.decode(card, codes[number : number + 1])[0], f"stored code of test image {number}")


def _encoded(card, picture, words):
    return End(pick.encode(card, picture[None])[0][0], picture, words)
