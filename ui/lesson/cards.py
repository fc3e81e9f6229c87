"""Cards that open a lesson or a page: each is a single link, including its picture.

The browser draws links when their code has loaded. Until then a card hides its picture: a press on it would be lost.
"""

from __future__ import annotations

import streamlit as st

from lessons import Lesson
from lessons.pictures import file
from ui.lesson.place import Place
from ui.lesson.words import of

COLUMNS = 5
CARDS = "lesson_cards"  # key of the container around all cards
STYLE = f"""<style>
.st-key-{CARDS} [class*="st-key-card_"] {{ position: relative; gap: 0.4rem }}
.st-key-{CARDS} [class*="st-key-card_"]:hover {{ outline: 2px solid var(--st-primary-color, #3355dd) }}
.st-key-{CARDS} [class*="st-key-card_"] > [data-testid="stElementContainer"]:has(a) {{ position: static }}
.st-key-{CARDS} a {{ padding: 0; min-height: 0; background: none }}
.st-key-{CARDS} a p {{ font-size: 1.05rem; line-height: 1.3; white-space: normal; overflow: visible }}
.st-key-{CARDS} a::after {{ content: ""; position: absolute !important; inset: 0 }}
.st-key-{CARDS} a:focus-visible::after {{ outline: 2px solid currentColor; border-radius: 6px }}
.st-key-{CARDS} [data-testid="stImage"] img {{ border-radius: 4px }}
.st-key-{CARDS} [class*="st-key-card_"]:not(:has(a[href])) [data-testid="stImage"] {{ visibility: hidden }}
@media (max-width: 640px) {{
  .st-key-{CARDS} [data-testid="stImage"] img {{ height: 6.5rem; object-fit: cover }}
}}
</style>"""


def card(
    key: str, picture: tuple[str, int] | None, title: str, words: str, page: str, query: dict[str, str] | None = None
) -> None:
    """One card, in a container of `key` CARDS. picture: lesson and step, from 0. page, query: where the card leads."""
    with st.container(border=True, height="stretch", key=f"card_{key}"):
        if picture is not None:
            view = file(*picture, dark=st.context.theme.type == "dark")
            st.image(str(view), width="stretch", alt="")  # the link beside it has all the text
        st.page_link(page, label=f"**{title}**", query_params=query)
        st.caption(words)


def show(lessons: dict[str, Lesson], page: str, *, pictures: bool = True) -> None:
    """A card for each lesson, in rows. page: one on which every lesson can start."""
    for start in range(0, len(lessons), COLUMNS):
        row = list(lessons.items())[start : start + COLUMNS]
        for column, (name, lesson) in zip(st.columns(COLUMNS, gap="small"), row, strict=False):
            words = of(lesson.language)["card"].format(minutes=lesson.minutes, steps=len(lesson.steps))
            if pictures:
                words += f"  \n{lesson.audience}"
            with column:
                picture = (name, lesson.picture) if pictures else None
                card(name, picture, lesson.title, words, page, Place(name, language=lesson.language).start)
