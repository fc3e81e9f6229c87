"""Lessons for the app: read again when one of their files has changed."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import lessons
from lessons import Lesson, LessonError, languages
from lessons.reading import FIRST, FOLDER


def lesson(name: str, language: str) -> Lesson:
    """lessons.read, cached until a file of the lesson changes; raises LessonError as there."""
    files = FOLDER.glob(f"*/{name}.toml") if name in lessons.names() else ()  # a link may ask for anything
    times = tuple(_changed(file) for file in sorted(files))
    return _read(name, language, times)


def _changed(file: Path) -> int:
    """The time of its last change; 0 if it is just being replaced, as editors and git do."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def readable(names: list[str], language: str = FIRST) -> dict[str, Lesson]:
    """{name: lesson} for the readable ones, in the first language if they do not exist in this one.

    Errors in the others are shown, with file and line.
    """
    found = {}
    for name in names:
        try:
            found[name] = lesson(name, language if language in languages(name) else FIRST)
        except LessonError as error:
            st.error(str(error))
    return found


@st.cache_data(ttl=600, max_entries=64, show_spinner=False)  # figures of newly trained checkpoints
def _read(name: str, language: str, times: tuple[int, ...]) -> Lesson:
    return lessons.read(name, language)
