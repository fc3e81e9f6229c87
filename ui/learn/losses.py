"""Content of the GAN losses page: every adversarial loss and its slope in one sample's logit, by autograd."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ui import charts, networks
from ui.components import curves

if TYPE_CHECKING:
    from models.adversarial import Loss

LOW, HIGH, STEP = -8.0, 8.0, 0.1
ARROW = 0.5  # axis length of a slope of one; the longest arrow, for −18 at the left end, stays inside the axis
LOGITS = np.round(np.arange(LOW, HIGH + STEP / 2, STEP), 6)
ROLES = {
    "generator": "Generator, on a generated sample",
    "real": "Discriminator, on a real sample",
    "fake": "Discriminator, on a generated sample",
}
COLOURS = tuple(charts.PALETTE[k] for k in (3, 0, 2, 9, 4, 7, 6))  # of models.adversarial.LOSSES, in order
BCE = "BCE (both)"  # the minimax and the non-saturating loss have the same discriminator


def distinct(role: str) -> list[type[Loss]]:
    """Classes of models.adversarial.LOSSES with different terms; for a discriminator's role only its terms count."""
    from models import adversarial

    different: dict[adversarial.Latex, type[Loss]] = {
        loss.latex: loss for loss in reversed(adversarial.LOSSES)
    }  # keeps the first of equal ones
    losses = list(reversed(different.values()))
    return losses if role == "generator" else list({loss.latex[:2]: loss for loss in losses}.values())


@st.cache_data(show_spinner="Differentiating the losses …")
def values_and_slopes(role: str, logits: tuple[float, ...]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """{class in models.adversarial: (loss, ∂ loss / ∂ logit)} for single samples with these logits."""
    networks.warm().join()
    import torch

    values_and_gradients = {}
    for loss in distinct(role):
        logit = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
        values = getattr(loss(), f"{role}_term")(logit)
        (gradients,) = torch.autograd.grad(values.sum(), logit)
        values_and_gradients[loss.__name__] = values.detach().numpy(), gradients.numpy()
    return values_and_gradients


def name(role: str, loss: type[Loss]) -> str:
    """The name of a loss in a role."""
    return BCE if role != "generator" and loss.__name__ == "NonSaturating" else loss.title


def panels(role: str) -> list[dict]:
    """Losses and their slopes over the logit (see ui/components/shift/)."""
    values = values_and_slopes(role, tuple(LOGITS))
    from models.adversarial import LOSSES

    def series(part):
        terms, curve = set(), []
        for loss in distinct(role):
            dash = loss.latex.generator in terms  # drawn over an equal curve
            terms.add(loss.latex.generator)
            colour = COLOURS[LOSSES.index(loss) % len(COLOURS)]
            curve.append(
                curves.series(name(role, loss), "line", colour, LOGITS, values[loss.__name__][part], dash=dash)
            )
        return curve

    return [
        {
            "title": "Loss of this sample",
            "quantity": "logit a",
            "range": [-8.0, 10.0],
            "dots": True,
            "series": series(0),
        },
        {
            "title": "Slope: ∂ loss / ∂ a",
            "quantity": "logit a",
            "range": [-2.5, 2.5],
            "dots": True,
            "series": series(1),
        },
    ]


def stage() -> dict:
    """Arrows downhill, one for each loss (see ui/components/shift/)."""
    return {"kind": "pushes", "title": "One step downhill, and the slope", "panel": 1, "scale": ARROW}


def table(role: str, logit: float) -> str:
    """A Markdown table of loss and slope: formula, and value at a logit."""
    rows = ["| | loss | slope |", "|---|---|---|"]
    values = values_and_slopes(role, (logit,))
    for loss in distinct(role):
        numbers = [f"{number[0]:.6f}".replace("-", "−") for number in values[loss.__name__]]
        cells = [f"${f}$ = {number}" for f, number in zip(getattr(loss.latex, role), numbers, strict=True)]
        rows.append(f"| {name(role, loss)} | {cells[0]} | {cells[1]} |")
    return "\n".join(rows)
