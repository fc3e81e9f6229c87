"""Reconstruction against KL, β as a multiplier, under the hand (trade_off.html, .css, .js with linear_gaussian.js)."""

from pathlib import Path

import numpy as np

from metrics.linear_gaussian import kl
from ui import charts, url
from ui.components import component, elbo, initial_value

_component = component(Path(__file__).parent)
BETAS, LIMITS = (0.01, 1000.0), (0.05, 4.0)  # bounds of β and of the set point, in nats
START = [1.0, 0.5]


def chosen():
    """[β, C]; the link holds them."""
    words = (
        f"The numbers in this link are not β from {BETAS[0]:g} to {BETAS[1]:g} and C from {LIMITS[0]:g} to "
        f"{LIMITS[1]:g}, so the start is shown instead."
    )
    return url.listed("trade_off", "", START, float, _fit, words)


def _fit(numbers):
    return len(numbers) == 2 and all(
        isinstance(n, int | float) and low <= n <= high  # false for NaN, too
        for n, (low, high) in zip(numbers, (BETAS, LIMITS), strict=True)
    )


def curve(numbers):
    """Columns over β: mean and width of the best q, its KL its reconstruction, for a model of the elbo component."""
    model, x = elbo.model(numbers)
    columns = {"beta": np.geomspace(*BETAS, 201)}
    best = [model.best(x, beta) for beta in columns["beta"]]
    return columns | {
        "mean": [mean for mean, _ in best],
        "width": [width for _, width in best],
        "kl": [kl(*q) for q in best],
        "reconstruction": [model.reconstruction(x, *q) for q in best],
    }


def trade_off(key, chosen, numbers):
    """Mount it with [β, C] and those of the elbo component; the hand's come back through the session and the link."""

    def let_go(told):
        if isinstance(told, list) and _fit(told):  # the browser is not trusted
            url.keep("trade_off", [float(n) for n in told], "")

    _component(
        key=key,
        data={
            "identity": "beta",
            "numbers": initial_value(key, "beta", chosen),
            "model": numbers[2:],
            "rival": numbers[:2],
            "betas": BETAS,
            "limits": LIMITS,
            "colours": elbo.COLOURS | {"limit": charts.PALETTE[4]},
            "file": "trade_off",
        },
        on_moved=let_go,
    )
