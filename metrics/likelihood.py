"""The evidence lower bound of a VAE over a set of pictures, split into its parts. In nats per image."""

import torch

from models.vae import elbo_terms


@torch.no_grad()
def elbo(model, images, *, seed=0, batch=500):
    """ELBO with one z per image: images (N, C, H, W) in [0, 1].

    Returns {"elbo", "standard_error", "reconstruction", "kl", "kl_per_dimension"}: floats in nats per image, the last
    one a list of `latent` floats. The standard error is that of the mean over images. Noise comes from a CPU
    generator with the seed, image by image in order, so that the value does not depend on batch or device.
    """
    noise = torch.randn(len(images), model.latent, generator=torch.Generator().manual_seed(seed))
    parts = [elbo_terms(model, x, e.to(x.device)) for x, e in zip(images.split(batch), noise.split(batch), strict=True)]
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
