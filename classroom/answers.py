"""Participants of a room and their answers: the last answer of each to a question counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from classroom import clock, limits, rooms
from classroom.database import insert, reading, writing
from classroom.errors import TooMany
from classroom.questions import Question
from classroom.tables import answers, participants
from classroom.tables import rooms as rooms_table

MOST_PHONES = 300  # in one room at the same time
MOST_EVER = 3000  # phones during the life of a room; one that loses its cookies counts again
MINUTE = 60
MOST_ANSWERS = 60  # of one phone per minute, changed ones included
PRESENT = 90  # seconds without news after which a phone counts as gone
COLUMNS = ["lesson", "question", "phone", "answer", "time"]


def join(engine: Engine, code: str, participant: str) -> None:
    """Record that a phone is in the room, or still there. Raises TooMany if the room is full."""
    with writing(engine) as connection:
        rooms.present(connection, code)
        _join(connection, code, participant)


def phones(engine: Engine, code: str) -> int:
    """The number of phones in the room now."""
    heard = (participants.c.room == code) & (participants.c.seen >= clock.now() - PRESENT)
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(participants).where(heard)).scalar_one()


def give(engine: Engine, code: str, participant: str, question: Question, answer: object) -> None:
    """Store an answer, replacing this participant's earlier one to this question.

    Raises WrongAnswer for an invalid answer, TooMany for a phone that answers too often.
    """
    now, stored = clock.now(), question.stored(answer)
    with writing(engine) as connection:
        rooms.present(connection, code)
        if limits.count(connection, f"answer {code} {participant}", MINUTE) > MOST_ANSWERS:
            raise TooMany("Too many answers came from one phone: wait a minute, then answer once more.")
        _join(connection, code, participant)
        row = {"room": code, "question": question.key, "participant": participant}
        new = {"answer": stored, "time": now}
        connection.execute(
            insert(connection, answers)
            .values(**row, **new)
            .on_conflict_do_update(index_elements=[answers.c[name] for name in row], set_=new)
        )
        connection.execute(
            update(rooms_table).where(rooms_table.c.code == code).values(answered=rooms_table.c.answered + 1)
        )


def own(engine: Engine, code: str, participant: str) -> dict[str, str]:
    """{question: answer} of one participant, as stored."""
    this = (answers.c.room == code) & (answers.c.participant == participant)
    with reading(engine) as connection:
        found = connection.execute(select(answers.c.question, answers.c.answer).where(this)).all()
    return dict(found)


def counts(engine: Engine, code: str, question: Question) -> dict[str, int]:
    """{answer: number of times}, for choices in the question's order; for numbers those that were given.

    Stored answers that became invalid because the lesson's file was changed are left out.
    """
    this = (answers.c.room == code) & (answers.c.question == question.key)
    with reading(engine) as connection:
        rows = connection.execute(select(answers.c.answer, func.count()).where(this).group_by(answers.c.answer)).all()
    found = dict(rows)
    if question.choices:
        return {choice: found.get(choice, 0) for choice in question.choices}
    return {answer: count for answer, count in found.items() if question.admits(answer)}


def table(engine: Engine, code: str, secret: str) -> list[dict[str, Any]]:
    """Every answer in the room as a row of COLUMNS, also after its end; raises NotTheTeacher without the secret.

    phone: 1, 2, … in the order in which they came; the anonymous ids never leave the database.
    """
    of_phone = (participants.c.room == answers.c.room) & (participants.c.participant == answers.c.participant)
    with reading(engine) as connection:
        rooms.check(connection, code, secret)
        lesson = connection.execute(select(rooms_table.c.lesson).where(rooms_table.c.code == code)).scalar_one()
        found = connection.execute(
            select(answers, participants.c.joined)
            .join(participants, of_phone)
            .where(answers.c.room == code)
            .order_by(participants.c.joined, answers.c.participant, answers.c.time)
        ).all()
    place = _places(row.participant for row in found)
    return [
        dict(zip(COLUMNS, (lesson, row.question, place[row.participant], row.answer, row.time), strict=True))
        for row in found
    ]


def _places(names: Iterable[str]) -> dict[str, int]:
    """{name: 1, 2, …} in the order of their first appearance."""
    return {name: place for place, name in enumerate(dict.fromkeys(names), 1)}


def _join(connection: Connection, code: str, participant: str) -> None:
    now = clock.now()
    this = (participants.c.room == code) & (participants.c.participant == participant)
    if connection.execute(update(participants).where(this).values(seen=now)).rowcount:
        return
    ever = select(func.count()).select_from(participants).where(participants.c.room == code)
    inside = ever.where(participants.c.seen >= now - PRESENT)
    if connection.execute(inside).scalar_one() >= MOST_PHONES or connection.execute(ever).scalar_one() >= MOST_EVER:
        raise TooMany("This room is full: it has places for {count} phones.", count=MOST_PHONES)
    row = insert(connection, participants).values(room=code, participant=participant, joined=now, seen=now)
    connection.execute(row.on_conflict_do_nothing())
