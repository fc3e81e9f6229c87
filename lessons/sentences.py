"""Sentences of the checks of challenges, in the languages of lessons.

A check returns sentences by name, with the measured numbers; `said` formats them.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from lessons.figures import localised

ENGLISH = {
    "moved_one": "You moved one number of the code, and the classifier gives a {digit} {chance:.0%}.",
    "moved": "You moved {moved} numbers of the code, and the classifier gives a {digit} {chance:.0%}.",
    "moved_too_many": "At most {most} may differ from the start.",
    "not_sure": "It has to be at least {least:.0%}.",
    "sure_and_far": "The classifier gives a {digit} {chance:.0%}, and the nearest code of a test digit is "
    "{distance:.1f} away.",
    "not_sure_or_near": "At least {least:.0%} and a distance of at least {far:g} are needed.",
    "outside_band": "The Fréchet distance is {frechet:.2f}, and the band of real digits ends at {end:.2f}; the MSE is "
    "{share:.1%} of that between two pictures of the same digit.",
    "seen": "It may be at most {most:.0%}.",
    "restored": "With the place known, the answer has a PSNR of {psnr:.1f} dB inside the square.",
    "restored_exactly": "With the place known, the answer is exact inside the square.",
    "too_good": "It has to be at most {most:g} dB.",
    "train_on": "Let it train until step {step} or later shows an energy distance of {distance:g} or more.",
    "largest": "The largest so far is {largest:.2f}.",
    "collapsed": "It collapsed to an energy distance of {largest:.2f}; the smallest since then is {smallest:.3f}.",
    "bring_it": "Bring it down to {distance:g} without a restart.",
    "damaged_address": "The address of this view holds something that no view has: go back to the lesson.",
    "strange_numbers": "The address of this view holds numbers that no view has: go back to the lesson.",
    "strange_training": "The training on this page has reported something that is not a measurement.",
    "another_model": "This is another model than the one of the challenge: go back to the lesson.",
    "no_classifier": "The classifier that decides this challenge is not installed.",
    "no_recording": "The recording that decides this challenge is not installed.",
    "no_test_image": "This challenge is checked on test images: choose one of them.",
}
SENTENCES = {
    "en": ENGLISH,
    "de": {
        "moved_one": "Sie haben eine Zahl des Codes verändert; der Klassifikator sieht zu {chance:.0%} eine {digit}.",
        "moved": "Sie haben {moved} Zahlen des Codes verändert; der Klassifikator sieht zu {chance:.0%} eine {digit}.",
        "moved_too_many": "Höchstens {most} dürfen anders sein als am Anfang.",
        "not_sure": "Es müssen mindestens {least:.0%} sein.",
        "sure_and_far": "Der Klassifikator sieht zu {chance:.0%} eine {digit}; der nächste Code einer Testziffer ist "
        "{distance:.1f} entfernt.",
        "not_sure_or_near": "Nötig sind mindestens {least:.0%} und ein Abstand von mindestens {far:g}.",
        "outside_band": "Der Fréchet-Abstand ist {frechet:.2f}, das Band der echten Ziffern endet bei {end:.2f}; der "
        "MSE ist {share:.1%} dessen zwischen zwei Bildern derselben Ziffer.",
        "seen": "Er darf höchstens {most:.0%} betragen.",
        "restored": "Bei bekannter Stelle hat die Antwort im Quadrat eine PSNR von {psnr:.1f} dB.",
        "restored_exactly": "Bei bekannter Stelle ist die Antwort im Quadrat exakt.",
        "too_good": "Es dürfen höchstens {most:g} dB sein.",
        "train_on": "Lassen Sie es trainieren, bis Schritt {step} oder ein späterer eine Energiedistanz von "
        "{distance:g} oder mehr zeigt.",
        "largest": "Die größte bisher ist {largest:.2f}.",
        "collapsed": "Das Training ist kollabiert, bis zu einer Energiedistanz von {largest:.2f}; die kleinste "
        "seitdem ist {smallest:.3f}.",
        "bring_it": "Bringen Sie es auf {distance:g}, ohne neu anzufangen.",
        "damaged_address": "Die Adresse dieser Ansicht enthält etwas, das keine Ansicht hat: Gehen Sie zur Lektion "
        "zurück.",
        "strange_numbers": "Die Adresse dieser Ansicht enthält Zahlen, die keine Ansicht hat: Gehen Sie zur Lektion "
        "zurück.",
        "strange_training": "Das Training auf dieser Seite hat etwas gemeldet, das keine Messung ist.",
        "another_model": "Das ist ein anderes Modell als das der Aufgabe: Gehen Sie zur Lektion zurück.",
        "no_classifier": "Der Klassifikator, der diese Aufgabe entscheidet, ist nicht installiert.",
        "no_recording": "Die Aufzeichnung, die diese Aufgabe entscheidet, ist nicht installiert.",
        "no_test_image": "Diese Aufgabe wird an Testbildern geprüft: Wählen Sie eines davon.",
    },
}


class Sentence(NamedTuple):
    """name: of a template in every language, or the sentence itself if there is no template. values: of its fields."""

    name: str
    values: Mapping[str, Any] = {}


def said(sentences: Iterable[Sentence], language: str) -> str:
    """The sentences one after another, with the language's number format; English if there is no translation."""
    templates, writer = SENTENCES.get(language, ENGLISH), Writer(language)
    return " ".join(writer.format(templates.get(one.name, "{name}"), name=one.name, **one.values) for one in sentences)


class Writer(string.Formatter):
    """str.format with a language's number format."""

    def __init__(self, language):
        self.language = language

    def format_field(self, value, format_spec):
        written = format(value, format_spec)  # fails for a text instead of a number
        if isinstance(value, str):
            return written
        return localised(written, self.language)
