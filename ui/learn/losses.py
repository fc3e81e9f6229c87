"""What the GAN losses page shows: every adversarial loss and its slope in one sample's logit, by autograd."""

import numpy as np
import streamlit as st

from ui import charts, networks
from ui.components import curves

LOW, HIGH, STEP = -8.0, 8.0, 0.1
LOGITS = np.round(np.arange(LOW, HIGH + STEP / 2, STEP), 6)
ROLES = {
    "generator": "Generator, on a fake sample",
    "real": "Discriminator, on a real sample",
    "fake": "Discriminator, on a fake sample",
}
# Class in models.adversarial -> (name, colour, dashed). The two losses of BCE have the same discriminator.
NAMES = {
    "Minimax": ("Minimax", charts.PALETTE[3], False),
    "NonSaturating": ("Non-saturating", charts.PALETTE[0], False),
    "LeastSquares": ("Least squares", charts.PALETTE[2], False),
    "Hinge": ("Hinge", charts.PALETTE[1], False),
    "Wasserstein": ("Wasserstein", charts.PALETTE[4], True),
}
BCE = "BCE (both)"
# A (real, fake) pair of logits of which the discriminator's loss is 0: with one of them in place, what is left of the
# loss belongs to the other.
CONTENT = {
    "NonSaturating": (100.0, -100.0),
    "LeastSquares": (1.0, 0.0),
    "Hinge": (1.0, -1.0),
    "Wasserstein": (0.0, 0.0),
}
FORMULAS = {  # a: the logit, D = σ(a)
    "generator": {
        "Minimax": (r"\log(1 - D)", "-D"),
        "Non-saturating": (r"-\log D", "D - 1"),
        "Least squares": ("(a - 1)^2", "2(a - 1)"),
        "Hinge": ("-a", "-1"),
        "Wasserstein": ("-a", "-1"),
    },
    "real": {
        BCE: (r"-\log D", "D - 1"),
        "Least squares": (r"\tfrac12 (a - 1)^2", "a - 1"),
        "Hinge": (r"\max(0, 1 - a)", r"-[a < 1]"),
        "Wasserstein": ("-a", "-1"),
    },
    "fake": {
        BCE: (r"-\log(1 - D)", "D"),
        "Least squares": (r"\tfrac12 a^2", "a"),
        "Hinge": (r"\max(0, 1 + a)", r"[a > -1]"),
        "Wasserstein": ("a", "1"),
    },
}


@st.cache_data(show_spinner="Differentiating the losses …")
def of(role, logits):
    """{class in models.adversarial: (losses, gradients)} of single samples with a tuple of logits."""
    networks.warm().join()
    import torch

    from models import adversarial

    found = {}
    for kind in NAMES if role == "generator" else CONTENT:
        loss = getattr(adversarial, kind)()
        logit = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
        real, fake = (torch.tensor([x], dtype=torch.float64) for x in CONTENT.get(kind, (0.0, 0.0)))
        each = {
            "generator": lambda a, loss=loss: loss.generator(a),
            "real": lambda a, loss=loss, fake=fake: loss.discriminator(a, fake),
            "fake": lambda a, loss=loss, real=real: loss.discriminator(real, a),
        }[role]
        values = torch.stack([each(a) for a in logit.split(1)])
        (gradients,) = torch.autograd.grad(values.sum(), logit)
        found[kind] = values.detach().numpy(), gradients.numpy()
    return found


def name(role, kind):
    """What a loss is called in a role."""
    return BCE if role != "generator" and kind == "NonSaturating" else NAMES[kind][0]


def panels(role):
    """Losses and their slopes over the logit (see ui/components/shift/)."""
    found = of(role, tuple(LOGITS))

    def series(part):
        return [
            curves.series(name(role, kind), "line", NAMES[kind][1], LOGITS, both[part], dash=NAMES[kind][2])
            for kind, both in found.items()
        ]

    return [
        {"title": "Loss of this sample", "range": [-8.0, 10.0], "dots": True, "series": series(0)},
        {"title": "Slope: ∂ loss / ∂ logit", "range": [-2.5, 2.5], "dots": True, "series": series(1)},
    ]


def stage():
    """Arrows downhill, one for each loss (see ui/components/shift/)."""
    return {"kind": "pushes", "title": "One step downhill", "panel": 1, "scale": 2.0, "most": 5.0}


def table(role, logit):
    """A Markdown table of loss and slope: formula and value at a logit."""
    rows = ["| | loss | slope |", "|---|---|---|"]
    for kind, both in of(role, (logit,)).items():
        told = [f"{number[0]:.6f}".replace("-", "−") for number in both]
        cells = [f"${f}$ = {value}" for f, value in zip(FORMULAS[role][name(role, kind)], told, strict=True)]
        rows.append(f"| {name(role, kind)} | {cells[0]} | {cells[1]} |")
    return "\n".join(rows)
