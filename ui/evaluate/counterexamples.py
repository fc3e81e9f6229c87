"""For every metric two small sets of real digits, of which it prefers the worse: measured by the metric itself.

Nothing is computed before somebody looks at it; values and pictures are shared by all visits.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

import checkpoints
import tasks
from evaluate import measured
from evaluate.halves import HALF, halves, spoiled
from ui import inception_weights, jobs, networks, tiles

FEW = 60  # digits of each half, for Inception
SHOWN = 8
CLASSIFIER, VAE = "mnist_classifier", "binarized_mnist_vae"


@dataclass(frozen=True)
class Counterexample:
    """good, worse: (words, function that makes pictures (N, C, H, W) uint8); value(pictures) is the metric."""

    good: tuple[str, Callable]
    worse: tuple[str, Callable]
    value: Callable


def _digits(count=HALF):
    return lambda: halves()[1][:count]


def _upper_halves():
    images = halves()[1]
    images[:, :, 14:] = 0
    return images


def _half_snow():
    images = halves()[1]
    images[1::2] = np.random.default_rng(0).integers(0, 256, images[1::2].shape)
    return images


def _surest():
    """The digit of each class recognised with the greatest certainty, repeated."""
    _, images, labels = halves()
    sure = _classes(_features(images)).numpy()
    best = [np.flatnonzero(labels == k)[sure[labels == k, k].argmax()] for k in np.unique(labels)]
    return images[np.resize(best, HALF)]


def _commonest():
    """The digit that lies in the most neighbourhoods of real digits, repeated."""
    import torch

    images, real = halves()[1], _real_features()
    candidates = _features(images)
    radius = torch.cdist(real, real).kthvalue(6, dim=1).values
    return images[[int((torch.cdist(candidates, real) < radius).sum(1).argmax())] * HALF]


def _faint():
    return (halves()[1] * 0.05).round().astype(np.uint8)


def _empty():
    return np.zeros_like(halves()[1])


def _stroke():
    images = _empty()[:SHOWN]
    images[:, :, 9:19, 13:15] = 255
    return images


@st.cache_resource(max_entries=16, show_spinner=False)  # several metrics use the same pictures
def _features(images):
    from evaluate.features import features

    return features(networks.model(checkpoints.read(CLASSIFIER)), images)


@st.cache_resource(show_spinner=False)
def _real_features():
    return _features(halves()[0])


def _classes(table):
    import torch

    with torch.inference_mode():
        return networks.model(checkpoints.read(CLASSIFIER)).head(table).softmax(1)


def _on_features(name):
    def value(images):
        from evaluate.feature_metrics import FEATURE_METRICS

        network = networks.model(checkpoints.read(CLASSIFIER))
        return FEATURE_METRICS[name].measure(network, _features(images), _real_features())[0]

    return value


def _fid(images):
    import torch

    from metrics.frechet import frechet_of_features

    pictures = np.concatenate([halves()[0][:FEW], images])
    task = tasks.submit(
        tasks.key("inception", pictures.shape, hashlib.sha256(pictures.tobytes()).hexdigest()),
        measured.inception_features,
        pictures,
        local={"network": inception_weights.network},
        threads=networks.threads(),
    )
    table = torch.from_numpy(jobs.result(task))
    return frechet_of_features(table[FEW:], table[:FEW])


def _to_original(name):
    """A metric of pictures between the original digits and the changed ones."""

    def value(images):
        import torch

        from metrics import reconstruction

        x, y = (torch.from_numpy(part.astype(np.float32)) / 255 for part in (halves()[1][: len(images)], images))
        return getattr(reconstruction, name)(x, y).mean().item()

    return value


def _likelihood(name):
    def value(images):
        import torch

        from metrics.likelihood import elbo, importance_log_px

        network = networks.model(checkpoints.read(VAE))
        x = torch.from_numpy((images[:SHOWN] >= 128).astype(np.float32))
        return elbo(network, x)["elbo"] if name == "elbo" else importance_log_px(network, x).mean().item()

    return value


MOVED = ("Moved by 3 pixels", partial(spoiled, "move", 0.6))
DIGITS = (f"{HALF} real digits", _digits())
STROKE = ("Real digits", _digits(SHOWN)), ("A short stroke, repeated", _stroke)
COUNTEREXAMPLES = {
    "frechet": Counterexample(
        ("30 real digits", _digits(30)),
        (f"{HALF} digits moved by 5 pixels, parts of them lost", partial(spoiled, "move", 1.0)),
        _on_features("frechet"),
    ),
    "frechet_infinite": Counterexample(
        ("Noisy digits that everyone can read", partial(spoiled, "noise", 0.4)),
        ("Only two thirds of the kinds of digits", partial(spoiled, "drop", 0.3)),
        _on_features("frechet_infinite"),
    ),
    "fid": Counterexample(
        ("12 real digits", _digits(12)),
        (f"{FEW} digits moved by 5 pixels, parts of them lost", partial(spoiled, "move", 1.0, FEW)),
        _fid,
    ),
    "kid": Counterexample(
        ("Noisy digits that everyone can read", partial(spoiled, "noise", 0.4)),
        ("Upper halves only", _upper_halves),
        _on_features("kid"),
    ),
    "inception_score": Counterexample(DIGITS, ("Ten digits, repeated", _surest), _on_features("inception_score")),
    "recognised": Counterexample(DIGITS, ("Ten digits, repeated", _surest), _on_features("recognised")),
    "density": Counterexample(DIGITS, ("One digit, repeated", _commonest), _on_features("density")),
    "coverage": Counterexample(
        (f"{HALF} digits moved by 5 pixels", partial(spoiled, "move", 1.0)),
        ("Every other picture is noise", _half_snow),
        _on_features("coverage"),
    ),
    "mse": Counterexample(MOVED, ("Nothing at all", _empty), _to_original("mse")),
    "psnr": Counterexample(MOVED, ("A smear", partial(spoiled, "blur", 1.0)), _to_original("psnr")),
    "cosine": Counterexample(
        ("Slightly blurred", partial(spoiled, "blur", 0.5)), ("All but black", _faint), _to_original("cosine")
    ),
    "elbo": Counterexample(*STROKE, _likelihood("elbo")),
    "log_px": Counterexample(*STROKE, _likelihood("log_px")),
}


@st.cache_data(show_spinner=False)
def value(metric: str, which: str) -> float:
    """The metric for the good or the worse set ("good", "worse"). Draws nothing: Streamlit replays what a cached
    function draws, also on pages without a place for it."""
    example = COUNTEREXAMPLES[metric]
    images = getattr(example, which)[1]()
    if metric == "fid":
        return example.value(images)
    with jobs.lock():
        return example.value(images)


@st.cache_data(show_spinner=False)
def strip(metric: str, which: str) -> np.ndarray:
    """The first pictures of a set side by side, (H, W) uint8."""
    with jobs.lock():
        return tiles.tile(getattr(COUNTEREXAMPLES[metric], which)[1]()[:SHOWN], SHOWN, gap=2)
