"""Lessons: a card for each, which opens it, and what a teacher needs to give it."""

import functools
from urllib.parse import urlencode

import streamlit as st

import lessons
from lessons.reading import FIRST
from ui import downloads, url
from ui.lesson import Place, cards, catalogue, handout, words

HOME = "start/home.py"  # from there every lesson can begin

st.title("Lessons")
st.markdown(
    "A lesson leads through the live pages of this app, step by step, and asks you to predict before you see. **Press "
    "a card** to begin; the arrow keys go from step to step."
)

every = {language for name in lessons.names() for language in lessons.languages(name)}
named = {language: words.of(language)["name"] for language in (FIRST, *sorted(every - {FIRST}))}
language = url.choice("language", named, label="Language of the lessons") if len(named) > 1 else FIRST
readable = catalogue.readable(lessons.names(), language)
st.html(cards.STYLE)
with st.container(key=cards.CARDS):
    cards.show(readable, HOME)

st.subheader("For the teacher")
chosen = url.choice("about", {name: each.title for name, each in readable.items()}, label="Lesson", menu=True)
address = (st.context.url or "").partition("?")[0].rpartition("/")[0]
left, right = st.columns(2, gap="large")
with left:
    goals = "".join(f"\n- {goal}" for goal in readable[chosen].goals)
    st.markdown(f"**After this lesson a student can**\n{goals}")
    st.markdown("**The link to the lesson**; with `&step=3` it begins at the third step.")
    start = Place(chosen, language=readable[chosen].language).start
    st.code(f"{address}/?{urlencode(start)}", language=None, wrap_lines=True)
with right:
    st.markdown("**On paper**: one HTML file with pictures and questions, to print or to send.")
    for printed in lessons.languages(chosen):
        code = "" if printed == FIRST else f"_{printed}"
        with st.container(horizontal=True):
            for answers, kind in ((False, "Handout"), (True, "Handout with answers")):
                text = functools.partial(handout.handout, catalogue.lesson(chosen, printed), address, answers=answers)
                downloads.handout(text, f"{chosen}{code}{'_answers' if answers else ''}", f"{kind}, {named[printed]}")
