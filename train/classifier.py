"""Train classifiers that judge pictures: python -m train.classifier NAME.

mnist_classifier     ≥ 99.3 % on the test set: the metrics that build on it compare models of one per cent
fashion_classifier   ≥ 93 %
"""

import torch

from models.classifier import ConvClassifier
from train import command
from train.augment import flip_and_shift, shift_and_turn
from train.objectives import cross_entropy
from train.recipe import Recipe, cosine
from train.splits import fashion_mnist, mnist

RECIPES = [
    Recipe(
        name="mnist_classifier",
        title="Convolutional classifier of MNIST digits",
        summary="Judges whether an interpolated picture is still the digit it should be.",
        model=ConvClassifier,
        data=mnist,
        objective=cross_entropy,
        epochs=8,
        batch=128,
        learning_rate=2e-3,
        schedule=cosine,
        augment=shift_and_turn,
    ),
    Recipe(
        name="fashion_classifier",
        title="Convolutional classifier of Fashion-MNIST",
        summary="Its features measure the distances between generated and real clothes.",
        model=ConvClassifier,
        data=fashion_mnist,
        objective=cross_entropy,
        epochs=8,
        batch=128,
        learning_rate=2e-3,
        schedule=cosine,
        augment=flip_and_shift,
    ),
]


@torch.no_grad()
def accuracy(model, split):
    logits = torch.cat([model(x) for x in split.floats().to(next(model.parameters()).device).split(500)])
    return (logits.argmax(1).cpu() == split.labels).double().mean().item()


def evaluate(model, splits):
    metrics = {"test_accuracy": accuracy(model, splits.test)}
    protocol = {"test_accuracy": "share of the test images whose largest logit is their label"}
    if splits.sample:
        metrics["sample_accuracy"] = accuracy(model, splits.sample)
        protocol["sample_accuracy"] = "the same on the shipped pictures, which were not trained on"
    return metrics, protocol, {}


if __name__ == "__main__":
    command.main("train.classifier", RECIPES, "classifier", evaluate)
