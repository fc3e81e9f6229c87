"""A visitor's place in a lesson. The address holds it beside the parameters of the current page.

`lesson` is the lesson's name, `lesson_step` the number of the step from 1 (pages have their own `step`), `lang` the
language unless it is the first. An address without `lesson_step` starts the lesson, at `step` if it has one.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lessons import Lesson, LessonError, Step, languages
from lessons.reading import FIRST
from ui import url
from ui.lesson import words
from ui.lesson.catalogue import lesson as read

FIRST_PAGE = "home"  # its address is "/"
PLACE = "lesson: place"  # the Place in the session state, None outside a lesson
WANTED = "lesson: wanted place"  # that the next run opens
FINISHED = "lesson: finished"  # whether the next run opens the page of all lessons
NOTICE = "lesson: notice"  # the error in the address, until another step is opened


@dataclass(frozen=True)
class Place:
    """A step, from 0, of a lesson in a language."""

    name: str
    step: int = 0
    language: str = FIRST

    def lesson(self) -> Lesson:
        """Raises LessonError if there is none."""
        return read(self.name, self.language)

    def view(self) -> Step:
        """Raises LessonError if there is no such lesson, or it no longer has this step."""
        lesson = self.lesson()
        if not 0 <= self.step < len(lesson.steps):
            count = len(lesson.steps)
            raise LessonError(f"The lesson “{self.name}” has no step {self.step + 1} any more; it has {count}.")
        return lesson.steps[self.step]

    @property
    def query(self) -> dict[str, str]:
        """Its parameters in an address."""
        return self.start | {"lesson_step": str(self.step + 1)}

    @property
    def start(self) -> dict[str, str]:
        """The parameters of an address that starts its lesson."""
        return {"lesson": self.name} | ({} if self.language == FIRST else {"lang": self.language})


def current() -> Place | None:
    return st.session_state.get(PLACE)


def go(place: Place) -> None:
    """Open a step's view in the next run. For callbacks."""
    st.session_state[WANTED] = place
    st.session_state.pop(NOTICE, None)


def leave() -> None:
    """End the lesson; the current page stays."""
    st.session_state[PLACE] = None
    st.session_state.pop(NOTICE, None)
    for key in ("lesson", "lesson_step", "lang"):
        url.write(key, None)


def finish() -> None:
    """End the lesson, and open the page of all lessons in the next run. For callbacks."""
    leave()
    st.session_state[FINISHED] = True


def arrive(files: dict[str, str]) -> Place | None:
    """Call it at the start of every run: opens a requested step, and returns the visitor's place.

    files: of all pages, by the last part of their addresses. The address is used in the first run of a visit, after
    Back and Forward, and if it starts a lesson. Otherwise it lags behind, and the place stays.
    """
    if st.session_state.pop(FINISHED, False):
        st.switch_page(files["lessons"])
    if (wanted := st.session_state.pop(WANTED, None)) is not None:
        _open(wanted, files)
    context = get_script_run_ctx()
    returned = context is not None and context.is_history_navigation
    begins = url.holds("lesson") and not url.holds("lesson_step")
    if returned or begins or PLACE not in st.session_state:
        st.session_state.pop(NOTICE, None)
        st.session_state[PLACE] = begun = _in_address()
        if begins and begun is not None:
            _open(begun, files)
    if (place := current()) is not None:
        for key, text in place.query.items():
            url.write(key, text)
    return place


def notice() -> str | None:
    """The error in the address."""
    return st.session_state.get(NOTICE)


def _open(place: Place, files: dict[str, str]) -> None:
    """Open the view of a step: its page and parameters, all others at their defaults. Returns if there is none."""
    try:
        view = place.view()
    except LessonError:  # its file has changed; the strip shows the error
        st.session_state[PLACE] = place
        return
    if view.page not in files:
        st.session_state[PLACE] = place
        st.session_state[NOTICE] = (
            f"Step {place.step + 1} of this lesson asks for a page “{view.page}” that is not here."
        )
        return
    st.session_state[PLACE] = place
    url.renew()
    st.switch_page(files[view.page], query_params=view.query | place.query)


def _in_address() -> Place | None:
    """The place given by the address; None without a lesson, or if the place does not exist."""
    query = url.query()
    name, language = query.get("lesson"), query.get("lang", FIRST)
    if name is None:
        return None
    try:
        lesson = read(name, FIRST)
        if language not in languages(name):
            st.session_state[NOTICE] = f"This lesson is not available in “{language[:10]}”, so it is in English."
            language = FIRST
    except LessonError as error:
        leave()
        st.session_state[NOTICE] = str(error)
        return None
    text = query.get("lesson_step", query.get("step", "1"))
    try:
        number = url.natural(text)
    except ValueError:
        number = 0
    if not 1 <= number <= len(lesson.steps):
        st.session_state[NOTICE] = words.of(language)["no_step"].format(of=len(lesson.steps), step=text[:20])
        number = 1
    return Place(name, number - 1, language)
