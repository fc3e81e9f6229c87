"""Density and coverage (Naeem et al. 2020): quality and variety as two numbers; a distance mixes them."""

import torch

from metrics.frechet import Table, checked

ROWS = 1000  # samples whose distances are computed at once


def density_and_coverage(real: Table, fake: Table, *, k: int = 5) -> tuple[float, float]:
    """(density, coverage) of fake features (M, d) relative to real ones (N, d).

    Every real sample has a ball that reaches its k-th nearest real neighbour. density: mean number of balls that a fake
    sample lies in, over k; 1 if fakes are distributed like real samples, possibly above 1. coverage: share of balls
    with a fake sample. Raises ValueError for k real samples or fewer, and for features of different widths.
    """
    real, fake = checked(real), checked(fake)
    if real.shape[1] != fake.shape[1]:
        raise ValueError(f"Features of {real.shape[1]} and of {fake.shape[1]} numbers cannot be compared.")
    if len(real) <= k:
        raise ValueError(f"With k = {k} at least {k + 1} real samples are needed, not {len(real)}.")
    if len(fake) == 0:
        raise ValueError("There are no generated samples.")
    radii = torch.cat([torch.cdist(part, real).kthvalue(k + 1, dim=1).values for part in real.split(ROWS)])
    inside = [
        (torch.cdist(part, fake) < radius[:, None])
        for part, radius in zip(real.split(ROWS), radii.split(ROWS), strict=True)
    ]
    balls = sum(hit.sum().item() for hit in inside)
    covered = sum(hit.any(1).sum().item() for hit in inside)
    return balls / (k * len(fake)), covered / len(real)
