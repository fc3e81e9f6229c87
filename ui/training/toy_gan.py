"""What the Toy GAN page sends to its component: real points, their noise floor, and a recording to play."""

import base64
import hashlib
import json

import numpy as np
import streamlit as st

from checkpoints.recorded.toy_runs import ENERGY_POINTS, POOL, Run, Settings, pack
from data import planar
from ui import slides
from ui.components.toy_gan import toy_gan

OWN = "own"

_t = np.linspace(0, np.pi, 24)
# What lies on the page before somebody draws: a smile.
START = [(-0.4, 0.45), (-0.35, 0.5), (0.35, 0.5), (0.4, 0.45)] * 3
START += list(zip(np.round(-0.7 * np.cos(_t), 3).tolist(), np.round(0.1 - 0.6 * np.sin(_t), 3).tolist(), strict=True))
PAGE = [[-1.2, 1.2], [-1.2, 1.2]]  # [[low, high] of x, of y] that a drawing shows


def show(key: str, settings: Settings, *, run: Run | None = None, points=None, on_points=lambda points: None):
    """Mount the component.

    settings: of what is trained. run: a recording to play, else training starts anew. points: a person's own points
    [(x, y), …] in place of the set that settings name; too few of them are answered by one sentence, and START is
    shown. on_points(points) is called when the hand has drawn.
    """
    data, problem = message(settings, run=run, points=points)
    if problem:
        st.warning(problem)
    toy_gan(key, data, on_points=on_points)


def message(settings: Settings, *, run: Run | None = None, points=None) -> tuple[dict, str | None]:
    """(data for the component, why START is shown instead of the points, or None); arguments as for `show`."""
    identity = [settings.data, settings.seed, settings.generator, settings.discriminator, run and run.name]
    own = None if points is None else tuple(map(tuple, points))
    arguments = (settings.data, settings.seed, own)
    try:
        arrays, problem = _prepared(*arguments), None
    except ValueError as error:
        arguments, problem = (OWN, settings.seed, tuple(START)), str(error)
        arrays = _prepared(*arguments)
    data = {
        "identity": hashlib.sha256(json.dumps([*identity, own, settings.head_start, problem]).encode()).hexdigest(),
        "settings": settings.to_dict(),
        "recording": run and _recording(run.name, run),
        "draw": points is not None,
        "points": [list(point) for point in points or ()],
        "floor": run.floor if run else _floor(*arguments),  # a recorded one costs the first visitor nothing
        "save": slides.words("toy_gan", run.title if run else "A toy GAN", f"{settings.loss.replace('_', ' ')} loss"),
        **arrays,
    }
    return data, problem


def training_set(name: str, seed: int = 0, points=None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(pool (POOL, 2) standardised, centre (2,), scale (2,)): what a training of that name and seed learns from."""
    pool = _set(name, points).sample(POOL, np.random.default_rng([seed, 0]))
    centre, scale = pool.mean(0), pool.std(0)
    return (pool - centre) / scale, centre, scale


def _set(name, points):
    return planar.SETS[name] if points is None else planar.around(points)


@st.cache_data(max_entries=32, show_spinner=False)
def _prepared(name, seed, points):
    """Standardised real points, to learn from and fresh ones to measure with, and where they lie in the window."""
    pool, centre, scale = training_set(name, seed, points)
    fresh = _set(name, points).sample(ENERGY_POINTS, np.random.default_rng([seed, 1]))
    low, high = pool.min(0) * scale + centre, pool.max(0) * scale + centre
    margin = 0.15 * (high - low)
    window = np.stack([low - margin, high + margin], 1).tolist()
    return {
        "pool": _float32(pool),
        "fresh": _float32((fresh - centre) / scale),
        "centre": centre.tolist(),
        "scale": scale.tolist(),
        "window": window if points is None else PAGE,
    }


@st.cache_data(max_entries=32, show_spinner=False)
def _floor(name, seed, points):
    from metrics.energy import noise_floor

    _, centre, scale = training_set(name, seed, points)

    def sample(n, rng):
        return (_set(name, points).sample(n, rng) - centre) / scale

    return noise_floor(sample, ENERGY_POINTS, np.random.default_rng([seed, 3]), repeats=200)


@st.cache_data(max_entries=8, show_spinner=False)
def _recording(name, _run):
    history = [
        {"step": s.step, "d": s.discriminator_loss, "g": s.generator_loss, "energy": s.energy} for s in _run.snapshots
    ]
    networks = ("generator", "discriminator", "shown")
    weights = {name: pack(np.concatenate([getattr(s, name) for s in _run.snapshots])) for name in networks}
    if weights["shown"] == weights["generator"]:
        weights["shown"] = None
    return {"history": history, **weights}


def _float32(points):
    """Base64 of little-endian float32."""
    return base64.b64encode(points.astype("<f4").tobytes()).decode()
