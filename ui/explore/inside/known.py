"""Facts about the layers of a model: their answers to many codes or pictures, computed once for all visits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from checkpoints import Card, CheckpointError, graph, parts
from ui import browser_networks, computed, networks
from ui.explore import images, latent_map

if TYPE_CHECKING:
    from evaluate.units import Answers

MOST = 1000  # inputs, at most
FAMILIES = ("vae", "gan")  # generate a picture in one pass


@dataclass(frozen=True)
class Known:
    """answers: of all layers of a part. tensors: names of their outputs in the network for browsers, None if there is
    none. looked: the inputs, in words."""

    answers: Answers
    tensors: list[str] | None
    looked: str


def known(card: Card, part: str) -> Known:
    """The facts about a part, "decoder" or "encoder"; an error stops the page if a file is damaged."""
    networks.model(card)
    return _known(card.name, card.sha256, part, card)


@computed.by_models
@st.cache_resource(max_entries=8, show_spinner=False)
def _known(name, sha256, part, _card):
    from evaluate import units

    answers = units.answers(networks.model(_card), part, inputs(_card, part))
    modules = [layer.module for layer in answers.layers]
    return Known(answers, _tensors(_card, part, modules), looked(_card, part))


def inputs(card: Card, part: str) -> np.ndarray:
    """Stored codes (N, latent), of test pictures if the model encodes; for an encoder pictures (N, C, H, W) uint8."""
    codes = networks.preview(card)["codes"][:MOST]
    if part == "decoder":
        return codes
    starts = images.start_pictures(card)
    return starts.pictures.images[:MOST] if starts.real else networks.decode(card, codes)


def looked(card: Card, part: str) -> str:
    """A description of `inputs`."""
    count = f"{len(inputs(card, part)):,}"
    if part == "decoder":
        return f"{count} codes of {card.picture_word}s" if card.encodes else f"{count} random codes"
    real = images.start_pictures(card).real
    return f"{count} {card.picture_word}s" if real else f"{count} pictures of the codes of {card.picture_word}s"


def given(card: Card, part: str, of_layers: list[str] | None) -> dict[str, Any] | None:
    """What a browser needs to run a part that also outputs these tensors."""
    network = browser_networks.given(card, part)
    return network if network is None or of_layers is None else network | {"outputs": of_layers}


def name(card: Card, part: str, number: int) -> str:
    """The name of input `number`."""
    if part == "encoder" and (starts := images.start_pictures(card)).real:
        return starts.name(number)
    if not card.encodes:
        return f"random code {number}"
    labels, classes = networks.preview(card).get("labels"), latent_map.classes(card)
    return f"{card.code_word} {number}" + (  # not all stored codes are of the numbered test images
        f" ({classes[labels[number]]})" if labels is not None and len(classes) > 1 else ""
    )


def _tensors(card, part, modules):
    try:
        return graph.tensors(parts.read(card, part), modules) if part in card.parts else None
    except CheckpointError:
        return None
