"""HTML for printed parts of lessons: style, sentences and links."""

from __future__ import annotations

from html import escape

from lessons.reading import FIRST

STYLE = """
body { font: 12pt/1.45 system-ui, sans-serif; max-width: 48em; margin: 2em auto; padding: 0 1em; color: #1a1d29; }
h1 { font-size: 1.6em; margin: 0 0 0.2em; }
h2 { font-size: 1.1em; margin: 0 0 0.3em; }
section { break-inside: avoid; border-top: 1px solid #bbb; margin-top: 1.2em; padding-top: 0.8em; }
img { width: 100%; max-width: 34em; border: 1px solid #ccc; border-radius: 4px; display: block; margin: 0.6em 0; }
.about { color: #50566a; margin: 0 0 0.4em; }
.question { font-weight: 600; margin: 0.6em 0 0.2em; }
.line { border-bottom: 1px solid #777; display: inline-block; width: 9em; }
.answer { background: #eef1fb; padding: 0.3em 0.6em; border-radius: 4px; }
a { color: #3056d3; overflow-wrap: anywhere; }
@media print { body { margin: 0 auto; font-size: 10.5pt } a { color: inherit } }
"""


def head(language: str, title: str, style: str, kind: str) -> str:
    """The page up to its body. style: rules in addition to STYLE. kind: what generated the page."""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f'<meta name="generator" content="{escape(kind)}"><title>{escape(title)}</title>'
        f"<style>{STYLE}{style}</style></head><body>\n"
    )


def sentence(text: str) -> str:
    """A sentence of a lesson as HTML, with only **strong** as markup."""
    parts = escape(text).split("**")
    return "".join(f"<b>{part}</b>" if k % 2 else part for k, part in enumerate(parts))


def link(address: str) -> str:
    """An address that can be clicked and, on paper, read."""
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def address_of(base: str, lesson: str, language: str) -> str:
    """The address that starts a lesson. base: address of the app, without a trailing slash."""
    return f"{base}/?lesson={lesson}" + ("" if language == FIRST else f"&lang={language}")
