"""What one picture's likelihood is made of: codes drawn from q(z|x), their weights, and the KL of every dimension."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import jobs, networks

SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)  # K
CODES = 2000


@dataclass(frozen=True)
class Likelihood:
    """All in nats. elbo, log_px: the estimates of 1 and of CODES codes; reconstruction and kl: the parts of the ELBO.

    bound, spread: for every K of SIZES. kl_per_dimension (latent,).
    """

    elbo: float
    reconstruction: float
    kl: float
    log_px: float
    bound: list
    spread: list
    kl_per_dimension: np.ndarray


@st.cache_data(max_entries=128, show_spinner="Weighing 2,000 codes …")
def _likelihood(name, sha256, raw, shape, seed, _card):
    network = networks.model(_card)
    import torch

    from metrics.likelihood import bounds, log_weights
    from models.probability import kl_to_standard_normal

    image = np.frombuffer(raw, np.uint8).reshape(1, *shape)
    with jobs.lock(), torch.inference_mode():
        x = torch.from_numpy(image.astype(np.float32)) / 255
        mean, log_var = network.encode(x)
        noise = torch.randn(1, CODES, network.latent, generator=torch.Generator().manual_seed(seed))
        weights = log_weights(network, x, mean[:, None] + (0.5 * log_var).exp()[:, None] * noise)[0]
        kl = kl_to_standard_normal(mean, log_var)[0]
        bound, spread = bounds(weights, SIZES)
    elbo, total = bound[0], kl.sum().item()
    return Likelihood(elbo, elbo + total, total, bound[-1], bound, spread, kl.numpy())


def likelihood(card: Card, image: np.ndarray, seed: int) -> Likelihood:
    """Of a picture (C, H, W) uint8, with codes of a seed."""
    return _likelihood(card.name, card.sha256, image.tobytes(), image.shape, seed, card)
