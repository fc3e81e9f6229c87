"""The Toy GAN page's data for its component: real points, their noise floor, and a recording to play."""

import numpy as np
import streamlit as st

from checkpoints.recorded.packed import pack
from checkpoints.recorded.toy_runs import Run
from checkpoints.recorded.toy_settings import Settings
from ui import slides
from ui.components.toy_gan import toy_gan
from ui.training import points as planar_points
from ui.training.settings import identity


def show(key: str, settings: Settings, *, run: Run | None = None, points: list | None = None) -> None:
    """Mount the component.

    settings: of the training. run: a recording to play, else training starts anew. points: the user's own points [(x,
    y), …] instead of the set named in settings; too few give a warning, and START is shown.
    """
    data, problem = message(settings, run=run, points=points)
    if problem:
        st.warning(problem)
    toy_gan(key, data, on_points=planar_points.keep)


def message(settings: Settings, *, run: Run | None = None, points: list | None = None) -> tuple[dict, str | None]:
    """(data for the component; why START is shown instead of the points, or None); arguments as for `show`."""
    arguments, problem = planar_points.checked(settings.data, settings.seed, points)
    networks = [settings.generator, settings.discriminator, settings.head_start]
    data = {
        "identity": identity(*arguments, *networks, run and run.name, problem),
        "settings": settings.to_dict(),
        "recording": run and _recording(run.name, run),
        "draw": points is not None,
        "points": [list(point) for point in points or ()],
        # A recorded floor saves the first visitor the computation.
        "floor": run.floor if run else planar_points.floor(*arguments),
        "save": slides.words("toy_gan", run.title if run else "A toy GAN", f"{settings.loss.replace('_', ' ')} loss"),
        **planar_points.prepared(*arguments),
    }
    return data, problem


@st.cache_data(max_entries=8, show_spinner=False)
def _recording(name, _run):
    history = [
        {"step": s.step, "d": s.discriminator_loss, "g": s.generator_loss, "energy": s.energy} for s in _run.snapshots
    ]
    networks = ("generator", "discriminator", "shown")
    weights: dict[str, str | None] = {
        name: pack(np.concatenate([getattr(s, name) for s in _run.snapshots])) for name in networks
    }
    if weights["shown"] == weights["generator"]:
        weights["shown"] = None
    return {"history": history, **weights}
