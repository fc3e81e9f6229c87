"""Studies of a model's recipe (train/studies): a search over its settings, and trainings with other seeds."""

import math
import statistics
from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from checkpoints import Card, commands, recorded
from checkpoints.seeds import of_seeds
from metrics.paired import difference
from ui import charts, downloads, recordings
from ui.evaluate import card_figures

OPTIMISERS = {
    "train.adversarial.adam": "Adam (0.5, 0.999)",
    "train.adversarial.adam_without_momentum": "Adam (0, 0.9)",
    "train.adversarial.rmsprop": "RMSProp",
}

# Suffixes for losses in which trials differ; the most frequent loss has none.
LOSSES = {"NonSaturatingR1(weight=1.0)": ", penalty R₁"}


SEEDS, SEARCH = "The same with other seeds", "How its settings were found"
COMPARED = "compare_"  # prefix of the files of comparisons


def read(kind: str, card: Card) -> dict | None:
    """The recorded study of a kind ("search", "seeds") of a card's recipe; None if there is none or it is damaged."""
    name = f"{kind}_{card.name}"
    return recordings.read("read", name) if recorded.has(name) else None


def settings(trial: dict) -> str:
    """The settings of a trial in words."""
    optimiser = OPTIMISERS.get(trial["optimiser"], trial["optimiser"])
    penalty = LOSSES.get(trial["loss"], "")
    return f"{optimiser}, rate {trial['learning_rate']:g}, batches of {trial['batch']}{penalty}"


def trials_table(trials: list[dict]) -> pd.DataFrame:
    """A row for each trial of a search, the best first."""
    rows = [
        {"settings": settings(trial), "Fréchet": trial["frechet"][-1], "minutes": round(trial["seconds"] / 60, 1)}
        for trial in trials
    ]
    return pd.DataFrame(rows).sort_values("Fréchet", ignore_index=True)


def seeds_table(runs: list[dict]) -> pd.DataFrame:
    """A row for each metric that all runs have: each seed's value, mean and standard deviation (n − 1)."""
    names = [name for name in runs[0]["metrics"] if all(name in run["metrics"] for run in runs)]
    values = np.array([[run["metrics"][name] for run in runs] for name in names])
    columns = {"metric": names} | {f"seed {run['seed']}": values[:, k] for k, run in enumerate(runs)}
    return pd.DataFrame(columns | {"mean": values.mean(1), "± over seeds": values.std(1, ddof=1)})


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with names and units, without errors of single runs: mean ± spread over seeds, and each value."""
    known = table["metric"].tolist()
    each = [name for name in table.columns if name.startswith("seed ")]
    rows = [row for row in table.to_dict("records") if not card_figures.is_error(row["metric"], known)]
    return pd.DataFrame(
        {
            "figure": [card_figures.full_name(row["metric"]) for row in rows],
            "mean ± over seeds": [card_figures.of_key(row["metric"], row["mean"], row["± over seeds"]) for row in rows],
            "each": [", ".join(card_figures.of_key(row["metric"], row[name]) for name in each) for row in rows],
        }
    )


def measured_earlier(card: Card, table: pd.DataFrame) -> list[str]:
    """The names of the figures in that table that the card has from another way of measuring."""
    keys = [key for key in table["metric"] if key in card.metrics and not of_seeds(card, key)]
    return [card_figures.full_name(key) for key in keys if not card_figures.is_error(key, table["metric"].tolist())]


def over_seeds(card: Card, metric: str) -> str | None:
    """“0.52 ± 0.03 over three seeds (0.55, 0.50, 0.51)” for one metric, or None if nothing was recorded."""
    if not (values := of_seeds(card, metric)):
        return None
    each = ", ".join(f"{value:.2f}" for value in values)
    return f"{statistics.mean(values):.2f} ± {statistics.stdev(values):.2f} over {len(values)} seeds ({each})"


def of(card: Card) -> dict[str, Callable[[], None]]:
    """{title: function that draws it} for the recorded studies of a model's recipe."""
    found: dict[str, Callable[[], None]] = {}
    if study := read("seeds", card):
        found[SEEDS] = lambda: _show_seeds(card, study["runs"])
    if search := read("search", card):
        found[SEARCH] = lambda: _show_search(card, search)
    for name in recorded.names(COMPARED):
        comparison = recordings.read("read", name)
        # As long as only one recipe's trainings have finished, there is nothing to compare.
        several = comparison and len({run["variant"] for run in comparison["runs"]}) > 1
        if several and comparison["card"] == card.name:
            found[comparison["question"]] = lambda name=name, comparison=comparison: show_comparison(name, comparison)
    return found


