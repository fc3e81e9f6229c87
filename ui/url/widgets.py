"""Streamlit's widgets whose values the link holds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import streamlit as st

from ui.number_box import number_box, number_in
from ui.url.param import Param, forget, left_out, natural, opened, remind, warn, widget, write

FEW = 12  # choices that a warning lists


def hold(*keys: str) -> None:
    """Widgets of this page keep their values while they are hidden."""
    for key in keys:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def whole_number(key: str, low: int, high: int, default: int, *, label: str, **options: Any) -> int:
    """A number input for integers in [low, high]; options are those of st.number_input."""
    problem = f"{label} in this link is not a whole number from {low} to {high}, so {default} is shown instead."
    param = Param(key, natural, str, lambda n: low <= n <= high)
    return _number_input(param, low, high, default, label, problem, options)


def decimal(key: str, low: float, high: float, default: float, *, label: str, **options: Any) -> float:
    """The same for floats."""
    problem = f"{label} in this link is not a number from {low} to {high}, so {default} is shown instead."
    within = Param(key, float, repr, lambda n: low <= n <= high)  # false also for NaN
    return _number_input(within, low, high, default, label, problem, options)


def _number_input(param, low, high, default, label, problem, options):
    widget(param.key)
    requested = param.requested(default, problem)
    if requested is not None:
        st.session_state[param.key] = requested
    value = number_box(param.key, low, high, default, label=label, **options)
    param.write(value, default)
    return value


def seed(key: str = "seed", last: int = 2**31 - 1, *, label: str = "Seed", button: str = "Resample") -> int:
    """A seed from 0 to `last`, followed by a button for the next one."""
    value = whole_number(key, 0, last, 0, label=label, width=140)
    st.button(
        button,
        icon=":material/casino:",
        on_click=lambda: st.session_state.update({key: (number_in(key, label, 0) + 1) % (last + 1)}),
    )
    return value


def choice(
    key: str,
    names: dict[str, str],
    *,
    label: str,
    menu: bool = False,
    default: str | None = None,
    aliases: Mapping[str, str] = MappingProxyType({}),
    carried: bool = False,
    **options: Any,
) -> str:
    """One of {name in the link: label}; the default is the first one unless `default` names another.

    A segmented control, which wraps if the row is too narrow, or a select box if menu is true.
    aliases: {other text in a link: the name that it stands for}.
    carried: whether the next page, if it has this widget as well, opens with the value.
    """
    if not carried:
        widget(key)
    first = next(iter(names)) if default is None else default
    among = ", ".join(names) if len(names) <= FEW else "the choices"
    problem = f"{label} in this link is not one of {among}, so {first} is shown instead."
    param = Param(key, lambda text: aliases.get(text, text), str, names.__contains__)
    requested = param.requested(first, problem)
    value = requested if requested is not None else st.session_state.get(key, first)
    st.session_state[key] = value if value in names else first  # assigned also for a widget whose names have changed
    if menu:
        value = st.selectbox(label, list(names), format_func=names.__getitem__, key=key, **options)
    else:
        value = st.segmented_control(
            label, list(names), format_func=names.__getitem__, key=key, required=True, wrap=True, **options
        )
    param.write(value, first)
    return value


def several(key: str, names: dict[str, str], default: list[str], *, most: int, label: str, **options: Any) -> list[str]:
    """Up to `most` of {name in the link: label}, in the order in which they were chosen; may be empty.

    In the link the names are joined by dots.
    """
    widget(key)
    if (text := opened(key)) is not None:
        asked = list(dict.fromkeys(text.split(".")))
        known = [name for name in asked if name in names][:most]
        if known != asked:
            warn(key, f"{label}: this link asks for some that are not here or for too many, so they are left out.")
        st.session_state[key] = known or default
    else:
        remind(key)
        if left_out(key):
            st.session_state[key] = default
    chosen = st.session_state.get(key, default)
    st.session_state[key] = [name for name in chosen if name in names]
    value = st.multiselect(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        max_selections=most,
        on_change=forget,
        args=(key,),
        **options,
    )
    write(key, ".".join(value) if value != default else None)
    return value
