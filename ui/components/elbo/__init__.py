"""The ELBO under the hand: q, posterior and the sums follow (elbo.html, .css, .js with linear_gaussian.js)."""

from pathlib import Path

import streamlit as st

from metrics.linear_gaussian import LinearGaussian, integrals, kl
from ui import charts, url
from ui.components import component, initial_value

_component = component(Path(__file__).parent)
COLOURS = {
    "prior": charts.PALETTE[0],
    "posterior": charts.PALETTE[2],
    "q": charts.PALETTE[3],
    "likelihood": charts.PALETTE[9],
    "reconstruction": charts.PALETTE[5],
    "truth": charts.PALETTE[7],
}
NAMES = {"prior": "prior p(z)", "posterior": "posterior p(z|x)", "likelihood": "p(x|z), scaled"}
# The bounds keep every posterior within those of q.
RANGES = (
    {"label": "q: μ", "name": "mean of q", "min": -6.0, "max": 6.0, "colour": COLOURS["q"]},
    {"label": "q: σ", "name": "width of q", "min": 0.1, "max": 3.0, "colour": COLOURS["q"]},
    {"label": "x", "name": "observed x", "min": -3.0, "max": 3.0},
    {"label": "s", "name": "noise s", "min": 0.3, "max": 2.0},
    {"label": "a", "name": "slope a", "min": 0.5, "max": 2.0},
    {"label": "b", "name": "offset b", "min": -1.0, "max": 1.0},
)
START = [-0.5, 0.8, 2.0, 0.8, 1.0, 0.0]


def chosen():
    """[μ, σ, x, s, a, b]; the link holds them."""
    words = "The numbers in this link are not μ, σ, x, s, a and b within their bounds, so the start is shown instead."
    return url.listed("elbo", "", START, float, _fit, words)


def _fit(numbers):
    return len(numbers) == len(RANGES) and all(
        isinstance(n, int | float) and r["min"] <= n <= r["max"]  # false for NaN, too
        for n, r in zip(numbers, RANGES, strict=True)
    )


def model(numbers):
    """(the model, x) of the numbers."""
    x, noise, slope, offset = numbers[2:]
    return LinearGaussian(slope, offset, noise), x


@st.cache_data(max_entries=256, show_spinner=False)
def _sides(numbers):
    (it, x), q = model(numbers), numbers[:2]
    integrated = integrals(it, x, *q)
    formulas = {
        "log_px": it.log_px(x),
        "reconstruction": it.reconstruction(x, *q),
        "kl_prior": kl(*q),
        "elbo": it.elbo(x, *q),
        "kl_posterior": kl(*q, *it.posterior(x)),
    }
    return {name: (value, integrated[name]) for name, value in formulas.items()}


def sides(numbers):
    """{quantity: (closed form, integral)} in nats."""
    return _sides(tuple(numbers))


def elbo(key, numbers):
    """Mount it; where the hand lets go comes back through the session and the link."""

    def let_go(told):
        if isinstance(told, list) and _fit(told):  # the browser is not trusted
            url.keep("elbo", [float(n) for n in told], "")

    _component(
        key=key,
        data={
            "identity": "elbo",
            "numbers": initial_value(key, "elbo", numbers),
            "ranges": RANGES,
            "colours": COLOURS,
            "names": NAMES,
            "file": "elbo",
        },
        on_moved=let_go,
    )
