"""Reads a lesson: the requirements on every entry, and the message if one is violated."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from lessons import backgrounds
from lessons.figures import FigureError, filled_in, number
from lessons.model import CHECKS, FRAME, Axis, Challenge, Lesson, LessonError, Prediction, Step
from lessons.source import Source

FOLDER = Path(__file__).parent
FIRST = "en"  # the language in which a lesson is complete; other languages contain only its words
# From basic to advanced; lessons that are not listed follow.
ORDER = ["latent_space", "vae", "holes", "jsd", "gan", "wgan", "flow", "measuring", "disentanglement", "challenges"]
SENTENCES = 2  # in the text of a step, at most
_WORDS = {  # entries of a file in another language
    "": {"title", "audience", "goals", "step"},
    "step": {"text", "look", "prediction", "challenge"},
    "prediction": {"question", "choices", "explanation", "unit", "axes"},
    "challenge": {"hint"},
}
_MORE = {  # further entries of the file in the first language
    "": {"picture"},
    "step": {"link", "minutes", "controls", "only", "at", "covered"},
    "prediction": {"answer", "range", "tolerance", "plane"},
    "challenge": {"check"},
}


def names() -> list[str]:
    """The names of all lessons, in the order in which they are taught."""
    found = [file.stem for file in (FOLDER / FIRST).glob("*.toml")]
    return sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))


def languages(name: str) -> list[str]:
    """The languages in which a lesson exists, FIRST first."""
    found = sorted(file.parent.name for file in FOLDER.glob(f"*/{name}.toml"))
    return [FIRST, *(language for language in found if language != FIRST)]


def read(name: str, language: str = FIRST) -> Lesson:
    """The lesson in a language; raises LessonError if it does not exist or its file has an error."""
    if name not in names():
        raise LessonError(f"There is no lesson “{name[:40]}”.")
    original = Source(FOLDER / FIRST / f"{name}.toml")
    _known(original, {table: _WORDS[table] | _MORE[table] for table in _WORDS})
    if language == FIRST:
        return _lesson(name, FIRST, [original])
    if language not in languages(name):
        raise LessonError(f"The lesson “{name}” is not available in “{language[:10]}”.")
    translation = Source(FOLDER / language / f"{name}.toml")
    _known(translation, _WORDS)
    translated, first = len(translation.entries.get("step", [])), len(original.entries.get("step", []))
    if translated != first:
        raise translation.error(f"this lesson has {first} steps in {FIRST}, but {translated} here.")
    return _lesson(name, language, [translation, original])


def _known(source: Source, allowed: dict[str, set[str]]) -> None:
    """Raises LessonError for an unknown entry, or a table that is not one."""

    def check(entries, table, step=None):
        inside = "" if table in ("", "step") else table
        for key in entries:
            if key not in allowed[table]:
                where = f"a {table}" if table else "a lesson"
                known = ", ".join(sorted(allowed[table]))
                raise source.error(f"“{key}” is not an entry of {where} here; there are {known}.", key, step, inside)

    check(source.entries, "")
    steps = source.entries.get("step", [])
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise source.error("a step begins with [[step]], in double brackets.", "step")
    for place, step in enumerate(steps):
        check(step, "step", place)
        for table in ("prediction", "challenge"):
            if not isinstance(part := step.get(table, {}), dict):
                raise source.error(f"a {table} begins with [step.{table}].", table, place)
            check(part, table, place)


class _Entries:
    """The entries of one table in several sources; the first source that has an entry is used."""

    def __init__(self, sources: list[Source], step: int | None = None, table: str = "") -> None:
        self.sources, self.step, self.table = sources, step, table

    def __contains__(self, key):
        return any(key in self._of(source) for source in self.sources)

    def _of(self, source) -> dict[str, Any]:
        entries = source.entries
        if self.step is not None:
            entries = entries["step"][self.step]
        return entries.get(self.table, {}) if self.table else entries

    def _source(self, key):
        """The source used for an entry, or the first one if none has it."""
        return next((source for source in self.sources if key in self._of(source)), self.sources[0])

    def error(self, problem, key):
        return self._source(key).error(problem, key, self.step, self.table)

    def get(self, key: str, kind: type | tuple[type, ...], words: str, default: Any = None) -> Any:
        """The entry, of this type; raises LessonError if it has another type, or is missing without a default."""
        value = self._of(self._source(key)).get(key, default)
        if value is None:
            raise self.error(f"“{key}” is missing: {words}.", key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(f"“{key}” has to be {words}.", key)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text with its figures filled in."""
        return self._filled(key, self.get(key, str, "a text in quotes", default))

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        values = self.get(key, list, "a list of texts", default)
        if not all(isinstance(value, str) for value in values):
            raise self.error(f"“{key}” has to be a list of texts.", key)
        return tuple(self._filled(key, value) for value in values)

    def _filled(self, key, text):
        try:
            return " ".join(filled_in(text, self._source(key).language).split())
        except FigureError as error:
            raise self.error(str(error), key) from None

    def number(self, key: str) -> float:
        """A number, or the figure of a card as "{card.metric}"."""
        return self._number(key, self.get(key, (int, float, str), "a number"))

    def point(self, key: str) -> tuple[float, float]:
        """Two numbers, each as in `number`."""
        values = self.get(key, list, words := "the two numbers of a place, [x, y]")
        if len(values) != 2 or not all(_is_number(value) or isinstance(value, str) for value in values):
            raise self.error(f"“{key}” has to be {words}.", key)
        x, y = (self._number(key, value) for value in values)
        return x, y

    def _number(self, key, value):
        try:
            return number(value) if isinstance(value, str) else float(value)
        except FigureError as error:
            raise self.error(str(error), key) from None


