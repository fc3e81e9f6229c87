"""Content of the page about GAN losses and divergences: both sides of four reductions, for Gaussians in the link."""

from __future__ import annotations

import math
from dataclasses import dataclass

import streamlit as st

from data import toy
from metrics import divergence, gan_values
from ui import charts, slides, url
from ui.components.gaussians import gaussians

KINDS = {"one": "Data: one Gaussian", "two": "Data: two Gaussians"}
START = {"one": [-1.0, 1.0, 1.5, 0.7], "two": [-2.5, 0.6, 2.0, 1.0, 2.2, 0.9]}  # means and widths, the generator's last
NAMES = {"one": ["p", "q"], "two": ["p₁", "p₂", "q"]}
REACH = 6.0  # means lie in [−REACH, REACH]
NARROW, WIDE = 0.3, 3.0  # bounds of the widths
COLOURS = {
    "p": charts.REAL,
    "q": charts.GENERATED,
    "jsd": charts.PALETTE[2],
    "pearson": charts.PALETTE[6],
    "wasserstein": charts.PALETTE[4],
}


@dataclass(frozen=True)
class Sides:
    """One reduction: the loss with the best discriminator, and the divergence to which it should be equal."""

    loss: str
    value: float
    divergence: str
    expected: float


def choose() -> tuple[str, list[float]]:
    """(kind, numbers): mean and width of every Gaussian, the generator's last; the link holds both."""
    kind = url.choice("data", KINDS, label="Data", label_visibility="collapsed")
    words = (
        f"The numbers in this link are not means from {-REACH:g} to {REACH:g} and widths from {NARROW} to {WIDE:g}, so "
        "the start is shown instead."
    )
    return kind, url.listed("bells", kind, START[kind], float, lambda numbers: _fit(numbers, kind), words)


def _fit(numbers, kind):
    return url.within(numbers, [(-REACH, REACH), (NARROW, WIDE)] * len(NAMES[kind]))


def distributions(numbers: list[float]) -> tuple[toy.Distribution, toy.Distribution]:
    """(p, q) for the numbers (see data.toy)."""
    each = [toy.gaussian(*numbers[k : k + 2]) for k in range(0, len(numbers), 2)]
    return (toy.mixture(*each[:2]) if len(each) == 3 else each[0]), each[-1]


@st.cache_data(max_entries=256, show_spinner=False)
def _sides(numbers):
    p, q = distributions(numbers)
    jsd, pearson = divergence.jsd(p, q), gan_values.pearson(p, q)
    return [
        Sides("BCE: max V", gan_values.bce_value(p, q), "2 JSD − log 4", 2 * jsd - math.log(4)),
        Sides(
            "Least squares −1, 1, 0: 2C(G)", gan_values.least_squares_value(p, q, -1, 1, 0), "χ²(p + q ‖ 2q)", pearson
        ),
        Sides(
            "Least squares 0, 1, 1: 2C(G)", gan_values.least_squares_value(p, q, 0, 1, 1), "½ + χ²/4", 0.5 + pearson / 4
        ),
        Sides("Critic: max E T − E T", gan_values.critic_value(p, q), "Wasserstein", divergence.wasserstein(p, q)),
    ]


def sides(numbers: list[float]) -> list[Sides]:
    """Both sides of the four reductions, by quadrature; BCE and JSD in nats, Wasserstein in units of x."""
    return _sides(tuple(numbers))


def data(kind: str) -> dict:
    """Data for drawing in the component (see ui/components/gaussians/)."""
    ranges = []
    for name in NAMES[kind]:
        colour = COLOURS["q" if name == "q" else "p"]
        for what, low, high in (("mean", -REACH, REACH), ("width", NARROW, WIDE)):
            label, spoken = f"{name} {what}", f"{what} of {name}"
            ranges.append({"label": label, "name": spoken, "min": low, "max": high, "colour": colour})
    return {
        "identity": kind,
        "ranges": ranges,
        "names": NAMES[kind],
        "rows": [[row.loss, row.divergence] for row in sides(START[kind])],
        "reach": REACH,
        "colours": COLOURS,
        "save": slides.words("gan_divergences", "What GAN losses measure at the best discriminator", KINDS[kind]),
    }


def show(key: str, kind: str, numbers: list[float]) -> None:
    """Mount the component; the numbers that the user sets are kept for the link."""

    def moved(numbers):
        if _fit(numbers, kind):  # the browser is not trusted
            url.keep("bells", [float(n) for n in numbers], kind)

    gaussians(key, data(kind), numbers, on_moved=moved)
