"""The directions that a visitor keeps: named sliders that can be saved and loaded, and are part of the link."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import streamlit as st

from checkpoints import Card
from checkpoints.directions import (
    LONGEST,
    MOST,
    Direction,
    DirectionError,
    cleaned,
    from_json,
    from_link,
    to_json,
    to_link,
)
from ui import downloads, url
from ui.explore.directions import live

PROBLEM = "directions: what could not be kept"  # in the session state: (model, sentence), until the next attempt
PARAM = "directions"


def of(card: Card) -> list[Direction]:
    """The kept directions of a model, from this visit or from a link that was opened."""
    everything: dict[str, list[Direction]] = st.session_state.setdefault("directions: kept", {})
    kept = everything.setdefault(card.name, [])
    text = url.opened(PARAM)
    if text is not None:
        try:
            kept[:] = from_link(text, card)
        except DirectionError as error:
            url.warn(PARAM, url.plain(str(error)))
    else:
        url.remind(PARAM)
    url.write(PARAM, to_link(card, kept) if kept else None)
    return kept


def _add(card: Card, kept: list[Direction], new: list[Direction]) -> None:
    """Keep more directions; raises DirectionError if there are too many. A name in use gets a number."""
    if len(kept) + len(new) > MOST:
        raise DirectionError(f"At most {MOST} directions are kept at once: remove one first.")
    for one in new:
        taken = {other.name for other in kept}
        name, number = one.name, 2
        while name in taken:
            name, number = f"{one.name[: LONGEST - 4].strip()} {number}", number + 1
        kept.append(dataclasses.replace(one, name=name))
    live.place(card, lambda steps: [*steps, *[0.0] * len(new)])


def _attempt(card: Card, action: Callable[[], None]) -> None:
    st.session_state[PROBLEM] = None
    try:
        action()
    except DirectionError as error:
        st.session_state[PROBLEM] = card.name, str(error)


def _keep_named(card, kept, shown):
    direction = st.session_state[shown]
    name = cleaned(st.session_state.get(_name_of(direction), direction.name))
    if not name:
        raise DirectionError("A direction needs a name, so that its slider can be told from others: type one.")
    _add(card, kept, [dataclasses.replace(direction, name=name)])


def _name_of(direction):
    return f"directions: name of {direction.name}"


def _remove(card, kept, number):
    del kept[number]
    live.place(card, lambda steps: [*steps[: number + 1], *steps[number + 2 :]])


def name_and_keep(card: Card, kept: list[Direction], direction: Direction, label: str = "Keep as a slider") -> None:
    """A field for a name, and the button that keeps the direction under it.

    The button may be pressed while a run has come only as far as the name: it then keeps the direction whose name is on
    the screen, not that of the previous run.
    """
    shown = f"directions: shown with “{label}”"
    st.session_state[shown] = direction
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input("Name", value=cleaned(direction.name), max_chars=LONGEST, key=_name_of(direction), width=220)
        st.button(
            label,
            icon=":material/tune:",
            key=f"keep {shown}",
            on_click=lambda: _attempt(card, lambda: _keep_named(card, kept, shown)),
        )


def show(card: Card, kept: list[Direction], direction: Direction | None) -> None:
    """The kept directions, with buttons to remove, save, load and share them."""
    model, problem = st.session_state.get(PROBLEM) or (None, "")
    if model == card.name:
        st.error(url.plain(problem))
    for number, one in enumerate(kept):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            origin = f" · {url.plain(one.origin)}" if one.origin else ""
            st.markdown(f"**{url.plain(one.name)}**{origin}", width="content")
            st.button(
                "Remove",
                key=f"remove direction {number}",
                icon=":material/delete:",
                help="Remove this slider",
                on_click=_remove,
                args=(card, kept, number),
            )
    saved = kept or ([direction] if direction else [])
    with st.container(horizontal=True, gap="small"):
        if saved:
            label = "Save as JSON" if len(saved) == 1 else f"Save {len(saved)} as JSON"
            downloads.json(to_json(card, saved), f"{card.name}_directions", label)
        with st.popover("Load", icon=":material/upload_file:"):
            _loader(card, kept)
        with st.popover("Link", icon=":material/link:"):
            st.markdown("This link opens the same groups and sliders. It is in the address bar, too.")
            st.code(url.address(), language=None, wrap_lines=True)


def _loader(card, kept):
    number = st.session_state.get("directions: files loaded", 0)
    key = f"directions: file {number}"

    def load():
        file = st.session_state.get(key)
        if file is not None:
            st.session_state["directions: files loaded"] = number + 1  # a new key empties the loader
            _attempt(card, lambda: _add(card, kept, from_json(file.getvalue(), card)))

    st.file_uploader("Directions that were saved here, as JSON", type="json", key=key, on_change=load)
