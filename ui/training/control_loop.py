"""First part of the ControlVAE page: a PI controller on a simulated VAE, and on numbers that the user types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ui import charts, slides, url
from ui.components.control_loop import control_loop

if TYPE_CHECKING:
    from models.control import Guard, PIController

GUARDS: dict[Guard, str] = {"published": "as published", "way_back": "open on the way back", "none": "none"}
STEPS = 20_000
# The KL settles at scale · log(1 + bend / β): 17.7 nats for β = 1, 14 for 2.4 and 8 for 10.7; the models trained on
# dSprites settled at β = 2.5 and 12.
PLANT = {"scale": 4.4, "bend": 55.0, "lag": 40, "learning": 400, "noise": 0.2}


def _number(label, low, high, step, most, log=None):
    return {"label": label, "low": low, "high": high, "step": step, "most": most, "log": log}


# most: bound of a typed number. log: the smallest gain on a logarithmic slider.
CONTROLS = [
    _number("Set point C", 0, 30, 0.1, 1e6),
    _number("Set point C, later", 0, 30, 0.1, 1e6),
    _number("Kp", 0, 10, None, 1000, log=1e-3),
    _number("Ki", 0, 1, None, 1000, log=1e-4),
    _number("β_min", 0, 5, 0.05, 1000),
    _number("β_max", 0, 100, 1, 1e6),
    _number("Ramp of C, share", 0, 0.5, 0.01, 1),
    {"label": "Guard", "options": list(GUARDS.values())},
]
STARTS = {
    "Paper": [8, 12, 0.01, 0.001, 1, 100, 0.1, 0],
    "Windup": [30, 8, 0.01, 0.001, 1, 100, 0.1, 2],
    "Guarded": [30, 8, 0.01, 0.001, 1, 100, 0.1, 0],
    "Locked by the guard": [12, 8, 0.01, 0.001, 1, 100, 0, 0],
    "Ki × 50": [8, 12, 0.01, 0.05, 1, 100, 0.1, 0],
    "Too strong": [8, 12, 0.01, 1, 1, 100, 0.1, 1],
}
# The component's text for each; a test compares the numbers with the simulation.
ABOUT = {
    "Paper": "The published gains. After C changes, the integral needs about 3,200 steps to bring the KL to it.",
    "Windup": "C = 30 cannot be reached. Without a guard the integral keeps falling, and although C "
    "becomes 8, β stays at its lower bound until the end.",
    "Guarded": "The guard stops the integral while β is at its bound. Once C is 8, the KL is there after "
    "about 4,200 steps.",
    "Locked by the guard": "C starts at 12 without a ramp. The first error moves the integral too far, the guard stops "
    "the integral there for good, and β stays at its lower bound.",
    "Ki × 50": "A larger Ki is faster: about 80 steps instead of 3,200. The price is β, which rises to 42 instead of "
    "11 during the ramp and follows some of the noise of the batches.",
    "Too strong": "With Ki = 1, most of what moves β is the noise of single batches: 3.9 ± 0.8. This simulation "
    "tolerates it, but the published guard would lock.",
}
COLOURS = dict(
    zip(("kl", "set", "beta", "integral"), (charts.PALETTE[0], "#8a8a8a", *charts.PALETTE[2:4]), strict=True)
)
MOST = 200  # measurements


def show(key: str) -> list[float]:
    """Mount the component; returns its numbers in the order of CONTROLS, which the link holds."""
    words = "The controller in this link has settings that are not valid, so the start is shown instead."
    start = [float(value) for value in STARTS["Paper"]]
    numbers = url.listed("loop", "loop", start, float, _fit, words)

    def moved(numbers):
        if _fit(numbers):  # the browser is not trusted
            url.keep("loop", [float(value) for value in numbers], "loop")

    control_loop(key, data(), numbers, on_moved=moved)
    return numbers


def data() -> dict:
    """Data for drawing in the component (see ui/components/control_loop/)."""
    return {
        "identity": "loop",
        "controls": CONTROLS,
        "starts": [[words, numbers, ABOUT[words]] for words, numbers in STARTS.items()],
        "plant": PLANT,
        "steps": STEPS,
        "colours": COLOURS,
        "save": slides.words("control", "A PI controller that steers the KL by β"),
    }


def _fit(numbers):
    return (
        isinstance(numbers, list)
        and len(numbers) == len(CONTROLS)
        and all(
            isinstance(value, int | float)
            and (
                value in range(len(GUARDS)) if "options" in control else control["low"] <= value <= control["most"]
            )  # false also for NaN
            for value, control in zip(numbers, CONTROLS, strict=True)
        )
    )


def controller(numbers: Sequence[float]) -> PIController:
    """models.control.PIController with these numbers; raises ValueError, one sentence, for contradictory ones."""
    from models.control import PIController

    set_point, _, kp, ki, beta_min, beta_max, _, guard = numbers
    return PIController(set_point, kp, ki, beta_min, beta_max, tuple(GUARDS)[int(guard)])


def parsed(text: str) -> list[float]:
    """Numbers in a text, separated by commas, semicolons or spaces; raises ValueError, one sentence, if invalid."""
    parts = text.replace(";", " ").replace(",", " ").split()
    if not 1 <= len(parts) <= MOST:
        raise ValueError(f"Type 1 to {MOST} measurements of the KL, separated by commas.")
    numbers = []
    for place, part in enumerate(parts, 1):
        try:
            numbers.append(float(part))
        except ValueError:
            raise ValueError(f"Measurement {place}, “{part[:20]}”, is not a number.") from None
    return numbers


@st.cache_data(max_entries=64, show_spinner=False)
def answered(numbers: tuple[float, ...], measurements: tuple[float, ...]) -> dict[str, list]:
    """Columns of a table with the controller's answer to each measurement, by models/control.py in float64.

    Raises ValueError, one sentence, if a measurement cannot be a KL (NaN, infinite, negative).
    """
    from models.control import checked

    pi, values = controller(numbers), checked(measurements)
    integral, wanted = pi.start()
    state = integral.double(), wanted.double()
    rows = []
    for kl in values:
        beta, state = pi.respond(kl, state)
        integral, wanted = (part.item() for part in state)
        error = pi.set_point - kl.item()
        rows.append((kl.item(), error, wanted - integral - pi.beta_min, integral, wanted, beta.item()))
    names = ("KL", "e = C − KL", "P", "I", "P + I + β_min", "β")
    return {"step": list(range(1, len(rows) + 1))} | dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
