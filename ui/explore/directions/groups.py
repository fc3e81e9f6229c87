"""Two groups of codes: of two classes, drawn with a lasso on the map, or chosen picture by picture.

The link holds `from` and `to`, a class each, or `from_rows` and `to_rows`, chosen codes with a digest of the weights.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import streamlit as st

from checkpoints import Card
from checkpoints.codes import link_bytes, link_text
from checkpoints.directions import DIGITS
from ui import networks, slides, tiles, url
from ui.components.pick_pictures import Slot, pick_pictures
from ui.components.scatter import scatter
from ui.explore import latent_map
from ui.explore.directions.population import Population

HOW = {"class": "Two classes", "lasso": "Lasso on the map", "hand": "By hand"}
ENDS = {"from": "From", "to": "To"}
# Classes on a first visit: a pair whose difference of means was among the purest of all, and is easy to see.
OPENING = {"mnist": (8, 3), "binarized_mnist": (1, 3), "fashion_mnist": (7, 9), "kmnist": (7, 4), "dsprites": (2, 1)}
SHORT = 40  # letters of all class names together that fit side by side
SHOWN = 12  # pictures of a group
OFFERED = 60  # pictures to choose from by hand
CLASSES_OF = "directions: data set of the classes"  # in the session state
MAP_KINDS = {"tsne": "t-SNE", "pca": "PCA"}


@dataclass(frozen=True)
class Group:
    """rows (n,) of the population, and the group's name; label: its class, None for chosen rows."""

    rows: np.ndarray
    words: str
    label: int | None = None


def ways(population: Population) -> dict[str, str]:
    """The entries of HOW that are possible for a population."""
    without = {"class"} if not population.classes else set()
    without |= set() if population.maps else {"lasso"}
    return {key: words for key, words in HOW.items() if key not in without}


def choose(population: Population, how: str) -> tuple[Group, Group]:
    """The widgets of both groups, for two classes with their pictures: (from, to)."""
    if how == "class":
        return _of_classes(population)
    chosen = _chosen(population)
    if how == "lasso":
        _lasso(population, chosen)
    else:
        _by_hand(population, chosen)
    start, end = (Group(np.array(chosen[end], int), _named(population, chosen[end])) for end in ENDS)
    return start, end


def show_chosen(population: Population, start: Group, end: Group) -> None:
    """The pictures of groups that are not classes."""
    for column, words, group in zip(st.columns(2, gap="medium"), ENDS.values(), (start, end), strict=True):
        with column:
            st.markdown(f"**{words}** · {url.plain(group.words)}")
            _show(population, group, words)


# ---- two classes


def _of_classes(population):
    names, dataset = population.named, population.card.dataset["name"]
    if st.session_state.get(CLASSES_OF) != dataset and CLASSES_OF in st.session_state:
        for end in ENDS:  # class numbers have another meaning in another data set
            st.session_state.pop(end, None)
    st.session_state[CLASSES_OF] = dataset
    opening, menu = OPENING.get(dataset, list(names)[:2]), len("".join(names.values())) > SHORT
    groups = []
    for column, (end, words), first in zip(st.columns(2, gap="medium"), ENDS.items(), opening, strict=True):
        with column:
            label = int(url.choice(end, names, label=words, menu=menu, default=str(first)))
            group = Group(population.rows_of(label), names[str(label)], label)
            _show(population, group, words)
            groups.append(group)
    return groups[0], groups[1]


# ---- chosen rows


def pack_rows(card: Card, rows: list[int], count: int) -> str:
    """Row numbers below `count` as text for a link: a digest of the weights, then the compressed bits in base64."""
    bits = np.zeros(count, bool)
    bits[rows] = True
    raw = zlib.compress(np.packbits(bits).tobytes(), 9)
    return card.sha256[:DIGITS] + link_text(raw)


