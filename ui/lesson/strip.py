"""The strip above a page while a lesson runs."""

from __future__ import annotations

from typing import Protocol

import streamlit as st

from lessons import Challenge, Lesson, LessonError, Step
from lessons.challenges import Outcome
from lessons.model import HEADINGS, Answer
from ui import url
from ui.components import of_dicts
from ui.components.lesson import lesson as component
from ui.layout import AFTER
from ui.lesson import keeping, report, words
from ui.lesson import place as places
from ui.lesson.answers import answered, given
from ui.lesson.asked import asked
from ui.lesson.outcome import best, checked, outcome
from ui.lesson.place import FIRST_PAGE, Place
from ui.presenting.style import INTRODUCTION

KEY = "lesson_strip"
WENT = "lesson: when the last step was asked for"  # by the browser's clock, in ms
ROOM = "classroom"  # key of the room's additions to the page (ui.classroom.frame), which are never covered
TITLE = "[data-testid=stElementContainer]:has(h1)"
# The strip stays at the top of a wide window; on a phone only its buttons stay, at the bottom (ui/components/lesson).
STICKY = f"""<style>
@media (min-width: 641px) {{
  [data-testid=stLayoutWrapper]:has(> .st-key-{KEY}) {{ position: sticky; top: 0; z-index: 100 }}
  [data-testid=stHeader] {{ background: none; pointer-events: none }}
  [data-testid=stHeader] * {{ pointer-events: auto }}
  [data-testid=stMainBlockContainer] {{ padding-top: 3.25rem }}
}}
@media (max-width: 640px) {{
  :root {{ --foot: 61px }} /* height of its buttons */
  [data-testid=stMainBlockContainer] {{ padding: var(--head, 4rem) 1rem 5rem }}
}}
</style>"""
# The lesson replaces the page's introduction with its own words, which often should not be seen yet.
LAYOUT = f"""<style>
{TITLE} h1 {{ font-size: 1.5rem; padding: 0 0 0.4rem }}
[data-testid=stLayoutWrapper]:has(> .st-key-{INTRODUCTION}), .st-key-{AFTER} .stMarkdown {{ display: none }}
[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock] {{ gap: 0.75rem }}
@media (max-width: 640px) {{ [data-testid=stHorizontalBlock]:has(h1) {{ gap: 0.25rem }} }}
</style>"""

# Hides a page that shows the answer until one is given.
COVER = f"""<style>
[data-testid=stLayoutWrapper]:has(> .st-key-{KEY}) ~ :not(:has(.st-key-{ROOM})) {{
  filter: blur(14px); pointer-events: none; user-select: none
}}
</style>"""


class Answers(Protocol):
    """Storage of answers, and what may be shown.

    explained: whether the solution may be shown with an answer. asks: whether the strip shows the answer's input, which
    a larger picture of the class may replace. waits: whether a page that shows the answer is covered.
    """

    def given(self, place: Place) -> Answer | None: ...
    def answered(self, place: Place, answer: Answer) -> None: ...
    def explained(self, place: Place) -> bool: ...
    def asks(self, place: Place) -> bool: ...
    def waits(self, place: Place) -> bool: ...
    def checked(self, place: Place, said: Outcome) -> None: ...


class OfVisit:
    """Answers of a single visitor: kept for the visit, explained at once."""

    def given(self, place: Place) -> Answer | None:
        return given(place.name, place.step)

    def answered(self, place: Place, answer: Answer) -> None:
        answered(place.name, place.step, answer)

    def explained(self, place: Place) -> bool:
        return True

    def asks(self, place: Place) -> bool:
        return True

    def waits(self, place: Place) -> bool:
        return self.given(place) is None

    def checked(self, place: Place, said: Outcome) -> None:
        checked(place.name, place.step, said)


