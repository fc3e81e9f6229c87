"""A plane through the latent space: two directions, and the 21 × 21 pictures that lie in it around a code.

The components of the code outside the plane stay unchanged, so the cross-hair always marks the picture that is shown.
The directions are the first two principal components of the test codes, "p1" and "p2", or any two dimensions, "7" and
"3".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

CELLS = 21
REACH = 3.0  # coordinates go from −3 to 3: values of a dimension, or standard deviations along a component
PRINCIPAL = ("p1", "p2")


class PlaneError(ValueError):
    """Axes that this model does not have; the text is one sentence for the person."""


@dataclass(frozen=True)
class Plane:
    """axes: two names. vectors (2, latent): orthogonal, unit length. scale (2,). centre (latent,): coordinates 0, 0."""

    axes: tuple[str, str]
    vectors: np.ndarray
    scale: np.ndarray
    centre: np.ndarray

    def coordinates(self, code: np.ndarray) -> np.ndarray:
        """u (2,) of the point of the plane nearest to a code (latent,)."""
        return self.vectors @ (code - self.centre) / self.scale

    def rest(self, code: np.ndarray) -> np.ndarray:
        """The code (latent,) moved to coordinates (0, 0): the part that moving in the plane does not change."""
        return code - (self.coordinates(code) * self.scale) @ self.vectors

    def codes(self, rest: np.ndarray) -> np.ndarray:
        """(CELLS², latent) float32 codes, row by row from the top left: u₀ rises to the right, u₁ upwards."""
        u = np.round(np.linspace(-REACH, REACH, CELLS), 1)
        u = np.stack(np.meshgrid(u, u[::-1]), -1).reshape(-1, 2)
        return (rest + (u * self.scale) @ self.vectors).astype(np.float32)


def through(axes: tuple[str, ...], preview: Mapping[str, np.ndarray], latent: int) -> Plane:
    """The plane of two axis names; raises PlaneError if they are not axes of this model."""
    if tuple(axes) in (PRINCIPAL, PRINCIPAL[::-1]):
        rows = [PRINCIPAL.index(axis) for axis in axes]
        return Plane(
            (axes[0], axes[1]),
            preview["components"][rows].astype(float),
            preview["scale"][rows].astype(float),
            preview["centre"].astype(float),
        )
    if len(axes) != 2 or axes[0] == axes[1] or not all(_is_dimension(axis, latent) for axis in axes):
        raise PlaneError(
            f"This link asks for a plane that the model does not have (its dimensions are 0 to {latent - 1}), "
            "so the plane of the principal components is shown instead."
        )
    vectors = np.eye(latent)[[int(axis) for axis in axes]]
    return Plane((axes[0], axes[1]), vectors, np.ones(2), np.zeros(latent))


def after_choice(chosen: list[str], before: tuple[str, str], order: list[int]) -> tuple[str, str]:
    """Two axis names after one of them was chosen: kinds are not mixed, and no direction is used twice.

    chosen: the two names in the select boxes. before: the previous two names. order: dimensions by falling effect.
    """
    changed = int(chosen[0] == before[0])
    new, other = chosen[changed], chosen[1 - changed]
    if new in PRINCIPAL:
        other = PRINCIPAL[1 - PRINCIPAL.index(new)]
    elif other in PRINCIPAL or other == new:
        other = next((str(dimension) for dimension in order if str(dimension) != new), "")
    return (other, new) if changed else (new, other)


def name(axis: str) -> str:
    """The name of an axis on the screen."""
    return f"PC {axis[1]}" if axis in PRINCIPAL else f"z{axis}"


def _is_dimension(axis, latent):
    return axis.isascii() and axis.isdecimal() and len(axis) < 7 and axis == str(int(axis)) and int(axis) < latent
