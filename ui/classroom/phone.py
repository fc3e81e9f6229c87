"""A room on a phone: the question of a step, the own answer, and the class's when the teacher shows them."""

from __future__ import annotations

import streamlit as st

from classroom.errors import ClassroomError, Unavailable
from classroom.questions import Question
from classroom.rooms import Room
from lessons import Prediction, Step
from lessons.model import coordinates
from ui import lesson as strip
from ui.classroom import follow, lessons, live, outbox, presence, session, votes
from ui.components import of_dicts
from ui.components.answer_place import answer_place
from ui.lesson.asked import asked, solution

EVERY = 2  # seconds between updates of a phone
STEP = "classroom: step of who goes on alone"  # {code: step} of a student who continues alone


@st.fragment(run_every=EVERY)
def show(code: str, files: dict[str, str]) -> None:
    """The room, updated every two seconds. files: {page: file}."""
    try:
        if not presence.entered(code):
            presence.enter(code)
        room, problem = presence.news(code)
        lesson = lessons.lesson(room)
        follow.go(room, files, steps=False)
    except Unavailable as error:
        st.warning(f"{presence.sentence(code, error)} {presence.words_of(code)['tries_again']}")
        return
    except ClassroomError as error:
        st.info(presence.sentence(code, error), icon=":material/door_front:")
        _leave(code)
        return
    if problem:
        st.warning(problem)
    last = len(lesson.steps) - 1
    said = lessons.words_of(room)
    step = min(room.step, last) if follow.switch(said["follow"]) else _alone(code, last, said)
    st.session_state.setdefault(STEP, {})[code] = step
    st.caption(f"{lesson.title} · {said['step'].format(step=step + 1, of=last + 1)}")
    view, question = lesson.steps[step], lessons.question(lesson, step)
    if question is None or view.prediction is None:
        _look(view, said["look"])
    if question is not None:
        _ask(room, question, view.prediction, said)
    if st.button(said["open"], icon=":material/open_in_new:", type="tertiary"):
        strip.go(lessons.place(room, step))
        st.rerun()
    _leave(code)


def _leave(code):
    """The button to the page for entering another code."""
    if st.button(presence.words_of(code)["leave_room"], icon=":material/logout:", type="tertiary"):
        session.leave()
        presence.forget(code)
        st.rerun()


def _alone(code, last, said):
    """The step of a student who continues alone, with buttons for the previous and the next one."""
    steps = st.session_state.setdefault(STEP, {})
    step = min(steps.get(code, 0), last)
    with st.container(horizontal=True):
        for label, icon, to in ((said["previous"], "arrow_back", step - 1), (said["next"], "arrow_forward", step + 1)):
            st.button(
                label,
                icon=f":material/{icon}:",
                disabled=not 0 <= to <= last,
                on_click=steps.update,
                args=({code: to},),
                width="stretch",
            )
    return step


def _look(step: Step, look_for: str) -> None:
    st.markdown(lessons.markdown(step.text))
    if step.look:
        st.markdown(f"**{look_for}** {lessons.markdown(step.look)}")


def _ask(room: Room, question: Question, prediction: Prediction | None, said: dict[str, str]) -> None:
    if prediction is not None:
        st.subheader(lessons.markdown(prediction.question), anchor=False)
    try:
        own = outbox.own(room.code, question)
        if room.revealed == question.key:
            of_class(room, question, prediction, own)
            if prediction is not None:
                st.markdown(lessons.markdown(prediction.explanation))
            if own is None:
                st.caption(said["unanswered"])
            return
    except ClassroomError as error:
        own = None
        st.warning(f"{presence.sentence(room.code, error)} {said['answer_anyway']}")
    if prediction is None:
        st.caption(said["take_up"] if own is None else question.choices[own])
        return
    if question.choices:
        _choices(room.code, question, own)
    else:
        _place(room, question, prediction, own)
    if own is None:
        st.caption(said["unseen"])
    else:
        chosen = lessons.markdown(question.choices[own].removesuffix(".")) if question.choices else None
        given = said["your_place"] if chosen is None else said["your_choice"].format(value=chosen)
        st.success(f"{given} {said['changeable']}")


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


def _place(room, question, prediction, own):
    """An answer that is a number or a point, which can be changed later."""

    def on_answer(report):
        outbox.answer(room.code, question, report.get("answer"))

    given = None if own is None else question.value(own)
    answer_place(
        f"classroom {question.key}",
        asked(prediction, given, explained=False) | {"open": True},
        lessons.words_of(room),
        projected=False,
        **of_dicts(on_answer=on_answer),
    )


def of_class(
    room: Room, question: Question, prediction: Prediction | None, own: str | None = None, *, projected: bool = False
) -> None:
    """Draw the class's answers, with the right one and the reader's own; raises ClassroomError.

    prediction: None for a challenge. projected: enlarged for a class; the own answer is then the teacher's.
    """
    counts, said = live.counts(room.code, question), lessons.words_of(room)
    mine = said["lead" if projected else "you"]
    if prediction is None:
        st.html(votes.bars(counts, question.choices, own=own, mine=mine))
    elif question.choices:
        st.html(votes.bars(counts, question.choices, str(int(coordinates(prediction.answer)[0])), own, mine))
    else:
        given = None if own is None else question.value(own)
        shown = asked(prediction, given, explained=False) | solution(prediction)
        answer_place(
            f"classroom {question.key}, class",
            shown | {"open": False, "others": question.values(counts)},
            said | {"own": said["of_lead"]} if projected else said,
            projected=projected,
        )
