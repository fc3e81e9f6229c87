"""What a VAE makes of a picture: posterior, reconstruction, error, and pictures of other draws from the posterior."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from ui import networks


@dataclass(frozen=True)
class Reconstruction:
    """mean, sigma (latent,) of q(z|x); picture (C, H, W) uint8 of the mean; mse and cosine as metrics/ defines them."""

    mean: np.ndarray
    sigma: np.ndarray
    picture: np.ndarray
    mse: float
    cosine: float


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
    return Reconstruction(mean[0], np.exp(log_var[0] / 2), networks.decode(_card, mean)[0], *errors)


def reconstruct(card, image):
    """image (C, H, W) uint8 -> Reconstruction."""
    return _reconstruct(card.name, card.sha256, image.tobytes(), image.shape, card)


def error_map(image, picture):
    """|difference| of two pictures (C, H, W) uint8 as (C, H, W) uint8; white is an error of the whole range."""
    return np.abs(image.astype(np.int16) - picture).astype(np.uint8)


def resampled(card, result, count, seed):
    """Pictures of `count` draws z = mean + σ · ε: (count, C, H, W) uint8."""
    noise = np.random.default_rng(seed).standard_normal((count, card.latent), np.float32)
    return networks.decode(card, result.mean + result.sigma * noise)
