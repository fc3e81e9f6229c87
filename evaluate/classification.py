"""Figures of a classifier: python -m evaluate.classification mnist_classifier adds them to a stored card."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

import checkpoints
import data
from data.splits import Split, Splits
from evaluate import Evaluation, command
from models.classifier import SpriteClassifier

PROTOCOL = {
    "accuracy": "share of the test images whose largest logit is their label",
    "sensitivity": "of a class's test images, the share that is named so; mean over the classes",
    "specificity": "of the test images of other classes, the share that is not named so; mean over the classes",
    "f1": "harmonic mean of a class's sensitivity and of the share of the images named so that are right, its "
    "precision; mean over the classes",
    "confusion": "number of test images of each class (rows) that were named each class (columns)",
}


@torch.no_grad()
def logits(model: nn.Module, split: Split, batch: int = 100) -> torch.Tensor:
    """Logits (N, classes) of a Split's pictures, on the CPU."""
    device = next(model.parameters()).device
    parts = [Split(x, split.labels).floats() for x in split.images.split(batch)]
    return torch.cat([model(x.to(device)).cpu() for x in parts])


def accuracy(model: nn.Module, split: Split) -> float:
    """Share of a Split's pictures whose largest logit is their label."""
    return (logits(model, split, 500).argmax(1) == split.labels).double().mean().item()


@torch.no_grad()
def factor_accuracies(model: SpriteClassifier, split: Split) -> dict[str, float]:
    """Share of the pictures classified correctly, for every factor: {"shape_accuracy": …, …}; labels (N, 4)."""
    device = next(model.parameters()).device
    tables = [model.factors(x.to(device)) for x in split.floats().split(500)]
    predicted = torch.cat([torch.stack([logits.argmax(1) for logits in table], 1).cpu() for table in tables])
    right = (predicted == split.labels).double().mean(0).tolist()
    return dict(zip(("shape_accuracy", "scale_accuracy", "x_accuracy", "y_accuracy"), right, strict=True))


def evaluate(model: nn.Module, splits: Splits) -> Evaluation:
    """Figures on the test set and accuracy on the other splits; for dSprites the accuracy for every factor.

    Preview: test_probabilities (N, classes) float16 and test_labels (N,) uint8 in the order of the test set.
    """
    if isinstance(model, SpriteClassifier):
        shares = factor_accuracies(model, splits.test)
        protocol = dict.fromkeys(shares, "share of the test images whose class of this factor has the largest logit")
        return Evaluation({"test_accuracy": shares["shape_accuracy"]} | shares, protocol)
    metrics, protocol, preview = of_test_set(model, splits.test)
    if splits.sample:
        metrics["sample_accuracy"] = accuracy(model, splits.sample)
        protocol["sample_accuracy"] = "the same on the shipped pictures, which were not trained on"
    if splits.real:
        metrics["svhn_real_accuracy"] = accuracy(model, splits.real)
        protocol["svhn_real_accuracy"] = (
            f"the same on the {len(splits.real):,} real SVHN digits that were at hand, none of which was trained on"
        )
    return Evaluation(metrics, protocol, preview)


def of_test_set(model: nn.Module, test: Split) -> Evaluation:
    """The figures of metrics/classification.py, with the prefix "test_", and the preview of `evaluate`."""
    from metrics import classification  # imports scikit-learn, which only this function needs

    scores = logits(model, test)
    found = classification.figures(test.labels, scores.argmax(1), scores.shape[1])
    metrics = {f"test_{name}": value for name, value in found.items()}
    protocol = {f"test_{name}": words for name, words in PROTOCOL.items()}
    preview = {
        "test_probabilities": scores.softmax(1).numpy().astype(np.float16),
        "test_labels": test.labels.numpy().astype(np.uint8),
    }
    return Evaluation(metrics, protocol, preview)


def main(name: str) -> None:
    """Add the figures of the test set to the card of a stored classifier, and its probabilities to the preview."""
    card, model = checkpoints.read(name), checkpoints.load(name)
    if not card.kind.classifies or isinstance(model, SpriteClassifier):
        raise data.DataError(f"{name} has no single label for each picture, so there is no table of its classes.")
    metrics, protocol, preview = of_test_set(model, command.splits_of(card).test)
    checkpoints.save_preview(name, checkpoints.preview_to_extend(name) | preview)
    command.added(name, metrics, protocol)


if __name__ == "__main__":
    command.run("evaluate.classification", __doc__, main)
