"""Content of the JSD and Wasserstein page: distributions to choose from, exact curves, and a training in steps."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

import tasks
from checkpoints.recorded.critic_settings import Settings
from checkpoints.recorded.sweep_snapshots import SweepSnapshot
from data import toy
from metrics import divergence
from ui import charts, slides, url
from ui.components import curves
from ui.jobs import TaskJob

# Distributions in the plane and on the line: only two of the same dimension can be compared.
PLANE = {"line": "1: a segment (0, U[0, 1])", "square": "2: a square U[0, 1]²"}
LINE = {"gaussian": "3: Gaussian N(0, σ²)", "tanh": "4: tanh(2z + 1) + 0.75 z", "uniform": "Uniform U[0, 1]"}
P, Q = charts.REAL, charts.GENERATED
JSD, WASSERSTEIN = charts.PALETTE[2], charts.PALETTE[4]
RAW, OBJECTIVE, EXTRAPOLATED = charts.PALETTE[6], charts.PALETTE[7], charts.PALETTE[9]
STEPS = 100  # of the slider on each side of 0; the curves have a value for each, which the legend shows
KINK = 0.1  # jump of a slope, in nats or units of x per unit of θ; over 1e-4 smooth slopes change by at most 0.01
# Names of the errors on charts.
ERRORS = {"jsd": "JSD, nats", "corrected": "Wasserstein, corrected", "raw": "Wasserstein, raw"}


@dataclass(frozen=True)
class Pair:
    """Kinds of p and q and, for Gaussians, their standard deviations; q_θ is q shifted by θ."""

    p: str
    q: str
    p_std: float = 1.0
    q_std: float = 1.0

    @property
    def reach(self) -> float:
        """The largest |θ|."""
        return 1.0 if self.p in PLANE else 3.0

    @property
    def thetas(self) -> np.ndarray:
        """The values of θ at which networks estimate, (21,)."""
        return np.linspace(-self.reach, self.reach, 21)

    @property
    def words(self) -> str:
        """The names of both, for a subtitle."""
        names = [
            (PLANE | LINE)[kind].split(": ")[-1].replace("σ", f"{std:g}")
            for kind, std in ((self.p, self.p_std), (self.q, self.q_std))
        ]
        return f"p: {names[0]} · q: {names[1]}, moved by θ"

    def distributions(self) -> tuple[toy.Distribution, toy.Distribution]:
        return toy.named(self.p, self.p_std), toy.named(self.q, self.q_std)


def choose() -> Pair:
    """Widgets for a Pair, which is kept in the link."""
    # One below the other: side by side, a projector's large type leaves no room for a name or a number.
    p = url.choice("p", PLANE | LINE, label="p", menu=True)
    same = PLANE if p in PLANE else LINE
    names = {p: same[p]} | same  # first the kind of p: then q is p shifted by θ
    q = url.choice("q", names, label="q, moved by θ", menu=True)
    deviations = {}
    for name, kind in (("p", p), ("q", q)):
        if kind == "gaussian":
            deviations[f"{name}_std"] = url.decimal(f"{name}_std", 0.1, 3.0, 1.0, label=f"σ of {name}", step=0.1)
    return Pair(p, q, **deviations)


@st.cache_data(max_entries=32, show_spinner=False)
def exact(pair: Pair) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Exact curves at every step of the slider: (thetas, columns); a slope that jumps at 0 has a gap there.

    If both are points, the distances also have a gap on both sides of 0.
    """
    thetas = np.linspace(-pair.reach, pair.reach, 2 * STEPS + 1)
    columns = divergence.curves(*pair.distributions(), thetas)
    middle = len(thetas) // 2
    for name in kinks(pair):
        columns[f"{name}_gradient"][middle] = np.nan
    if (pair.p, pair.q) == ("line", "line"):
        gaps = [middle, middle + 1]
        thetas = np.insert(thetas, gaps, 0.0)
        for name, values in columns.items():
            columns[name] = np.insert(values, gaps, values[[middle, middle]] if name == "wasserstein" else np.nan)
    return thetas, columns


def kinks(pair: Pair) -> list[str]:
    """The distances, "jsd" or "wasserstein", whose slope differs on the two sides of θ = 0."""
    h = 1e-4
    around = divergence.curves(*pair.distributions(), [-h, 0.0, h])
    return [name for name in ("jsd", "wasserstein") if abs(np.diff(around[name], 2)[0]) / h > KINK]


@st.cache_data(max_entries=32, show_spinner=False)
def exact_at(pair: Pair, thetas: tuple[float, ...]) -> dict[str, np.ndarray]:
    """The exact columns for a tuple of θ."""
    return divergence.curves(*pair.distributions(), np.array(thetas))


