"""The likelihood of pictures under a VAE: the evidence lower bound, its terms, and log p(x) by importance sampling."""

import math
from collections.abc import Iterator, Sequence

import torch

from models.probability import gaussian_log_density, reparameterise, standard_normal_log_prob
from models.vae import VAE, elbo_terms

BATCH = 50  # pictures at once, for the same reason as CODES
CODES = 400  # codes decoded at once, so that a decoder's activations fit into the processor's cache


def elbo(model: VAE, images: torch.Tensor, *, seed: int = 0, batch: int = BATCH) -> dict:
    """ELBO with one z per image: images (N, C, H, W) in [0, 1].

    Returns {"elbo", "standard_error", "reconstruction", "kl", "kl_per_dimension"}: floats in nats per image, the last
    one a list of `latent` floats. The standard error is that of the mean over images. Noise comes from a CPU generator
    with this seed, image by image, so that the value does not depend on batch or device.
    """
    return elbo_figures(list(elbo_parts(model, images, seed=seed, batch=batch)))


def elbo_parts(
    model: VAE, images: torch.Tensor, *, seed: int = 0, batch: int = BATCH
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """The terms of `elbo`, batch by batch: (log p(x|z) (B,), KL (B, latent)) in nats."""
    noise = torch.randn(len(images), model.latent, generator=torch.Generator().manual_seed(seed))
    for x, e in zip(images.split(batch), noise.split(batch), strict=True):
        with torch.no_grad():
            parts = elbo_terms(model, x, e.to(x.device))
        yield parts


def elbo_figures(parts: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> dict:
    """The result of `elbo` from the terms of all batches: pairs of (B,) and (B, latent), as elbo_parts gives them."""
    reconstruction = torch.cat([r for r, _ in parts]).double()
    kl = torch.cat([k for _, k in parts]).double()
    values = reconstruction - kl.sum(1)
    return {
        "elbo": values.mean().item(),
        "standard_error": (values.std() / len(values) ** 0.5).item(),
        "reconstruction": reconstruction.mean().item(),
        "kl": kl.sum(1).mean().item(),
        "kl_per_dimension": kl.mean(0).tolist(),
    }


@torch.no_grad()
def log_px(model: VAE, x: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
    """log p(x) ≈ log 1/K Σₖ p(x|zₖ) p(zₖ) / q(zₖ|x), zₖ ~ q(z|x) (Burda et al. 2015, equation 8).

    x (M, D) or (M, C, H, W) in [0, 1]; z (M, K, latent). Returns (M,) float64 in nats per image. On average below the
    true value, and closer for larger K. Raises ValueError if the shapes do not fit.
    """
    if z.ndim != 3 or len(z) != len(x) or z.shape[2] != model.latent:
        raise ValueError(f"z must be ({len(x)}, K, {model.latent}) for these pictures, not {tuple(z.shape)}.")
    return log_weights(model, x, z).logsumexp(1) - math.log(z.shape[1])


@torch.no_grad()
def log_weights(model: VAE, x: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
    """log p(x|zₖ) p(zₖ) / q(zₖ|x): x (M, …) and z (M, K, latent) as in log_px -> (M, K) float64, nats.

    For codes from q(z|x), their mean estimates the ELBO, and the log of the mean of their exponentials log p(x).
    """
    x = x.reshape(len(x), *model.shape)
    mean, log_var = model.encode(x)
    k, codes, weights = z.shape[1], z.flatten(0, 1), []
    for piece in torch.arange(len(codes), device=z.device).split(CODES):
        row, part = piece // k, codes[piece]
        weight = model.log_likelihood(x[row], part) + standard_normal_log_prob(part)
        weights.append((weight - gaussian_log_density(part, mean[row], log_var[row])).double())
    return torch.cat(weights).view(-1, k)


def bounds(weights: torch.Tensor, sizes: Sequence[int]) -> tuple[list[float], list[float]]:
    """Mean and standard deviation of the estimate log 1/K Σ wₖ for each K of `sizes`, from log weights (N,) of one x.

    Two lists of floats, in nats, over groups of K weights; the deviation of a single group is NaN. On average the
    values rise with K towards log p(x) (Burda et al. 2015, theorem 1).
    """
    groups = [weights[: len(weights) // k * k].view(-1, k).logsumexp(1) - math.log(k) for k in sizes]
    return [g.mean().item() for g in groups], [g.std().item() if len(g) > 1 else math.nan for g in groups]


def importance_log_px(model: VAE, images: torch.Tensor, k: int = 200, *, seed: int = 0) -> torch.Tensor:
    """log p(x) of pictures (N, C, H, W) in [0, 1] with k codes each: (N,) float64 in nats per image.

    Noise comes from a CPU generator with this seed, ten pictures at a time.
    """
    return torch.cat(list(importance_parts(model, images, k, seed=seed)))


def importance_parts(model: VAE, images: torch.Tensor, k: int = 200, *, seed: int = 0) -> Iterator[torch.Tensor]:
    """The values of `importance_log_px`, ten pictures at a time: (10,) each, the last one shorter."""
    generator = torch.Generator().manual_seed(seed)
    for x in images.split(10):
        with torch.no_grad():
            mean, log_var = model.encode(x)
            noise = torch.randn(len(x), k, model.latent, generator=generator).to(x.device)
            part = log_px(model, x, reparameterise(mean[:, None], log_var[:, None], noise))
        yield part
