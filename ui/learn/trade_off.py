"""Last part of the ELBO page: reconstruction against KL, and β as the multiplier of a constraint on the KL."""

from __future__ import annotations

import numpy as np

from metrics.linear_gaussian import kl
from ui import charts, slides, url
from ui.components.trade_off import trade_off
from ui.learn import elbo

BETAS, LIMITS = (0.01, 1000.0), (0.05, 4.0)  # bounds of β and of the set point, in nats
START = [1.0, 0.5]


def chosen() -> list[float]:
    """[β, C]; the link holds them."""
    words = (
        f"The numbers in this link are not β from {BETAS[0]:g} to {BETAS[1]:g} and C from {LIMITS[0]:g} to "
        f"{LIMITS[1]:g}, so the start is shown instead."
    )
    return url.listed("trade_off", "", START, float, _fit, words)


def _fit(numbers):
    return url.within(numbers, [BETAS, LIMITS])


def curve(numbers: list[float]) -> dict:
    """Columns over β: mean and width of the best q, its KL and reconstruction, nats. numbers: as in ui.learn.elbo."""
    model, x = elbo.model(numbers)
    columns = {"beta": np.geomspace(*BETAS, 201)}
    best = [model.best(x, beta) for beta in columns["beta"]]
    return columns | {
        "mean": [mean for mean, _ in best],
        "width": [width for _, width in best],
        "kl": [kl(*q) for q in best],
        "reconstruction": [model.reconstruction(x, *q) for q in best],
    }


def data(numbers: list[float]) -> dict:
    """Data for drawing in the component (see ui/components/trade_off/); numbers: those of ui.learn.elbo."""
    return {
        "identity": "trade_off",
        "model": numbers[2:],
        "rival": numbers[:2],
        "betas": BETAS,
        "limits": LIMITS,
        "colours": elbo.COLOURS | {"limit": charts.PALETTE[4]},
        "save": slides.words("trade_off", "Reconstruction against KL, and β as its price"),
    }


def show(key: str, chosen: list[float], numbers: list[float]) -> None:
    """Mount the component with [β, C] and the numbers of ui.learn.elbo; what the user sets is kept for the link."""

    def moved(numbers):
        if _fit(numbers):  # the browser is not trusted
            url.keep("trade_off", [float(n) for n in numbers], "")

    trade_off(key, data(numbers), chosen, on_moved=moved)
