"""Metrics on demand: choose models and metrics, compute, compare; what each number says and what it cannot see."""

import pandas as pd
import streamlit as st

from evaluate import catalogue
from evaluate.catalogue import METRICS
from ui import charts, downloads, gallery, inception_weights, jobs, layout, shell, tiles, url
from ui.evaluate import comparisons, counterexamples, explanations, job
from ui.explore import priors

OF_REAL = ("mse", "psnr", "cosine", "elbo", "log_px")  # of real pictures, not of samples

st.title("Metrics")
shell.introduction(
    "How far the pictures of each model are from real ones. The blue line is the value of other real pictures: of as "
    "many as there are samples, or of half the real pictures where a group says so. **Look for** the distance of each "
    "orange dot from it."
)

settings, results = st.columns([2, 5], gap="large")
with settings, st.container(key=layout.AFTER):
    cards = gallery.with_own(gallery.with_codes())
    card = gallery.select(among=cards)
    drawn = priors.of(card)
    source = url.choice("codes", drawn, label="Codes from", menu=True) if len(drawn) > 1 else "prior"
    chosen = st.multiselect(
        "Metrics",
        list(METRICS),
        format_func=lambda name: METRICS[name].title,
        default=["frechet", "kid", "inception_score", "coverage"],
        key="metrics",
    )
    for sentence in catalogue.missing(card, chosen):
        st.caption(sentence)
    with st.container(horizontal=True, gap="small"):
        n = url.whole_number("samples", 0, 1_000_000, job.QUICK, label="Samples", width=150)
        seed = url.whole_number("samples_seed", 0, 99_999, 0, label="Seed", width=110)
    with st.container(horizontal=True, gap="small"):
        for words, count in (("Quick: 1,000", job.QUICK), ("Full: 10,000", job.FULL)):
            st.button(words, on_click=st.session_state.update, args=({"samples": count},), disabled=n == count)
    run: job.Run | None = st.session_state.get("metrics run")
    going = run if run is not None and run.going else None

    def start():
        try:
            st.session_state["metrics run"] = job.Run(card, tuple(chosen), n, seed, source)
            st.session_state["metrics problem"] = None
        except ValueError as error:
            st.session_state["metrics problem"] = str(error)

    jobs.start_or_stop(run, "Compute", start, key="compute or cancel", icon=":material/calculate:", stop="Cancel")
    problem = st.session_state.get("metrics problem") or (run.problem if run else None)
    if problem:
        st.error(problem)
    if going:
        st.progress(going.progress, f"{going.card.title}: {going.words}")
    elif run is not None and run.stopped:
        st.caption("Cancelled; nothing was changed.")
    for note in run.notes if run and run.card == card else ():
        if note not in catalogue.missing(card, chosen):  # those that only the network itself could tell
            st.caption(note)
    if run is not None and run.note:
        st.caption(run.note)
    if "fid" in chosen and inception_weights.available():
        inception_weights.loaded()  # starts loading it
    elif "fid" in chosen:
        fetching = inception_weights.download()
        st.info(
            "FID needs Inception's weights (91 MB). Until they are here, the Fréchet distance on our own classifiers' "
            "features compares pictures like these, and is computed faster."
        )
        if fetching and fetching.problem:
            st.error(fetching.problem)
        if fetching and fetching.is_alive():
            st.progress(fetching.progress, f"Inception's weights: {fetching.received / 2**20:.0f} MB")
        else:
            st.button("Download the weights", icon=":material/download:", on_click=inception_weights.start_download)

kept = st.session_state.setdefault("scores", {})  # (model, metric, protocol): Score
pictures = st.session_state.setdefault("score pictures", {})  # (model, protocol): the first samples
if run is not None:
    kept |= {(s.model, s.metric, s.protocol): s for s in run.scores}
    pictures |= {(s.model, s.protocol): run.first for s in run.scores if s.metric not in OF_REAL}
