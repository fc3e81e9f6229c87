"""The seed of the next draw from the prior: a number box that counts on after each draw."""

import streamlit as st

from ui.number_box import number_box, number_in

SEEDS = 2**31


def seed_box(key: str) -> None:
    number_box(key, 0, SEEDS - 1, 0, label="Seed", width=110)


def take_seed(key: str) -> int:
    """The seed in the box, which then shows the next one; for callbacks."""
    seed = number_in(key, "Seed", 0)
    st.session_state[key] = (seed + 1) % SEEDS
    return seed
