"""Errors in a room, in the languages of lessons."""

import ast
import string
from pathlib import Path

import pytest

import classroom
from classroom import database, rooms
from classroom.errors import NoRoom, TooMany, WrongAnswer
from classroom.questions import Question
from ui.classroom import lessons, sentences

# What only teachers are told, on pages that are English, and what names a setting of the server.
OF_TEACHERS = ("rooms were opened", "too many rooms", "Only the teacher", "address of this view", "LATENT_LAB_DATABASE")


def raised(module: str) -> list[str]:
    """The sentences of errors that are raised in a file."""
    found = [node.exc for node in ast.walk(ast.parse(Path(module).read_text("utf-8"))) if isinstance(node, ast.Raise)]
    calls = [error for error in found if isinstance(error, ast.Call) and error.args]
    return [error.args[0].value for error in calls if isinstance(error.args[0], ast.Constant)]


def fields(template: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_sentence_that_a_phone_can_show_is_translated():
    files = [*Path(classroom.__path__[0]).glob("*.py"), lessons.__file__]
    shown = {text for file in files for text in raised(file) if not any(part in text for part in OF_TEACHERS)}
    shown |= {rooms.OVER, database.BUSY, *(database.sentence(OSError(text)) for text in ("disk full", "read-only", ""))}
    assert len(shown) > 10
    for language, known in sentences.TEMPLATES.items():
        assert shown - known.keys() == set(), language


@pytest.mark.parametrize("language", sentences.TEMPLATES)
def test_a_translation_has_the_fields_of_its_sentence(language):
    for template, translated in sentences.TEMPLATES[language].items():
        assert fields(template) == fields(translated), template


def test_numbers_are_written_as_the_language_writes_them():
    with pytest.raises(WrongAnswer) as refused:
        Question("a", bounds=((0.5, 2.0),)).stored(3)
    assert "from 0.5 to 2" in str(refused.value)
    assert "von 0,5 bis 2" in sentences.said(refused.value, "de")
    with pytest.raises(WrongAnswer) as refused:
        Question("a", bounds=((0.5, 2.0), (-1.0, 1.5))).stored(3)
    assert "from 0.5 to 2 and from -1 to 1.5" in str(refused.value)
    assert "von 0,5 bis 2 und von -1 bis 1,5" in sentences.said(refused.value, "de")


def test_sentences_in_other_languages_and_unknown_ones_stay_english():
    assert sentences.said(TooMany("This room is full: it has places for {count} phones.", count=500), "fr") == (
        "This room is full: it has places for 500 phones."
    )
    assert sentences.said(NoRoom("Something {strange}."), "de") == "Something {strange}."