def _lesson(name, language, sources):
    entries = _Entries(sources)
    title, audience, goals = entries.text("title"), entries.text("audience"), entries.texts("goals")
    steps = entries.get("step", list, "a lesson needs at least one [[step]]")
    if not steps:
        raise entries.error("a lesson needs at least one [[step]].", "step")
    picture = entries.get("picture", int, "the number of a step", 1)
    if not 1 <= picture <= len(steps):
        raise entries.error(f"“picture” has to be the number of a step, from 1 to {len(steps)}.", "picture")
    steps = tuple(_step(sources, place) for place in range(len(steps)))
    return Lesson(name, language, title, audience, goals, steps, picture - 1)


def _step(sources, place):
    entries = _Entries(sources, place)
    page, query = _view(entries)
    minutes = entries.get("minutes", int, "whole minutes")
    if minutes < 1:
        raise entries.error("“minutes” has to be at least 1.", "minutes")
    text = entries.text("text")
    if len(re.findall(r"[.?!](?=\s|$)", text)) > SENTENCES:
        raise entries.error(f"“text” has more than {SENTENCES} sentences; a strip over a page has no room.", "text")
    return Step(
        page=page,
        query=query,
        minutes=minutes,
        text=text,
        look=entries.text("look", ""),
        controls=entries.texts("controls", []),
        only=entries.get("only", bool, "true or false", False),
        at=entries.text("at", ""),
        covered=_covered(entries),
        prediction=_prediction(sources, place) if "prediction" in entries else None,
        challenge=_challenge(sources, place) if "challenge" in entries else None,
    )


def _covered(entries):
    covered = entries.get("covered", bool, "true or false", False)
    if covered and "prediction" not in entries:
        raise entries.error("a step without a prediction would stay covered for ever.", "covered")
    return covered


def _view(entries):
    """(page, query) of a link as in the browser's address; the part before the page is dropped."""
    link = entries.get("link", str, "the address of a view, like jsd_wasserstein?theta=1")
    address, _, text = link.partition("?")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text))
    except ValueError:
        raise entries.error(f"“{text}” is not of the form name=value&name=value.", "link") from None
    if len(dict(pairs)) < len(pairs):
        raise entries.error("a parameter appears twice in this link.", "link")
    query = {key: value for key, value in pairs if key not in FRAME}
    return address.rstrip("/").rpartition("/")[2], query