def show(place: Place | None, page: str, answers: Answers | None = None) -> None:
    """Draw it; outside a lesson show only an error in the address. page: last part of the current address.

    On other pages than the step's only the button back is shown. answers: by default those of a single visitor.
    """
    kept = answers or OfVisit()
    if (notice := places.notice()) is not None:
        st.warning(url.plain(notice))
    if place is None:
        return
    try:
        lesson, step = place.lesson(), place.view()
    except LessonError as error:
        st.warning(str(error))
        return

    def on_go(report):
        number, at = report.get("step"), report.get("at")
        if isinstance(at, int | float):
            st.session_state[WENT] = at
        if isinstance(number, int) and 0 <= number < len(lesson.steps):
            places.go(Place(place.name, number, place.language))

    def on_answer(report):
        if step.prediction is None:
            return
        if step.prediction.admits(report.get("answer")):
            kept.answered(place, report["answer"])
        else:
            st.toast(words.of(place.language)["no_answer"])

    def on_check(report):
        if step.challenge is not None:
            kept.checked(place, _checked(step, report.get("measured")))

    away, answer = (page or FIRST_PAGE) != step.page, kept.given(place)
    covered = step.covered and not away and kept.waits(place)
    st.html(STICKY + ("" if away else LAYOUT) + (COVER if covered else ""))
    with st.container(key=KEY):
        component(
            {
                "lesson": lesson.title,
                "language": lesson.language,
                "words": words.of(place.language),
                "identity": f"{place.language}/{place.name}/{place.step}",
                "step": place.step,
                "went": st.session_state.get(WENT, 0),
                "away": away,
                "of": len(lesson.steps),
                "minutes": step.minutes,
                "left": lesson.minutes_left(place.step),
                "text": step.text,
                "look": step.look,
                "controls": list(step.controls),
                "only": step.only,
                "page": "" if step.page == FIRST_PAGE else step.page,
                "query": step.query,
                "frame": list(url.FRAME),
                "at": step.at,
                "headings": HEADINGS,
                "prediction": _asked(step, answer, kept, place),
                "challenge": _set(step.challenge, outcome(place.name, place.step), lesson.language),
                "end": _end(lesson, place) if answers is None else None,
            },
            **of_dicts(
                on_go=on_go,
                on_answer=on_answer,
                on_check=on_check,
                on_leave=lambda _: places.leave(),
                on_finish=lambda _: places.finish(),
            ),
        )
    if answers is None:
        keeping.keep()
    given_answers, hidden = report.of_visit(place, kept)
    if place.step + 1 == len(lesson.steps) and not away:  # below the strip, which covers the page when that scrolls
        report.button(lesson, given_answers, hidden, where="end")
    with st.sidebar:
        report.button(lesson, given_answers, hidden, where="side bar")


def _end(lesson: Lesson, place: Place) -> dict | None:
    """The result after the last step of a single visitor: the numbers of questions and challenges, and of right ones.

    None on every other step, and until the last step's question is answered.
    """
    last = place.step + 1 == len(lesson.steps)
    if not last or (lesson.steps[-1].prediction is not None and given(place.name, place.step) is None):
        return None
    right, count = 0, 0
    for number, step in enumerate(lesson.steps):
        if step.prediction is not None:
            answer, count = given(place.name, number), count + 1
            right += answer is not None and step.prediction.is_right(answer)
        if step.challenge is not None:
            said, count = best(place.name, number), count + 1
            right += said is not None and said.reached
    return {"right": right, "asked": count}


def _asked(step: Step, answer: Answer | None, kept: Answers, place: Place) -> dict | None:
    """The prediction of a step for the component."""
    if step.prediction is None:
        return None
    question = asked(step.prediction, answer, kept.explained(place))
    return question if kept.asks(place) else question | {"axes": []}


def _checked(step: Step, measured: object) -> Outcome:
    """The challenge of a step, checked for the view in the address and the measurements of a training on it."""
    from ui.lesson import checks  # with imports that a page without a challenge does not need

    assert step.challenge is not None
    return checks.check(step.challenge.check, url.page_query(), step.query, measured)


def _set(challenge: Challenge | None, said: Outcome | None, language: str) -> dict | None:
    """A challenge for the component, in the language of its lesson."""
    if challenge is None:
        return None
    return {"hint": challenge.hint, "said": said and {"reached": said.reached, "words": said.words(language)}}
