"""A second task for both players of a GAN: guess how far a picture was turned (Chen et al. 2019)."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from models.ssgan import SSGAN


@dataclass(frozen=True)
class RotationTask:
    """The discriminator guesses the turns of real pictures; the generator is to make pictures whose turn can be told.

    real_weight, fake_weight: α and β of Chen et al. 2019, equations 3 and 4. jitter: whether pictures are moved by half
    a pixel around before they are turned (see half_pixel_jitter). Without it the place of a MNIST digit tells its turn,
    and nothing about digits need be learned.
    """

    real_weight: float = 1.0
    fake_weight: float = 0.2
    jitter: bool = True

    def discriminator(self, model: SSGAN, real: Tensor) -> Tensor:
        """What the discriminator minimises besides its loss, nats; real (N, C, H, H) in [−1, 1]."""
        return self.real_weight * self.cross_entropy(model, real)

    def generator(self, model: SSGAN, fake: Tensor) -> Tensor:
        """What the generator minimises besides its loss, nats; fake (N, C, H, H) in [−1, 1]."""
        return self.fake_weight * self.cross_entropy(model, fake)

    def cross_entropy(self, model: SSGAN, pictures: Tensor) -> Tensor:
        """Mean cross entropy, nats, of model.rotation: pictures (N, C, H, H) -> logits (N, 4) of the turns."""
        turned, turns = quarter_turns(half_pixel_jitter(pictures) if self.jitter else pictures)
        return F.cross_entropy(model.rotation(turned), turns)


def half_pixel_jitter(pictures: Tensor) -> Tensor:
    """Each of (N, C, H, W) moved up by a pixel or not, and left by a pixel or not, as two coins say; edges wrap.

    A picture whose middle is pixel 14 of 28 (MNIST's centres of mass) then lies half a pixel to either side of the
    middle 13.5 about which it is turned, so that where it lies says nothing about its turn.
    """
    up, left = torch.randint(2, (2, len(pictures), 1, 1, 1), device=pictures.device).bool()
    pictures = torch.where(up, pictures.roll(-1, 2), pictures)
    return torch.where(left, pictures.roll(-1, 3), pictures)


def quarter_turns(pictures: Tensor) -> tuple[Tensor, Tensor]:
    """The first quarter of a batch (N, C, H, H) as it is, the next ones turned anticlockwise by 90°, 180° and 270°,
    and how often each was turned (N,)."""
    n = len(pictures)
    turns = torch.arange(n, device=pictures.device) * 4 // max(1, n)
    quarters = pictures.tensor_split([-(-k * n // 4) for k in (1, 2, 3)])  # each begins at k·n/4, rounded up
    parts = [quarter.rot90(k, (2, 3)) for k, quarter in enumerate(quarters)]
    return torch.cat(parts), turns
