"""The kinds of noise in a patch, in the order of their numbers in models/patch_noise.py, which has their formulas.

Nothing here imports torch, so that a page can show the names at once.
"""

from typing import NamedTuple


class NoiseKind(NamedTuple):
    """title: on the screen. strength: what the strength means. measured: the strength in [0, 1] at which denoisers are
    measured. words: describe the noise of that strength."""

    title: str
    strength: str
    measured: float
    words: str


KINDS = {
    "gaussian": NoiseKind(
        "Gaussian", "standard deviation of the noise", 0.5, "Gaussian noise of standard deviation 0.5"
    ),
    "uniform": NoiseKind("Uniform", "half width of the noise", 0.5, "uniform noise of half width 0.5"),
    "salt_and_pepper": NoiseKind(
        "Salt & pepper", "share of the pixels that turn black or white", 0.5, "half of the pixels black or white"
    ),
    "black": NoiseKind("Black", "opacity of the black square", 1.0, "covered in black"),
    "white": NoiseKind("White", "opacity of the white square", 1.0, "covered in white"),
}
