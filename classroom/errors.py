"""Errors of rooms; the text of each is one sentence for the user."""


class ClassroomError(Exception):
    """Any of the errors below. template: its English sentence with fields; values: of the fields.

    A phone shows the same template in the language of its lesson (ui/classroom/sentences.py).
    """

    def __init__(self, template: str, **values: object):
        super().__init__(template.format(**values) if values else template)
        self.template, self.values = template, values


class NoRoom(ClassroomError):
    """No room has this code."""


class RoomOver(ClassroomError):
    """The room has ended."""


class NotTheTeacher(ClassroomError):
    """The secret is not that of the room."""


class WrongAnswer(ClassroomError):
    """Not one of the question's answers."""


class TooLong(ClassroomError):
    """A text does not fit into the database."""


class TooMany(ClassroomError):
    """A limit is reached: of codes tried, rooms opened, answers or phones."""


class Unavailable(ClassroomError):
    """The database is full, locked or unavailable. Nothing was stored; the same call may succeed later."""
