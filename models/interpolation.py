"""Paths between two codes."""

import torch


def lerp(a: torch.Tensor, b: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    """Straight line (1 − t)·a + t·b: codes a, b (latent,), times t (T,) in [0, 1] -> (T, latent)."""
    t = torch.as_tensor(t, dtype=a.dtype, device=a.device)[:, None]
    return (1 - t) * a + t * b


def slerp(a: torch.Tensor, b: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    """Great-circle path between the directions of a and b; the norm of its points goes linearly from ‖a‖ to ‖b‖.

    Shoemake (1985) on the unit sphere; White (2016) for latent codes. In many dimensions N(0, I) has its mass in a thin
    shell of radius √latent, which the straight line leaves and this path does not. Codes (latent,), t (T,) ->
    (T, latent). The straight line is returned if no great circle is defined: for a zero code, and for parallel or
    opposite codes.
    """
    length_a, length_b = a.norm(), b.norm()
    if length_a == 0 or length_b == 0:
        return lerp(a, b, t)
    unit_a, unit_b = a / length_a, b / length_b
    # In float64: float32 would round the cosine of opposite codes, and the angle would seem to be off by 3e-4.
    cosine = (a.double() @ b.double()) / (a.double().norm() * b.double().norm())
    angle = torch.arccos(cosine.clamp(-1.0, 1.0)).to(a.dtype)
    if torch.sin(angle) < 1e-4:
        return lerp(a, b, t)
    t = torch.as_tensor(t, dtype=a.dtype, device=a.device)[:, None]
    direction = (torch.sin((1 - t) * angle) * unit_a + torch.sin(t * angle) * unit_b) / torch.sin(angle)
    return direction * ((1 - t) * length_a + t * length_b)


def shares(points: torch.Tensor) -> torch.Tensor:
    """Positions (V,) of the points (V, latent), V > 1, of a polyline, as shares of its length from 0 to 1.

    Evenly spaced if the line has length 0.
    """
    steps = (points[1:] - points[:-1]).double().norm(dim=1)
    places = torch.cat([steps.new_zeros(1), steps.cumsum(0)])
    if places[-1] == 0:
        return torch.linspace(0, 1, len(points), dtype=places.dtype, device=places.device)
    return places / places[-1]


def along(points: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    """Points (T, latent) at shares t (T,) of the length of the polyline through points (V, latent), V > 1."""
    places = shares(points)
    t = torch.as_tensor(t, dtype=places.dtype, device=places.device)
    after = torch.searchsorted(places, t).clamp(1, len(points) - 1)
    start, end = places[after - 1], places[after]
    share = ((t - start) / (end - start).clamp(min=1e-12)).clamp(0, 1).to(points.dtype)[:, None]
    return (1 - share) * points[after - 1] + share * points[after]
