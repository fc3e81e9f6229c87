"""Ways from one picture to another, frame by frame: through the latent space and through the pixels."""

import numpy as np
import streamlit as st

from ui import gallery, networks

FRAMES = 33  # α from 0 to 1
ROWS = 10  # of the assignment's figure
WAYS = {"lerp": "Straight line between the codes, decoded", "blend": "Blend of the two pictures"}
BETWEEN = 7  # decoded pictures between the two ends
PAIRS = {"same": "The same class", "different": "Different classes"}


def alphas():
    return np.linspace(0, 1, FRAMES, dtype=np.float32)


@st.cache_data(max_entries=64, show_spinner=False)
def _latent(name, sha256, a, b, _card):
    import torch

    from models.interpolation import lerp, slerp

    ends = [torch.from_numpy(np.frombuffer(code, np.float32).copy()) for code in (a, b)]
    ways = {"lerp": lerp, "slerp": slerp}
    codes = {way: function(*ends, torch.from_numpy(alphas())).numpy() for way, function in ways.items()}
    return {way: (networks.decode(_card, c), np.linalg.norm(c, axis=1)) for way, c in codes.items()}


def latent(card, a, b):
    """{"lerp": (frames (T, C, H, W) uint8, ‖z‖ (T,)), "slerp": likewise} between two codes (latent,)."""
    return _latent(card.name, card.sha256, a.tobytes(), b.tobytes(), card)


def blend(a, b, shares=None):
    """Pixel by pixel from picture a to b, (C, H, W) uint8 each, at the shares of b: (T, C, H, W) uint8."""
    shares = alphas() if shares is None else shares
    mixed = a + shares[:, None, None, None] * (b.astype(np.float32) - a)
    return mixed.round().astype(np.uint8)


@st.cache_data(max_entries=16, show_spinner=False)
def _figure(name, sha256, same, seed, real, _card):
    import torch

    from metrics.interpolation import class_pairs, interpolation_rows
    from models.interpolation import lerp

    if not real:
        preview = networks.preview(_card)
        pairs = class_pairs(torch.from_numpy(preview["labels"]), ROWS, same=same, seed=seed)
        ends = torch.from_numpy(preview["codes"])[pairs]  # (10, 2, latent)
        times = torch.linspace(0, 1, BETWEEN + 2)
        return networks.decode(_card, torch.cat([lerp(a, b, times) for a, b in ends]).numpy())
    sample = gallery.test_images(_card)
    pairs = class_pairs(torch.from_numpy(sample.labels), ROWS, same=same, seed=seed)
    images = torch.from_numpy(sample.images).float() / 255
    rows = interpolation_rows(networks.model(_card), images[pairs[:, 0]], images[pairs[:, 1]], BETWEEN)
    return (rows.flatten(0, 1) * 255).round().to(torch.uint8).numpy()


def figure(card, *, same, seed):
    """The assignment's figure: 10 random pairs of the same or of different classes, (10 · 9, C, H, W) uint8.

    The ends are test images; where there are none with classes, decoded codes of test images.
    """
    sample = gallery.test_images(card)
    real = sample is not None and sample.labels is not None
    return _figure(card.name, card.sha256, same, seed, real, card)


@st.cache_data(max_entries=16, show_spinner=False)
def _random_pairs(name, sha256, seed, _card):
    import torch

    from models.interpolation import lerp

    ends = torch.from_numpy(np.random.default_rng(seed).standard_normal((ROWS, 2, _card.latent), np.float32))
    times = torch.linspace(0, 1, BETWEEN + 2)
    decoded_rows = networks.decode(_card, torch.cat([lerp(a, b, times) for a, b in ends]).numpy())
    rows = decoded_rows.reshape(ROWS, BETWEEN + 2, *_card.shape).astype(np.float32)
    share = times.numpy()[:, None, None, None]
    blended = np.concatenate([(1 - share) * row[0] + share * row[-1] for row in rows])
    return {"lerp": decoded_rows, "blend": blended.round().astype(np.uint8)}


def random_pairs(card, seed):
    """10 pairs of random codes: {"lerp": the decoded straight lines, "blend": blends of the two pictures}.

    Each (10 · 9, C, H, W) uint8, row by row.
    """
    return _random_pairs(card.name, card.sha256, seed, card)
