"""Figures of a flow on the codes of a VAE: python -m evaluate.latent_flow NAME adds them and the preview to its card.

Those of every generator, against all real pictures, and samples of requested classes.
"""

from __future__ import annotations

import dataclasses

import torch

import checkpoints
from data.splits import Splits
from evaluate import Evaluation, command, feature_networks, flow, generated, preview
from evaluate.features import device_of, features
from evaluate.prior import real_pictures
from evaluate.real import nearest_train, train_to_test
from evaluate.samples import MEAN, of_each_class, over_seeds
from metrics.frechet import frechet_of_features
from models.latent_flow import LatentFlow

GUIDANCES = (1.0, 1.5, 2.0, 3.0, 4.0)  # one of them is chosen, by COUNT samples of each
CHOOSING = 5000


def evaluate(model: LatentFlow, splits: Splits) -> Evaluation:
    """The figures of every generator, and figures of requested classes."""
    real, known = real_pictures(splits)
    whole = dataclasses.replace(splits, test=real)
    of_guidance = guided(model, splits, whole)
    best = of_guidance[0].get("guidance", 1.0)
    drawn = dict(flow.asked(model, dict.fromkeys((*flow.GUIDANCES, best))))
    metrics, protocol = generated.figures(model, whole, unseen=splits.test)
    for own, how in (
        flow.asked_evenly(model, whole),
        of_guidance,
        flow.of_classes(model, whole, drawn.items()),
        by_heart(splits, drawn, best),
    ):
        metrics, protocol = metrics | own, protocol | how
    against = f"{len(real):,} real pictures"
    protocol = {key: text.replace(against, f"{against}{known}") for key, text in protocol.items()}
    return Evaluation(metrics, protocol, preview.of_generator(model.cpu(), probes=32, draw=model.sketch))


def guided(model: LatentFlow, splits: Splits, whole: Splits) -> tuple[dict, dict]:
    """(metrics, protocol): the distance of `flow.asked_evenly` with the best guidance for this flow.

    Guidance is chosen by the pictures of `splits` that were held out of the training; {} if there are none.
    """
    if splits.valid is None:
        return {}, {}
    classifier = checkpoints.load(feature_networks.CLASSIFIERS[splits.name]).to(device_of(model))
    held = features(classifier, splits.valid.images)
    distances = {
        guidance: frechet_of_features(features(classifier, of_each_class(model, CHOOSING, 0, guidance)), held)
        for guidance in GUIDANCES
    }
    best = min(distances, key=distances.__getitem__)
    metrics, protocol = flow.asked_evenly(model, whole, best, "guided")
    among = ", ".join(f"{guidance:g}" for guidance in GUIDANCES)
    protocol["guidance"] = (
        f"which of {among} gives the smallest Fréchet distance of {CHOOSING:,} samples to the {len(held):,} train "
        "pictures that were held out of the training"
    )
    return metrics | {"guidance": best}, protocol


def by_heart(splits: Splits, drawn: dict[float, list[torch.Tensor]], guidance: float) -> tuple[dict, dict]:
    """(metrics, protocol): whether samples are nearer to train pictures than to test pictures, also with guidance.

    drawn: from flow.asked, with guidance 1 and this guidance.
    """
    metrics, protocol = {}, {}
    for key, strength in {"train_to_test": 1.0, "train_to_test_guided": guidance}.items():
        values, how = over_seeds(key, (train_to_test(pictures, splits) for pictures in drawn[strength]))
        metrics, protocol = metrics | values, protocol | how
        protocol[key] = (
            f"mean distance of {len(drawn[strength][0]):,} samples, every class asked for, guidance {strength:g}, to "
            f"their nearest of {len(splits.test):,} train pictures over that to their nearest of the "
            f"{len(splits.test):,} test pictures: below 1 what was trained on is nearer; {MEAN}"
        )
    metrics["nearest_train_guided"] = nearest_train(drawn[guidance][0][:500], splits)
    protocol["nearest_train_guided"] = (
        f"mean distance of 500 of these with guidance {guidance:g} to their nearest of all {len(splits.train):,} train "
        "pictures, pixels in [0, 1]"
    )
    return metrics, protocol


def add_to_card(name: str, device: torch.device | str = "cpu") -> None:
    """Measure a stored flow on codes; write the figures into its card, and its preview next to the weights."""
    command.measured_again(
        name, device, LatentFlow, "is not a flow on codes, so these figures are not its own.", evaluate
    )


if __name__ == "__main__":
    command.run_on("evaluate.latent_flow", __doc__, add_to_card)
