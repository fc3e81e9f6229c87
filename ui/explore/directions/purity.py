"""What else changes along a direction: the shares of all classes among test codes moved along it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from metrics import directions
from ui import classifiers, computed, networks, url
from ui.classifiers import percent
from ui.explore.directions.making import METHODS, Contrast
from ui.explore.directions.population import Population

LOW, HIGH = -1.0, 2.0  # steps of the slider
STEPS = np.linspace(LOW, HIGH, 13)
ENDS = np.array([0.0, 1.0])  # before and after one step: enough to compare two methods
MEASURED = 64  # codes
MEASURED_KEY = "directions: measured"  # in the session state
NEIGHBOURS = 5
FACTORS = ("the scale", "the place across", "the place downwards")  # of SpriteClassifier, besides the shape
OTHER = 0.05  # a group has more of a class than the other if its share is larger by at least this
SMALL = 0.015  # smaller shares are not named in sentences


@dataclass(frozen=True)
class Purity:
    """shares (T, classes) of the classes after `steps` (T,), summing to 1, over `count` codes.

    seen: who names the classes. wanted, left (classes,) bool: classes more frequent in the group "to", or "from", than
    in the other. others: (factor, change within one step as a share of its range), by a classifier of several factors.
    """

    classes: tuple[str, ...]
    steps: np.ndarray
    shares: np.ndarray
    wanted: np.ndarray
    left: np.ndarray
    count: int
    held_out: bool
    seen: str
    others: tuple[tuple[str, float], ...] = ()

    @property
    def before(self) -> np.ndarray:
        """Shares (classes,) before the first step."""
        return self.shares[np.abs(self.steps).argmin()]

    @property
    def after(self) -> np.ndarray:
        """Shares (classes,) after one step."""
        return self.shares[np.abs(self.steps - 1).argmin()]

    @property
    def value(self) -> float:
        """Of the codes that change class, the share that gets a wanted one; if none is wanted, the unchanged share."""
        if not self.wanted.any():
            return 1 - directions.moved(self.before, self.after)
        return directions.purity(self.before, self.after, self.wanted)

    @property
    def strays(self) -> list[tuple[str, float]]:
        """(class, gained share) of the unwanted classes, the largest first."""
        gained = np.where(self.wanted, 0, directions.gains(self.before, self.after))
        return [(self.classes[k], float(gained[k])) for k in np.argsort(-gained) if gained[k] >= SMALL]


def source(population: Population) -> str | None:
    """Who names the classes of a model's pictures: "classifier", "neighbours", or None."""
    if not population.classes:
        return None
    if classifiers.of(population.card) is not None:
        return "classifier"
    return "neighbours" if population.card.encodes else None


def _key(population, contrast, steps):
    arrays = (contrast.direction.vector, contrast.start, contrast.end, steps)
    return population.card.sha256, *(array.tobytes() for array in arrays)


def known(population: Population, contrast: Contrast, steps: np.ndarray) -> Purity | None:
    """The purity if it was measured in this visit, else None: measuring takes a second, and no picture should wait."""
    return st.session_state.get(MEASURED_KEY, {}).get(_key(population, contrast, steps))


def measure(population: Population, contrast: Contrast, steps: np.ndarray = STEPS) -> Purity | None:
    """Measure it after steps (T,), which include 0 and 1; None if there is no source of classes."""
    who = source(population)
    if who is None:
        return None
    codes = contrast.start[:MEASURED]
    labels = [population.labels[rows] for rows in (contrast.start, contrast.end)]
    counts = [np.array([(some == k).mean() for k in range(len(population.classes))]) for some in labels]
    vector = contrast.direction.vector
    others = (
        () if who == "neighbours" else _others(population.card.name, population.card.sha256, codes, vector, population)
    )
    shares = _shares(population.card.name, population.card.sha256, codes, vector, steps, who, population)
    purity = Purity(
        population.classes,
        steps,
        shares,
        counts[1] - counts[0] > OTHER,
        counts[0] - counts[1] > OTHER,
        len(codes),
        contrast.held_out,
        who,
        others,
    )
    st.session_state.setdefault(MEASURED_KEY, {})[_key(population, contrast, steps)] = purity
    return purity


@computed.by_models
@st.cache_data(max_entries=64, show_spinner=False)
def _shares(name, sha256, rows, vector, steps, who, _population):
    card, start = _population.card, _population.codes[rows].astype(np.float64)
    moved = (start + steps[:, None, None] * vector).reshape(-1, start.shape[1]).astype(np.float32)
    if who == "classifier":
        from evaluate.features import probabilities

        classifier = classifiers.of(card)
        assert classifier is not None
        seen = probabilities(networks.model(classifier), networks.decode(card, moved)).double().numpy()
    else:
        seen = _of_neighbours(_population, rows, moved)
    return seen.reshape(len(steps), len(rows), -1).mean(1)


