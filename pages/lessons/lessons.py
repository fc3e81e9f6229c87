"""Lessons: a card for each, which opens it, and what a teacher needs to give it."""

import functools

import streamlit as st

import lessons
from lessons import LessonError
from lessons.pictures import file
from ui import downloads, url
from ui.lesson import cards, catalogue, handout

COLUMNS = 5
LANGUAGES = {"en": "English", "de": "Deutsch"}
HOME = "explore/live_chain.py"  # from there every lesson can begin

st.title("Lessons")
st.markdown(
    "A lesson leads through the live pages of this app, step by step, and asks you to predict before you see. **Press "
    "a card** to begin; the arrow keys go from step to step."
)

readable = {}
for name in lessons.names():
    try:
        readable[name] = catalogue.lesson(name, "en")
    except LessonError as error:
        st.error(str(error))
st.html(cards.STYLE)
with st.container(key=cards.CARDS):
    for start in range(0, len(readable), COLUMNS):
        row = list(readable.items())[start : start + COLUMNS]
        for column, (name, lesson) in zip(st.columns(COLUMNS, gap="medium"), row, strict=False):
            with column, st.container(border=True, height="stretch", key=f"card_{name}"):
                if (picture := file(name, lesson.picture)).exists():
                    st.image(str(picture), width="stretch")
                st.page_link(HOME, label=f"**{lesson.title}**", query_params={"lesson": name})
                st.caption(f"{lesson.minutes} minutes · {len(lesson.steps)} steps  \n{lesson.audience}")

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
        words, code = LANGUAGES.get(language, language), "" if language == "en" else f"_{language}"
        if code:
            asks = {"lesson": chosen, "lang": language}
            st.page_link(HOME, label=f"Begin in {words}", icon=":material/translate:", query_params=asks)
        with st.container(horizontal=True):
            for answers, kind in ((False, "Handout"), (True, "Handout with answers")):
                text = functools.partial(handout.handout, catalogue.lesson(chosen, language), address, answers=answers)
                downloads.handout(text, f"{chosen}{code}{'_answers' if answers else ''}", f"{kind}, {words}")
