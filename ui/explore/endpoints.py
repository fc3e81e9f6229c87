"""The two ends of an interpolation: a test image, a draw from the prior, or the visitor's own picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import gallery, networks, tiles, url

LAST_SEED = 99_999
# Test images A and B on a first visit: the pair of the first 20 for which the middle pictures of the straight line and
# the great circle differ most. Mean absolute difference in grey levels, measured on 2026-11-26; in brackets the median
# of all pairs.
OPENING = {
    "mnist": (1, 2),  # 23.1 (6.8)
    "binarized_mnist": (1, 2),  # 21.0 (9.3) for both models
    "fashion_mnist": (1, 9),  # fashion_vae 30.4 (7.3); fashion_vae_long 35.9 (13.8), its fourth
    "kmnist": (0, 1),  # 60.5 (29.5)
    "street_digits": (1, 18),  # 52.6 (11.9)
    "dsprites": (1, 19),  # dsprites_control_vae_8 4.2 (1.0): small shapes on black
}
OPENING_SEEDS = (8, 13)  # of the codes of seeds 0 to 19; 1.3 to 2.2 times the median, depending on the GAN


@dataclass(frozen=True)
class End:
    """One end: its code, its picture, and its name."""

    code: np.ndarray  # (latent,) float32
    picture: np.ndarray  # (C, H, W) uint8: the image itself if there is one, otherwise the decoded code
    name: str
    note: str = ""  # how the code was found, if it is not exact


def choose(card: Card, side: str, own: Callable[[str], np.ndarray | None] | None = None) -> End:
    """Widgets for one end, "A" or "B", next to its picture.

    own(side) returns a prepared picture (C, H, W) uint8 or None.
    """
    kinds = {"test": "Your set" if card.own else "Test", "prior": "Random", **({"own": "Yours"} if own else {})}
    if not card.finds_codes:
        kinds = {"prior": "Random"}
    elif not card.encodes and gallery.test_images(card) is None:  # and no codes of test images are recorded
        del kinds["test"]
    kind = url.choice(f"{side.lower()}_from", kinds, label=f"Picture {side}")
    with st.container(horizontal=True, gap="small", wrap=False):
        thumbnail, widgets = st.container(width=96), st.container(gap="xsmall")
    picture = own(side) if own is not None and kind == "own" else None
    with widgets:
        if picture is not None:
            end = _encoded(card, picture, "your picture")
        elif kind == "prior" or "test" not in kinds:
            end = _random(card, side)
        else:
            end = _test(card, side)
        st.caption(end.name + (" until yours is there" if kind == "own" and picture is None else ""))
        if end.note:
            st.caption(end.note)
    with thumbnail:
        tiles.show(end.picture, f"Picture {side}: {end.name}")
    return end


def _number(key, side, last, pair, label):
    """A number input starting with the side's number of `pair`, also after a change to a model with another pair."""
    default = min(pair["AB".index(side)], last)
    if st.session_state.get(key) == st.session_state.get(f"{key}: before it was changed"):
        st.session_state[key] = default
    st.session_state[f"{key}: before it was changed"] = default
    return url.whole_number(key, 0, last, default, label=label)


def _random(card, side):
    seed = _number(f"{side.lower()}_seed", side, LAST_SEED, OPENING_SEEDS, f"Seed of {side}")
    code = np.random.default_rng(seed).standard_normal(card.code_length, np.float32)
    return End(code, networks.decode(card, code[None])[0], f"random code of seed {seed}")


def _test(card, side):
    sample = gallery.test_images(card)
    codes = networks.preview(card)["codes"]
    count = len(sample) if sample is not None else min(1000, len(codes))
    pair = OPENING.get(card.dataset["name"], OPENING_SEEDS)
    number = _number(side.lower(), side, count - 1, pair, f"Number of {side}")
    if sample is None:
        code = codes[number]
        return End(code, networks.decode(card, code[None])[0], f"stored code of {card.picture_word} {number}")
    name = f"{card.picture_word} {number}"
    if sample.labels is not None and len(sample.classes) > 1:
        name = sample.classes[sample.labels[number]]
        name = f"class {name}" if name.isdigit() else name  # to tell it from other numbers
    return _encoded(card, sample.images[number], name)


def _encoded(card, picture, name):
    code = networks.code(card, picture[None])[0]
    return End(code, picture, name, networks.round_trip(card, picture, code).capitalize())
