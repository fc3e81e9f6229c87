"""Whole numbers in a link, checked: one sentence where a link asks for what is not there."""

import streamlit as st


def whole_number(key, low, high, default, *, label, **options):
    """A number input of [low, high] whose value the link holds as `key` (left out while it is the default)."""
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} in the link")
    if asked is not None and asked != written:
        if asked.isascii() and asked.isdecimal() and len(asked) < 12 and low <= int(asked) <= high:
            st.session_state[key] = int(asked)
        else:
            st.warning(f"{label} in this link is no whole number from {low} to {high}, so {default} is shown instead.")
    st.session_state.setdefault(key, default)
    st.session_state[key] = min(max(st.session_state[key], low), high)
    value = st.number_input(label, low, high, key=key, **options)
    write(key, str(value) if value != default else None)
    return value


def choice(key, names, *, label, **options):
    """A segmented control over {name in the link: words}; the first is the default and is left out of the link."""
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} in the link")
    if asked is not None and asked != written:
        if asked in names:
            st.session_state[key] = asked
        else:
            st.warning(
                f"{label} in this link is not one of {', '.join(names)}, so {next(iter(names))} is shown instead."
            )
    if st.session_state.get(key) not in names:
        st.session_state[key] = next(iter(names))
    value = st.segmented_control(label, list(names), format_func=names.get, key=key, required=True, **options)
    write(key, value if value != next(iter(names)) else None)
    return value


def write(key, value):
    """Put a value into the link, None takes it out."""
    st.session_state[f"{key} in the link"] = value
    if value is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != value:
        st.query_params[key] = value
