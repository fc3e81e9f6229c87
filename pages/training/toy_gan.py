"""A GAN of points in the plane: recorded trainings, and one that trains in the browser, step by step."""

import dataclasses
from typing import Any

import streamlit as st

from checkpoints.recorded import toy_settings
from data import planar
from ui import downloads, gallery, layout, recordings, shell, url
from ui.training import points as planar_points
from ui.training import saved, toy_gan
from ui.training import settings as trainings

st.title("Toy GAN")
shell.introduction(
    "A generator turns noise into orange points, a discriminator learns to tell them from the blue, real ones, and the "
    "generator learns from its answer. Play a recording, or train your own."
)

RECORDINGS = {"parabola_gan": "A parabola, learned", "mode_collapse": "Mode collapse", "saturation": "Saturation"}
ABOUT = {
    "parabola_gan": "The learning rates fall to 0, and the points are those of a running mean of the generator's "
    "weights. **Look for** the arrows, which fade as the points arrive: on the curve real and generated points are "
    "alike, D is about ½, and both losses are at their dashed lines. Far from all points D may have any value.",
    "mode_collapse": "The generator's learning rate is ten times the discriminator's, and it takes five turns for "
    "each of the discriminator's. **Look for** the points: nearly all lie at one or two of the eight places, until the "
    "discriminator has learned that these are generated; then they move to others. In the first 50 steps they leave "
    "the picture. The losses hardly show it; the energy distance does.",
    "saturation": "The discriminator had a head start, and the generator has the minimax loss. **Look for** the "
    "missing arrows: D is nearly 0 at the generated points, log(1 − D) is flat there, and the points do not move, "
    "though they are wrong. Press the button below and choose the non-saturating loss: from the same start they move.",
}
KEYS = {
    "data": "set",
    "loss": "loss",
    "optimiser": "optimiser",
    "generator_rate": "rate_g",
    "discriminator_rate": "rate_d",
    "generator_steps": "turns_g",
    "discriminator_steps": "turns_d",
    "head_start": "head",
    "batch": "batch",
    "steps": "steps",
    "clip": "clip",
    "penalty": "penalty",
    "seed": "toy_seed",
}
ENDS = {"calm": "rates fall to 0, weights are averaged", "raw": "constant rates, no averaging"}
default = toy_settings.Settings(falling=True, averaging=0.999)


def copy_settings(settings: toy_settings.Settings) -> None:
    """Put a recording's settings into the widgets of the user's own training."""
    trainings.copy_to_widgets(settings, KEYS, ("generator", "discriminator"))
    st.session_state["end"] = "calm" if settings.falling else "raw"
    st.session_state["toy"] = "own"


controls, picture = st.columns([2, 7], gap="medium")
with controls:
    chosen = url.choice("toy", {**RECORDINGS, "own": "Your own, trained here"}, label="Training", menu=True)
    run = points = settings = None
    if chosen != "own":
        run = recordings.read("toy_gan", chosen)
        if run is not None:
            settings = run.settings
            with st.container(key=layout.AFTER):
                st.markdown(ABOUT[chosen])
                st.button(
                    "Train with these settings",
                    icon=":material/tune:",
                    on_click=copy_settings,
                    args=(settings,),
                    width="stretch",
                )
                st.caption(
                    f"{planar.SETS[settings.data].title}; {toy_settings.LOSSES[settings.loss]}; "
                    f"{toy_settings.OPTIMISERS[settings.optimiser]}, rates D {settings.discriminator_rate:g}, "
                    f"G {settings.generator_rate:g}; turns D {settings.discriminator_steps}, "
                    f"G {settings.generator_steps}"
                    + (f"; head start of D {settings.head_start:,} turns" if settings.head_start else "")
                    + f"; layers D {settings.discriminator[0]}, {settings.discriminator[1]}, 2, "
                    f"G {settings.generator[0]}, {settings.generator[1]}; recorded with PyTorch, {settings.steps:,} "
                    "steps."
                )
    else:
        values: dict[str, Any] = {
            "data": url.choice("set", planar_points.TITLES, label="Real points", menu=True),
            "loss": url.choice("loss", toy_settings.LOSSES, label="Loss", menu=True),
        }
        if values["loss"] == "wasserstein":
            values["clip"] = url.decimal("clip", 0.001, 10.0, default.clip, label="Weights kept within ±")
        if values["loss"] == "wasserstein_gp":
            values["penalty"] = url.decimal("penalty", 0.0, 1000.0, default.penalty, label="Penalty λ")
        for column, player in zip(st.columns(2), ("discriminator", "generator"), strict=True):
            letter, rate, widths = player[0], getattr(default, f"{player}_rate"), getattr(default, player)
            with column:
                st.caption(player.capitalize())
                values[f"{player}_rate"] = url.decimal(
                    f"rate_{letter}", 0.0, 1000.0, rate, label=f"{letter.upper()} rate", format="%g", step=0.0005
                )
                values[f"{player}_steps"] = url.whole_number(
                    f"turns_{letter}", 1, 20, 1, label=f"{letter.upper()} turns"
                )
                values[player] = tuple(
                    url.whole_number(f"{letter}{k}", *toy_settings.WIDTH, width, label=f"{letter.upper()} layer {k}")
                    for k, width in enumerate(widths, 1)
                )
        with url.warnings_in(st.container()), st.popover("More", width="stretch"):
            values["optimiser"] = url.choice("optimiser", toy_settings.OPTIMISERS, label="Optimiser", menu=True)
            calm = url.choice("end", ENDS, label="Towards the end", menu=True) == "calm"
            values["steps"] = url.whole_number("steps", 1, 1_000_000, default.steps, label="Steps")
            values["batch"] = url.whole_number("batch", 2, 1024, default.batch, label="Batch")
            values["head_start"] = url.whole_number("head", 0, 20_000, 0, label="Head start of D, turns")
            values["seed"] = url.whole_number("toy_seed", 0, 99_999, 0, label="Seed")
        values |= {"falling": calm, "averaging": default.averaging if calm else 0.0}
        if values["data"] == planar_points.OWN:
            points = planar_points.drawn()
        settings = dataclasses.replace(default, **values)
        still = [p for p in ("generator", "discriminator") if getattr(settings, f"{p}_rate") == 0]
        if still:
            st.caption(f"With a learning rate of 0 the {' and the '.join(still)} learns nothing.")

with picture:
    if settings is not None:
        toy_gan.show("toy gan", settings, run=run, points=points)
        card = next((card for card in gallery.cards("toy_gan") if card.name == chosen), None)
        downloads.as_page(
            lambda settings=settings: saved.page(settings, run=run, points=points, card=card), f"toy_gan_{chosen}"
        )

with st.expander("What is drawn, and how it is computed"):
    st.markdown(
        "**Surface:** D(x) from blue (taken for real) to orange (taken for generated); for losses without a D the "
        "critic's value. **Arrows:** minus the gradient of the generator's loss at its points, so where they vanish "
        "it learns nothing. **Features:** the last hidden layer of the discriminator has two units; every point is "
        "drawn at their two values, with a mesh of the plane. **Energy distance:** $2\\,\\mathbb E\\|X - Y\\| - "
        "\\mathbb E\\|X - X'\\| - \\mathbb E\\|Y - Y'\\|$ between 500 generated and 500 fresh real points, in "
        "standard deviations of the data. It needs no network. Of 100 pairs of real samples, 95 lie below the dashed "
        "line.  \n"
        "The recordings come from `python -m train NAME`. Training on this page runs in your browser in plain "
        "JavaScript; a test compares every update with PyTorch's. A training that continues a recording starts with "
        "new optimisers."
    )
