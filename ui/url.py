"""What a link holds: numbers, choices and latent codes, checked; one sentence where it asks for what is not there."""

import base64
import binascii

import numpy as np
import streamlit as st


def whole_number(key, low, high, default, *, label, **options):
    """A number input of [low, high] whose value the link holds as `key` (left out while it is the default)."""

    def read(text):
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None

    return _number(key, low, high, default, label, read, "whole number", str, options)


def seed(key="seed", last=2**31 - 1, *, label="Seed", button="Resample"):
    """A seed from 0 to `last`, held by the link, and behind it a button for the next one."""
    value = whole_number(key, 0, last, 0, label=label, width=140)
    st.button(
        button,
        icon=":material/casino:",
        on_click=lambda: st.session_state.update({key: (st.session_state[key] + 1) % (last + 1)}),
    )
    return value


def decimal(key, low, high, default, *, label, **options):
    """The same for a number with decimals: low, high and default are floats."""

    def read(text):
        try:
            return float(text)
        except ValueError:
            return None

    return _number(key, low, high, default, label, read, "number", repr, options)


def _number(key, low, high, default, label, read, kind, text, options):
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} in the link")
    if asked is not None and asked != written:
        number = read(asked)
        if number is not None and low <= number <= high:  # false for NaN, too
            st.session_state[key] = number
        else:
            st.warning(f"{label} in this link is no {kind} from {low} to {high}, so {default} is shown instead.")
    st.session_state.setdefault(key, default)
    st.session_state[key] = min(max(st.session_state[key], low), high)
    value = st.number_input(label, low, high, key=key, **options)
    write(key, text(value) if value != default else None)
    return value


def choice(key, names, *, label, menu=False, **options):
    """One of {name in the link: words}; the first is the default and is left out of the link.

    A segmented control, or a select box when menu is true.
    """
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} in the link")
    if asked is not None and asked != written:
        if asked in names:
            st.session_state[key] = asked
        else:
            st.warning(
                f"{label} in this link is not one of {', '.join(names)}, so {next(iter(names))} is shown instead."
            )
    chosen = st.session_state.get(key)
    st.session_state[key] = chosen if chosen in names else next(iter(names))  # also for a widget with other names
    if menu:
        value = st.selectbox(label, list(names), format_func=names.get, key=key, **options)
    else:
        value = st.segmented_control(label, list(names), format_func=names.get, key=key, required=True, **options)
    write(key, value if value != next(iter(names)) else None)
    return value


def several(key, names, default, *, most, label, **options):
    """Up to `most` of {name in the link: words}, in the order in which they were chosen; a list, perhaps empty.

    The link holds the names with dots between them, and leaves them out while they are the default.
    """
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} in the link")
    if asked is not None and asked != written:
        wishes = list(dict.fromkeys(asked.split(".")))
        found = [name for name in wishes if name in names][:most]
        if found != wishes:
            st.warning(f"{label}: this link asks for some that are not here or for too many, so they are left out.")
        st.session_state[key] = found or default
    chosen = st.session_state.get(key, default)
    st.session_state[key] = [name for name in chosen if name in names]
    value = st.multiselect(label, list(names), format_func=names.get, key=key, max_selections=most, **options)
    write(key, ".".join(value) if value != default else None)
    return value


def kept(key, low, high, default):
    """A number in the link that a live component sets with `keep`; one sentence where it is none of [low, high]."""
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} in the link")
    if asked is not None and asked != written:
        try:
            st.session_state[key] = float(asked)
        except ValueError:
            st.session_state[key] = None
        if st.session_state[key] is None or not low <= st.session_state[key] <= high:
            st.warning(f"{key} in this link is no number from {low:g} to {high:g}, so {default:g} is shown instead.")
            st.session_state[key] = default
    value = min(max(st.session_state.setdefault(key, default), low), high)
    write(key, None if value == default else f"{value:g}")
    return value


def keep(key, value):
    """What the hand chose."""
    st.session_state[key] = value


def listed(key, kind, start, number, fit, words):
    """Numbers in the link, joined by "_", that a live component sets with keep(key, (kind, numbers)).

    kind: what they belong to; numbers of another kind are left behind. start: shown, and left out of the link, until
    the hand changes them. number: int or float; fit(numbers): whether they can be shown. words: one sentence for a link
    with others.
    """
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} in the link")
    if asked is not None and asked != written:
        try:
            numbers = [number(part) for part in asked.split("_")] if len(asked) < 20 * len(start) else []
        except ValueError:
            numbers = []
        if not fit(numbers):
            st.warning(words)
            numbers = start
        st.session_state[key] = (kind, numbers)
    kept, numbers = st.session_state.get(key, (kind, start))
    numbers = numbers if kept == kind else start
    write(key, "_".join(f"{value:g}" for value in numbers) if numbers != start else None)
    return numbers


def write(key, value):
    """Put a value into the link, None takes it out."""
    st.session_state[f"{key} in the link"] = value
    if value is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != value:
        st.query_params[key] = value


class LinkError(Exception):
    """A link that does not hold what it should; the text is one sentence for the person."""


def pack(code):
    """A code (latent,) as URL-safe text: base64 of little-endian float32 without padding."""
    return base64.urlsafe_b64encode(np.asarray(code, "<f4").tobytes()).decode().rstrip("=")


def unpack(text, latent):
    """The code (latent,) float32 of a link; LinkError when it is damaged, of another length, or not finite."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        code = np.frombuffer(raw, "<f4").astype(np.float32)
    except (binascii.Error, ValueError):
        raise LinkError("The code in this link is damaged, so the start picture is shown instead.") from None
    if len(code) != latent:
        raise LinkError(
            f"The code in this link has {len(code)} numbers, but this model has {latent} dimensions, "
            "so the start picture is shown instead."
        )
    if not np.isfinite(code).all():
        raise LinkError(
            "The code in this link holds a number that is not finite, so the start picture is shown instead."
        )
    return code


def carry(card, code, page="explore/latent_space.py"):
    """Go to another page with this model and code, by the same query parameters that a link has."""
    st.switch_page(page, query_params={"model": card.name, "z": pack(code)})
