"""The data sets of the page Classify, and the classifiers of each."""

from __future__ import annotations

from dataclasses import dataclass

import data
from checkpoints import Card
from ui import gallery

FAMILIES = ("classifier", "pretrained")
# The drawing of a first visit: a 4 that one more stroke makes a 9.
FOUR = "P2k1o283222463w485q44P561y50464s6g"


@dataclass(frozen=True)
class PictureSet:
    """title: on the screen. dataset: name in `data`. one: what one picture shows. ink: the drawing of a first visit, ""
    for a test image. look, look_at_slopes: what to look for in the answers, and in the gradients of the logits.
    searched: the recipe whose settings were chosen in a grid search, "" if there is none.
    """

    title: str
    dataset: str
    one: str
    ink: str = ""
    look: str = "a stroke that changes the answer,"
    look_at_slopes: str = (
        "strokes that would make it another class: green where there is no ink yet, purple on ink that is there"
    )
    searched: str = ""

    @property
    def lead(self) -> str:
        """What to do on the page."""
        return f"Draw {self.one}, or take a picture: every network gives a probability to each class."

    @property
    def look_at_answers(self) -> str:
        """What to look for in the answers."""
        return f"{self.look} and for high certainty about pictures of something else."

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes, also available without the pictures."""
        return data.class_names(self.dataset)

    def short(self, card: Card) -> str:
        """The title of one of its classifiers, without the data set."""
        return gallery.entry(card).partition(": ")[2] or card.title

    def cards(self) -> list[Card]:
        """Cards of its classifiers for pictures of one size: MLPs, convolutional networks, pretrained ones."""
        cards = [card for card in gallery.cards(*FAMILIES) if card.dataset["name"] == self.dataset]
        cards = [card for card in cards if "test_accuracy" in card.metrics]
        cards.sort(key=lambda card: (FAMILIES.index(card.family), hidden_layers(card) is None, card.name))
        return [card for card in cards if card.shape == cards[0].shape]


PHOTOGRAPHS = {
    "look": "pictures on which the networks disagree,",
    "look_at_slopes": "the parts of the picture on which a class depends, and for background that should not matter",
}
STREET = PHOTOGRAPHS | {"look": "digits at the edge that mislead the network about the one in the middle,"}


def hidden_layers(card: Card) -> list[int] | None:
    """Widths of an MLP's hidden layers; None for other networks."""
    hidden = card.arguments.get("hidden")
    return hidden if isinstance(hidden, list) else None


SETS = {
    "digits": PictureSet("Digits", "mnist", "a digit", FOUR),
    "garments": PictureSet("Garments", "fashion_mnist", "a garment"),
    "kana": PictureSet("Kana", "kmnist", "a kana"),
    "street": PictureSet("Street numbers", "street_digits", "a digit", **STREET),
    "hands": PictureSet("Rock, paper, scissors", "rock_paper_scissors", "a hand", **PHOTOGRAPHS, searched="rps_cnn"),
    "horses": PictureSet(
        "Horses or humans", "horses_or_humans", "a horse or a person", **PHOTOGRAPHS, searched="horses_cnn"
    ),
}


def usable() -> dict[str, PictureSet]:
    """The sets with an available classifier."""
    return {name: one for name, one in SETS.items() if one.cards()}


def aliases() -> dict[str, str]:
    """{name of a data set: its name in the link}, so that links may contain either."""
    return {one.dataset: name for name, one in SETS.items()}
