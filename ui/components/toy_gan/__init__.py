"""A toy GAN to watch: recorded films, and training that runs in the browser (toy_net.js), not on the server.

The browser does all the work: a hundred people cost the server nothing, and a single step answers at once. That its
mathematics is PyTorch's is held by tests/browser/test_toy_gan.py.
"""

import base64
import hashlib
import json
from pathlib import Path

import numpy as np
import streamlit as st

from checkpoints.recorded.toy_runs import JUDGED, POOL, pack
from data import planar
from ui.components import curves

OWN = "own"
_here = Path(__file__).parent
NET = (_here.parent / "lib" / "toy_net.js").read_text()
_component = st.components.v2.component(
    "latent_lab_toy_gan",
    html=(_here / "markup.html").read_text(),
    css=(_here / "style.css").read_text(),
    js=curves.AXES + NET + (_here / "index.js").read_text(),
)

_t = np.linspace(0, np.pi, 24)
# What lies on the page before somebody draws: a smile.
START = [(-0.4, 0.45), (-0.35, 0.5), (0.35, 0.5), (0.4, 0.45)] * 3
START += list(zip(np.round(-0.7 * np.cos(_t), 3).tolist(), np.round(0.1 - 0.6 * np.sin(_t), 3).tolist(), strict=True))
PAGE = [[-1.2, 1.2], [-1.2, 1.2]]  # what the drawing shows


def toy(key, settings, *, run=None, points=None, on_points=lambda points: None):
    """Mount it.

    settings: metrics.toy_runs.Settings of what is trained. run: a recorded Run to play, else training starts anew.
    points: a person's own points [(x, y), …] in place of the set that settings name; on_points(points) is called when
    the hand has drawn. Raises ValueError in one sentence when there are too few of them.
    """
    identity = [settings.data, settings.seed, settings.generator, settings.discriminator, run and run.name]
    own = None if points is None else tuple(map(tuple, points))
    asked = (settings.data, settings.seed, own)
    try:
        arrays, problem = _prepared(*asked), None
    except ValueError as error:
        asked, problem = (OWN, settings.seed, tuple(START)), str(error)
        arrays = _prepared(*asked)
    data = {
        "identity": hashlib.sha256(json.dumps([*identity, own, settings.head_start, problem]).encode()).hexdigest(),
        "settings": settings.to_dict(),
        "film": run and _film(run.name, run),
        "draw": points is not None,
        "points": [list(point) for point in points or ()],
        "floor": run.floor if run else _floor(*asked),  # a recorded one costs the first visitor nothing
        **arrays,
    }

    def drawn():
        try:
            told = np.asarray(st.session_state[key].points, float)
        except (TypeError, ValueError):
            return  # not what our script sends
        if told.size == 0:
            on_points([])
        elif told.ndim == 2 and told.shape[1] == 2 and len(told) <= planar.MOST and (np.abs(told) <= 2).all():
            on_points(told.tolist())

    if problem:
        st.warning(problem)
    _component(key=key, data=data, on_points_change=drawn)


def training_set(name, seed=0, points=None):
    """(pool (POOL, 2) standardised, centre (2,), scale (2,)): what a training of that name and seed learns from."""
    pool = _set(name, points).sample(POOL, np.random.default_rng([seed, 0]))
    centre, scale = pool.mean(0), pool.std(0)
    return (pool - centre) / scale, centre, scale


def _set(name, points):
    return planar.SETS[name] if points is None else planar.around(points)


@st.cache_data(max_entries=32, show_spinner=False)
def _prepared(name, seed, points):
    """Standardised real points, to learn from and fresh ones to judge by, and how they lie on the page."""
    pool, centre, scale = training_set(name, seed, points)
    fresh = _set(name, points).sample(JUDGED, np.random.default_rng([seed, 1]))
    low, high = pool.min(0) * scale + centre, pool.max(0) * scale + centre
    margin = 0.15 * (high - low)
    window = np.stack([low - margin, high + margin], 1).tolist()
    return {
        "pool": _text(pool),
        "fresh": _text((fresh - centre) / scale),
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

    return noise_floor(sample, JUDGED, np.random.default_rng([seed, 3]), repeats=200)


@st.cache_data(max_entries=8, show_spinner=False)
def _film(name, _run):
    frames = [
        {"step": s.step, "d": s.discriminator_loss, "g": s.generator_loss, "energy": s.energy} for s in _run.snapshots
    ]
    players = ("generator", "discriminator", "shown")
    weights = {p: pack(np.concatenate([getattr(s, p) for s in _run.snapshots])) for p in players}
    if weights["shown"] == weights["generator"]:
        weights["shown"] = None
    return {"frames": frames, **weights}


def _text(points):
    return base64.b64encode(points.astype("<f4").tobytes()).decode()
