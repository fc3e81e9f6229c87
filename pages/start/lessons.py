"""Lessons: a card for each, which opens it, and what a teacher needs to give it."""

import functools

import streamlit as st

import lessons
from lessons.reading import FIRST
from ui import downloads, url
from ui.lesson import cards, catalogue, handout, words

HOME = "start/home.py"  # from there every lesson can begin

st.title("Lessons")
st.markdown(
    "A lesson leads through the live pages of this app, step by step, and asks you to predict before you see. **Press "
    "a card** to begin; the arrow keys go from step to step."
)

readable = catalogue.readable(lessons.names())
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
    st.code(f"{address}/?lesson={chosen}", language=None, wrap_lines=True)
with right:
    st.markdown("**On paper**: one HTML file with pictures and questions, to print or to send.")
    for language in lessons.languages(chosen):
        named, code = words.of(language)["name"], "" if language == FIRST else f"_{language}"
        if code:
            asks = {"lesson": chosen, "lang": language}
            st.page_link(HOME, label=f"Begin in {named}", icon=":material/translate:", query_params=asks)
        with st.container(horizontal=True):
            for answers, kind in ((False, "Handout"), (True, "Handout with answers")):
                text = functools.partial(handout.handout, catalogue.lesson(chosen, language), address, answers=answers)
                downloads.handout(text, f"{chosen}{code}{'_answers' if answers else ''}", f"{kind}, {named}")
