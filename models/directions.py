"""Directions along which a decoder's features vary most, and how much a direction moves the picture."""

import torch
from torch import nn

ACTIVATIONS = (nn.ReLU, nn.LeakyReLU, nn.ELU, nn.GELU, nn.SiLU, nn.Tanh, nn.Sigmoid, nn.Softplus)


@torch.no_grad()
def first_features(model, codes):
    """What the first nonlinearity behind the codes puts out: codes (N, latent) -> (N, features).

    model: anything with picture(z). ValueError when it is used without a nonlinearity that is a module.
    """
    seen = []

    def keep(_module, _given, out):
        if not seen:
            seen.append(out.detach().flatten(1).clone())  # an in-place layer behind it would change it

    hooks = [part.register_forward_hook(keep) for part in model.modules() if isinstance(part, ACTIVATIONS)]
    try:
        model.picture(codes)
    finally:
        for hook in hooks:
            hook.remove()
    if not seen:
        raise ValueError("this decoder has no nonlinearity whose features could be taken")
    return seen[0]


@torch.no_grad()
def principal_directions(codes, features):
    """A basis of the latent space, most important direction first: (latent, latent), rows orthogonal of unit length.

    Principal components of the features of random codes, each mapped back to the direction of z that explains its
    coordinate best in least squares (Härkönen et al. 2020, GANSpace, equation 2, for codes N(0, I)). For features
    that are linear in z these are the right singular vectors of the matrix. Otherwise the mapped directions are close
    to orthogonal but not quite, so each is freed of those before it: then a slider moves one coordinate and no other,
    and the last ones complete the basis. codes (N, latent), features (N, features), N well above latent.
    """
    z, x = codes.double(), features.double()
    z, x = z - z.mean(0), x - x.mean(0)
    _, spread, axes = torch.linalg.svd(x, full_matrices=False)
    live = spread[: z.shape[1]] > 1e-6 * spread[0]
    coordinates = x @ axes[: z.shape[1]][live].T  # (N, at most latent)
    directions = torch.linalg.lstsq(coordinates, z).solution
    basis = torch.linalg.qr(torch.cat([directions.T, torch.eye(z.shape[1], dtype=z.dtype)], 1)).Q.T
    strongest = basis.gather(1, basis.abs().argmax(1, keepdim=True))
    return (basis * strongest.sign()).float()  # the sign of a component is arbitrary, but should not change by chance


def basis(model, count=2000, seed=0):
    """principal_directions of a model's first features at `count` codes N(0, I) of this seed, (latent, latent)."""
    codes = torch.randn(count, model.latent, generator=torch.Generator().manual_seed(seed))
    return principal_directions(codes, first_features(model, codes))


@torch.no_grad()
def effect(model, codes, vectors=None, reach=2.0):
    """How much each direction moves the picture: mean |Δpixel| from −reach to reach, over the given codes (M, latent).

    vectors (D, latent): directions of unit length, the dimensions themselves without them. Returns (D,).
    """
    vectors = torch.eye(codes.shape[1]) if vectors is None else vectors
    moved = torch.empty(len(vectors))
    for row, vector in enumerate(vectors):
        flat = codes - (codes @ vector)[:, None] * vector
        moved[row] = (model.picture(flat + reach * vector) - model.picture(flat - reach * vector)).abs().mean()
    return moved
