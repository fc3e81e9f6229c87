"""The few words of the strip and of handouts in the languages of lessons. Pages, and their controls, stay English."""

from __future__ import annotations

ENGLISH = {
    "name": "English",
    "step": "Step {step} of {of}",
    "time": "{minutes} min · {left} min to the end",
    "previous": "Previous step",
    "next": "Next step",
    "back": "Back to the lesson",
    "only": "Hide other controls",
    "leave": "Leave the lesson",
    "look": "Look for",
    "right": "Right.",
    "wrong": "Not quite.",
    "later": "Your answer is in. The teacher will show the answers of the class.",
    "expect": "Drag to where you expect it",
    "own": "You: {value}",
    "give": "That is my answer",
    "check": "Check",
    "checking": "Checking …",
    "done": "Done.",
    "not_yet": "Not yet.",
    "hint": "Hint",
    "end": "This was the last step: {right} of {asked} right.",
    "all": "All lessons",
    "teacher": "With answers, for the teacher.",
    "about": "{minutes} minutes, {steps} steps.",
    "after": "After this lesson you can",
    "heading": "Step {step}, {minutes} min",
    "view": "The view",
    "bounds": "From {low} to {high}",
}
WORDS = {
    "en": ENGLISH,
    "de": {
        "name": "Deutsch",
        "step": "Schritt {step} von {of}",
        "time": "{minutes} Min. · noch {left} Min.",
        "previous": "Voriger Schritt",
        "next": "Nächster Schritt",
        "back": "Zurück zur Lektion",
        "only": "Andere Regler ausblenden",
        "leave": "Lektion verlassen",
        "look": "Achten Sie auf",
        "right": "Richtig.",
        "wrong": "Nicht ganz.",
        "later": "Ihre Antwort ist angekommen. Die Lehrkraft zeigt später die Antworten der Klasse.",
        "expect": "Ziehen Sie dorthin, wo Sie es erwarten",
        "own": "Sie: {value}",
        "give": "Das ist meine Antwort",
        "check": "Prüfen",
        "checking": "Wird geprüft …",
        "done": "Geschafft.",
        "not_yet": "Noch nicht.",
        "hint": "Hinweis",
        "end": "Das war der letzte Schritt: {right} von {asked} richtig.",
        "all": "Alle Lektionen",
        "teacher": "Mit Lösungen, für die Lehrkraft.",
        "about": "{minutes} Minuten, {steps} Schritte.",
        "after": "Nach dieser Lektion können Sie",
        "heading": "Schritt {step}, {minutes} Min.",
        "view": "Die Ansicht",
        "bounds": "Von {low} bis {high}",
    },
}


def of(language: str) -> dict[str, str]:
    """The words of a language; English ones where there are none."""
    return WORDS.get(language, ENGLISH)
