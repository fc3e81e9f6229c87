"""The Toy flow page: settings of a training, the controls, and the data that the page sends to its component."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

import checkpoints
from checkpoints import CheckpointError
from checkpoints.recorded.bounds import check_hidden_layers, check_numbers
from data import planar
from ui import slides, url
from ui.components import floats, initial_value
from ui.components.toy_flow import toy_flow
from ui.explore.families import SOLVERS
from ui.training import points as planar_points
from ui.training.settings import identity

# The ring comes first, since it is easy to see whether all of its Gaussians are reached.
SETS = {"ring": planar_points.TITLES["ring"], **planar_points.TITLES}
TRAINED = "toy_flow"  # the checkpoint with the page's initial settings
STARTS = {"trained": "a trained network", "random": "random weights"}
COUNTS = (1, 2, 4, 8, 16, 32, 100)  # of steps from noise to data, as in ui/components/toy_flow/sweep.js
DRAWS = 4096  # for the least loss, whose standard error is about 1 %

# Setting -> (least, most, its name in a sentence).
BOUNDS = {
    "rate": (1e-5, 0.1, "The learning rate"),
    "batch": (2, 1024, "The batch"),
    "steps": (1, 1_000_000, "The number of steps"),
    "seed": (0, 2**31 - 1, "The seed"),
}
WIDTH = (1, 128)


@dataclass(frozen=True)
class Settings:
    """A training; raises ValueError, one sentence, if a value is out of bounds.

    network: units of the two hidden layers, each followed by a leaky ReLU of slope 0.2. rate: Adam's learning rate. A
    training pauses once, after `steps` steps.
    """

    data: str = "ring"
    network: tuple[int, int] = (64, 64)
    rate: float = 3e-3
    batch: int = 128
    steps: int = 5000
    seed: int = 0

    def __post_init__(self):
        check_hidden_layers(self, ("network",), WIDTH)
        check_numbers(self, BOUNDS)
        if self.data not in planar_points.TITLES:
            raise ValueError(f"The data must be one of {', '.join(planar_points.TITLES)}, not {self.data}.")


@dataclass(frozen=True)
class View:
    """The controls besides the rate: time t, the solver, and its number of steps from noise to data."""

    t: float = 1.0
    solver: str = "euler"
    steps: int = 32


def viewed(settings: Settings) -> tuple[Settings, View]:
    """The settings and the view set by the user or the link."""
    default = View()
    least, most, _ = BOUNDS["rate"]
    rate = url.kept("rate", least, most, settings.rate)
    view = View(
        t=url.kept("t", 0.0, 1.0, default.t),
        solver=url.picked("solver", SOLVERS, default.solver),
        steps=int(url.picked("solver_steps", [str(count) for count in COUNTS], str(default.steps))),
    )
    return dataclasses.replace(settings, rate=rate), view


def keep_view(report: dict[str, Any]) -> None:
    """Keep {"t", "solver", "steps", "rate"} as reported by the component, and nothing else."""
    solver, steps, numbers = report.get("solver"), report.get("steps"), [report.get("t"), report.get("rate")]
    if solver in list(SOLVERS) and steps in COUNTS and url.within(numbers, [(0.0, 1.0), BOUNDS["rate"][:2]]):
        values = {"t": numbers[0], "rate": numbers[1], "solver": solver, "solver_steps": str(int(steps))}
        for key, value in values.items():
            url.keep(key, value)


def has_trained(settings: Settings) -> bool:
    """Whether the checkpoint has the points, the network and the seed of these settings."""
    default = Settings()
    return all(getattr(settings, name) == getattr(default, name) for name in ("data", "network", "seed"))


def show(key: str, settings: Settings, view: View, *, points: list | None = None, start: str = "random") -> None:
    """Mount the component.

    settings: of the training. view: initial values of the controls. points: the user's own points [(x, y), …] instead
    of the set named in settings; too few give a warning, and START is shown. start: of STARTS.
    """
    data, problem = message(settings, view, points=points, start=start)
    if problem:
        st.warning(problem)
    # The user may have changed these in the browser: only another network or other points replace them.
    under_the_hand = initial_value(key, data["identity"], (settings.rate, data["view"]))
    data["settings"]["rate"], data["view"] = under_the_hand
    toy_flow(key, data, on_view=keep_view, on_points=planar_points.keep)


def message(
    settings: Settings, view: View, *, points: list | None = None, start: str = "random"
) -> tuple[dict[str, Any], str | None]:
    """(data for the component; why START is shown instead of the points, or None); arguments as for `show`."""
    arguments, problem = planar_points.checked(settings.data, settings.seed, points)
    prepared = planar_points.prepared(*arguments)
    trained = stored() if start == "trained" and has_trained(settings) else None
    data = {
        "identity": identity(*arguments, settings.network, problem, trained is None),
        "save": slides.words("toy_flow", "Flow matching", planar_points.TITLES[settings.data]),
        "settings": dataclasses.asdict(settings),
        "view": dataclasses.asdict(view),
        "floor": planar_points.floor(*arguments),
        "least": least(*arguments),
        "modes": modes(prepared) if arguments[0] == "ring" else None,
        "draw": points is not None,
        "points": [list(point) for point in points or ()],
        "trained": trained,
        **prepared,
    }
    return data, problem


@st.cache_data(max_entries=32, show_spinner=False)
def least(name: str, seed: int, points: tuple | None) -> float:
    """The loss of the best velocity field on a training's points, in units of their variances."""
    from metrics.flow_matching import least_loss

    pool, _, _ = planar_points.training_set(name, seed, points)
    return least_loss(pool, DRAWS, np.random.default_rng([seed, 4]))


def stored() -> dict[str, Any] | None:
    """{"step", "loss", "weights"} of the checkpoint, for the component; None if it is missing or damaged.

    Its points were standardised with 20,000 samples instead of a training's POOL, which moves none by a pixel.
    """
    try:
        card = checkpoints.read(TRAINED)
        weights = checkpoints.preview(TRAINED)["weights"]
    except CheckpointError:
        return None  # the page then opens with random weights
    steps = card.recipe["epochs"] * (card.dataset["train_images"] // card.recipe["batch"])
    return {"step": steps, "loss": card.metrics["velocity_error"], "weights": floats.text(weights)}


def modes(prepared: dict[str, Any]) -> dict[str, list]:
    """The Gaussians of the ring, standardised: {"centres": [[x, y], …], "radius": three standard deviations (2,)}."""
    centre, scale = (np.asarray(prepared[name]) for name in ("centre", "scale"))
    centres = (planar.CENTRES - centre) / scale
    return {"centres": centres.tolist(), "radius": (3 * planar.SPREAD / scale).tolist()}
