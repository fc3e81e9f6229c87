"""Density from a discriminator: what a network that tells two samples apart knows about their densities."""

import dataclasses

import streamlit as st

from checkpoints.recorded.critic_settings import BOUNDS, DENSITY_SETTINGS
from ui import charts, downloads, jobs, recordings, shell, slides, url
from ui.components.curve_player import curve_player
from ui.distances import densities

st.title("Density from a discriminator")
shell.introduction(
    "A discriminator D learns to tell samples of f₁ from samples of f₀. **Look for** the "
    f"{charts.COLOUR_NAMES[densities.ESTIMATE]} estimate of the density f₁: D has only seen samples of it."
)

recording = recordings.read("density")
if recording is None:
    st.stop()
grid, runs = recording
layers = {1: "one hidden layer", 2: "two hidden layers", 3: "three hidden layers"}
sizes = {f"{s.hidden}x{s.width}": f"Recorded: {layers[s.hidden]} of {s.width}" for s, _ in reversed(runs)}
sizes["own"] = "Your own, trained now"
picture, controls = st.columns([5, 2], gap="large")
with controls:
    size = url.choice("net", sizes, label="Network", menu=True)
    run: densities.Run | None = st.session_state.get("density run")
    settings = problem = None
    if size == "own":
        default = DENSITY_SETTINGS
        values = {
            "hidden": url.whole_number("net_layers", 1, BOUNDS["hidden"][1], default.hidden, label="Hidden layers"),
            "width": url.whole_number("net_width", 1, BOUNDS["width"][1], default.width, label="Width"),
            "steps": url.whole_number("net_steps", 0, 1_000_000, default.steps, label="Steps"),
            "seed": url.whole_number("net_seed", 0, 99_999, 0, label="Seed"),
        }
        try:
            settings = dataclasses.replace(default, **values)
        except ValueError as error:
            problem = str(error)
        if run is not None and run.settings != settings:
            run = st.session_state["density run"] = None
        going = run is not None and run.going

        def start():
            assert settings is not None  # the button is disabled without them
            st.session_state["density run"] = densities.Run(settings)

        key = "density train or stop"
        jobs.start_or_stop(run, "Train this network now", start, key=key, disabled=settings is None)
        training = run.training if run is not None else None
        jobs.show_state(run, (training.step, training.settings.steps) if training else None, problem)
        snapshots = run.snapshots if run else []
        identity = f"own {settings}"
    else:
        going = False
        settings, snapshots = next(r for r in runs if f"{r[0].hidden}x{r[0].width}" == size)
        identity = size
        st.caption(
            f"A recorded training of {settings.steps:,} steps. Choose a smaller network to see what it cannot learn."
        )
    frame = plays = None
    words = densities.words(settings) if settings is not None else ""
    if snapshots:
        last = len(snapshots) - 1
        if size == "own":
            frame = last
        else:
            # Without a step in the link, the training is shown from its start.
            step = url.kept("step", 0, snapshots[-1].step, 0, "density")
            frame, plays = densities.frame(snapshots, step), step == 0
        # Of all snapshots, since the server does not know which one is shown while they play.
        label = "Curves of all snapshots as CSV"
        downloads.csv(lambda: densities.table(grid, snapshots), "density", label, going=going, width="stretch")

with picture:
    if snapshots:
        curve_player(
            "density",
            identity=identity,
            captions=densities.captions(snapshots),
            label="Training step",
            axis=densities.AXIS,
            panels=densities.panels(grid, snapshots),
            save=slides.words("density", "Density from a discriminator", words),
            figures=densities.figures(snapshots),
            frame=frame,
            plays=bool(plays),
            on_frame=None if size == "own" else lambda k: url.keep("step", snapshots[k].step, "density"),
        )
        st.caption(
            "L1 error: ∫ |f̂₁ − f₁| dx, 0 for a perfect estimate and 2 for densities that do not overlap. Value: "
            "E log D over samples of f₁ plus E log(1 − D) over samples of f₀, on a fresh sample."
        )
    else:
        st.info("Press **Train this network now**: the curves appear here while it trains.")

if len(snapshots) > 2:
    st.subheader("Over the training")
    columns = {
        "L1 error": [s.l1[0] for s in snapshots[1:]],
        "largest possible value − value, nats": [max(densities.best() - s.value[0], 1e-6) for s in snapshots[1:]],
    }
    steps = [s.step for s in snapshots[1:]]
    figure = charts.lines(columns, x=steps, x_title="step", y_title="error", log=True, height=240)
    charts.show(figure, "Errors over the training", words)

st.subheader("Why it works")
st.markdown(
    "D maximises $\\mathbb E_{x\\sim f_1}\\log D(x) + \\mathbb E_{x\\sim f_0}\\log(1 - D(x))$. For each x separately, "
    "$f_1\\log D + f_0\\log(1 - D)$ is largest at $D = f_1/(f_1 + f_0)$. Solved for the unknown density: $$f_1(x) = "
    "f_0(x)\\,\\frac{D(x)}{1 - D(x)} = f_0(x)\\,e^{\\text{logit}(x)}.$$ f₀ is a standard Gaussian; f₁ is the "
    "distribution of $\\tanh(2z + 1) + 0.75\\,z$ with Gaussian z, whose density is known exactly and is used for "
    "comparison only. In the **tails** there are hardly any samples to learn from, and an error in the logit "
    "multiplies the density: see the picture with the logarithmic axis."
)

if going and run is not None:
    jobs.go_on(run.advance, 0.3)
