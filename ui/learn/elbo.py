"""First part of the ELBO page: both sides of the decomposition of log p(x), for a q and a model from the link."""

from __future__ import annotations

import streamlit as st

from metrics.linear_gaussian import LinearGaussian, integrals, kl
from ui import charts, slides, url
from ui.components.elbo import elbo

COLOURS = {
    "prior": charts.PALETTE[0],
    "posterior": charts.PALETTE[2],
    "q": charts.PALETTE[3],
    "likelihood": charts.PALETTE[9],
    "reconstruction": charts.PALETTE[6],
    "truth": charts.PALETTE[7],
}
NAMES = {"prior": "prior p(z)", "posterior": "posterior p(z|x)", "likelihood": "p(x|z), scaled"}
# The bounds ensure that every posterior lies within those of q.
RANGES = (
    {"label": "q: μ", "name": "mean of q", "min": -6.0, "max": 6.0, "colour": COLOURS["q"]},
    {"label": "q: σ", "name": "width of q", "min": 0.1, "max": 3.0, "colour": COLOURS["q"]},
    {"label": "x", "name": "observed x", "min": -3.0, "max": 3.0},
    {"label": "s", "name": "noise s", "min": 0.3, "max": 2.0},
    {"label": "a", "name": "slope a", "min": 0.5, "max": 2.0},
    {"label": "b", "name": "offset b", "min": -1.0, "max": 1.0},
)
START = [-0.5, 0.8, 2.0, 0.8, 1.0, 0.0]


def chosen() -> list[float]:
    """[μ, σ, x, s, a, b]; the link holds them."""
    words = "The numbers in this link are not μ, σ, x, s, a and b within their bounds, so the start is shown instead."
    return url.listed("elbo", "", START, float, _fit, words)


def _fit(numbers):
    return url.within(numbers, [(r["min"], r["max"]) for r in RANGES])


def model(numbers: list[float]) -> tuple[LinearGaussian, float]:
    """(the model, x) for the numbers."""
    x, noise, slope, offset = numbers[2:]
    return LinearGaussian(slope, offset, noise), x


@st.cache_data(max_entries=256, show_spinner=False)
def _sides(numbers):
    (it, x), q = model(numbers), (numbers[0], numbers[1])
    integrated = integrals(it, x, *q)
    formulas = {
        "log_px": it.log_px(x),
        "reconstruction": it.reconstruction(x, *q),
        "kl_prior": kl(*q),
        "elbo": it.elbo(x, *q),
        "kl_posterior": kl(*q, *it.posterior(x)),
    }
    return {name: (value, integrated[name]) for name, value in formulas.items()}


def sides(numbers: list[float]) -> dict[str, tuple[float, float]]:
    """{quantity: (closed form, integral)} in nats."""
    return _sides(tuple(numbers))


def data() -> dict:
    """Data for drawing in the component (see ui/components/elbo/)."""
    save = slides.words(
        "elbo", "ELBO and log p(x) of a linear Gaussian model", "p(z) = N(0, 1), p(x|z) = N(az + b, s²)"
    )
    return {"identity": "elbo", "ranges": RANGES, "colours": COLOURS, "names": NAMES, "save": save}


def show(key: str, numbers: list[float]) -> None:
    """Mount the component; the numbers that the user sets are kept for the link."""

    def moved(numbers):
        if _fit(numbers):  # the browser is not trusted
            url.keep("elbo", [float(n) for n in numbers], "")

    elbo(key, data(), numbers, on_moved=moved)
