"""A recipe trained with several seeds (train/studies/seeds.py): which of its figures are luck."""

import numpy as np
import pandas as pd
import streamlit as st

from checkpoints import recorded
from ui import recordings


def read(card):
    """The recorded runs of a card's recipe, the card's own first, or None."""
    name = f"seeds_{card.name}"
    found = recordings.read("read", name) if recorded.has(name) else None
    return None if found is None else found["runs"]


def table(runs):
    """One row per figure that all runs have: each seed's value, mean and standard deviation (n − 1)."""
    names = [name for name in runs[0]["metrics"] if all(name in run["metrics"] for run in runs)]
    values = np.array([[run["metrics"][name] for run in runs] for name in names])
    columns = {"figure": names} | {f"seed {run['seed']}": values[:, k] for k, run in enumerate(runs)}
    return pd.DataFrame(columns | {"mean": values.mean(1), "± over seeds": values.std(1, ddof=1)})


def told(card, metric):
    """“0.52 ± 0.03 over three seeds (0.55, 0.50, 0.51)” of one figure, or None where nothing was recorded."""
    runs = read(card)
    if runs is None or len(runs) < 2:
        return None
    values = np.array([run["metrics"][metric] for run in runs])
    each = ", ".join(f"{value:.2f}" for value in values)
    return f"{values.mean():.2f} ± {values.std(ddof=1):.2f} over {len(values)} seeds ({each})"


def show(card):
    """The section of a model's page, where other seeds were recorded."""
    if (runs := read(card)) is None:
        return
    st.subheader("The same with other seeds")
    st.write(
        "The same recipe from other first weights, with another order of the pictures. **Look for** figures whose ± is "
        "as large as the difference that you wanted to explain."
    )
    found = table(runs)
    st.dataframe(found, hide_index=True, column_config={name: {"format": "%.4g"} for name in found.columns[1:]})
    name = f"seeds_{card.name}"
    st.download_button("Seeds as CSV", found.to_csv(index=False), f"{name}.csv", icon=":material/download:")
    st.code(f"python -m train.studies.seeds {card.name}", language="bash")
