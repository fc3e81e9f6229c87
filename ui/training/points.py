"""Points in the plane for networks that train in the browser: data sets, standardised, and the user's own points."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from checkpoints.codes import link_bytes, link_text
from checkpoints.recorded.toy_settings import ENERGY_POINTS, POOL
from data import planar
from ui import url
from ui.components import floats

OWN = "own"  # the name of the set of drawn points
TITLES = {name: one.title for name, one in planar.SETS.items()} | {OWN: "Your own points, drawn"}

_t = np.linspace(0, np.pi, 24)
# The points before the user draws: a smile.
START = [(-0.4, 0.45), (-0.35, 0.5), (0.35, 0.5), (0.4, 0.45)] * 3
START += list(zip(np.round(-0.7 * np.cos(_t), 2).tolist(), np.round(0.1 - 0.6 * np.sin(_t), 2).tolist(), strict=True))
PAGE = [[-1.2, 1.2], [-1.2, 1.2]]  # [[low, high] of x, of y], the range of a drawing
_DRAWN = "toy points"  # in the session state: both pages show the same drawing


def drawn() -> list:
    """The user's points [(x, y), …], from the visit or an opened link; from then on the link holds them."""
    problem = "The points in this link are damaged, so a smile is shown instead."
    param = url.Param("points", from_link, in_link, lambda points: True)
    requested = param.requested(START, problem)
    if requested is not None:
        keep(requested)
    points = st.session_state.setdefault(_DRAWN, START)
    param.write(points, START)
    return points


def keep(points: list) -> None:
    """Keep the drawn points."""
    st.session_state[_DRAWN] = points


def in_link(points: list) -> str:
    """Points within ±1.27 as URL-safe text, rounded to hundredths, two bytes per point."""
    hundredths = np.round(100 * np.asarray(points, float)).clip(-127, 127).astype("i1")
    return link_text(hundredths.tobytes())


def from_link(text: str) -> list:
    """The points [(x, y), …] from `in_link`. Raises ValueError if the text is damaged or has too many."""
    hundredths = np.frombuffer(link_bytes(text), "i1")
    if hundredths.size % 2 or hundredths.size > 2 * planar.MOST:
        raise ValueError("not so many points")
    return [tuple(point) for point in (hundredths.reshape(-1, 2) / 100).tolist()]


def checked(name: str, seed: int, points: list | None) -> tuple[tuple, str | None]:
    """(arguments of `prepared` and `floor`, None); if the points cannot be learned, START's, and the reason."""
    own = None if points is None else tuple(map(tuple, points))
    arguments = (name, seed, own)
    try:
        prepared(*arguments)
    except ValueError as error:
        return (OWN, seed, tuple(START)), str(error)
    return arguments, None


def training_set(name: str, seed: int = 0, points: Sequence | None = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(pool (POOL, 2) standardised, centre (2,), scale (2,)): the training set for that name and seed."""
    pool = _set(name, points).sample(POOL, np.random.default_rng([seed, 0]))
    centre, scale = pool.mean(0), pool.std(0)
    return (pool - centre) / scale, centre, scale


def _set(name, points):
    return planar.SETS[name] if points is None else planar.around(points)


@st.cache_data(max_entries=32, show_spinner=False)
def prepared(name: str, seed: int, points: tuple | None) -> dict:
    """Standardised real points, for training and fresh ones for measuring, and their place in the window.

    Raises ValueError, one sentence, if the user's points cannot be learned.
    """
    pool, centre, scale = training_set(name, seed, points)
    fresh = _set(name, points).sample(ENERGY_POINTS, np.random.default_rng([seed, 1]))
    low, high = pool.min(0) * scale + centre, pool.max(0) * scale + centre
    margin = 0.15 * (high - low)
    window = np.stack([low - margin, high + margin], 1).tolist()
    return {
        "pool": floats.text(pool),
        "fresh": floats.text((fresh - centre) / scale),
        "centre": centre.tolist(),
        "scale": scale.tolist(),
        "window": window if points is None else PAGE,
    }


@st.cache_data(max_entries=32, show_spinner=False)
def floor(name: str, seed: int, points: tuple | None) -> float:
    """The energy distance below which 95 of 100 pairs of real samples lie, in standard deviations of the data."""
    from metrics.energy import noise_floor

    _, centre, scale = training_set(name, seed, points)

    def sample(n, rng):
        return (_set(name, points).sample(n, rng) - centre) / scale

    return noise_floor(sample, ENERGY_POINTS, np.random.default_rng([seed, 3]), repeats=200)
