"""Metrics of a stored model as one task that this process or a worker of a cluster can run (tasks/).

    asked = card, ("frechet", "kid"), 1000, 0
    task = tasks.submit(measured.key(*asked), measured.measure, *measured.question(*asked))

Imports torch only when the task runs.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator
from typing import Any

import numpy as np

import checkpoints
import data
import tasks
from checkpoints import Card
from evaluate import codes, references, stored
from evaluate.results import SHOWN, Results

AT_ONCE = 2  # pictures that Inception processes before it can be stopped again
Question = tuple[str, str, tuple[str, ...], int, int, str, tuple]


def question(card: Card, metrics: tuple[str, ...], n: int, seed: int, source: str = "prior") -> Question:
    """The arguments of `measure`: `metrics` of a model with n samples of a seed, from codes of a source.

    source: "prior", or "mixture" for the mixture stored with the model.
    """
    return card.name, card.sha256, metrics, n, seed, source, pictures(card)


def key(card: Card, metrics: tuple[str, ...], n: int, seed: int, source: str = "prior") -> str:
    """The key of that question, from the weights of the model and its classifier, pictures, metrics, n and seed."""
    classifier = references.classifier(card)
    networks = card.preview, classifier and classifier.sha256
    return tasks.key("metrics", *question(card, metrics, n, seed, source), *networks)


def pictures(card: Card) -> tuple:
    """Which real pictures this machine has to compare a model with, as JSON values."""
    if card.own:  # its name belongs to one visit only
        known = references.alike(card)
        return ((card.name, len(known)),) if known else ()
    names = {card.dataset["name"], references.likeness(card)}
    return tuple((name, *_state(name)) for name in sorted(names))


def _state(name):
    """Split, source and number of the real pictures of a set, and the state of the split for other real pictures."""
    known = references.real(name)
    if known is None:
        return ()
    return known.split, known.source, len(known), data.state(name, data.split_names(name)[0])


def measure(
    name: str,
    sha256: str,
    metrics: tuple[str, ...],
    n: int,
    seed: int,
    source: str,
    real: tuple,
    *,
    network: Callable[[Card], Any] | None = None,
    inception: Callable[[], Any] | None = None,
) -> Generator[Results, None, Results]:
    """Run the measurement of a `question`; yields the Results so far, the same object each time, and returns it.

    network(card), inception(): as for evaluate.measurement.Measurement, by default loaded by this process. Raises
    CheckpointError or DataError if this machine has other weights or pictures than the one that asks, and the errors
    of the measurement.
    """
    card = checkpoints.read(name)
    if card.sha256 != sha256:
        raise checkpoints.CheckpointError(f"{name} has other weights here than where it was asked for.")
    if pictures(card) != real:
        raise data.DataError("The pictures here are not those of the machine that asks.")
    from evaluate.decoding import decoded
    from evaluate.measurement import Measurement

    network, results = network or stored.network, Results()
    preview = {} if source == "prior" else checkpoints.preview(name)
    mixture = [preview[part] for part in codes.PARTS] if preview else None

    def samples(start, count):
        """Samples start to start + count, (count, C, H, W) uint8."""
        random = codes.draw(card.code_length, np.random.default_rng([seed, start]), count, mixture)
        drawn = decoded(network(card), random, card.title)
        if results.first is None:
            results.first = drawn[:SHOWN]
        return drawn

    measurement = Measurement(
        results,
        card,
        metrics,
        n,
        samples=samples,
        of_samples=" of the second stage" if mixture else "",
        seed=seed,
        network=network,
        inception=inception or _inception,
    )
    for _ in measurement.steps():
        yield results
    return results


def inception_features(
    images: np.ndarray, *, network: Callable[[], Any] | None = None
) -> Generator[float, None, np.ndarray]:
    """Inception's features (N, 2048) float32 of pictures (N, C, H, W) uint8; yields the share done so far.

    network(): Inception, by default loaded by this process. Raises its errors, and DataError without weights.
    """
    from evaluate.features import features

    eyes, tables = (network or _inception)(), []
    for start in range(0, len(images), AT_ONCE):
        tables.append(features(eyes, images[start : start + AT_ONCE]).numpy())
        yield min(1.0, (start + AT_ONCE) / len(images))
    return np.concatenate(tables)


@functools.lru_cache(maxsize=1)
def _inception():
    from evaluate import inception

    try:
        return inception.load(fetching=False)
    except inception.InceptionError as error:
        raise data.DataError(str(error)) from error
