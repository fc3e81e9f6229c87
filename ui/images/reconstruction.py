"""A VAE's answer to a picture: posterior, reconstruction, error, and pictures of other draws from the posterior."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import browser_networks, computed, networks


@dataclass(frozen=True)
class Reconstruction:
    """mean and log_var of q(z|x), each (latent,); picture (C, H, W) uint8 of the mean; mse, cosine: its errors."""

    mean: np.ndarray
    log_var: np.ndarray
    picture: np.ndarray
    mse: float
    cosine: float

    @property
    def sigma(self) -> np.ndarray:
        """Standard deviations of q(z|x), (latent,)."""
        return np.exp(self.log_var / 2)


@computed.by_models
@st.cache_data(max_entries=128, show_spinner=False)
def _reconstruct(name, sha256, raw, shape, _card):
    import torch

    from metrics.reconstruction import cosine, mse

    image = np.frombuffer(raw, np.uint8).reshape(1, *shape)
    mean, log_var = networks.encode(_card, image)
    with torch.inference_mode():
        x = torch.from_numpy(image.astype(np.float32)) / 255
        restored = networks.model(_card).picture(torch.from_numpy(mean))
        errors = mse(x, restored).item(), cosine(x, restored).item()
    return Reconstruction(mean[0], log_var[0], networks.decode(_card, mean)[0], *errors)


def reconstruct(card: Card, image: np.ndarray) -> Reconstruction:
    """The reconstruction of a picture (C, H, W) uint8 by a VAE."""
    return _reconstruct(card.name, card.sha256, image.tobytes(), image.shape, card)


def described(card: Card, result: Reconstruction | None) -> dict[str, Any]:
    """A model for ui.components.reconstructor; result: None until torch is imported."""
    return {
        "name": card.name,
        "title": card.title,
        "networks": {part: browser_networks.given(card, part) for part in ("encoder", "decoder")},
        "official": result and dataclasses.asdict(result),
    }


def error_map(image: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """|difference| of two pictures (C, H, W) uint8 as (C, H, W) uint8; white is an error of the full range."""
    return np.abs(image.astype(np.int16) - picture).astype(np.uint8)


def resampled(card: Card, result: Reconstruction, count: int, seed: int) -> np.ndarray:
    """Pictures of `count` draws z = mean + σ · ε from the posterior: (count, C, H, W) uint8."""
    import torch

    from models.probability import reparameterise

    noise = np.random.default_rng(seed).standard_normal((count, card.code_length), np.float32)
    codes = reparameterise(*map(torch.from_numpy, (result.mean, result.log_var, noise)))
    return networks.decode(card, codes.numpy())
