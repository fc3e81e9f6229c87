"""JSD and Wasserstein distance over θ: exact curves, and networks that estimate them from samples."""

import dataclasses

import pandas as pd
import streamlit as st

from checkpoints.recorded.critic_settings import BOUNDS, PAIR_SETTINGS, Settings
from ui import charts, downloads, jobs, recordings, url
from ui.components.shift import shift
from ui.distances import pairs, saved

SEGMENTS = pairs.Pair("line", "line")

st.title("JSD and Wasserstein distance")
st.markdown(
    "Drag θ: q moves away from p.  \n"
    "**Look for** slopes. A generator learns by gradient descent: where p and q do not overlap, the Jensen-Shannon "
    "divergence (JSD) is flat and gives it no direction, while the Wasserstein distance still does."
)

picture, controls = st.columns([5, 2], gap="large")
with controls:
    pair = pairs.choose()
    # Line segments and other pairs train best with different settings, so each kind keeps its own.
    base, kind = (Settings(), "") if pair == SEGMENTS else (PAIR_SETTINGS, "_pair")
    with st.expander("How the networks train"):
        penalties = {"two": "Two-sided: (‖∇T‖ − 1)²", "one": "One-sided: slopes below 1 are free"}
        first = "one" if base.one_sided else "two"
        penalty = url.choice(
            f"sides{kind}", {first: penalties[first]} | penalties, label="Penalty of the critic", menu=True
        )
        values = {
            "one_sided": penalty == "one",
            "penalty": url.decimal("lambda", 0.0, 1000.0, 10.0, label="Penalty λ", help="At least 10 is usual"),
            "steps": url.whole_number(f"steps{kind}", 0, 1_000_000, base.steps, label="Steps"),
            "batch": url.whole_number("batch", 2, BOUNDS["batch"][1], base.batch, label="Batch"),
            "width": url.whole_number("width", 1, BOUNDS["width"][1], base.width, label="Width of the hidden layer"),
            "seed": url.whole_number("nets_seed", 0, 99_999, 0, label="Seed"),
            "seeds": url.whole_number("repeats", 1, BOUNDS["seeds"][1], 1, label="Seeds to repeat with"),
        }
    try:
        settings, problem = dataclasses.replace(base, **values), None
    except ValueError as error:
        settings, problem = None, str(error)

run = st.session_state.get("sweep run")
if run is not None and (run.pair != pair or run.settings != settings):
    run = st.session_state["sweep run"] = None  # its estimates are of something else
snapshot = run.snapshot if run is not None else None
if run is None and pair == SEGMENTS and settings is not None:
    recorded_settings, snapshots = recordings.read("theta_sweep") or (None, None)
    if recorded_settings == dataclasses.replace(settings, seeds=getattr(recorded_settings, "seeds", 1)):
        snapshot = snapshots[-1]


def start():
    st.session_state["sweep run"] = pairs.Run(pair, settings)


with controls:
    training = run is not None and run.going
    networks = 2 * len(pair.thetas) * values["seeds"]
    label = f"Train {networks} networks now"
    jobs.start_or_stop(run, label, start, key="train or stop", disabled=settings is None)
    measured = run is not None and run.snapshot is not None
    jobs.show_state(run, (run.snapshot.step, run.snapshot.steps) if measured else None, problem)
    if snapshot is not None and not measured:
        st.caption(
            f"The points are a stored run with these settings and {len(snapshot.jsd)} seeds; train it again to see it "
            "happen."
        )
    elif snapshot is None and settings is not None:
        st.caption("The curves are exact. Train the networks to see how well samples alone can estimate them.")
    if snapshot is not None:
        errors = pairs.errors(pair, snapshot)
        left, right = st.columns(2)
        left.metric(
            "JSD error", f"{errors['jsd']:.1e}", help="Largest |estimate − exact| over the 21 values of θ, nats"
        )
        right.metric("W error", f"{errors['corrected']:.1e}", help=f"The same of W corrected; raw: {errors['raw']:.1e}")
        table = pd.DataFrame(snapshot.columns())
        downloads.csv(table, "estimates", "Estimates as CSV", width="stretch")

with picture:
    theta = url.kept("theta", -pair.reach, pair.reach, 0.4)
    shift("distances", **pairs.content(pair, snapshot, theta), on_value=lambda theta: url.keep("theta", theta))
    downloads.as_page(
        lambda: saved.page(pair, snapshot, settings, theta, recorded=run is None),
        f"jsd_and_wasserstein_{pair.p}_{pair.q}",
    )

if run is not None and len(run.history["step"]) > 1:
    st.subheader("While they train")
    history = run.history
    columns = {
        "JSD": history["jsd"],
        "W corrected": history["corrected"],
        "W raw": history["raw"],
    }
    charts.show(
        charts.lines(columns, x=history["step"], x_title="step", y_title="largest error over θ", log=True, height=260),
        "Largest error over θ, while they train",
        pair.words,
    )

st.subheader("What the points are")
left, right = st.columns(2, gap="large")
with left:
    st.markdown(
        "**JSD.** A discriminator $D$ for every θ maximises\n\n"
        "$$\\log 2 + \\tfrac12\\,\\mathbb E_{x\\sim p}\\log D(x) + \\tfrac12\\,\\mathbb E_{y\\sim q_\\theta}"
        "\\log(1 - D(y)),$$\n\n"
        "whose maximum is the divergence. Two parallel segments never overlap, so $D$ tells them apart perfectly and "
        "the value is $\\log 2 \\approx 0.693$ however near they are, and 0 only at θ = 0. A perfect discriminator has "
        "no slope."
    )
with right:
    st.markdown(
        "**Wasserstein.** A critic $T$ for every θ maximises\n\n"
        "$$\\mathbb E_{x\\sim p}T(x) - \\mathbb E_{y\\sim q_\\theta}T(y) - \\lambda\\,\\mathbb E_z"
        "(\\lVert\\nabla T(z)\\rVert - 1)^2.$$\n\n"
        "The penalty is soft: between two segments a slope of $1 + \\theta/2\\lambda$ pays, so the **raw** difference "
        "is $\\theta + \\theta^2/2\\lambda$ (1.05 at θ = 1 with λ = 10) and the whole **objective** $\\theta + "
        "\\theta^2/4\\lambda$. Divided by the critic's mean slope it is $\\theta$ again: **corrected**. "
        "**Extrapolated** is 2 · objective − raw, which cancels the same bias without looking at slopes, and holds "
        "when training goes on for long. Where the best critic changes the sign of its slope, like a roof, the "
        "two-sided penalty can keep it a straight line; the one-sided one does not."
    )

if training:
    with jobs.lock():
        run.advance(0.3)
    st.rerun()