def _prediction(sources, place):
    entries = _Entries(sources, place, "prediction")
    question, explanation = entries.text("question"), entries.text("explanation")
    if "plane" in entries:
        return _place(entries, question, explanation)
    if "range" in entries:
        low, high = _bounds(entries, "range", entries.get("range", list, "[lowest, highest]"))
        answer, axis = entries.number("answer"), Axis(low, high, unit=entries.text("unit", ""))
        if not axis.admits(answer):
            raise entries.error(f"the answer {answer:g} is not within the range.", "answer")
        return Prediction(question, explanation, answer, axes=(axis,), tolerance=_tolerance(entries))
    choices = entries.texts("choices")
    if len(choices) < 2:
        raise entries.error("“choices” needs at least two texts.", "choices")
    # A translation has the choices in the same order; the first language has the right one.
    original = _Entries(sources[-1:], place, "prediction")
    first, answer = original.texts("choices"), original.text("answer")
    if answer not in first:
        raise original.error(f"the answer “{answer}” is not among the choices.", "answer")
    if len(first) != len(choices):
        raise entries.error(f"there are {len(first)} choices in {FIRST}, but {len(choices)} here.", "choices")
    return Prediction(question, explanation, first.index(answer), choices)


PLANE = 'like {x = [-4, 4], y = [-4, 4]}, and perhaps points = "mnist_vae" and without = 9'
NARROWEST = 0.4  # the smallest ratio of a plane's sides


def _place(entries, question, explanation):
    """A prediction of a place in a plane."""
    plane = entries.get("plane", dict, PLANE)
    if unknown := set(plane) - {"x", "y", "points", "without"}:
        raise entries.error(f"“{min(unknown)}” is not a part of a plane, which is {PLANE}.", "plane")
    bounds = [_bounds(entries, "plane", plane.get(name), f"“{name}” of a plane") for name in "xy"]
    width, height = (high - low for low, high in bounds)
    if min(width / height, height / width) < NARROWEST:
        raise entries.error("a plane has axes of one scale, so neither may be 2.5 times as long as the other.", "plane")
    names = entries.texts("axes", ["x", "y"])
    if len(names) != 2:
        raise entries.error("“axes” has to be the names of x and y.", "axes")
    axes = tuple(Axis(*one, name) for one, name in zip(bounds, names, strict=True))
    asked = Prediction(
        question,
        explanation,
        entries.point("answer"),
        axes=axes,
        tolerance=_tolerance(entries),
        background=plane.get("points", ""),
        missing=plane.get("without"),
    )
    if not asked.admits(asked.answer):
        raise entries.error("the answer does not lie in the plane.", "answer")
    if asked.background or asked.missing is not None:
        _check_background(entries, asked)
    return asked


def _check_background(entries, asked):
    if not asked.background:
        raise entries.error("“without” needs “points”.", "plane")
    try:
        points = backgrounds.read(str(asked.background))
        if asked.missing is not None:
            if type(asked.missing) is not int:
                raise backgrounds.BackgroundError("“without” has to be the number of a class.")
            points.mean(asked.missing)
    except backgrounds.BackgroundError as error:
        raise entries.error(str(error), "plane") from None


def _bounds(entries, key, bounds, words=None):
    """(low, high) from an entry or a part of one; raises LessonError if it is invalid."""
    right = isinstance(bounds, list) and len(bounds) == 2 and all(_is_number(one) for one in bounds)
    if not right or not bounds[0] < bounds[1]:
        raise entries.error(f"{words or f'“{key}”'} has to be [lowest, highest].", key)
    return float(bounds[0]), float(bounds[1])


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _tolerance(entries):
    if not 0 <= (tolerance := entries.number("tolerance")) < math.inf:
        raise entries.error("“tolerance” has to be at least 0.", "tolerance")
    return tolerance


def _challenge(sources, place):
    entries = _Entries(sources, place, "challenge")
    if (check := entries.text("check")) not in CHECKS:
        raise entries.error(f"there is no check “{check}”; there are {', '.join(CHECKS)}.", "check")
    return Challenge(check, entries.text("hint"))