def comparison(name: str) -> tuple[str, dict] | None:
    """(file, values) of a recorded comparison by its name, for `show_comparison`; None if there is none or, with a
    sentence on the page, if it is damaged."""
    file = COMPARED + name
    found = recordings.read("read", file) if recorded.has(file) else None
    return (file, found) if found else None


def comparison_table(comparison: dict) -> pd.DataFrame:
    """A row for each variant of a comparison, in order: the deciding figure's mean, standard deviation and values, and
    the paired interval of its difference from the first variant, if seeds are shared.
    """
    words = {run["variant"]: run["words"] for run in comparison["runs"]}
    values = {
        name: {seed: value for seed, value in by_seed.items() if not math.isnan(value)}
        for name, by_seed in recorded.by_seed(comparison).items()
    }
    first, rows = next(iter(values.values())), []
    for name, by_seed in values.items():
        each, shared = list(by_seed.values()), sorted(first.keys() & by_seed.keys())
        row = {"variant": words[name], "mean": np.mean(each) if each else np.nan}
        row["±"] = np.std(each, ddof=1) if len(each) > 1 else np.nan
        row["each seed"] = ", ".join(f"{value:.4g}" for value in each) or "diverged"
        row["against the first (95%)"] = ""
        if by_seed is not first and len(shared) > 1:
            found = difference([first[seed] for seed in shared], [by_seed[seed] for seed in shared])
            interval = f"{found.mean:+.2g} ({found.low:+.2g} to {found.high:+.2g})".replace("-", "−")
            said = ("lower" if found.mean < 0 else "higher") if found.decided else "undecided"
            row["against the first (95%)"] = f"{interval}, {said}"
        rows.append(row)
    return pd.DataFrame(rows)


def show_comparison(name: str, comparison: dict) -> None:
    """Draw the table of a comparison, with a CSV and the command below it. name: of its file."""
    table = comparison_table(comparison)
    better = "Lower is better." if comparison["lower"] else "Higher is better."
    seeds = len({run["seed"] for run in comparison["runs"]})
    one = " One training each: small differences may be chance." if seeds == 1 else ""
    sure = " **Look for** intervals that exclude 0: the order of the others is undecided." if seeds > 1 else ""
    st.write(f"{card_figures.full_name(comparison['metric'])} of every variant. {better}{one}{sure}")
    mean = [
        "–" if math.isnan(value) else card_figures.of_key(comparison["metric"], value, spread)
        for value, spread in table[["mean", "±"]].itertuples(index=False)
    ]
    words = table[["variant", "each seed", "against the first (95%)"] if seeds > 1 else ["variant"]]
    words.insert(1, "mean ± over seeds" if seeds > 1 else "value", mean)
    st.table(words, border="horizontal", hide_index=True)
    downloads.csv(table, name, "Comparison as CSV")
    st.code(comparison["command"], language="bash")


def _show_seeds(card, runs):
    st.write(
        "The same recipe with other initial weights and another order of the pictures. **Look for** how far single "
        "trainings lie apart: one training of each model does not tell which model is better."
    )
    table = seeds_table(runs)
    st.table(in_words(table), border="horizontal", hide_index=True)
    if earlier := measured_earlier(card, table):
        st.caption(
            f"The card has these figures by a later way of measuring: {', '.join(earlier)}. Compare them within this "
            "table only."
        )
    downloads.csv(table, f"seeds_{card.name}", "Seeds as CSV")
    st.code(f"python -m train.studies.seeds {card.name}", language="bash")


def _compared_with(search):
    """The real pictures of a search; older recordings, in which no pictures were held out, used test pictures."""
    return "train pictures that no trial trained on" if search.get("watched") else "test pictures"


def _show_search(card, search):
    table, trials = trials_table(search["trials"]), search["trials"]
    st.write(
        f"Every trial saw {search['pictures']:,} pictures and was then measured by the Fréchet distance of "
        f"{search['samples']:,} samples to as many {_compared_with(search)}. **Look for** how far the last values lie "
        "apart: one seed each, so that small differences may be chance."
    )
    count = len(trials[0]["frechet"])
    charts.show(
        charts.lines(
            {settings(trial): trial["frechet"] for trial in trials},
            x=[search["pictures"] * (i + 1) / count for i in range(count)],
            x_title="pictures seen",
            y_title="Fréchet distance",
            log=True,
        ),
        "Trials of the search for settings",
        f"recipe of {card.title}",
    )
    st.dataframe(table, hide_index=True)
    downloads.csv(table, f"search_{card.name}", "Trials as CSV")
    st.code(commands.current(search["command"]), language="bash")
