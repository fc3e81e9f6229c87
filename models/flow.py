"""Flow matching: a network gives the velocity that turns noise into a picture (Lipman et al. 2023, Liu et al. 2023).

    x_t = (1 − t) · noise + t · picture         the path of a pair, a straight line, t from 0 to 1
    v(x, t) = E[picture − noise | x_t = x]      what the network learns; dx/dt = v turns N(0, I) into the pictures

    pictures = model.generate(z)                z (N, latent)             ->  (N, C, H, W) about in [−1, 1]
    z = model.code(x)                           x (N, C, H, W) in [0, 1]  ->  (N, latent), the same path backwards
    picture = model.picture(z)                  generate(z) mapped to [0, 1]
    picture = model.sketch(z)                   the same in a fifth of the time, while somebody drags
    mean = model.expected(z)                    E[picture | noise]: one step, which gives the mean of all pictures

Noise has the shape of a picture, so a code has as many numbers as a picture has pixels.
"""

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models import ode
from models.toy_gan import SLOPE

STEPS = 10  # of the midpoint rule, with two evaluations of the network each (one in the last if Flow.limit is 1)
SKETCH = 2  # steps while somebody drags
CLOSE = 0.05  # least 1 − t in training; also used in place of 1 − t = 0, where no path evaluates the network
ARRIVED = 1e-4  # 1 − t that counts as 0


