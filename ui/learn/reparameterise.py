"""The ELBO page's part on the reparameterisation: two estimates of a gradient from the same draws."""

from __future__ import annotations

import numpy as np

from metrics import gradients
from metrics.linear_gaussian import log_normal
from ui import charts, slides, url
from ui.components.reparameterise import reparameterise
from ui.learn import elbo

DRAWS = 1000
# Colours of the reparameterised estimate, the score function, ε, z, and the derivatives of z.
COLOURS = [charts.PALETTE[2], charts.PALETTE[7], charts.PALETTE[0], charts.PALETTE[3], charts.PALETTE[4]]
RANGES = (
    {"label": "μ", "name": "μ", "min": -3.0, "max": 3.0, "colour": COLOURS[3]},
    {"label": "σ", "name": "σ", "min": 0.2, "max": 2.0, "colour": COLOURS[3]},
    {"label": "ε", "name": "picked ε", "min": -2.5, "max": 2.5, "colour": COLOURS[2]},
)
START = [1.5, 1.0, 1.2]
FUNCTIONS = {"square": "z²", "lifted": "z² + 10", "sine": "sin 5z", "likelihood": "log p(x|z) of “The bound”"}
ESTIMATORS = {"reparameterised": gradients.reparameterised, "score function": gradients.score_function}

Function = gradients.Sine | gradients.Quadratic


def chosen() -> list[float]:
    """[μ, σ, picked ε]; the link holds them."""
    words = "The numbers in this link are not μ, σ and ε within their bounds, so the start is shown instead."
    return url.listed("draw", "", START, float, _fit, words)


def _fit(numbers):
    return url.within(numbers, [(r["min"], r["max"]) for r in RANGES])


def function(name: str, numbers: list[float]) -> Function:
    """f by its name; numbers: those of the model of the first part (see ui.learn.elbo)."""
    if name == "sine":
        return gradients.Sine(5.0)
    if name != "likelihood":
        return gradients.Quadratic(10.0 if name == "lifted" else 0.0, 0.0, 1.0)
    model, x = elbo.model(numbers)
    a, rest, precision = model.slope, x - model.offset, model.noise**-2
    constant = log_normal(x, model.offset, model.noise)
    return gradients.Quadratic(float(constant), a * rest * precision, -(a**2) * precision / 2)


def draws(seed: int) -> np.ndarray:
    """(DRAWS,) of N(0, 1), rounded to four decimals as they are sent."""
    return np.round(np.random.default_rng(seed).standard_normal(DRAWS), 4)


def estimates(f: Function, numbers: list[float], noise: np.ndarray) -> dict[str, np.ndarray]:
    """{estimator: (2, DRAWS)}: every draw's estimate of ∂/∂μ and ∂/∂σ."""
    return {name: estimator(f, numbers[0], numbers[1], noise) for name, estimator in ESTIMATORS.items()}


def table(f: Function, numbers: list[float], noise: np.ndarray) -> str:
    """A Markdown table: exact gradients, and mean and spread of every estimate, measured and computed."""
    rows = ["| | ∂/∂μ | ∂/∂σ |", "|---|--:|--:|", _row("exact", [f"{g:.4f}" for g in f.gradient(*numbers[:2])])]
    for name, each in estimates(f, numbers, noise).items():
        error = each.std(1) / DRAWS**0.5
        rows.append(
            _row(f"{name}, mean of {DRAWS:,}", [f"{m:.4f} ± {e:.4f}" for m, e in zip(each.mean(1), error, strict=True)])
        )
        rows.append(_row(f"{name}, spread of one draw, measured", [f"{s:.4f}" for s in each.std(1)]))
        _, spread = gradients.moments(ESTIMATORS[name], f, *numbers[:2])
        rows.append(_row(f"{name}, spread of one draw, computed", [f"{s:.4f}" for s in spread]))
    return "\n".join(rows)


def _row(name, cells):
    return f"| {name} | {' | '.join(cells)} |".replace("-", "−")


def data(f: gradients.Sine | gradients.Quadratic, noise: np.ndarray) -> dict:
    """Data for drawing in the component (see ui/components/reparameterise/); noise (n,)."""
    if isinstance(f, gradients.Sine):
        described = {"kind": "sine", "coefficients": [f.frequency]}
    else:
        described = {"kind": "quadratic", "coefficients": [f.constant, f.linear, f.square]}
    return {
        "identity": "draw",
        "ranges": RANGES,
        "f": described,
        "noise": noise.tolist(),
        "colours": COLOURS,
        "save": slides.words("reparameterisation", "The reparameterisation z = μ + σ·ε and its gradients"),
    }


def show(key: str, numbers: list[float], f: gradients.Sine | gradients.Quadratic, noise: np.ndarray) -> None:
    """Mount the component; the numbers that the user sets are kept for the link."""

    def moved(numbers):
        if _fit(numbers):  # the browser is not trusted
            url.keep("draw", [float(n) for n in numbers], "")

    reparameterise(key, data(f, noise), numbers, on_moved=moved)
