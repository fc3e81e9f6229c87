"""Data and generator as bells under the hand: both sides of every reduction follow (bells.html, .css, .js)."""

import math
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from data import toy
from metrics import divergence, gan_values
from ui import charts, url
from ui.components import component, initial_value

_component = component(Path(__file__).parent)
KINDS = {"one": "Data: one bell", "two": "Data: two bells"}
START = {"one": [-1.0, 1.0, 1.5, 0.7], "two": [-2.5, 0.6, 2.0, 1.0, 2.2, 0.9]}  # means and widths, the generator's last
REACH = 6.0  # means lie in [−REACH, REACH]
NARROW, WIDE = 0.3, 3.0  # bounds of the widths
COLOURS = {
    "p": charts.PALETTE[0],
    "q": charts.PALETTE[3],
    "jsd": charts.PALETTE[1],
    "pearson": charts.PALETTE[2],
    "wasserstein": charts.PALETTE[4],
}


@dataclass(frozen=True)
class Sides:
    """One reduction: what the loss comes to at the best discriminator, and the divergence that it should be."""

    loss: str
    value: float
    divergence: str
    expected: float


def choose():
    """(kind, numbers): mean and width of every bell, the generator's last; the link holds both."""
    kind = url.choice("data", KINDS, label="Data", label_visibility="collapsed")
    words = (
        f"The bells in this link are not means from {-REACH:g} to {REACH:g} and widths from {NARROW} to {WIDE:g}, so "
        "the start is shown instead."
    )
    return kind, url.listed("bells", kind, START[kind], float, lambda n: _fit(n, kind), words)


def _fit(numbers, kind):
    return len(numbers) == len(START[kind]) and all(
        isinstance(n, int | float) and low <= n <= high  # false for NaN, too
        for n, (low, high) in zip(numbers, [(-REACH, REACH), (NARROW, WIDE)] * (len(numbers) // 2), strict=True)
    )


def distributions(numbers):
    """(p, q) of the numbers (see data.toy)."""
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


def sides(numbers):
    """Both sides of the four reductions, by quadrature."""
    return _sides(tuple(numbers))


def bells(key, kind, numbers):
    """Mount it; where the hand lets go comes back through the session and the link."""

    def let_go(told):
        if isinstance(told, list) and _fit(told, kind):  # the browser is not trusted
            url.keep("bells", [float(n) for n in told], kind)

    _component(
        key=key,
        data={
            "identity": kind,
            "bells": initial_value(key, kind, numbers),
            "reach": REACH,
            "widths": [NARROW, WIDE],
            "rows": [[row.loss, row.divergence] for row in sides(START[kind])],
            "colours": COLOURS,
            "file": "gan_divergences",
        },
        on_moved=let_go,
    )
