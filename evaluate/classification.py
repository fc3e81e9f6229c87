"""What a classifier reaches."""

import torch

from data.splits import Split, Splits
from evaluate import Evaluation
from models.classifier import ConvClassifier, SpriteClassifier


@torch.no_grad()
def accuracy(model: ConvClassifier, split: Split) -> float:
    """Share of a Split's pictures whose largest logit is their label."""
    logits = torch.cat([model(x) for x in split.floats().to(next(model.parameters()).device).split(500)])
    return (logits.argmax(1).cpu() == split.labels).double().mean().item()


@torch.no_grad()
def factor_accuracies(model: SpriteClassifier, split: Split) -> dict[str, float]:
    """Share of the pictures whose class of every factor is found, {"shape_accuracy": …, …}; labels (N, 4)."""
    device = next(model.parameters()).device
    tables = [model.factors(x.to(device)) for x in split.floats().split(500)]
    predicted = torch.cat([torch.stack([logits.argmax(1) for logits in table], 1).cpu() for table in tables])
    right = (predicted == split.labels).double().mean(0).tolist()
    return dict(zip(("shape_accuracy", "scale_accuracy", "x_accuracy", "y_accuracy"), right, strict=True))


def evaluate(model: ConvClassifier | SpriteClassifier, splits: Splits) -> Evaluation:
    """Accuracy on the test set and on the other pictures that there are, or that of every factor."""
    if isinstance(model, SpriteClassifier):
        shares = factor_accuracies(model, splits.test)
        protocol = dict.fromkeys(shares, "share of the test images whose class of this factor has the largest logit")
        return Evaluation({"test_accuracy": shares["shape_accuracy"]} | shares, protocol)
    metrics = {"test_accuracy": accuracy(model, splits.test)}
    protocol = {"test_accuracy": "share of the test images whose largest logit is their label"}
    if splits.sample:
        metrics["sample_accuracy"] = accuracy(model, splits.sample)
        protocol["sample_accuracy"] = "the same on the shipped pictures, which were not trained on"
    if splits.real:
        metrics["svhn_real_accuracy"] = accuracy(model, splits.real)
        protocol["svhn_real_accuracy"] = (
            f"the same on the {len(splits.real):,} real SVHN digits that were at hand, none of which was trained on"
        )
    return Evaluation(metrics, protocol)
