"""Directions along which a decoder's features vary most, and how much a direction changes the picture."""

from collections.abc import Callable

import torch
from torch import nn

from models.flow import Flow
from models.gan import GAN
from models.latent_flow import LatentFlow
from models.vae import VAE

ACTIVATIONS = (nn.ReLU, nn.LeakyReLU, nn.ELU, nn.GELU, nn.SiLU, nn.Tanh, nn.Sigmoid, nn.Softplus)


@torch.no_grad()
def first_features(model: VAE | GAN | LatentFlow, codes: torch.Tensor) -> torch.Tensor:
    """Outputs (N, features) of the first nonlinearity of a decoder or generator for codes (N, latent).

    Raises ValueError if none of its modules is a nonlinearity.
    """
    outputs = []

    def keep(_module: nn.Module, _inputs: tuple, out: torch.Tensor) -> None:
        if not outputs and len(out) == len(codes):  # skips a flow's embedding of the time, one row for all codes
            outputs.append(out.detach().flatten(1).clone())  # cloned, since an in-place layer may follow

    hooks = [part.register_forward_hook(keep) for part in model.modules() if isinstance(part, ACTIVATIONS)]
    try:
        model.picture(codes)
    finally:
        for hook in hooks:
            hook.remove()
    if not outputs:
        raise ValueError("this decoder has no nonlinearity whose features could be taken")
    return outputs[0]


@torch.no_grad()
def principal_directions(codes: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
    """A basis of the latent space, most important direction first: (latent, latent), rows orthogonal of unit length.

    Principal components of the features of random codes, each mapped back to the direction of z that explains its
    coordinate best in least squares (Härkönen et al. 2020, GANSpace, equation 2, for codes N(0, I)). For features
    that are linear in z these are the right singular vectors of the matrix. Otherwise the mapped directions are only
    nearly orthogonal, and Gram-Schmidt makes them orthogonal, so that a slider changes only one coordinate; if the
    features have fewer components than the codes have dimensions, further directions complete the basis.
    codes (N, latent), features (N, features), N well above latent.
    """
    z, x = codes.double(), features.double()
    z, x = z - z.mean(0), x - x.mean(0)
    _, spread, axes = torch.linalg.svd(x, full_matrices=False)
    live = spread[: z.shape[1]] > 1e-6 * spread[0]
    coordinates = x @ axes[: z.shape[1]][live].T  # (N, at most latent)
    directions = torch.linalg.lstsq(coordinates, z).solution
    basis = torch.linalg.qr(torch.cat([directions.T, torch.eye(z.shape[1], dtype=z.dtype)], 1)).Q.T
    return _signed(basis).float()


def basis(model: VAE | GAN | LatentFlow, count: int = 2000, seed: int = 0) -> torch.Tensor:
    """The principal_directions (latent, latent) of a model's first_features at `count` codes ~ N(0, I)."""
    codes = torch.randn(count, model.latent, generator=torch.Generator().manual_seed(seed))
    return principal_directions(codes, first_features(model, codes))


def sensitive(model: Flow, count: int, probes: int = 1000, batch: int = 50, seed: int = 0) -> torch.Tensor:
    """The `count` orthogonal unit directions (count, latent) that change the picture most, in decreasing order.

    Leading eigenvectors of E[Jᵀ J] over codes z ~ N(0, I), where J is the Jacobian of the picture in z: the active
    subspace (Constantine et al. 2014, equation 2.2) of ⟨u, picture⟩, u ~ N(0, I), whose gradients Jᵀ u are computed at
    `probes` codes. For codes of hundreds of numbers, where regression on features would need many more pictures.
    """
    generator, gradients = torch.Generator().manual_seed(seed), []
    for codes in torch.randn(probes, model.latent, generator=generator).split(batch):
        z = codes.requires_grad_()
        drawn = model.sketch(z)
        weights = torch.randn(drawn.shape, generator=generator)
        gradients.append(torch.autograd.grad((weights * drawn).sum(), z)[0])
    vectors = torch.linalg.svd(torch.cat(gradients).double(), full_matrices=False).Vh[:count]
    return _signed(vectors).float()


def _signed(vectors):
    """Vectors (D, latent) with the sign, which is arbitrary, that makes the largest entry of each positive."""
    return vectors * vectors.gather(1, vectors.abs().argmax(1, keepdim=True)).sign()


@torch.no_grad()
def effect(
    model: VAE | GAN | Flow | LatentFlow,
    codes: torch.Tensor,
    vectors: torch.Tensor | None = None,
    reach: float = 2.0,
    draw: Callable[[torch.Tensor], torch.Tensor] | None = None,
) -> torch.Tensor:
    """How much each direction changes the picture, (D,): mean |Δpixel| from −reach to reach, pixels in [0, 1].

    codes (M, latent): starting points, over which the mean is taken. vectors (D, latent): unit directions, by default
    the coordinate axes. draw: codes (M, latent) -> pictures (M, …) in [0, 1], by default the model's `picture`.
    """
    draw = draw or model.picture
    vectors = torch.eye(codes.shape[1]) if vectors is None else vectors
    moved = torch.empty(len(vectors))
    for row, vector in enumerate(vectors):
        flat = codes - (codes @ vector)[:, None] * vector
        moved[row] = (draw(flat + reach * vector) - draw(flat - reach * vector)).abs().mean()
    return moved
