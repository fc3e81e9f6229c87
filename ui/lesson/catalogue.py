"""Lessons as the app reads them: again when one of their files has changed."""

from __future__ import annotations

import streamlit as st

import lessons
from lessons import Lesson
from lessons.reading import FOLDER


def lesson(name: str, language: str) -> Lesson:
    """lessons.read, kept until a file of the lesson changes; LessonError as there."""
    times = tuple(file.stat().st_mtime_ns for file in sorted(FOLDER.glob(f"*/{name}.toml")))
    return _read(name, language, times)


@st.cache_data(ttl=600, max_entries=64, show_spinner=False)  # figures of a checkpoint that was trained meanwhile
def _read(name: str, language: str, times: tuple[int, ...]) -> Lesson:
    return lessons.read(name, language)
