"""What a phone shows of a room: the question of a step, the own answer, and the class's when the teacher shows them."""

from __future__ import annotations

import streamlit as st

from classroom.errors import ClassroomError, Unavailable
from classroom.questions import Question
from classroom.rooms import Room
from lessons import Prediction, Step
from ui import lesson as strip
from ui.classroom import follow, lessons, live, outbox, presence, session, votes

EVERY = 2  # seconds after which a phone looks for news
STEP = "classroom: step of who goes on alone"  # {code: step}


@st.fragment(run_every=EVERY)
def show(code: str, files: dict[str, str]) -> None:
    """The room, again and again. files: {page: file}."""
    try:
        if not presence.entered(code):
            presence.enter(code)
        room, problem = presence.news(code)
        lesson = lessons.lesson(room)
        follow.go(room, files, steps=False)
    except Unavailable as error:
        st.warning(f"{error} This page tries again by itself.")
        return
    except ClassroomError as error:
        st.info(str(error), icon=":material/door_front:")
        return
    if problem:
        st.warning(problem)
    last = len(lesson.steps) - 1
    step = min(room.step, last) if follow.switch() else _alone(code, last)
    st.session_state.setdefault(STEP, {})[code] = step
    st.caption(f"{lesson.title} · step {step + 1} of {last + 1}")
    view, question = lesson.steps[step], lessons.question(lesson, step)
    if question is None or view.prediction is None:
        _look(view)
    if question is not None:
        _ask(room, question, view.prediction)
    if st.button("Open the page of this step", icon=":material/open_in_new:", type="tertiary"):
        strip.go(lessons.place(room, step))
        st.rerun()
    if st.button("Leave the room", icon=":material/logout:", type="tertiary"):
        session.leave()
        presence.forget(code)
        st.rerun()


def _alone(code, last):
    """The step of who goes on alone, with buttons for the others."""
    steps = st.session_state.setdefault(STEP, {})
    step = min(steps.get(code, 0), last)
    with st.container(horizontal=True):
        for label, icon, to in (("Previous", "arrow_back", step - 1), ("Next", "arrow_forward", step + 1)):
            st.button(
                label,
                icon=f":material/{icon}:",
                disabled=not 0 <= to <= last,
                on_click=steps.update,
                args=({code: to},),
                width="stretch",
            )
    return step


def _look(step: Step) -> None:
    st.markdown(lessons.markdown(step.text))
    if step.look:
        st.markdown(f"**Look for** {lessons.markdown(step.look)}")


def _ask(room: Room, question: Question, prediction: Prediction | None) -> None:
    if prediction is not None:
        st.subheader(lessons.markdown(prediction.question), anchor=False)
    try:
        own = outbox.own(room.code).get(question.key)
        if room.revealed == question.key:
            st.html(picture(room.code, question, prediction, own))
            if prediction is not None:
                st.markdown(lessons.markdown(prediction.explanation))
            if own is None:
                st.caption("You did not answer this question.")
            return
    except ClassroomError as error:
        own = None
        st.warning(f"{error} You can answer all the same: answers are kept and sent later.")
    if prediction is None:
        st.caption("Take it up on the page of this step, which checks it." if own is None else question.choices[own])
        return
    if question.choices:
        _choices(room.code, question, own)
    else:
        _number(room.code, question, prediction.unit, own)
    if own is None:
        st.caption("Nobody sees who answered what.")
    else:
        words = question.choices[own] if question.choices else f"{question.number(own):g} {prediction.unit}".strip()
        st.success(f"Your answer: {lessons.markdown(words)} You can change it until the teacher shows the answers.")


def _choices(code, question, own):
    for choice, words in question.choices.items():
        st.button(
            lessons.markdown(words),
            key=f"classroom {question.key} {choice}",
            type="primary" if choice == own else "secondary",
            width="stretch",
            on_click=outbox.answer,
            args=(code, question, choice),
        )


def _number(code, question, unit, own):
    low, high = question.low, question.high
    number = st.slider(
        "Your answer" + (f", {unit}" if unit else ""),
        low,
        high,
        (low + high) / 2 if own is None else question.number(own),
        (high - low) / 100,
        key=f"classroom {question.key}",
    )
    st.button(
        "Send",
        key=f"classroom {question.key} send",
        type="primary",
        width="stretch",
        on_click=outbox.answer,
        args=(code, question, number),
    )


def picture(code: str, question: Question, prediction: Prediction | None, own: str | None = None) -> str:
    """The class's answers as HTML, the right one marked, and the reader's own; ClassroomError.

    prediction: None for a challenge.
    """
    counts = live.counts(code, question)
    if prediction is None:
        return votes.bars(counts, question.choices, own=own)
    if question.choices:
        return votes.bars(counts, question.choices, str(int(prediction.answer)), own)
    own_number = None if own is None else question.number(own)
    return votes.strip(
        question.numbers(counts), question.low, question.high, prediction.unit, prediction.answer, own_number
    )
