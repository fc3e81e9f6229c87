"""Content of the page about the self-supervised GAN: the discriminator's guesses, and what it learned."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import streamlit as st

from checkpoints import Card, floors
from ui import charts, gallery, networks, url
from ui.images import drawn_on

STEP = 5  # degrees between two frames
DEGREES = np.arange(0, 360 + STEP, STEP)
QUARTERS = ("upright", "to the left", "upside down", "to the right")
ANSWERS = list(zip(QUARTERS, charts.LINES, strict=False))  # with their colours
SIDE = 10  # pictures in a row of a grid of samples


def cards() -> list[Card]:
    """Cards of the GANs whose discriminator also guesses rotations."""
    return [card for card in gallery.cards("gan") if "rotation_accuracy" in card.metrics]


def rivals(card: Card) -> list[Card]:
    """Cards of the other GANs of the same data set that were measured in the same way."""
    return [
        other
        for other in gallery.cards("gan")
        if other.dataset["name"] == card.dataset["name"] and other.name != card.name and distance(other) is not None
    ]


def takes_the_shortcut(card: Card) -> bool:
    """Whether moving the digits by a pixel costs the discriminator more than half of its right guesses."""
    return card.metrics["rotation_accuracy_moved"] < card.metrics["rotation_accuracy"] / 2


def lesson(card: Card) -> str:
    """What the discriminator's accuracy says about what it learned, as Markdown."""
    right, moved = (f"**{card.metrics[name]:.1%}**" for name in ("rotation_accuracy", "rotation_accuracy_moved"))
    accuracy = (
        f"Over all four rotations of every test digit the discriminator is right in {right}, and in {moved} when they "
        "were moved by one pixel up and to the left; chance is 25%.  \n"
    )
    if takes_the_shortcut(card):
        return accuracy + (
            "It does not recognise digits, it found a **shortcut**. MNIST puts every digit's centre of mass on row and "
            "column 14, but the middle of 28 pixels is 13.5. A rotation moves that half pixel along, so the position "
            "of the mass tells how far a picture was turned, even for a 0. A task teaches only what cannot be avoided "
            "in solving it."
        )
    return accuracy + (
        "A pixel changes little: it recognises **the shape of the digit**, and is unsure where a person would be. In "
        "its training each picture was moved by a pixel or not, up and to the left, before it was turned. MNIST "
        "puts every digit's centre of mass on row and column 14, half a pixel off the middle 13.5; with these moves it "
        "lies on either side equally often, and its position no longer tells the rotation."
    )


def distance(card: Card) -> float | None:
    """Fréchet distance of the card's samples on the features of our classifier, or None."""
    return card.metrics.get(f"frechet_{card.dataset['name']}_10k")


def floor(card: Card) -> float:
    """The same distance for the same number of real pictures; NaN if it was not measured."""
    found = floors.of_card(card, f"frechet_{card.dataset['name']}_10k")
    return math.nan if found is None else found.value


@st.cache_data(max_entries=64, show_spinner=False)
def _rotated(name, sha256, picture, shape, moved, _card):
    import torch

    network = networks.model(_card)
    from metrics.rotation import turn_chances, turned

    image = torch.from_numpy(np.frombuffer(picture, np.uint8).copy()).view(shape).float() / 255
    return turn_chances(lambda x: network.rotation(2 * x - 1), turned(image, DEGREES.tolist(), moved)).numpy()


def rotated(card: Card, picture: np.ndarray, moved: float = 0.0) -> np.ndarray:
    """The four probabilities (T, 4) for a picture (C, H, W) uint8 rotated by each of DEGREES.

    moved: pixels by which it is first moved up and to the left.
    """
    return _rotated(card.name, card.sha256, picture.tobytes(), picture.shape, moved, card)


def keep(angle: float, moved: float, drawn: np.ndarray | None) -> None:
    """Keep what the component reported, see ui.components.turning."""
    url.keep("angle", angle)
    url.keep("moved", moved)
    if drawn is not None:
        drawn_on.keep("turning", drawn)


def correct_quarters(chances: np.ndarray) -> tuple[int, str]:
    """How many of the four quarter turns are recognised: (number, sentence)."""
    quarters = chances[:: 90 // STEP][:4]
    correct = int((quarters.argmax(1) == np.arange(4)).sum())
    words = {4: "all four", 0: "none"}.get(correct, f"{correct} of four")
    return correct, f"Of the quarter turns of this picture the discriminator recognises {words}."


def table(chances: np.ndarray) -> pd.DataFrame:
    """Angle in degrees and the four probabilities."""
    columns = {name.replace(" ", "_"): np.round(chances[:, k].astype(float), 6) for k, name in enumerate(QUARTERS)}
    return pd.DataFrame({"degrees": DEGREES, **columns})
