"""A patch-based MLP denoising autoencoder: noise in one 8×8 patch, at a known or at an unknown place.

Least squares makes a denoiser the mean of the clean picture x given the noisy one (Vincent et al. 2008; Burger et al.
2012 for MLPs on patches). With noise in one patch at an unknown place, that mean is a sum over the places:

    E[x | noisy] = Σ over places  p(place | noisy) · E[x | noisy, place]

Two MLPs, one for each factor: the locator gives the places their probabilities, the restorer says what was in the patch
at a given place. Where the place is known the sum has one term, and the restorer alone is the denoiser.
"""

import torch
import torch.nn.functional as F
from torch import nn

from models.patch_noise import PIXELS, SIDE

SIZE = 28  # of the pictures
PLACES = SIZE - SIDE + 1  # rows, and columns, where a patch can start
MARGIN = 8  # pixels around the patch that the restorer sees: three times the patch is longer than any digit's side


class Residual(nn.Module):
    """h + W·gelu(norm(h)), features (…, width)."""

    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(nn.LayerNorm(width), nn.GELU(), nn.Linear(width, width))

    def forward(self, h):
        return h + self.body(h)


class PatchDenoiser(nn.Module):
    """Pictures are (N, 1, 28, 28) in [0, 1]; a place is 21·row + column of the patch's upper left pixel.

    width, blocks: of the restorer, a residual MLP. It sees a window of 24×24 pixels with the patch in its middle (black
    beyond the picture), and where the patch is; it gives the 64 pixels of the patch.
    windows: hidden units of the locator, one MLP that looks at a window of 12×12 pixels around each of the 441 places.
    candidates: places that enter the sum, the most probable ones; of the others nothing is changed.
    """

    def __init__(self, width=768, blocks=3, windows=64, candidates=16):
        super().__init__()
        self.shape, self.candidates = (1, SIZE, SIZE), candidates
        seen = (SIDE + 2 * MARGIN) ** 2 + 2 * PLACES
        head = (nn.LayerNorm(width), nn.GELU(), nn.Linear(width, PIXELS), nn.Sigmoid())
        self.restorer = nn.Sequential(nn.Linear(seen, width), *(Residual(width) for _ in range(blocks)), *head)
        # A convolution is a linear layer that looks at every window with the same weights.
        self.locator = nn.Sequential(
            nn.Conv2d(1, windows, SIDE + 4, padding=2),  # 21×21
            nn.GELU(),
            nn.Conv2d(windows, windows, 1),
            nn.GELU(),
            nn.Conv2d(windows, 1, 1),
            nn.Flatten(),
        )
        self.register_buffer("patch_pixels", _squares(SIDE, SIZE), persistent=False)
        self.register_buffer("window_pixels", _squares(SIDE + 2 * MARGIN, SIZE + 2 * MARGIN), persistent=False)

    def locate(self, noisy):
        """Logits (N, 441) of the places of the patch."""
        return self.locator(noisy)

    def restore(self, noisy, place):
        """What was in the patch, (N, K, 64) strictly between 0 and 1, if it is at place (N, K)."""
        padded = F.pad(noisy, (MARGIN,) * 4).flatten(1)
        window = padded.gather(1, self.window_pixels[place].flatten(1)).unflatten(1, (place.shape[1], -1))
        row, column = (F.one_hot(axis, PLACES).to(noisy) for axis in (place // PLACES, place % PLACES))
        return self.restorer(torch.cat([window, row, column], 2))

    def forward(self, noisy, place=None):
        """The denoised pictures (N, 1, 28, 28).

        place (N,) int64: where the patches are, if that is known; what lies outside of them is then copied exactly.
        """
        if place is None:
            weight, place = self.locate(noisy).softmax(1).topk(self.candidates)
        else:
            weight, place = noisy.new_ones(len(noisy), 1), place[:, None]
        restored = self._put(place, weight[:, :, None] * self.restore(noisy, place))
        return ((1 - self._cover(place, weight)) * noisy + restored).clamp(0, 1)

    def gate(self, noisy):
        """Probability of each pixel (N, 1, 28, 28) to be noisy, from the locator's probabilities of all places."""
        weight = self.locate(noisy).softmax(1)
        return self._cover(torch.arange(PLACES**2, device=noisy.device).expand_as(weight), weight).clamp(0, 1)

    def _cover(self, place, weight):
        return self._put(place, weight[:, :, None].expand(-1, -1, PIXELS))

    def _put(self, place, patches):
        """Patches (N, K, 64) at places (N, K), added up on black: (N, 1, 28, 28)."""
        black = patches.new_zeros(len(patches), SIZE * SIZE)
        return black.scatter_add(1, self.patch_pixels[place].flatten(1), patches.flatten(1)).unflatten(1, self.shape)


def _squares(side, size):
    """(441, side²) int64: for each place, row by row, the pixels of its square in a picture of `size` columns."""
    start = torch.arange(size - side + 1)
    square = (torch.arange(side)[:, None] * size + torch.arange(side)).flatten()
    return (start[:, None] * size + start).flatten()[:, None] + square
