"""A student's answers in the strip of a lesson, in a room: they are sent to the room, and explained when the teacher
shows the answers."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.errors import ClassroomError
from classroom.rooms import Room
from lessons.model import Answer
from ui import lesson as strip
from ui.classroom import lessons, outbox, presence
from ui.lesson import Outcome, Place


@dataclass(frozen=True)
class OfStudent:
    """The answers of a student in a room, for ui.lesson.show."""

    room: Room

    def given(self, place: Place) -> Answer | None:
        question = self._question(place)
        if question is None:
            return strip.given(place.name, place.step)
        try:
            stored = outbox.own(self.room.code, question)
        except ClassroomError:
            return None
        return None if stored is None else lessons.as_given(question, stored)

    def answered(self, place: Place, answer: Answer) -> None:
        question = self._question(place)
        if question is None:
            strip.answered(place.name, place.step, answer)
        else:
            outbox.answer(self.room.code, question, lessons.as_stored(question, answer))

    def explained(self, place: Place) -> bool:
        """Whether the teacher shows the answers, or did while this visit was in the room."""
        question = self._question(place)
        return question is None or self._shown(place) or question.key in presence.revealed(self.room.code)

    def asks(self, place: Place) -> bool:
        return True

    def waits(self, place: Place) -> bool:
        return self.given(place) is None and not self._shown(place)

    def checked(self, place: Place, said: Outcome) -> None:
        strip.checked(place.name, place.step, said)
        question = self._question(place)
        if question is not None and self.given(place) != lessons.REACHED:  # a challenge that was once met stays met
            outbox.answer(self.room.code, question, lessons.as_stored(question, int(said.reached)))

    def _shown(self, place):
        """Whether the teacher shows the answers to the question of this step."""
        question = self._question(place)
        return question is not None and self.room.revealed == question.key

    def _question(self, place):
        """The room's question at this step; None in another lesson."""
        same = lessons.name(place) == self.room.lesson
        return lessons.question(place.lesson(), place.step) if same else None


class OfTeacher(OfStudent):
    """The same for the teacher, whose answers are not the class's. A page with the answer waits for the class."""

    def explained(self, place: Place) -> bool:
        return True

    def asks(self, place: Place) -> bool:
        return not self._shown(place)  # the bar then draws it, with the answers of the class

    def checked(self, place: Place, said: Outcome) -> None:
        strip.checked(place.name, place.step, said)

    def given(self, place: Place) -> Answer | None:
        return strip.given(place.name, place.step)

    def answered(self, place: Place, answer: Answer) -> None:
        strip.answered(place.name, place.step, answer)
