"""A second task for both players of a GAN: predict by how many degrees a picture was turned (Chen et al. 2019)."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from models.ssgan import SSGAN


@dataclass(frozen=True)
class RotationTask:
    """The discriminator predicts the turns of real pictures; the generator makes pictures whose turn is predictable.

    real_weight, fake_weight: α and β of Chen et al. 2019, equations 3 and 4. jitter: whether pictures are shifted by
    half a pixel before they are turned (see half_pixel_jitter). Without it, the position of an MNIST digit gives away
    its turn, and the network need not learn anything about digits.
    """

    real_weight: float = 1.0
    fake_weight: float = 0.2
    jitter: bool = True

    def discriminator(self, model: SSGAN, real: Tensor) -> Tensor:
        """What the discriminator minimises in addition to its loss, nats; real (N, C, H, H) in [−1, 1]."""
        return self.real_weight * self.cross_entropy(model, real)

    def generator(self, model: SSGAN, fake: Tensor) -> Tensor:
        """What the generator minimises in addition to its loss, nats; fake (N, C, H, H) in [−1, 1]."""
        return self.fake_weight * self.cross_entropy(model, fake)

    def cross_entropy(self, model: SSGAN, pictures: Tensor) -> Tensor:
        """Mean cross entropy, nats, of model.rotation: pictures (N, C, H, H) -> logits (N, 4) of the turns."""
        turned, turns = quarter_turns(half_pixel_jitter(pictures) if self.jitter else pictures)
        return F.cross_entropy(model.rotation(turned), turns)


def half_pixel_jitter(pictures: Tensor) -> Tensor:
    """Each picture of (N, C, H, W) shifted up by 0 or 1 pixel and left by 0 or 1 pixel, at random; edges wrap.

    Turns are about 13.5, the middle of 28 pixels. A picture centred on pixel 14 (as MNIST's centres of mass are) then
    lies half a pixel to either side of it, so that its position says nothing about its turn.
    """
    up, left = torch.randint(2, (2, len(pictures), 1, 1, 1), device=pictures.device).bool()
    pictures = torch.where(up, pictures.roll(-1, 2), pictures)
    return torch.where(left, pictures.roll(-1, 3), pictures)


def quarter_turns(pictures: Tensor) -> tuple[Tensor, Tensor]:
    """A batch (N, C, H, H) whose four quarters are turned anticlockwise by 0°, 90°, 180° and 270°, and the number of
    quarter turns of each picture (N,)."""
    n = len(pictures)
    turns = torch.arange(n, device=pictures.device) * 4 // max(1, n)
    quarters = pictures.tensor_split([-(-k * n // 4) for k in (1, 2, 3)])  # each begins at k·n/4, rounded up
    parts = [quarter.rot90(k, (2, 3)) for k, quarter in enumerate(quarters)]
    return torch.cat(parts), turns