def unpack_rows(text: str, card: Card, count: int) -> list[int]:
    """The rows of `pack_rows`; raises url.LinkError, one sentence, for a text of another model or a damaged one."""
    digits, packed = text[:DIGITS], text[DIGITS:]
    if digits != card.sha256[:DIGITS]:
        raise url.LinkError(
            f"The groups in this link are of another model or training than {url.plain(card.title)}, so they are empty."
        )
    try:
        unpacked = zlib.decompressobj().decompress(link_bytes(packed), count)  # at most one byte per row
    except (ValueError, zlib.error):
        unpacked = b""
    if len(unpacked) != -(-count // 8):
        raise url.LinkError("A group in this link is damaged, so it is empty: choose its pictures again.")
    return np.flatnonzero(np.unpackbits(np.frombuffer(unpacked, np.uint8))[:count]).tolist()


def _key(card):
    return f"directions: chosen of {card.name}"


def _chosen(population):
    """{"from", "to": rows} from the visit or the link."""
    card, count = population.card, len(population)
    chosen = st.session_state.setdefault(_key(card), {end: [] for end in ENDS})
    for end in ENDS:
        text = url.opened(f"{end}_rows")
        if text is not None:
            try:
                chosen[end] = unpack_rows(text, card, count)
            except url.LinkError as error:
                url.warn(f"{end}_rows", str(error))
                chosen[end] = []
        else:
            url.remind(f"{end}_rows")
        url.write(f"{end}_rows", pack_rows(card, chosen[end], count) if chosen[end] else None)
    return chosen


def _keep(population, rows):
    st.session_state[_key(population.card)].update(rows)


def _named(population, rows):
    """A description of chosen rows: their number, and their class if they share one."""
    labels = {int(population.labels[row]) for row in rows}
    (label,) = labels if len(labels) == 1 else (-1,)
    pictures = f"{len(rows):,} chosen" if len(rows) != 1 else "1 chosen"
    return f"{pictures}, all {population.classes[label]}" if population.classes and label >= 0 else pictures


def _lasso(population, chosen):
    card = population.card
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = url.choice("map", MAP_KINDS, label="Map")
        st.caption("Draw a loop around points: the first one fills *from*, the next *to*. A press adds one point.")
    classes = population.classes or ("picture",)
    labels = population.labels if population.classes else np.zeros(len(population), int)
    scatter(
        "directions map",
        population.maps[kind],
        labels,
        classes,
        sprites=networks.preview(card)["sprites"].tobytes(),
        shape=card.shape,
        name=f"{card.name}_{kind}_groups",
        label=f"Map of {len(population):,} codes, coloured by class. Arrow keys go from point to point, Enter adds one "
        "to the group.",
        axes=latent_map.axes(networks.preview(card), kind),
        save=slides.words(f"{card.name}_{kind}_groups", f"Two groups of codes, {MAP_KINDS[kind]}", card.title),
        lasso={end: {"label": "", "rows": chosen[end]} for end in ENDS},
        on_lassoed=lambda end, rows: _keep(population, {end: rows}),
    )


def _by_hand(population, chosen):
    page = st.session_state.get("directions: page of pictures", 0)
    rows = rows_of_page(population, page, OFFERED)
    pick_pictures(
        "directions by hand",
        population.pictures(rows),
        rows.tolist(),
        [population.name(row) for row in rows],
        [Slot("from", "from", "−", len(population)), Slot("to", "to", "+", len(population))],
        chosen,
        label=f"{len(rows)} {population.word}s to choose from",
        valid=lambda row: 0 <= row < len(population),
        on_picked=lambda picked: _keep(population, picked),
    )
    with st.container(horizontal=True):
        st.button(
            "Other pictures",
            icon=":material/casino:",
            on_click=lambda: st.session_state.update({"directions: page of pictures": page + 1}),
        )
        st.button(
            "Empty both",
            icon=":material/delete_sweep:",
            disabled=not any(chosen.values()),
            on_click=lambda: chosen.update({end: [] for end in ENDS}),
        )


def rows_of_page(population: Population, page: int, count: int) -> np.ndarray:
    """Rows (count,) to choose from, different on every page; sorted by class."""
    order = np.random.default_rng(0).permutation(len(population))
    rows = order[(np.arange(min(count, len(order))) + page * count) % len(order)]
    return rows[np.argsort(population.labels[rows], kind="stable")]


def _show(population, group, words):
    if len(group.rows):
        rows = group.rows[:SHOWN]
        alt = f"{words}: {len(rows)} of {len(group.rows):,} pictures: {group.words}"
        tiles.show(tiles.tile(population.pictures(rows), SHOWN, gap=2), alt)
