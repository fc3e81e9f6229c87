"""How often a discriminator guesses the quarter turn of a picture, for each class of pictures."""

import torch
import torch.nn.functional as F


@torch.no_grad()
def rotation_accuracy(guess, images, labels, classes=10, batch=250):
    """(overall, per class): shares of right guesses over all four turns of every picture.

    guess: pictures (N, C, H, H) -> logits (N, 4) of the turns by 0°, 90°, 180°, 270° anticlockwise; labels (N,) int64.
    A picture that looks the same after a turn (0, 1, 8) or like another class (6, 9) cannot be told: chance is ¼.
    Raises ValueError for a class without pictures.
    """
    counts = labels.bincount(minlength=classes)
    if (counts == 0).any():
        raise ValueError(f"There are no pictures of class {int((counts == 0).nonzero()[0])}.")
    right = torch.zeros(classes, dtype=torch.float64)
    for x, y in zip(images.split(batch), labels.split(batch), strict=True):
        for turn in range(4):
            found = guess(x.rot90(turn, (2, 3))).argmax(1) == turn
            right.index_add_(0, y, found.double())
    return (right.sum() / (4 * len(labels))).item(), (right / (4 * counts)).tolist()


def turned(picture, degrees, moved=0.0):
    """A picture (C, H, W) in [0, 1] turned anticlockwise by each of `degrees` (K,): (K, C, H, W).

    Bilinear, black outside; multiples of 90° give every pixel again (H = W). moved: pixels up and to the left by which
    it is moved before it is turned.
    """
    angles = torch.as_tensor(degrees, dtype=torch.float64).deg2rad()
    cosine, sine, none = angles.cos(), angles.sin(), torch.zeros_like(angles)
    # Where each pixel of the result comes from: the plane turned back. In pictures y points down.
    across, down = (none + 2 * moved / side for side in (picture.shape[2], picture.shape[1]))
    maps = torch.stack([cosine, -sine, across, sine, cosine, down], 1).view(-1, 2, 3)
    copies = picture.double().expand(len(angles), -1, -1, -1)
    places = F.affine_grid(maps, copies.shape, align_corners=False)
    return F.grid_sample(copies, places, align_corners=False).to(picture.dtype)


@torch.no_grad()
def turn_chances(guess, pictures):
    """Probabilities (N, 4) of the four quarter turns, guess as in rotation_accuracy."""
    return guess(pictures).softmax(1)