class Flow(nn.Module):
    """A velocity field, optionally conditioned on one of `classes` (0: unconditional). Subclasses define `velocity`.

    shape: of a generated sample, (C, H, W) or (D,). latent: dimensions of a code. limit: a time at which the velocity
    is not defined (models/ode.py).
    """

    limit: float | None = None

    def __init__(self, shape: Sequence[int], classes: int = 0):
        super().__init__()
        self.shape, self.classes, self.latent = tuple(shape), classes, math.prod(shape)

    def velocity(self, x: Tensor, t: Tensor, label: Tensor) -> Tensor:
        """v (N, *shape) at points x (N, *shape) and times t. label int64: a class, or `classes` for any.

        t and label: (N,), or (1,) if they are the same for all.
        """
        raise NotImplementedError

    def guided(self, x: Tensor, t: float, label: Tensor | None = None, guidance: float = 1.0) -> Tensor:
        """v(any) + guidance · (v(label) − v(any)), (N, *shape): classifier-free guidance (Ho & Salimans 2022).

        guidance: 1 gives the class as it was learned, more exaggerates it, 0 (or label None) gives any picture, and
        less than 0 leads away from the class. Raises ValueError for a guidance that is not finite.
        """
        if not math.isfinite(guidance):
            raise ValueError(f"Guidance is a finite number, not {guidance}.")
        time, any_class = x.new_full((1,), t), torch.full((1,), self.classes, device=x.device)
        if label is None or guidance == 0:
            return self.velocity(x, time, any_class)
        if guidance == 1:
            return self.velocity(x, time, label)
        both = torch.cat([label, any_class.expand(len(label))])
        asked, free = self.velocity(x.repeat(2, *[1] * (x.dim() - 1)), time, both).chunk(2)
        return free + guidance * (asked - free)

    def generate(
        self,
        z: Tensor,
        label: Tensor | None = None,
        guidance: float = 1.0,
        steps: int = STEPS,
        solver: str = "midpoint",
    ) -> Tensor:
        """Samples (N, *shape) from noise z (N, latent): the end of the path from t = 0 to 1.

        label (N,) int64. Raises ValueError for codes of another length, labels out of range, a guidance that is not
        finite, fewer than one step, and an unknown solver.
        """
        return ode.solve(self._field(label, guidance), self._noise(z), 0, 1, steps, solver, self.limit)

    def path(
        self,
        z: Tensor,
        label: Tensor | None = None,
        guidance: float = 1.0,
        steps: int = STEPS,
        solver: str = "midpoint",
    ) -> Tensor:
        """The whole path of noise z (N, latent), (steps + 1, N, *shape), from the noise to the result of `generate`.

        Arguments and errors as for `generate`.
        """
        return torch.stack(
            list(ode.path(self._field(label, guidance), self._noise(z), 0, 1, steps, solver, self.limit))
        )

    def code(self, x: Tensor, label: Tensor | None = None, steps: int = STEPS, solver: str = "midpoint") -> Tensor:
        """The noise (N, latent) that becomes the pictures x (N, *shape) in [0, 1]: the path from t = 1 back to 0.

        Every picture has a code, but only the codes of pictures like the training data look like noise. Raises
        ValueError for pictures of another shape or with pixels that are not finite, and as `generate` does.
        """
        if x.shape[1:] != self.shape or not torch.isfinite(x).all():
            raise ValueError(f"Pictures of this flow are finite numbers (N, {', '.join(map(str, self.shape))}).")
        return ode.solve(self._field(label, 1.0), 2 * x - 1, 1, 0, steps, solver, self.limit).flatten(1)

    def _noise(self, z):
        if z.dim() != 2 or z.shape[1] != self.latent:
            raise ValueError(f"A code of this flow has {self.latent} numbers, but these have the shape {(*z.shape,)}.")
        return z.unflatten(1, self.shape)

    def _field(self, label, guidance):
        if label is not None and not ((label >= 0) & (label < self.classes)).all():
            known = f"0 to {self.classes - 1}" if self.classes else "none"
            raise ValueError(f"This flow knows the classes {known}; leave the label out for any picture.")
        return lambda x, t: self.guided(x, t, label, guidance)

    def picture(
        self,
        z: Tensor,
        label: Tensor | None = None,
        guidance: float = 1.0,
        *,
        steps: int = STEPS,
        solver: str = "midpoint",
    ) -> Tensor:
        """Pictures (N, *shape) in [0, 1] of codes (N, latent), of any class unless a label (N,) is given.

        Raises ValueError as `generate` does.
        """
        return (self.generate(z, label, guidance, steps, solver) * 0.5 + 0.5).clamp(0, 1)

    def sketch(self, z: Tensor) -> Tensor:
        """Nearly the same pictures (N, *shape) in [0, 1] of codes (N, latent), in SKETCH steps."""
        return self.picture(z, steps=SKETCH)

    def expected(self, z: Tensor, label: Tensor | None = None) -> Tensor:
        """E[picture | noise z] (N, *shape), about in [−1, 1], for codes (N, latent): one Euler step from t = 0 to 1.

        Noise says nothing about its picture, so for every z this is the mean of all pictures, or of those of the label:
        the answer of a denoiser that sees only noise.
        """
        return self.generate(z, label, steps=1, solver="euler")


def sinusoid_frequencies(count: int, highest: float = 100.0) -> Tensor:
    """Frequencies (F,), F = count / 2, from 1 to `highest` in a geometric series (Vaswani et al. 2017)."""
    half = count // 2
    return torch.tensor([highest ** (k / max(1, half - 1)) for k in range(half)])


def sinusoids(t: Tensor, frequencies: Tensor) -> Tensor:
    """cos and sin of times t (N,) at frequencies (F,), (N, 2F)."""
    angles = t[:, None] * frequencies
    return torch.cat([angles.cos(), angles.sin()], 1)


class Block(nn.Module):
    """GroupNorm, SiLU, 3×3 convolution, twice, plus the input; the condition scales and shifts the second norm.

    x (N, channels, H, W), condition (N, width) -> (N, out, H, W). Initially the identity, or the 1×1 convolution if
    the number of channels changes (Dhariwal & Nichol 2021).
    """

    def __init__(self, channels: int, out: int, width: int):
        super().__init__()
        self.first = nn.Sequential(nn.GroupNorm(8, channels), nn.SiLU(), nn.Conv2d(channels, out, 3, padding=1))
        self.norm, self.modulation = nn.GroupNorm(8, out), nn.Linear(width, 2 * out)
        self.second = nn.Conv2d(out, out, 3, padding=1)
        self.shortcut = nn.Conv2d(channels, out, 1) if channels != out else nn.Identity()
        for start in self.second.parameters():
            nn.init.zeros_(start)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        scale, shift = self.modulation(condition)[:, :, None, None].chunk(2, 1)
        hidden = self.norm(self.first(x)) * (1 + scale) + shift
        return self.shortcut(x) + self.second(F.silu(hidden))


