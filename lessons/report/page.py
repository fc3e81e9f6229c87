"""A report as HTML: its visible text is written from its facts, which are embedded for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from lessons.challenges import in_browser
from lessons.figures import localised
from lessons.reading import FIRST
from lessons.report import words
from lessons.report.pictures import Pictures
from lessons.sheet import address_of, head, link, sentence

FACTS = "report-facts"  # id of the element with the facts
KIND = "Latent Lab, report"  # the kind of file, as stated in it
STYLE = """
.own { width: auto; height: 10em; image-rendering: pixelated; }
table { border-collapse: collapse; font-size: 0.85em; margin: 0.4em 0; }
th, td { text-align: left; border-bottom: 1px solid #ccc; padding: 0.15em 0.8em 0.15em 0; vertical-align: top; }
td:nth-child(2) { text-align: right; }
"""


def file_name(lesson: str, language: str) -> str:
    """The file name of a report, without ".html"."""
    return f"report_{lesson}" + ("" if language == FIRST else f"_{language}")


def html(facts: Mapping[str, Any], pictures: Sequence[Pictures]) -> str:
    """The whole self-contained file. pictures: for each step."""
    said, language = words.of(facts["language"]), facts["language"]
    title = said["title"].format(title=facts["title"])
    about = said["about"].format_map(facts)
    file = f"{file_name(facts['lesson'], language)}.html"
    steps = "".join(
        _step(facts, entry, shown, said, file) for entry, shown in zip(facts["steps"], pictures, strict=True)
    )
    start = link(address_of(facts["address"], facts["lesson"], language))
    return (
        f"{head(language, title.replace('**', ''), STYLE, KIND)}<h1>{sentence(title)}</h1>\n"
        f'<p class="about">{escape(about)}</p>\n<p>{said["name"]} <span class="line"></span></p>\n'
        f'<p class="about">{start}</p>\n{steps}'
        f'<p class="about">{said["check"]} <code>python -m lessons.check {escape(file)}</code></p>\n'
        f'<script type="application/json" id="{FACTS}">{_json(facts)}</script>\n</body></html>\n'
    )


def _json(facts):
    """JSON escaped so that it cannot end the element that contains it."""
    text = json.dumps(facts, ensure_ascii=False, allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _step(facts, entry, of_step, said, file):
    number = entry["step"]
    parts = [f"<section>\n<h2>{said['step'].format(step=number)}</h2>\n<p>{sentence(entry['text'])}</p>\n"]
    if of_step.view:
        parts.append(_picture(of_step.view, said["picture"].format(step=number)))
    if "question" in entry:
        parts.append(_question(entry["question"], said))
    challenge = entry.get("challenge", {})
    if challenge:
        parts.append(_challenge(challenge, said))
    if of_step.own:
        parts.append(_picture(of_step.own, said["own_picture"].format(step=number), ' class="own"'))
    parts.append(_numbers(entry, facts["language"], said, f"python -m lessons.check {file} --step {number}"))
    links = {said["view"]: entry["view"]} | ({said["own"]: challenge["view"]} if challenge.get("tried") else {})
    base = facts["address"]
    parts += [f'<p class="about">{name}: {link(f"{base}/{view}")}</p>\n' for name, view in links.items()]
    return "".join(parts) + "</section>\n"


def _picture(url: str, alt: str, kind: str = "") -> str:
    return f'<img{kind} alt="{escape(alt)}" src="{escape(url)}">\n'


def _question(question, said):
    asked = f'<p class="question">{sentence(question["question"])}</p>\n'
    if question["given"] is None:
        return f"{asked}<p>{said['none']}</p>\n"
    given = said["given"].format(answer=question["answer"])
    if "expected" not in question:
        return f"{asked}<p>{escape(given)}</p>\n<p>{said['hidden']}</p>\n"
    mark = "✓ " + said["right"] if question["right"] else "✗ " + said["wrong"]
    expected = said["expected"].format(expected=question["expected"])
    explained = f"{escape(expected)}{'' if expected.endswith('.') else '.'} {sentence(question['explanation'])}"
    return f'{asked}<p>{escape(given)} <b>{mark}</b></p>\n<p class="answer">{explained}</p>\n'


def _challenge(challenge, said):
    if not challenge["tried"]:
        return f"<p>{said['not_tried']}</p>\n"
    mark = "✓ " + said["reached"] if challenge["reached"] else said["not_reached"]
    return f'<p><b>{mark}</b></p>\n<p class="answer">{escape(challenge["words"])}</p>\n'


def _numbers(entry, language, said, command):
    """A row for each number: its name, its value, and how to compute it again."""
    challenge = entry.get("challenge", {})
    again = said["browser"] if challenge and in_browser(challenge["check"]) else command
    rows = [(name, value, again) for name, value in challenge.get("numbers", {}).items()]
    rows += [(name, value, command) for name, value in entry["figures"].items()]
    if not rows:
        return ""
    heads = "".join(f"<th>{said[name]}</th>" for name in ("number", "value", "command"))
    lines = "".join(
        f"<tr><td>{escape(words.number(name, language))}</td><td>{escape(localised(f'{value:.6g}', language))}</td>"
        f"<td>{f'<code>{escape(how)}</code>' if how == command else escape(how)}</td></tr>\n"
        for name, value, how in rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>\n{lines}</tbody></table>\n"
