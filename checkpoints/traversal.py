"""Which codes an explorer decodes around a code: one line for each slider, and a plane. Plain geometry in numpy.

The atlas of a checkpoint records the pictures of these codes around its first code, so that the first page can be
drawn before any network is loaded.
"""

from dataclasses import dataclass

import numpy as np

STEPS = 31  # of a slider, from −3 to 3
CELLS = 21  # of a side of the plane, from −3 to 3
SLIDERS = 16  # dimensions in one sheet


@dataclass(frozen=True)
class Plane:
    """Codes origin + a·axes[0] + b·axes[1] for a, b in [−3, 3]; `at` is where the present code lies.

    origin (latent,), axes (2, latent), at (2,) float32; caption: what the two directions are, in one sentence.
    """

    origin: np.ndarray
    axes: np.ndarray
    at: np.ndarray
    caption: str


def slider_codes(code, dimensions):
    """The codes of a sheet: every given dimension on its own from −3 to 3, (len(dimensions)·STEPS, latent)."""
    codes = np.tile(code, (len(dimensions), STEPS, 1))
    for row, dimension in enumerate(dimensions):
        codes[row, :, dimension] = positions(STEPS)
    return codes.reshape(-1, len(code))


def positions(steps):
    """The values that a hand can reach, −3 … 3, rounded as explorer.js rounds them: (steps,) float32."""
    return np.linspace(-3, 3, steps).round(6).astype(np.float32)


def coordinate_plane(code, first, second):
    """The plane of two latent dimensions through a code."""
    axes = np.zeros((2, len(code)), np.float32)
    axes[0, first] = axes[1, second] = 1
    at = code[[first, second]]
    origin = code.copy()
    origin[[first, second]] = 0
    return Plane(origin, axes, at, f"Right: z{first} grows. Up: z{second} grows. Hover to look, press to go.")


def principal_plane(code, components, centre, scale):
    """The plane of the first two principal components of the codes through a code; units are standard deviations.

    components (2, latent) unit axes, centre (latent,), scale (2,). What the code has outside the plane stays.
    """
    along = (code - centre) @ components.T
    origin = code - along @ components
    caption = "Right and up: the two directions along which the codes of test images differ most. Hover to look, press to go."
    return Plane(origin, components * scale[:, None], along / scale, caption)


def plane_codes(plane):
    """The codes of a map, row by row from the top left: (CELLS·CELLS, latent)."""
    steps = positions(CELLS)
    b, a = np.meshgrid(steps[::-1], steps, indexing="ij")
    grid = np.stack([a.ravel(), b.ravel()], 1).astype(np.float32)
    return (plane.origin + grid @ plane.axes).astype(np.float32)
