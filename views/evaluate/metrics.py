"""Metrics on demand: choose models and metrics, compute, compare; what each number says and what it cannot see."""

import math

import pandas as pd
import streamlit as st

import checkpoints
from ui import charts, pick, query, scores, turn

st.title("Metrics")
st.markdown(
    "Choose a model and press the button: it makes pictures, a classifier looks at them, and numbers come out.  \n"
    "**Look for** the floor, what real pictures get against real ones: nothing generated can be asked for more."
)

cards = [card for card in checkpoints.gallery("vae") if scores.judge(card) is not None]
settings, results = st.columns([2, 5], gap="large")
with settings:
    card = pick.checkpoint("vae", cards=cards)
    chosen = st.multiselect(
        "Metrics",
        list(scores.METRICS),
        format_func=lambda name: scores.METRICS[name].title,
        default=["frechet", "kid", "inception_score", "coverage"],
        key="metrics",
    )
    n = query.whole_number("samples", 0, 1_000_000, 1000, label="Samples", help="1,000 is quick, 10,000 is usual")
    seed = query.whole_number("samples_seed", 0, 99_999, 0, label="Seed")
    run = st.session_state.get("metrics run")
    going = run is not None and run.going

    def start():
        try:
            st.session_state["metrics run"] = scores.Run(card, tuple(chosen), n, seed)
            st.session_state["metrics problem"] = None
        except ValueError as error:
            st.session_state["metrics problem"] = str(error)

    st.button(
        "Cancel" if going else "Compute",
        key="compute or cancel",
        icon=":material/stop:" if going else ":material/calculate:",
        on_click=run.stop if going else start,
        type="secondary" if going else "primary",
        width="stretch",
    )
    problem = st.session_state.get("metrics problem") or (run.problem if run else None)
    if problem:
        st.error(problem)
    if going:
        st.progress(run.progress, f"{run.done:,} of {run.n:,} samples of {run.card.title}")
    elif run is not None and run.stopped:
        st.caption("Cancelled; nothing was changed.")

kept = st.session_state.setdefault("scores", {})  # (model, metric, protocol): Score
if run is not None:
    kept |= {(s.model, s.metric, s.protocol): s for s in run.scores}
with results:
    if not kept:
        st.info("Results appear here and stay for this visit, so that models can be compared.")
    else:
        titles = {c.name: c.title for c in cards}
        table = pd.DataFrame(
            [
                {
                    "model": titles[s.model],
                    "metric": scores.METRICS[s.metric].title,
                    "value": s.value,
                    "±": s.spread,
                    "real pictures": s.floor,
                    "measured on": s.protocol,
                }
                for s in kept.values()
            ]
        )
        st.dataframe(
            table,
            hide_index=True,
            column_config={
                name: st.column_config.NumberColumn(format="%.4g") for name in ("value", "±", "real pictures")
            },
        )
        named = {s.metric: scores.METRICS[s.metric].title for s in kept.values()}
        shown = st.segmented_control(
            "Compare", list(named), format_func=named.get, default=next(iter(named)), required=True, key="compared"
        )
        bars = [s for s in kept.values() if s.metric == shown]
        better = scores.METRICS[shown].better
        charts.show(
            charts.measured(
                [f"{titles[s.model]}<br>{s.protocol.split(' ')[0]} pictures" for s in bars],
                [s.value for s in bars],
                [s.spread for s in bars],
                next((s.floor for s in bars if math.isfinite(s.floor)), None),
                x_title=f"{named[shown]} ({better} is better)",
            )
        )
        with st.container(horizontal=True):
            st.download_button("Results as CSV", table.to_csv(index=False), "metrics.csv", icon=":material/download:")
            st.button("Forget the results", icon=":material/delete:", on_click=kept.clear)

st.subheader("What they say, and what they cannot see")
columns = st.columns(2, gap="large")
for index, metric in enumerate(scores.METRICS.values()):
    with columns[index % 2]:
        st.markdown(f"**{metric.title}**, {metric.better} is better. {metric.says}  \n*Blind spot:* {metric.blind}")
st.caption(
    "The name FID is kept for Inception's features; here the features are those of a classifier trained on the same "
    "kind of pictures, named beside every number. ± is the spread over resamples (Fréchet), subsets (KID), parts "
    "(Inception Score) or the standard error (MSE, ELBO)."
)

if going:
    with turn.taken():
        run.advance(0.3)
    st.rerun()
