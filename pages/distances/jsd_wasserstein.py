"""JSD and Wasserstein distance over θ: exact curves, and networks that estimate them from samples."""

import dataclasses

import pandas as pd
import streamlit as st

from checkpoints.recorded.critic_settings import BOUNDS, PAIR_SETTINGS, Settings
from ui import charts, downloads, jobs, recordings, shell, url
from ui.components.shift import shift
from ui.distances import pairs, saved

SEGMENTS = pairs.Pair("line", "line")
CURVES = {"exact": "Exact", "networks": "Exact, and estimated by networks"}
# Widgets of the training, which keep their values while they are hidden; a link with one of them is about the training.
TRAINING = ["lambda", "batch", "width", "nets_seed", "repeats", "sides", "sides_pair", "steps", "steps_pair"]

st.title("JSD and Wasserstein")
shell.introduction(
    "Drag θ: q moves away from p. **Look for** the slopes: where p and q do not overlap, the Jensen-Shannon divergence "
    "(JSD) is flat and gives a generator no direction; the Wasserstein distance still gives one."
)
url.hold(*TRAINING)
if "curves" not in st.session_state and url.holds(*TRAINING):
    st.session_state["curves"] = "networks"

picture, controls = st.columns([5, 2], gap="large")
with controls:
    pair = pairs.choose()
    estimated = url.choice("curves", CURVES, label="Curves", menu=True) == "networks"
    # Line segments and other pairs train best with different settings, so each kind keeps its own.
    base, kind = (Settings(), "") if pair == SEGMENTS else (PAIR_SETTINGS, "_pair")
    settings = problem = snapshot = None
    run: pairs.Run | None = None
    repeats = stored_seeds = 1
    if estimated:
        with url.warnings_in(st.container()), st.expander("How the networks train"):
            penalties = {"two": "Two-sided: (‖∇T‖ − 1)²", "one": "One-sided: slopes below 1 cost nothing"}
            first = "one" if base.one_sided else "two"
            penalty = url.choice(
                f"sides{kind}", {first: penalties[first]} | penalties, label="Penalty of the critic", menu=True
            )
            values = {
                "one_sided": penalty == "one",
                "penalty": url.decimal("lambda", 0.0, 1000.0, 10.0, label="Penalty λ", help="At least 10 is usual"),
                "steps": url.whole_number(f"steps{kind}", 0, 1_000_000, base.steps, label="Steps"),
                "batch": url.whole_number("batch", 2, BOUNDS["batch"][1], base.batch, label="Batch"),
                "width": url.whole_number(
                    "width", 1, BOUNDS["width"][1], base.width, label="Width of the hidden layer"
                ),
                "seed": url.whole_number("nets_seed", 0, 99_999, 0, label="Seed"),
                "seeds": (repeats := url.whole_number("repeats", 1, BOUNDS["seeds"][1], 1, label="Number of seeds")),
            }
        try:
            settings = dataclasses.replace(base, **values)
        except ValueError as error:
            problem = str(error)
        run = st.session_state.get("sweep run")
        if run is not None and (run.pair != pair or run.settings != settings):
            run = st.session_state["sweep run"] = None  # its estimates are for something else
        snapshot = run.snapshot if run is not None else None
        if run is None and pair == SEGMENTS and settings is not None:
            recording = recordings.read("theta_sweep")
            if recording is not None and recording[0] == dataclasses.replace(settings, seeds=recording[0].seeds):
                snapshot, stored_seeds = recording[1][-1], recording[0].seeds
training = run is not None and run.going


def start() -> None:
    assert settings is not None  # the button is disabled without them
    st.session_state["sweep run"] = pairs.Run(pair, settings)


with picture:
    theta = url.kept("theta", -pair.reach, pair.reach, 0.4)
    shift("distances", **pairs.content(pair, snapshot, theta), on_value=lambda theta: url.keep("theta", theta))
    nearest = " Estimates are those at the nearest θ that has networks." if snapshot is not None else ""
    st.caption(f"Beside each name: the distance at θ, and after the dot its slope.{nearest}")
    downloads.as_page(
        lambda: saved.page(pair, snapshot, settings, theta, recorded=run is None),
        f"jsd_and_wasserstein_{pair.p}_{pair.q}",
    )

if estimated:
    with controls:
        label = f"Train {2 * len(pair.thetas) * repeats} networks now"
        jobs.start_or_stop(run, label, start, key="train or stop", disabled=settings is None)
        measured = run.snapshot if run is not None else None
        jobs.show_state(run, (measured.step, measured.steps) if measured else None, problem)
        if snapshot is not None:
            if measured is None:
                st.caption(
                    f"The points are those of a stored training with these settings and {stored_seeds} seeds. "
                    "Press the button to watch one."
                )
            errors = pairs.errors(pair, snapshot)
            st.markdown(
                f"**Largest error** over {len(snapshot.thetas)} values of θ: {pairs.amount(errors['jsd'], 'nats')} "
                f"for the JSD, {pairs.amount(errors['corrected'], 'units of x')} for the corrected Wasserstein "
                f"distance, {pairs.amount(errors['raw'], 'units of x')} for the raw difference."
            )
        elif settings is not None:
            st.caption(
                f"A discriminator and a critic for each of {len(pair.thetas)} values of θ learn from samples of p and "
                "q."
            )
        if run is not None and len(run.history["step"]) > 1:
            columns = {name: run.history[kind] for kind, name in pairs.ERRORS.items()}
            figure = charts.lines(
                columns, x=run.history["step"], x_title="step", y_title="largest error", log=True, height=250
            )
            charts.show(figure, "Largest error over θ", "while they train")
        if snapshot is not None:
            table = pd.DataFrame(snapshot.columns())
            downloads.csv(table, "estimates", "Estimates as CSV", going=training, width="stretch")

st.subheader("How networks estimate both")
left, right = st.columns(2, gap="large")
with left:
    st.markdown(
        "**JSD.** For every θ a discriminator $D$ maximises\n\n"
        "$$\\log 2 + \\tfrac12\\,\\mathbb E_{x\\sim p}\\log D(x) + \\tfrac12\\,\\mathbb E_{y\\sim q_\\theta}"
        "\\log(1 - D(y)),$$\n\n"
        "whose maximum is the JSD. Two parallel segments overlap at θ = 0 only. For any other θ, however small, $D$ "
        "tells them apart perfectly, the JSD is $\\log 2 \\approx 0.693$ nats, and its slope is 0."
    )
with right:
    st.markdown(
        "**Wasserstein.** For every θ a critic $T$ maximises\n\n"
        "$$\\mathbb E_{x\\sim p}T(x) - \\mathbb E_{y\\sim q_\\theta}T(y) - \\lambda\\,\\mathbb E_z"
        "(\\lVert\\nabla T(z)\\rVert - 1)^2.$$\n\n"
        "The penalty does not hold the slope at exactly 1. Between two segments the best slope is $1 + "
        "\\theta/2\\lambda$, so the **raw difference** $\\mathbb E\\,T(x) - \\mathbb E\\,T(y)$ is $\\theta + "
        "\\theta^2/2\\lambda$ (1.05 at θ = 1 with λ = 10) and the **whole objective** is $\\theta + "
        "\\theta^2/4\\lambda$. The **corrected** value is the raw difference divided by the critic's mean slope: "
        "$\\theta$. The **extrapolated** value, 2 · objective − raw difference, removes the same bias without "
        "measuring slopes, once training has converged. Where the slope of the best critic changes its sign, the "
        "two-sided penalty can keep the critic a straight line; the one-sided penalty does not."
    )

if training and run is not None:
    jobs.go_on(run.advance, 0.3)
