"""What the networks answer to one picture by PyTorch, and which pixels an answer depends on. Results are cached."""

from __future__ import annotations

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import networks


def logits(card: Card, image: np.ndarray) -> np.ndarray:
    """(classes,) float32 of a picture (C, H, W) uint8."""
    return _logits(card.name, card.sha256, image.tobytes(), image.shape, card)


@st.cache_data(max_entries=256, show_spinner=False)
def _logits(name, sha256, raw, shape, _card):
    import torch

    with torch.inference_mode():
        return networks.model(_card)(_floats(raw, shape)[None])[0].numpy()


def probabilities(logits: np.ndarray) -> np.ndarray:
    """Softmax over the last axis, float64."""
    shifted = np.exp(logits.astype(float) - logits.max(-1, keepdims=True))
    return shifted / shifted.sum(-1, keepdims=True)


def gradients(card: Card, image: np.ndarray) -> np.ndarray:
    """(classes, C, H, W) float32: metrics.saliency.logit_gradients at a picture (C, H, W) uint8."""
    return _gradients(card.name, card.sha256, image.tobytes(), image.shape, card)


@st.cache_data(max_entries=64, show_spinner=False)
def _gradients(name, sha256, raw, shape, _card):
    from metrics.saliency import logit_gradients

    return logit_gradients(networks.model(_card), _floats(raw, shape)).numpy()


def _floats(raw, shape):
    import torch

    return torch.from_numpy(np.frombuffer(raw, np.uint8).reshape(shape).astype(np.float32)) / 255