def content(pair: Pair, snapshot: SweepSnapshot | None, theta: float) -> dict:
    """Data of the shift component for a pair at θ, with the estimates of a snapshot if there is one."""
    reach, step = pair.reach, pair.reach / STEPS
    return {
        "identity": repr(pair),
        "label": "θ",
        "value": round(round(theta / step) * step, 6),  # another θ would be shown with the distances at this one
        "low": -reach,
        "high": reach,
        "step": step,
        "axis": (-1.08 * reach, 1.08 * reach),
        "stage": stage(pair),
        "panels": panels(pair, snapshot),
        "save": slides.words(f"{pair.p}_{pair.q}", "JSD and Wasserstein distance", pair.words),
    }


def stage(pair: Pair) -> dict:
    """The picture above the curves, see ui/components/shift."""
    p, q = pair.distributions()
    if pair.p == "line" and pair.q == "line":
        return {"kind": "segments", "colours": [P, Q]}
    jumps = np.unique([place for one in (p, q) if one.density is not None for place in one.breaks])
    x = np.linspace(-2.4 * pair.reach, 2.4 * pair.reach, 481)
    x = np.sort(np.concatenate([x, jumps - 1e-9, jumps + 1e-9]))  # so that a jump is drawn upright
    return {"kind": "densities", "colours": [P, Q], "x": x.tolist(), "p": _height(p, x), "q": _height(q, x)}


def _height(distribution, x):
    """Densities on the grid; a point's mass is in one cell, as high as the picture."""
    if distribution.density is not None:
        return distribution.density(x).tolist()
    return np.where(np.abs(x) < 1e-6, 1.5, 0.0).tolist()


def panels(pair: Pair, snapshot: SweepSnapshot | None) -> list[dict]:
    """The two panels of the shift component: distances and slopes, exact and, with a snapshot, estimated."""
    thetas, truth = exact(pair)
    # A name in both panels is one legend entry, with the distance and the slope at θ. One of the two is dashed for
    # people who cannot tell the colours apart.
    jsd, w = "JSD", "Wasserstein"
    distances = [
        curves.series(jsd, "line", JSD, thetas, truth["jsd"], dash=True),
        curves.series(w, "line", WASSERSTEIN, thetas, truth["wasserstein"]),
    ]
    slopes = [
        curves.series(jsd, "line", JSD, thetas, truth["jsd_gradient"], dash=True),
        curves.series(w, "line", WASSERSTEIN, thetas, truth["wasserstein_gradient"]),
    ]
    if snapshot is not None:

        def points(name, column, colour, off=False):
            spread = snapshot.spread(column)
            spread = spread if np.isfinite(spread).all() else None
            values = snapshot.mean(column)
            return curves.series(name, "points", colour, snapshot.thetas, values, spread=spread, off=off)

        by_discriminator, by_critic = "JSD by discriminators", "Wasserstein by critics, corrected"
        distances += [
            points("raw difference", "raw", RAW, off=True),
            points("whole objective", "objective", OBJECTIVE, off=True),
            points("extrapolated", "extrapolated", EXTRAPOLATED, off=True),
            points(by_discriminator, "jsd", JSD),
            points(by_critic, "corrected", WASSERSTEIN),
        ]
        slopes += [
            points(by_discriminator, "jsd_gradient", JSD),
            points(by_critic, "wasserstein_gradient", WASSERSTEIN),
        ]
    top = max(0.8, np.nanmax(truth["wasserstein"])) * 1.12
    return [
        {
            "title": "Distance: JSD in nats, Wasserstein in units of x",
            "quantity": "θ",
            "range": [-0.04 * top, top],
            "series": distances,
        },
        {
            "title": "Slope of the distance in θ: a generator's gradient",
            "quantity": "θ",
            "range": [-1.25, 1.25],
            "series": slopes,
        },
    ]


def errors(pair: Pair, snapshot: SweepSnapshot) -> dict[str, float]:
    """Largest |estimate − exact| over θ for the mean over seeds: {"jsd", "corrected", "raw", "extrapolated"}."""
    return snapshot.errors(exact_at(pair, tuple(snapshot.thetas.tolist())))


def amount(value: float, unit: str) -> str:
    """A number with a unit, to four decimals: "0.0006 nats", "below 0.0001 nats"."""
    return f"{value:.4f} {unit}" if value >= 1e-4 else f"below 0.0001 {unit}"


@dataclass
class Run(TaskJob):
    """A visitor's training, advanced a little in every run of the page."""

    pair: Pair
    settings: Settings
    snapshot: SweepSnapshot | None = None
    history: dict = field(default_factory=lambda: {"step": []})

    def submit(self) -> tasks.Task:
        from train.live import theta_sweep

        sides = (self.pair.p, self.pair.p_std), (self.pair.q, self.pair.q_std)
        asked = *sides, self.pair.thetas.tolist(), self.settings
        key = tasks.key("sweep", *asked[:-1], dataclasses.asdict(self.settings))
        return tasks.submit(key, theta_sweep.train, *asked, threads=1)

    def take(self, progress: tuple[SweepSnapshot, dict]) -> None:
        self.snapshot, self.history = progress
