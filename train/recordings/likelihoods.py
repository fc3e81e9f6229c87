"""Record log p(x) of test digits, with which a page compares one picture: python -m train.recordings.likelihoods

For every VAE of binarised MNIST: 1,000 test pictures, and the same digits binarised by a threshold instead of at
random. Written to checkpoints/recorded/likelihoods.json. Needs both data sets.
"""

from __future__ import annotations

import numpy as np
import torch

import checkpoints
import data
from evaluate.command import Command
from metrics.appearance import outline
from metrics.likelihood import importance_log_px
from train.recordings import store

DATASET, GREY = "binarized_mnist", "mnist"
PICTURES = 1000
CODES = 200  # K


def pictures() -> tuple[dict[str, np.ndarray], np.ndarray]:
    """({kind: (PICTURES, 1, 28, 28) uint8}, labels (PICTURES,)) of the same random test digits.

    "drawn": each pixel is white with its grey value as the probability; "threshold": white if that is at least ½.
    """
    drawn, grey = data.load(DATASET, "test"), data.load(GREY, "test")
    assert drawn.indices is not None
    assert drawn.labels is not None
    rows = np.random.default_rng(0).permutation(len(drawn))[:PICTURES]  # the file is sorted by class
    threshold = np.where(grey.images[drawn.indices[rows]] >= 128, 255, 0).astype(np.uint8)
    return {"drawn": drawn.images[rows], "threshold": threshold}, drawn.labels[rows]


def measure(name: str, images: np.ndarray) -> list[float]:
    """log p(x) of pictures (N, 1, 28, 28) uint8 under a stored VAE, nats."""
    values = importance_log_px(checkpoints.load(name), torch.from_numpy(images).float() / 255, CODES)
    return [round(value, 2) for value in values.tolist()]


def record() -> dict:
    """{"codes", "classes", "kinds": {kind: {"outline", "log_px": {model: values}}}, "models": {name: sha256}}."""
    cards = [card for card in checkpoints.gallery("vae") if card.dataset["name"] == DATASET]
    kinds = {}
    images_of, labels = pictures()
    for kind, images in images_of.items():
        values = {card.name: measure(card.name, images) for card in cards}
        kinds[kind] = {"outline": outline(images).tolist(), "log_px": values}
        print(kind, {name: f"mean {np.mean(v):.2f}" for name, v in values.items()}, flush=True)
    models = {card.name: card.sha256 for card in cards}
    return {"codes": CODES, "classes": labels.tolist(), "kinds": kinds, "models": models}


def main() -> None:
    parser = Command("train.recordings.likelihoods", __doc__)
    parser.parse_args()
    store("likelihoods", parser.prog, record)


if __name__ == "__main__":
    main()
