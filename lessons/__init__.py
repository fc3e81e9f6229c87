"""Lessons: one readable file each, lessons/en/NAME.toml; lessons/LANGUAGE/NAME.toml has its words in another language.

`read(name)` gives a Lesson, in which every figure that a sentence quotes has been read from a card, or raises a
LessonError that names file and line.
"""

from lessons.model import Challenge, Lesson, LessonError, Prediction, Step
from lessons.reading import languages, names, read

__all__ = ["Challenge", "Lesson", "LessonError", "Prediction", "Step", "languages", "names", "read"]
