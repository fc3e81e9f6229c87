"""Directions: from two groups of codes to a slider with a name, and what else changes along it."""

import streamlit as st

from checkpoints.directions import DirectionError
from ui import gallery, shell, url
from ui.explore.directions import analogies, groups, kept, live, making, population, purity

words, choice = st.columns([2, 1], vertical_alignment="bottom", gap="large")
with words:
    st.title("Directions")
    shell.introduction(
        "Choose two groups of pictures: the way from one to the other is a slider for *any* picture.  \n"
        "**Look for** what stays the same while the class changes, and for unintended changes."
    )
with choice:
    card = gallery.select(among=population.cards())
people = population.of(card)

how = url.choice("groups", groups.ways(people), label="Groups")
if how == "class":
    start, end = groups.choose(people, how)
    pictures, beside = st.columns([3, 2], gap="large")
    settings = beside  # on a phone: below the pictures
else:  # the choices, and beside them the results
    choosing, pictures = st.columns(2, gap="large")
    beside = st.container()
    with choosing:
        start, end = groups.choose(people, how)
    with pictures:
        groups.show_chosen(people, start, end)
    settings = pictures
with settings, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    method = url.choice("method", making.METHODS, label="Direction")
    begin = url.choice("start", live.STARTS, label="Start from")
saved = kept.of(card)
both, problem = {}, ""
try:
    both = {key: making.make(people, start, end, key) for key in making.METHODS}
except DirectionError as error:
    problem = str(error)
contrast = both.get(method)
steps = {key: purity.STEPS if key == method else purity.ENDS for key in both}
measured = {key: purity.known(people, one, steps[key]) for key, one in both.items()}
shares = measured.get(method)

with pictures:
    if problem:
        st.info(url.plain(problem))
    if contrast or saved:
        live.show(people, contrast, saved, shares, begin)
with beside:
    place = st.container()
    if shares is not None:
        with place:
            purity.show(shares, {key: (both[key], one) for key, one in measured.items() if one}, method)
    if contrast:
        kept.name_and_keep(card, saved, contrast.direction)
    kept.show(card, saved, contrast and contrast.direction)

st.subheader("Analogies")
st.markdown(
    "*b* is to *a* as *c* is to what? Pick three pictures: *a* − *b* is added to the code of *c*.  \n"
    "**Look for** pairs *a*, *b* that differ in one thing only, like the slant: then *c* changes in that respect alone."
)
difference = analogies.show(people)
if difference.vector.any():
    kept.name_and_keep(card, saved, difference, "Keep a − b as a slider")

if both and purity.source(people) and None in measured.values():
    with place, st.spinner("Measuring what else changes …", show_time=False):
        for key, one in both.items():
            purity.measure(people, one, steps[key])
    st.rerun()
