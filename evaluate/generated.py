"""Figures of a model's samples: python -m evaluate.generated NAME adds them to its card.

Distances to the test set on a classifier's features, the classifier's answers to the samples, and how near they are to
train pictures.
"""

import torch

import checkpoints
from data.splits import Split, Splits
from evaluate import Evaluation, command, feature_networks, preview
from evaluate import real as of_real
from evaluate.feature_metrics import NEIGHBOURS_AMONG
from evaluate.features import device_of, features
from evaluate.samples import MEAN, SEEDS, Generator, over_seeds, pictures, thousands
from metrics.coverage import density_and_coverage
from metrics.frechet import extrapolated_both, frechet_of_features
from metrics.kid import Real, kid
from metrics.recognition import class_shares, effective_classes, recognised, sureness
from models.classifier import ConvClassifier
from models.gan import GAN


def evaluate(model: GAN, splits: Splits) -> Evaluation:
    """Figures of a GAN's samples, and the preview of the GAN."""
    return Evaluation(*figures(model, splits), preview.of_generator(model.cpu()))


def figures(model: Generator, splits: Splits, unseen: Split | None = None) -> tuple[dict, dict]:
    """(metrics, protocol) of a model whose train and test pictures are those of a Splits.

    unseen: test pictures that were not trained on, if some of splits.test were. They set the threshold of certainty,
    since a classifier is more certain about pictures it was trained on; and there is a distance of samples to only
    these, extrapolated to infinitely many pictures, since they are few.
    """
    n = of_real.samples(splits)
    network = feature_networks.CLASSIFIERS[splits.name]
    classifier = checkpoints.load(network).to(device_of(model))
    samples = pictures(model, n, seed=SEEDS[0])
    generated, real = features(classifier, samples), features(classifier, splits.test.images)
    tables = [generated, *(features(classifier, pictures(model, n, seed)) for seed in SEEDS[1:])]
    held = real if unseen is None else features(classifier, unseen.images)
    of_kid = Real(real)  # the same for all seeds
    against = f"{n:,} samples against {len(real):,} real pictures, features of {network}"
    distances = {  # (distance(features of samples, their seed), how it is measured)
        f"frechet_{splits.name}_{thousands(n)}": (lambda table, seed: frechet_of_features(table, real), against),
        f"frechet_{splits.name}_1k": (
            lambda table, seed: frechet_of_features(table[:1000], real),
            f"the first 1,000 of these samples against the same {len(real):,}",
        ),
        "kid": (lambda table, seed: kid(table, of_kid), f"{against}, all pairs"),
    }
    if splits.test is splits.train:
        distances["frechet_infinite"] = (
            lambda table, seed: extrapolated_both(table, real, seed=seed),
            f"{against}, equal parts of both extrapolated to infinitely many, since there are no other pictures for a "
            "floor",
        )
    if unseen is not None:
        distances[f"frechet_{splits.name}_unseen_infinite"] = (
            lambda table, seed: extrapolated_both(table, held, seed=seed),
            f"{n:,} samples against the {len(held):,} test pictures, none of them trained on, equal parts of both "
            f"extrapolated to infinitely many, features of {network}",
        )
    if splits.real:
        photographs = features(classifier, splits.real.images)
        distances["frechet_real_photographs"] = (
            lambda table, seed: frechet_of_features(table, photographs),
            f"the same {n:,} samples against the {len(photographs):,} real SVHN digits at hand, none of which was "
            "trained on",
        )
    metrics, protocol = neighbourhoods(splits.test, real, generated)
    if splits.name not in feature_networks.OTHER_CLASSES:
        of_classes, how = class_figures(classifier, generated, held)
        metrics, protocol = metrics | of_classes, protocol | how
    for key, (distance, words) in distances.items():
        values, how = over_seeds(key, map(distance, tables, SEEDS))
        metrics, protocol = metrics | values, protocol | {key: f"{words}; {MEAN}"} | how
    metrics["nearest_train"] = of_real.nearest_train(samples[:500], splits)
    protocol["nearest_train"] = "mean distance of 500 samples to their nearest train picture, pixels in [0, 1]"
    of_others, how = of_real.figures(splits, real)
    return metrics | of_others, protocol | how


def neighbourhoods(split: Split, real: torch.Tensor, generated: torch.Tensor) -> tuple[dict, dict]:
    """(metrics, protocol): density and coverage of samples among pictures of a Split, from features of both.

    real (N, width) of all its pictures, generated (M, width).
    """
    among, which = split.rows(NEIGHBOURS_AMONG), "random " if split.sorted else ""
    density, coverage = density_and_coverage(real[among], generated[:NEIGHBOURS_AMONG])
    return {"density": density, "coverage": coverage}, {
        "density": f"{NEIGHBOURS_AMONG:,} samples in the neighbourhoods of {len(among):,} {which}real pictures, 5 "
        "neighbours",
        "coverage": "share of these neighbourhoods with a sample in them",
    }


@torch.no_grad()
def class_figures(classifier: ConvClassifier, generated: torch.Tensor, real: torch.Tensor) -> tuple[dict, dict]:
    """How certain a classifier is about samples and how they are distributed over its classes, from features of both.

    generated (N, width), real (M, width): ConvClassifier.features. Returns (metrics, protocol).
    """
    device = device_of(classifier)
    predicted, known = (classifier.head(table.to(device)).softmax(1).cpu() for table in (generated, real))
    shares = class_shares(predicted)
    metrics = {
        "recognised": recognised(predicted, known),
        "effective_classes": effective_classes(shares),
        "class_shares": shares.tolist(),
        "sureness": sureness(predicted, known).tolist(),
    }
    protocol = {
        "recognised": "share of the samples of which the classifier is surer than of the 5 % least sure test pictures",
        "effective_classes": "exp of the entropy of the classes that the classifier gives the samples",
        "class_shares": "share of every class among the samples",
        "sureness": "share of the samples of which the classifier is less sure than of 0, 5, … 100 % of the test "
        "pictures",
    }
    return metrics, protocol


def add_to_card(name: str, device: torch.device | str = "cpu") -> None:
    """Measure the samples of a stored checkpoint and write the figures into its card."""
    metrics, protocol = figures(*command.generator(name, device))
    command.added(name, metrics, protocol)


if __name__ == "__main__":
    command.run_on("evaluate.generated", __doc__, add_to_card)
