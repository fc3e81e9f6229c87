"""The metrics that can be computed for a stored model on demand: their names, and what they need from a model.

Imports no torch. evaluate/feature_metrics.py and evaluate/measurement.py compute them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checkpoints import Card
from data.titles import title_of
from evaluate import references
from evaluate.feature_networks import OTHER_CLASSES

FEWEST = 50  # held-out pictures that a comparison with samples of a visitor's own model needs


# What a metric may need: each function returns None if a model has it, otherwise the end of a sentence.
def held_out(card: Card, fewest: int = 1) -> str | None:
    """At least `fewest` held-out pictures, for a visitor's own model."""
    pictures = references.alike(card)
    if pictures is None:
        return "the pictures that it was trained on are not kept here"
    if len(pictures) < fewest:
        return f"only {len(pictures)} pictures were held out of its training, and at least {fewest} are needed"


def a_classifier(card: Card) -> str | None:
    if card.own:
        if references.classifier(card) is None and not card.encodes:
            return "no network here has features of pictures of that size"
        return held_out(card, FEWEST)
    alike = references.likeness(card)
    if references.classifier(card) is None:
        return f"no classifier here knows pictures of {title_of(alike)} of that size"
    if references.real(alike) is None:
        return f"there are no real pictures of {title_of(alike)} here to compare with"


def a_classifier_of_its_classes(card: Card) -> str | None:
    if card.own:
        return "a person's own pictures have no classes that a classifier here knows"
    if card.dataset["name"] in OTHER_CLASSES:
        return f"pictures of {title_of(card.dataset['name'])} have no classes that a classifier here knows"
    return a_classifier(card)


def weights_of_inception(card: Card) -> str | None:
    from evaluate import inception

    if not inception.available():
        return "Inception's weights are not on this machine"


def pictures_alike(card: Card) -> str | None:
    if card.own:
        return held_out(card, FEWEST)
    alike = references.likeness(card)
    if (real := references.real(alike)) is None:
        return f"pictures of {title_of(alike)} are not here"
    if real.images.shape[1:] != card.shape:
        return f"the pictures of {title_of(alike)} have another size"


def an_encoder(card: Card) -> str | None:
    if not card.encodes:
        return "only a VAE has an encoder and a likelihood"


def pictures(card: Card) -> str | None:
    if card.own:
        return held_out(card)
    if references.real(card.dataset["name"]) is None:
        return f"pictures of {title_of(card.dataset['name'])} are not here"


@dataclass(frozen=True)
class Metric:
    """A metric's name, whether "lower" or "higher" is better, and what it needs."""

    title: str
    better: str
    needs: tuple[Callable[[Card], str | None], ...] = (a_classifier,)

    def missing(self, card: Card) -> str | None:
        """Why it cannot be computed for a model, as the end of a sentence, or None."""
        return next((reason for need in self.needs if (reason := need(card))), None)


METRICS = {
    "frechet": Metric("Fréchet", "lower"),
    "frechet_infinite": Metric("Fréchet, N → ∞", "lower"),
    "fid": Metric("FID", "lower", (weights_of_inception, pictures_alike)),
    "kid": Metric("KID", "lower"),
    "inception_score": Metric("Inception Score", "higher", (a_classifier_of_its_classes,)),
    "recognised": Metric("Recognised", "higher", (a_classifier_of_its_classes,)),
    "density": Metric("Density", "higher"),
    "coverage": Metric("Coverage", "higher"),
    "mse": Metric("MSE", "lower", (an_encoder, pictures)),
    "psnr": Metric("PSNR", "higher", (an_encoder, pictures)),
    "cosine": Metric("Cosine", "higher", (an_encoder, pictures)),
    "elbo": Metric("ELBO", "higher", (an_encoder, pictures)),
    "log_px": Metric("log p(x)", "higher", (an_encoder, pictures)),
}


def missing(card: Card, names: Iterable[str]) -> list[str]:
    """Why some of the metrics cannot be computed for a model: one sentence for each reason."""
    reasons = {}
    for name in names:
        if reason := METRICS[name].missing(card):
            reasons.setdefault(reason, []).append(METRICS[name].title)
    return [f"Not for this model: {', '.join(titles)}, since {reason}." for reason, titles in reasons.items()]
