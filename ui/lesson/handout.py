"""A lesson on paper: one HTML file with its pictures and questions, and optionally the answers."""

from __future__ import annotations

import base64
from html import escape

from lessons import Lesson, Prediction, Step, sheet
from lessons.figures import localised
from lessons.model import coordinates
from lessons.pictures import file
from lessons.sheet import link, sentence
from ui.lesson import words
from ui.lesson.paper import drawing

KIND = "Latent Lab, handout"
STYLE = """
svg { display: block; max-width: 100%; height: auto; margin: 0.4em 0; }
ul.choices { list-style: "☐  "; padding-left: 1.6em; margin: 0.2em 0; }
ul.choices .right { font-weight: 700; list-style: "☒  "; }
"""


def handout(lesson: Lesson, address: str, *, answers: bool) -> str:
    """The lesson as a self-contained HTML page.

    address: of the app, for links to the steps. answers: whether solutions and explanations are included, for teachers.
    """
    base = address.rstrip("/")
    address = sheet.address_of(base, lesson.name, lesson.language)
    goals = "".join(f"<li>{sentence(goal)}</li>" for goal in lesson.goals)
    steps = "".join(_step(lesson, place, step, base, answers) for place, step in enumerate(lesson.steps))
    said = words.of(lesson.language)
    kind = f"{said['teacher']} " if answers else ""
    about = said["about"].format(minutes=lesson.minutes, steps=len(lesson.steps))
    return (
        f"{sheet.head(lesson.language, lesson.title, STYLE, KIND)}<h1>{sentence(lesson.title)}</h1>\n"
        f'<p class="about">{kind}{about} {sentence(lesson.audience)}.</p>\n'
        f'<p class="about">{link(address)}</p>\n<p>{said["after"]}</p>\n<ul>{goals}</ul>\n{steps}'
        "</body></html>\n"
    )


def _step(lesson: Lesson, place: int, step: Step, base: str, answers: bool) -> str:
    said = words.of(lesson.language)
    heading = said["heading"].format(step=place + 1, minutes=step.minutes)
    parts = [f"<section>\n<h2>{heading}</h2>\n<p>{sentence(step.text)}</p>\n"]
    # If the page waits for the answer, its picture would give the answer away.
    if (answers or not step.covered) and (picture := file(lesson.name, place)).exists():
        raw = base64.b64encode(picture.read_bytes()).decode()
        parts.append(f'<img alt="The view of step {place + 1}" src="data:image/webp;base64,{raw}">\n')
    if step.prediction is not None:
        parts.append(_question(step.prediction, said, answers))
    if step.look:
        parts.append(f"<p><b>{said['look']}</b> {sentence(step.look)}</p>\n")
    return "".join(parts) + f'<p class="about">{said["view"]}: {link(f"{base}/{step.link}")}</p>\n</section>\n'


def _question(asked: Prediction, said: dict[str, str], answers: bool) -> str:
    question = f'<p class="question">{sentence(asked.question)}</p>\n'
    if not asked.axes:
        marked = [' class="right"' if answers and k == asked.answer else "" for k in range(len(asked.choices))]
        items = "".join(f"<li{mark}>{sentence(one)}</li>" for mark, one in zip(marked, asked.choices, strict=True))
        question += f'<ul class="choices">{items}</ul>\n'
    elif len(asked.axes) == 2:
        question += f"<p>{said['mark']}</p>\n{drawing(asked, said['numbers'], answer=answers)}"
    else:
        (axis,), (right,) = asked.axes, coordinates(asked.answer)
        low, high, right = (
            escape(localised(axis.written(value, form), said["numbers"]))
            for value, form in ((axis.low, "g"), (axis.high, "g"), (right, ".3g"))
        )
        given = f"<b>{right}</b>" if answers else '<span class="line"></span>'
        question += f"<p>{said['bounds'].format(low=low, high=high)}: {given}</p>\n"
        question += drawing(asked, said["numbers"], answer=answers)
    return question + (f'<p class="answer">{sentence(asked.explanation)}</p>\n' if answers else "")
