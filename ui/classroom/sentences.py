"""Errors of a room in the language of its lesson: what a phone shows for a ClassroomError."""

from __future__ import annotations

from classroom.errors import ClassroomError
from lessons.sentences import Writer

TEMPLATES = {  # {language: {template of an error: its translation}}
    "de": {
        "No room has this code: check it against the six letters and digits on the teacher's screen.": "Kein Raum hat "
        "diesen Code: Vergleichen Sie ihn mit den sechs Buchstaben und Ziffern auf dem Bildschirm der Lehrkraft.",
        "This room no longer exists: its teacher has deleted it.": "Diesen Raum gibt es nicht mehr: Die Lehrkraft "
        "hat ihn gelöscht.",
        "This room has ended: a room closes automatically six hours after it was opened.": "Dieser Raum ist "
        "geschlossen: Ein Raum endet sechs Stunden nach dem Öffnen von selbst.",
        "The lesson of this room cannot be shown: {error}": "Die Lektion dieses Raums kann nicht gezeigt werden: "
        "{error}",
        "Too many wrong codes came from here: wait five minutes, then type the code on the screen.": "Von hier kamen "
        "zu viele falsche Codes: Warten Sie fünf Minuten und geben Sie dann den Code vom Bildschirm ein.",
        "Too many answers came from one phone: wait a minute, then answer once more.": "Von einem Gerät kamen zu viele "
        "Antworten: Warten Sie eine Minute und antworten Sie dann noch einmal.",
        "This room is full: it has places for {count} phones.": "Dieser Raum ist voll: Er hat Platz für {count} "
        "Geräte.",
        "This is not one of the answers to choose from, so it was not counted.": "Das ist keine der Antworten, die zur "
        "Wahl stehen; sie wurde nicht gezählt.",
        "An answer here is a number from {low:g} to {high:g}, so what was sent was not counted.": "Gefragt ist eine "
        "Zahl von {low:g} bis {high:g}; was gesendet wurde, wurde nicht gezählt.",
        "An answer here is a point from {left:g} to {right:g} and from {low:g} to {high:g}, so what was sent was not "
        "counted.": "Gefragt ist ein Punkt von {left:g} bis {right:g} und von {low:g} bis {high:g}; was gesendet "
        "wurde, wurde nicht gezählt.",
        "The database of the rooms is busy.": "Die Datenbank der Räume ist gerade beschäftigt.",
        "The database of the rooms is full: free some space on its disk.": "Die Datenbank der Räume ist voll: Auf "
        "ihrer Festplatte muss Platz geschaffen werden.",
        "The database of the rooms cannot be written.": "Die Datenbank der Räume kann nicht beschrieben werden.",
        "The database of the rooms does not answer.": "Die Datenbank der Räume antwortet nicht.",
    },
}


def said(error: ClassroomError, language: str) -> str:
    """The sentence for an error in a language, or in English if there is no translation."""
    template = TEMPLATES.get(language, {}).get(error.template)
    return str(error) if template is None else Writer(language).format(template, **error.values)
