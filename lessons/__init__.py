"""Lessons: one readable file each, lessons/en/NAME.toml; lessons/LANGUAGE/NAME.toml has its words in another language.

`read(name)` returns a Lesson, in which the figures quoted by sentences have been read from cards, or raises a
LessonError that names file and line.
"""

from lessons.model import Challenge, Lesson, LessonError, Prediction, Step
from lessons.reading import languages, names, read

__all__ = ["Challenge", "Lesson", "LessonError", "Prediction", "Step", "languages", "names", "read"]