class UNetFlow(Flow):
    """A small U-Net (Ronneberger et al. 2015): two blocks at half size, three at a quarter, two at half size again.

    Squares of 2×2 pixels become channels, so that nothing is computed at full size. The network predicts the picture at
    the end of the path, E[picture | x_t], from which the velocity follows: a small network then does not have to
    reproduce noise, and leaves none in its pictures (Li & He 2025).
    """

    limit = 1.0
    frequencies: Tensor

    def __init__(self, shape: Sequence[int] = (1, 28, 28), classes: int = 10, channels: int = 32, width: int = 128):
        super().__init__(shape, classes)
        c, pixels = channels, 4 * self.shape[0]
        self.register_buffer("frequencies", sinusoid_frequencies(channels), persistent=False)
        self.time = nn.Sequential(nn.Linear(channels, width), nn.SiLU(), nn.Linear(width, width))
        self.label = nn.Embedding(classes + 1, width)
        self.stem = nn.Conv2d(pixels, c, 3, padding=1)
        self.down = nn.ModuleList([Block(c, c, width), Block(c, c, width)])
        self.middle = nn.ModuleList([Block(c, 2 * c, width), Block(2 * c, 2 * c, width), Block(2 * c, 2 * c, width)])
        self.up = nn.ModuleList([Block(3 * c, c, width), Block(2 * c, c, width)])
        self.head = nn.Sequential(nn.GroupNorm(8, c), nn.SiLU(), nn.Conv2d(c, pixels, 3, padding=1))
        for start in self.head[-1].parameters():
            nn.init.zeros_(start)

    def velocity(self, x: Tensor, t: Tensor, label: Tensor) -> Tensor:
        left = 1 - t
        left = torch.where(left < ARRIVED, CLOSE, left).view(-1, 1, 1, 1)
        return (self.end(x, t, label) - x) / left

    def end(self, x: Tensor, t: Tensor, label: Tensor) -> Tensor:
        """E[picture | x_t = x] (N, *shape), about in [−1, 1]: the mean of all pictures that x may lead to."""
        condition = F.silu(self.time(sinusoids(t, self.frequencies)) + self.label(label))
        hidden, kept = self.stem(F.pixel_unshuffle(x, 2)), []
        for block in self.down:
            hidden = block(hidden, condition)
            kept.append(hidden)
        hidden = F.avg_pool2d(hidden, 2)
        for block in self.middle:
            hidden = block(hidden, condition)
        hidden = F.interpolate(hidden, scale_factor=2, mode="nearest")
        for block in self.up:
            hidden = block(torch.cat([hidden, kept.pop()], 1), condition)
        return F.pixel_shuffle(self.head(hidden), 2)


class MLPFlow(Flow):
    """A flow of points in the plane; inputs x and t, hidden layers of `widths`, each with a leaky ReLU.

    The network of ui/components/lib/toy_flow.js, which trains in the browser.
    """

    def __init__(self, shape: Sequence[int] = (2,), widths: Sequence[int] = (64, 64)):
        super().__init__(shape)
        layers, width = [], self.latent + 1
        for out in widths:
            layers += [nn.Linear(width, out), nn.LeakyReLU(SLOPE)]
            width = out
        self.body = nn.Sequential(*layers, nn.Linear(width, self.latent))

    def velocity(self, x: Tensor, t: Tensor, label: Tensor) -> Tensor:
        return self.body(torch.cat([x, t.expand(len(x))[:, None]], 1))