titles = {c.name: c.title for c in cards}
kept = {key: s for key, s in kept.items() if s.model in titles}  # without deleted ones
with results:
    measured = {s.metric for s in kept.values()} | set(comparisons.RECORDED)
    named = {name: METRICS[name].title for name in METRICS if name in measured}
    compared = st.segmented_control(
        "Compare",
        list(named),
        format_func=named.__getitem__,
        default="frechet",
        required=True,
        key="compared",
        wrap=True,
    )
    computed = comparisons.of_scores(
        [s for s in kept.values() if s.metric == compared], pictures, {c.name: c for c in cards}
    )
    if computed:
        st.markdown("**Computed in this visit**")
        comparisons.show(computed)
    if run is not None and any(len(points) > 1 for points in run.trail.values()):
        traced = {name: METRICS[name].title for name in run.trail}
        st.markdown(
            f"**While samples of {run.card.title} come in**: the value of those so far. A metric with a bias keeps "
            "falling or rising although the model stays the same."
        )
        which = st.segmented_control(
            "While samples come in",
            list(traced),
            format_func=traced.__getitem__,
            default=next(iter(traced)),
            required=True,
            key="traced",
            label_visibility="collapsed",
            wrap=True,
        )
        samples, values = zip(*run.trail[which], strict=True)
        figure = charts.trail(samples, values, x_title="samples", y_title=traced[which])
        charts.show(figure, f"{traced[which]} while samples come in", run.card.title, key="trail")
    if kept:
        table = pd.DataFrame(
            [
                {
                    "model": titles[s.model],
                    "metric": METRICS[s.metric].title,
                    "value": s.value,
                    "±": s.spread,
                    "real pictures": s.floor,
                    "measured on": s.protocol,
                    "real pictures are": s.floor_words,
                }
                for s in kept.values()
            ]
        )
        with st.expander(f"All {len(kept)} results of this visit"):
            st.dataframe(
                table,
                hide_index=True,
                column_config={
                    name: st.column_config.NumberColumn(format="%.4g") for name in ("value", "±", "real pictures")
                },
            )
        with st.container(horizontal=True):
            downloads.csv(table, "metrics", "Results as CSV")
            st.button("Forget the results", icon=":material/delete:", on_click=job.forget)
    if compared in comparisons.RECORDED:
        better = METRICS[compared].better
        recorded = comparisons.of_recorded(comparisons.with_figures(), compared)
        st.markdown(f"**Recorded with the models**: {named[compared]}, {better} is better")
        comparisons.show(recorded)
        st.caption(
            "Each figure is of one training, so a small difference does not rank two models. A bar around a dot is "
            "its standard deviation over seeds of the samples; without one the figure is of a single draw. Groups "
            "differ in their data, in the network that computes the features or in the number of samples: compare "
            "within a group only."
        )
st.caption(
    "FID is the Fréchet distance on the features of Inception, a network for photographs. All other metrics use the "
    "features of a classifier trained on pictures of the same kind, which is named beside each number; for your own "
    "pictures it is one of digits or street numbers, or the model's own encoder. ± is the spread "
    "over resamples (Fréchet, FID, KID), parts (Inception Score) or the standard error (all others)."
)

st.subheader("What each metric says, and what it misses")
about = url.choice("about", {name: metric.title for name, metric in METRICS.items()}, label="Metric", menu=True)
metric, explanation = METRICS[about], explanations.EXPLANATIONS[about]
st.markdown(
    f"**{metric.title}**, {metric.better} is better. {explanation.says}  \n*Blind spot:* {explanation.blind}  \n"
    "**Look for** the two values below: the metric prefers the worse pictures."
)
sets = list(zip(st.columns(2, gap="large"), ("good", "worse"), strict=True))
places = {}
for column, which in sets:
    with column:
        words, _ = getattr(counterexamples.COUNTEREXAMPLES[about], which)
        tiles.show(counterexamples.strip(about, which), f"{words}: the first {counterexamples.SHOWN}")
        places[which] = st.empty()
        places[which].caption(words)
ready = True
if about == "fid":
    ready = inception_weights.available() and (
        st.session_state.get("fid fooled")
        or st.button("Measure both", icon=":material/calculate:", help="Inception looks at 192 digits: half a minute")
    )
    st.session_state["fid fooled"] = bool(ready)
    if not inception_weights.available():
        st.caption("These two values appear as soon as Inception's weights are here.")
if ready:
    for which, place in places.items():
        words, _ = getattr(counterexamples.COUNTEREXAMPLES[about], which)
        value = f"{counterexamples.value(about, which):.3g}".replace("-", "−")
        place.markdown(f"{words}: **{metric.title} {value}**")

if going:
    jobs.go_on(going.advance, 0.5)
elif "fid" in chosen and (fetching := inception_weights.download()) and fetching.is_alive():
    jobs.go_on(fetching.join, 1.0)
