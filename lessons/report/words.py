"""The words of reports in the languages of lessons."""

from __future__ import annotations

ENGLISH = {
    "title": "Report: {title}",
    "about": "{date} · {right} of {asked} right.",
    "name": "Name:",
    "step": "Step {step}",
    "given": "Your answer: {answer}",
    "none": "Not answered.",
    "hidden": "The class has not seen the answer yet.",
    "right": "right",
    "wrong": "not right",
    "expected": "The right answer: {expected}",
    "reached": "Reached.",
    "not_reached": "Not reached.",
    "not_tried": "Not tried.",
    "number": "Number",
    "value": "Value",
    "command": "Computed again by",
    "browser": "Measured by the training in the browser, which cannot be computed again.",
    "view": "The view",
    "own": "Your view",
    "picture": "The view of step {step}",
    "own_picture": "What your link of step {step} shows",
    "check": "This command computes every number of this file again, and names one that was changed:",
}
WORDS = {
    "en": ENGLISH,
    "de": {
        "title": "Bericht: {title}",
        "about": "{date} · {right} von {asked} richtig.",
        "name": "Name:",
        "step": "Schritt {step}",
        "given": "Ihre Antwort: {answer}",
        "none": "Nicht beantwortet.",
        "hidden": "Die Klasse hat die Antwort noch nicht gesehen.",
        "right": "richtig",
        "wrong": "nicht richtig",
        "expected": "Richtig ist: {expected}",
        "reached": "Erreicht.",
        "not_reached": "Nicht erreicht.",
        "not_tried": "Nicht versucht.",
        "number": "Zahl",
        "value": "Wert",
        "command": "Neu berechnet von",
        "browser": "Im Training im Browser gemessen; das lässt sich nicht neu berechnen.",
        "view": "Die Ansicht",
        "own": "Ihre Ansicht",
        "picture": "Die Ansicht von Schritt {step}",
        "own_picture": "Was Ihr Link von Schritt {step} zeigt",
        "check": "Dieser Befehl berechnet jede Zahl dieser Datei neu und nennt jede, die geändert wurde:",
    },
}
NUMBERS = {  # of challenges
    "moved": "numbers of the code that were moved",
    "probability": "the classifier's probability",
    "digit": "the classifier's digit",
    "distance": "distance to the nearest code of a test digit",
    "frechet": "Fréchet distance",
    "band_end": "upper end of the band of real digits",
    "mse_share": "MSE, as a share of that between two pictures of the same digit",
    "psnr_inside": "PSNR inside the square, dB",
    "largest": "largest energy distance",
    "smallest_since": "smallest energy distance since then",
}
NUMBERS_IN = {
    "en": NUMBERS,
    "de": {
        "moved": "Zahlen des Codes, die verändert wurden",
        "probability": "Wahrscheinlichkeit nach dem Klassifikator",
        "digit": "Ziffer nach dem Klassifikator",
        "distance": "Abstand zum nächsten Code einer Testziffer",
        "frechet": "Fréchet-Abstand",
        "band_end": "oberes Ende des Bands der echten Ziffern",
        "mse_share": "MSE als Anteil dessen zwischen zwei Bildern derselben Ziffer",
        "psnr_inside": "PSNR im Quadrat, dB",
        "largest": "größte Energiedistanz",
        "smallest_since": "kleinste Energiedistanz seitdem",
    },
}


def number(name: str, language: str = "en") -> str:
    """The name of a number of a challenge; a card's figure keeps its name."""
    return NUMBERS_IN.get(language, NUMBERS).get(name, name)


def of(language: str) -> dict[str, str]:
    """The words of a language, or English ones if there are none."""
    return WORDS.get(language, ENGLISH)
