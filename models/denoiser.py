"""A patch-based MLP denoising autoencoder for noise in one 8×8 patch, at a known or unknown place.

The denoiser with the least squared error is the mean of the clean picture x given the noisy one (Vincent et al. 2008;
Burger et al. 2012 for MLPs on patches). With noise in one patch at an unknown place, that mean is a sum over places:

    E[x | noisy] = Σ over places  p(place | noisy) · E[x | noisy, place]

Each factor has an MLP: the locator estimates the probabilities of the places, the restorer the content of the
patch at a given place. For a known place the sum has one term, and the restorer alone is the denoiser.
"""

import torch
import torch.nn.functional as F
from torch import nn

from models.patch_noise import PIXELS, SIDE

SIZE = 28  # pixels, width and height of the pictures
PLACES = SIZE - SIDE + 1  # rows, and columns, where a patch can start
MARGIN = 8  # pixels around the patch that the restorer sees: its 24×24 window is larger than any digit


class Residual(nn.Module):
    """h + W·gelu(norm(h)), features (…, width) (He et al. 2016, with the normalisation first)."""

    def __init__(self, width: int):
        super().__init__()
        self.body = nn.Sequential(nn.LayerNorm(width), nn.GELU(), nn.Linear(width, width))

    def forward(self, h: torch.Tensor) -> torch.Tensor:
        return h + self.body(h)


class PatchDenoiser(nn.Module):
    """Pictures are (N, 1, 28, 28) in [0, 1]; a place is 21·row + column of the patch's upper left pixel.

    width, blocks: of the restorer, a residual MLP. Its input is a window of 24×24 pixels with the patch in its middle
    (black outside the picture) and the place of the patch; its output is the 64 pixels of the patch.
    windows: hidden units of the locator, one MLP applied to a window around each of the 441 places. around: margin of
    this window around the patch, pixels.
    candidates: how many of the most probable places the sum has; for all others the picture stays as it is.
    """

    half_precision = True  # stored as float16

    def __init__(self, width: int = 768, blocks: int = 3, windows: int = 64, candidates: int = 16, around: int = 2):
        super().__init__()
        self.shape, self.candidates = (1, SIZE, SIZE), candidates
        inputs = (SIDE + 2 * MARGIN) ** 2 + 2 * PLACES
        head = (nn.LayerNorm(width), nn.GELU(), nn.Linear(width, PIXELS), nn.Sigmoid())
        self.restorer = nn.Sequential(nn.Linear(inputs, width), *(Residual(width) for _ in range(blocks)), *head)
        # As a convolution, one MLP is applied to every window with the same weights.
        self.locator = nn.Sequential(
            nn.Conv2d(1, windows, SIDE + 2 * around, padding=around),  # 21×21
            nn.GELU(),
            nn.Conv2d(windows, windows, 1),
            nn.GELU(),
            nn.Conv2d(windows, 1, 1),
            nn.Flatten(),
        )

    def locate(self, noisy: torch.Tensor) -> torch.Tensor:
        """Logits (N, 441) of the places of the patch."""
        return self.locator(noisy)

    def restore(self, noisy: torch.Tensor, place: torch.Tensor) -> torch.Tensor:
        """Clean pixels (N, K, 64) in (0, 1) for a patch at each of the places (N, K) int64."""
        padded = F.pad(noisy, (MARGIN,) * 4).flatten(1)
        pixels = square(place, SIDE + 2 * MARGIN, SIZE + 2 * MARGIN)
        window = padded.gather(1, pixels.flatten(1)).unflatten(1, (place.shape[1], -1))
        row, column = (F.one_hot(axis, PLACES).to(noisy) for axis in (place // PLACES, place % PLACES))
        return self.restorer(torch.cat([window, row, column], 2))

    def forward(self, noisy: torch.Tensor, place: torch.Tensor | None = None) -> torch.Tensor:
        """The denoised pictures (N, 1, 28, 28).

        place (N,) int64: the places of the patches if they are known; pixels outside them are then copied exactly.
        """
        if place is None:
            weight, place = self.locate(noisy).softmax(1).topk(self.candidates)
        else:
            weight, place = noisy.new_ones(noisy.shape[0], 1), place[:, None]
        restored = self._put(place, weight[:, :, None] * self.restore(noisy, place))
        return ((1 - self._cover(place, weight)) * noisy + restored).clamp(0, 1)

    def gate(self, noisy: torch.Tensor) -> torch.Tensor:
        """Probability (N, 1, 28, 28) that a pixel is in the patch, from the locator's probabilities of all places."""
        weight = self.locate(noisy).softmax(1)
        return self._cover(torch.arange(PLACES**2, device=noisy.device).expand_as(weight), weight).clamp(0, 1)

    def _cover(self, place: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        """The sum (N, 1, 28, 28) of patches at places (N, K), each filled with its weight (N, K)."""
        return self._put(place, weight[:, :, None].expand(-1, -1, PIXELS))

    def _put(self, place: torch.Tensor, patches: torch.Tensor) -> torch.Tensor:
        """The sum (N, 1, 28, 28) of patches (N, K, 64) at places (N, K), on black."""
        black = patches.new_zeros(patches.shape[0], SIZE * SIZE)  # not len(), which an exporter cannot trace
        pixels = square(place, SIDE, SIZE).flatten(1)
        return black.scatter_add(1, pixels, patches.flatten(1)).unflatten(1, self.shape)


def square(place: torch.Tensor, side: int, size: int) -> torch.Tensor:
    """The pixels (…, side²), row by row, of the square at each of the places (…) in a picture of `size` columns.

    Places and pixels are int64. Computed, since a table of all places was a third of the browser's file.
    """
    along = torch.arange(side, device=place.device)
    start = place // PLACES * size + place % PLACES
    return start[..., None] + (along[:, None] * size + along).flatten()
