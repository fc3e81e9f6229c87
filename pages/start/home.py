"""Home: what this is, and three doors: play, a lesson, a picture of one's own."""

from pathlib import Path

import streamlit as st

import lessons
from ui import url
from ui.lesson import cards, catalogue

# The page Live chain, and before it Latent space, answered here: links to them have parameters of their own.
if url.page_query():
    st.switch_page("explore/live_chain.py", query_params=url.query())

DOORS = {  # {title: (what one does there, page, lesson and step of its picture)}
    "Play": (
        "Draw a digit: a network squeezes it into 16 numbers, and draws it again from them.",
        "explore/live_chain.py",
        ("latent_space", 0),
    ),
    "Take a lesson": (
        "Step by step over the live pages: predict, then see. Alone, or with a class and its phones.",
        "start/lessons.py",
        ("latent_space", 2),
    ),
    "Bring your own picture": (
        "Draw, upload or take a photograph, and see what the networks make of it.",
        "images/reconstruct.py",
        ("vae", 5),
    ),
}

st.title("Latent Lab")
st.markdown(
    "See how generative models work: trained VAEs, GANs and flows run in your browser, and their pictures change "
    "while you drag."
)
st.html(cards.STYLE)
with st.container(key=cards.CARDS):
    for column, (title, (words, page, picture)) in zip(st.columns(3, gap="medium"), DOORS.items(), strict=True):
        with column:
            cards.card(Path(page).stem, picture, title, words, page)
    st.subheader("Lessons")
    cards.show(catalogue.readable(lessons.names()), "start/home.py", pictures=False)

st.page_link("classroom/join.py", label="Join a class with the code on the teacher's screen", icon=":material/groups:")
