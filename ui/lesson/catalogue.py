"""Lessons as the app reads them: again when one of their files has changed."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import lessons
from lessons import Lesson, LessonError, languages
from lessons.reading import FIRST, FOLDER


def lesson(name: str, language: str) -> Lesson:
    """lessons.read, kept until a file of the lesson changes; LessonError as there."""
    files = FOLDER.glob(f"*/{name}.toml") if name in lessons.names() else ()  # a link may ask for anything
    times = tuple(_changed(file) for file in sorted(files))
    return _read(name, language, times)


def _changed(file: Path) -> int:
    """The time of its last change; 0 where it has just gone, as editors and git put a new file in its place."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def readable(names: list[str], language: str = FIRST) -> dict[str, Lesson]:
    """{name: lesson} of those that can be read, in the first language where they are not there in this one.

    What is wrong with the others is shown, with file and line.
    """
    found = {}
    for name in names:
        try:
            found[name] = lesson(name, language if language in languages(name) else FIRST)
        except LessonError as error:
            st.error(str(error))
    return found


@st.cache_data(ttl=600, max_entries=64, show_spinner=False)  # figures of a checkpoint that was trained meanwhile
def _read(name: str, language: str, times: tuple[int, ...]) -> Lesson:
    return lessons.read(name, language)
