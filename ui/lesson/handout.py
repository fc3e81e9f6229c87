"""A lesson on paper: one HTML file with its pictures and questions, and on request the answers."""

from __future__ import annotations

import base64
from html import escape

from lessons import Lesson, Prediction, Step
from lessons.pictures import file
from lessons.reading import FIRST
from ui.lesson import words

STYLE = """
body { font: 12pt/1.45 system-ui, sans-serif; max-width: 48em; margin: 2em auto; padding: 0 1em; color: #1a1d29; }
h1 { font-size: 1.6em; margin: 0 0 0.2em; }
h2 { font-size: 1.1em; margin: 0 0 0.3em; }
section { break-inside: avoid; border-top: 1px solid #bbb; margin-top: 1.2em; padding-top: 0.8em; }
img { width: 100%; max-width: 34em; border: 1px solid #ccc; border-radius: 4px; display: block; margin: 0.6em 0; }
.about { color: #50566a; margin: 0 0 0.4em; }
.question { font-weight: 600; margin: 0.6em 0 0.2em; }
ul.choices { list-style: "☐  "; padding-left: 1.6em; margin: 0.2em 0; }
ul.choices .right { font-weight: 700; list-style: "☒  "; }
.line { border-bottom: 1px solid #777; display: inline-block; width: 9em; }
.answer { background: #eef1fb; padding: 0.3em 0.6em; border-radius: 4px; }
a { color: #3056d3; overflow-wrap: anywhere; }
@media print { body { margin: 0 auto; font-size: 10.5pt } a { color: inherit } }
"""


def handout(lesson: Lesson, address: str, *, answers: bool) -> str:
    """The lesson as a page of HTML that needs nothing else.

    address: of the app, for the links of the steps. answers: with what is right and why, for the teacher.
    """
    base = address.rstrip("/")
    link = f"{base}/?lesson={lesson.name}" + ("" if lesson.language == FIRST else f"&lang={lesson.language}")
    goals = "".join(f"<li>{_words(goal)}</li>" for goal in lesson.goals)
    steps = "".join(_step(lesson, place, step, base, answers) for place, step in enumerate(lesson.steps))
    said = words.of(lesson.language)
    kind = f"{said['teacher']} " if answers else ""
    about = said["about"].format(minutes=lesson.minutes, steps=len(lesson.steps))
    return (
        f'<!doctype html>\n<html lang="{escape(lesson.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(lesson.title)}</title>'
        f"<style>{STYLE}</style></head><body>\n<h1>{_words(lesson.title)}</h1>\n"
        f'<p class="about">{kind}{about} {_words(lesson.audience)}.</p>\n'
        f'<p class="about">{_link(link)}</p>\n<p>{said["after"]}</p>\n<ul>{goals}</ul>\n{steps}'
        "</body></html>\n"
    )


def _step(lesson: Lesson, place: int, step: Step, base: str, answers: bool) -> str:
    said = words.of(lesson.language)
    heading = said["heading"].format(step=place + 1, minutes=step.minutes)
    parts = [f"<section>\n<h2>{heading}</h2>\n<p>{_words(step.text)}</p>\n"]
    if (picture := file(lesson.name, place)).exists():
        raw = base64.b64encode(picture.read_bytes()).decode()
        parts.append(f'<img alt="The view of step {place + 1}" src="data:image/webp;base64,{raw}">\n')
    if step.prediction is not None:
        parts.append(_question(step.prediction, said, answers))
    if step.look:
        parts.append(f"<p><b>{said['look']}</b> {_words(step.look)}</p>\n")
    return "".join(parts) + f'<p class="about">{said["view"]}: {_link(f"{base}/{step.link}")}</p>\n</section>\n'


def _question(asked: Prediction, said: dict[str, str], answers: bool) -> str:
    question = f'<p class="question">{_words(asked.question)}</p>\n'
    if asked.bounds is None:
        marked = [' class="right"' if answers and k == asked.answer else "" for k in range(len(asked.choices))]
        items = "".join(f"<li{mark}>{_words(one)}</li>" for mark, one in zip(marked, asked.choices, strict=True))
        question += f'<ul class="choices">{items}</ul>\n'
    else:
        low, high = (f"{bound:g} {escape(asked.unit)}".strip() for bound in asked.bounds)
        given = f"<b>{asked.answer:.3g} {escape(asked.unit)}</b>" if answers else '<span class="line"></span>'
        question += f"<p>{said['bounds'].format(low=low, high=high)}: {given}</p>\n"
    return question + (f'<p class="answer">{_words(asked.explanation)}</p>\n' if answers else "")


def _words(text: str) -> str:
    """A sentence of a lesson as HTML: **strong**, and everything else as it is written."""
    parts = escape(text).split("**")
    return "".join(f"<b>{part}</b>" if k % 2 else part for k, part in enumerate(parts))


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address)}</a>'