@computed.by_models
@st.cache_data(max_entries=64, show_spinner=False)
def _others(name, sha256, rows, vector, _population):
    """Changes of the classifier's other factors within one step: (factor, share of its range); () without others."""
    card = classifiers.of(_population.card)
    assert card is not None
    classifier = networks.model(card)
    if not hasattr(classifier, "factors"):
        return ()
    import torch

    means = []
    for step in (0, 1):
        drawn = networks.decode(_population.card, _population.codes[rows] + np.float32(step) * vector)
        with torch.inference_mode():
            logits = classifier.factors(torch.from_numpy(drawn).float() / 255)
        expected = [one.softmax(1) @ torch.linspace(0, 1, one.shape[1]) for one in logits[1:]]
        means.append([float(one.mean()) for one in expected])
    return tuple((factor, after - before) for factor, before, after in zip(FACTORS, *means, strict=True))


def _of_neighbours(population, rows, codes):
    """(N, classes): the votes of the 5 nearest codes, without those of the rows."""
    from sklearn.neighbors import KNeighborsClassifier

    others = np.setdiff1d(np.arange(len(population)), rows)
    fitted = KNeighborsClassifier(min(NEIGHBOURS, len(others)))
    fitted.fit(population.codes[others], population.labels[others])
    votes = np.zeros((len(codes), len(population.classes)))
    votes[:, fitted.classes_] = fitted.predict_proba(codes)
    return votes


# ---- in words


def signed(change: float) -> str:
    """A change as whole per cent with its sign; 0% has none."""
    return f"{change:+.0%}".replace("-", "−") if abs(change) >= 0.005 else "0%"


def listed(classes: tuple[str, ...], chosen: np.ndarray) -> str:
    """Names of the classes where chosen (classes,) is true."""
    return " or ".join(name for name, one in zip(classes, chosen, strict=True) if one)


def sentence(purity: Purity) -> str:
    """The meaning of the purity, as Markdown."""
    strays = ", ".join(f"{url.plain(name)} ({percent(gained)})" for name, gained in purity.strays[:3])
    if not purity.wanted.any():
        rest = f" The others became {strays}." if strays else ""
        return f"Both groups hold the same classes: {percent(purity.value)} of the codes keep theirs.{rest}"
    moved = directions.moved(purity.before, purity.after)
    if moved < 2 * SMALL:
        return "One step changes the class of hardly any code."
    wanted = url.plain(listed(purity.classes, purity.wanted))
    if strays:
        rest = f" What else appears: {strays}."
    elif purity.value < 0.995:
        rest = f" No single other class gains {SMALL:.1%} of the codes."
    else:
        rest = " Nothing else appears."
    return (
        f"One step changes the class of {percent(moved)} of the codes. Of these, {percent(purity.value)} become "
        f"{wanted}.{rest}"
    )


def show(purity: Purity, by_method: Mapping[str, tuple[Contrast, Purity]], method: str) -> None:
    """Figures of a direction, a sentence, and both methods side by side."""
    contrast, _ = by_method[method]
    wanted = purity.wanted.any()
    figures = st.container(horizontal=True, gap="small")
    value = "–" if np.isnan(purity.value) else percent(purity.value)
    figures.metric(
        "Purity" if wanted else "Keep their class", value, width="content", help=HELP["purity" if wanted else "kept"]
    )
    if wanted:
        before, after = (float(shares[purity.wanted].sum()) for shares in (purity.before, purity.after))
        was = f"{percent(before)} before"
        figures.metric(  # an arrow would present the value before as an increase
            "Seen as “to”", percent(after), was, "off", width="content", help=HELP["arrive"], delta_arrow="off"
        )
    figures.metric("Separates", f"{contrast.separation:.1%}", width="content", help=HELP["separates"])
    st.markdown(sentence(purity))
    if purity.others:
        changes = ", ".join(f"{factor} by {signed(change)}" for factor, change in purity.others)
        st.markdown(f"The same step changes, in shares of their range, {changes}.")
    if wanted:
        rows = {METHODS[key]: _row(*both) for key, both in by_method.items()}
        st.table(pd.DataFrame(rows))
    codes = f"{purity.count} codes of “from”"
    tested = f"{codes} that did not make the direction" if purity.held_out else f"all {codes}: too few to hold some out"
    st.caption(f"Measured on {tested}. {SEEN[purity.seen]}")


HELP = {
    "purity": "Of all codes whose class changes within one step, the share that gets the class of “to”.",
    "kept": "The share of codes whose class one step does not change.",
    "arrive": "Mean probability of the classes of “to”, by the classifier, after one step.",
    "separates": "How often a code of “to” lies farther along the direction than one of “from” (area under the ROC "
    "curve): 50% says nothing, 100% keeps the groups apart.",
}
SEEN = {
    "classifier": "The classes are those of a classifier that was trained on real pictures.",
    "neighbours": "No classifier knows these pictures: the classes are votes of the 5 nearest codes.",
}


def _row(contrast, purity):
    return {
        "purity": "–" if np.isnan(purity.value) else percent(purity.value),
        "seen as “to”": percent(float(purity.after[purity.wanted].sum())),
        "separates": f"{contrast.separation:.1%}",
    }
