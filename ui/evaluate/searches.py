"""A recorded search over a model's settings (train/search.py): what was tried, and how each trial went."""

import pandas as pd
import streamlit as st

from checkpoints import recorded
from ui import charts, recordings

OPTIMISERS = {
    "train.adversarial.adam": "Adam (0.5, 0.999)",
    "train.adversarial.adam_without_momentum": "Adam (0, 0.9)",
    "train.adversarial.rmsprop": "RMSProp",
}

# What is said of a loss where trials differ in it; nothing of the one that most have.
LOSSES = {"NonSaturatingR1(weight=1.0)": ", penalty R₁"}


def label(trial):
    optimiser = OPTIMISERS.get(trial["optimiser"], trial["optimiser"])
    penalty = LOSSES.get(trial["loss"], "")
    return f"{optimiser}, rate {trial['learning_rate']:g}, batches of {trial['batch']}{penalty}"


def table(search):
    """One row per trial, best first: DataFrame."""
    rows = [
        {
            "settings": label(trial),
            "Fréchet": trial["frechet"][-1],
            "minutes": round(trial["seconds"] / 60, 1),
        }
        for trial in search["trials"]
    ]
    return pd.DataFrame(rows).sort_values("Fréchet", ignore_index=True)


def show(card):
    """The section of a model's page, where a search was recorded for it."""
    name = f"search_{card.name}"
    if not recorded.has(name) or (search := recordings.read("read", name)) is None:
        return
    found, trials = table(search), search["trials"]
    st.subheader("How its settings were found")
    st.write(
        f"Every trial saw {search['pictures']:,} pictures and was then measured by the Fréchet distance of "
        f"{search['samples']:,} samples. **Look for** how far the last values lie apart: one seed each, so that small "
        "differences may be luck."
    )
    quarters = [search["pictures"] * (i + 1) / len(trials[0]["frechet"]) for i in range(len(trials[0]["frechet"]))]
    charts.show(
        charts.lines(
            {label(trial): trial["frechet"] for trial in trials},
            x=quarters,
            x_title="pictures seen",
            y_title="Fréchet distance",
            log=True,
        )
    )
    st.dataframe(found, hide_index=True)
    st.download_button("Trials as CSV", found.to_csv(index=False), f"{name}.csv", icon=":material/download:")
    st.code(search["command"], language="bash")
