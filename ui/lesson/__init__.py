"""A lesson over the real pages: the visitor's place in it, the strip above the page, and the answers."""

from lessons.challenges import Outcome
from ui.lesson.answers import answered, given
from ui.lesson.outcome import checked
from ui.lesson.place import Place, arrive, current, go, leave
from ui.lesson.strip import ROOM, show

__all__ = ["ROOM", "Outcome", "Place", "answered", "arrive", "checked", "current", "given", "go", "leave", "show"]
