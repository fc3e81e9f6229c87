"""How often a discriminator classifies the quarter turn of a picture correctly, for each class of pictures."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F

RotationLogits = Callable[[torch.Tensor], torch.Tensor]  # pictures (N, C, H, H) -> (N, 4)


@torch.no_grad()
def rotation_accuracy(
    guess: RotationLogits, images: torch.Tensor, labels: torch.Tensor, classes: int = 10, batch: int = 250
) -> tuple[float, list[float]]:
    """(overall, per class) accuracy over all four turns of every picture.

    guess: pictures (N, C, H, H) -> logits (N, 4) of the turns by 0°, 90°, 180°, 270° anticlockwise; labels (N,) int64.
    Digits that look the same after a turn (0, 1, 8) or like another digit (6, 9) are ambiguous; chance level is ¼.
    Raises ValueError for a class without pictures.
    """
    counts = labels.bincount(minlength=classes)
    if (counts == 0).any():
        raise ValueError(f"There are no pictures of class {int((counts == 0).nonzero()[0])}.")
    correct = torch.zeros(classes, dtype=torch.float64)
    for x, y in zip(images.split(batch), labels.split(batch), strict=True):
        for turn in range(4):
            hits = guess(x.rot90(turn, (2, 3))).argmax(1) == turn
            correct.index_add_(0, y, hits.double())
    return (correct.sum() / (4 * len(labels))).item(), (correct / (4 * counts)).tolist()


def turned(picture: torch.Tensor, degrees: Sequence[float] | torch.Tensor, moved: float = 0.0) -> torch.Tensor:
    """A picture (C, H, W) in [0, 1] turned anticlockwise by each of `degrees` (K,): (K, C, H, W).

    Bilinear, black outside; exact for multiples of 90° (H = W). moved: pixels by which the picture is first moved up
    and to the left.
    """
    angles = torch.as_tensor(degrees, dtype=torch.float64).deg2rad()
    cosine, sine, zero = angles.cos(), angles.sin(), torch.zeros_like(angles)
    # The inverse map, from pixels of the result to positions in the picture; the y axis points down.
    across, down = (zero + 2 * moved / side for side in (picture.shape[2], picture.shape[1]))
    maps = torch.stack([cosine, -sine, across, sine, cosine, down], 1).view(-1, 2, 3)
    copies = picture.double().expand(len(angles), -1, -1, -1)
    places = F.affine_grid(maps, list(copies.shape), align_corners=False)
    return F.grid_sample(copies, places, align_corners=False).to(picture.dtype)


@torch.no_grad()
def turn_chances(guess: RotationLogits, pictures: torch.Tensor) -> torch.Tensor:
    """Probabilities (N, 4) of the four quarter turns of pictures (N, C, H, H); guess as in rotation_accuracy."""
    return guess(pictures).softmax(1)
