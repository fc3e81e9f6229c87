"""What the page about the self-supervised GAN shows: a picture that turns, and what the discriminator says of it."""

import numpy as np
import streamlit as st

from ui import charts, gallery, networks
from ui.components import curves

STEP = 5  # degrees between two frames
DEGREES = np.arange(0, 360 + STEP, STEP)
QUARTERS = ("upright", "to the left", "upside down", "to the right")
SIDE = 10  # pictures in a row of a grid of samples


def cards():
    """Cards of the GANs whose discriminator also guesses rotations."""
    return [card for card in gallery.cards("gan") if "rotation_accuracy" in card.metrics]


def rivals(card):
    """Cards of the other GANs of the same data set that were measured in the same way."""
    return [
        other
        for other in gallery.cards("gan")
        if other.dataset["name"] == card.dataset["name"] and other.name != card.name and distance(other) is not None
    ]


def takes_the_shortcut(card):
    """Whether moving the digits by a pixel costs the discriminator more than half of its right guesses."""
    return card.metrics["rotation_accuracy_moved"] < card.metrics["rotation_accuracy"] / 2


def lesson(card):
    """What the discriminator's guesses say of what it learned, as Markdown."""
    right, moved = (f"**{card.metrics[name]:.1%}**" for name in ("rotation_accuracy", "rotation_accuracy_moved"))
    found = (
        f"Over all four turns of every test digit the discriminator is right in {right}, and in {moved} when they were "
        "moved by one pixel up and to the left; guessing blindly gives 25 %.  \n"
    )
    if takes_the_shortcut(card):
        return found + (
            "It does not read digits, it found a **shortcut**. MNIST puts every digit's centre of mass on row and "
            "column 14, but the middle of 28 pixels is 13.5. A turn carries that half pixel along, so where the mass "
            "lies says how far a picture was turned, even for a 0. A task teaches only what it cannot be solved "
            "without."
        )
    return found + (
        "A pixel changes little: it reads **what the digit looks like**, and is unsure where a person would be. In its "
        "training each picture was moved by a pixel or not, up and to the left, before it was turned. MNIST puts every "
        "digit's centre of mass on row and column 14, half a pixel off the middle 13.5, and so moved it lies to either "
        "side equally often: where the mass lies no longer gives the turn away."
    )


def distance(card):
    """Fréchet distance of the card's samples on our features, or None."""
    return card.metrics.get(f"frechet_{card.dataset['name']}_10k")


@st.cache_data(max_entries=64, show_spinner=False)
def _circle(name, sha256, picture, shape, moved, _card):
    import torch

    network = networks.model(_card)
    from metrics.rotation import turn_chances, turned

    image = torch.from_numpy(np.frombuffer(picture, np.uint8).copy()).view(shape).float() / 255
    pictures = turned(image, DEGREES, moved)
    chances = turn_chances(lambda x: network.rotation(2 * x - 1), pictures)
    return (pictures * 255).round().to(torch.uint8).numpy(), chances.numpy()


def circle(card, picture, moved=0.0):
    """Frames (T, C, H, W) uint8 of a picture (C, H, W) uint8 going once round, and the four chances (T, 4) of each.

    moved: pixels up and to the left by which it is moved first.
    """
    return _circle(card.name, card.sha256, picture.tobytes(), picture.shape, moved, card)


def captions(chances):
    """A text for every frame: its angle and the discriminator's guess."""
    return [f"{angle}°: {QUARTERS[row.argmax()]}, {row.max():.0%}" for angle, row in zip(DEGREES, chances, strict=True)]


def panels(chances):
    """The four chances over the angle (see ui/components/curve_player/)."""
    lines = [
        curves.series(name, "line", charts.PALETTE[k], DEGREES, chances[:, k], digits=4)
        for k, name in enumerate(QUARTERS)
    ]
    title = "What it says, over the angle in degrees"
    return [{"title": title, "range": [0.0, 1.02], "ticks": list(range(0, 361, 90)), "series": lines}]


def verdict(chances):
    """How many of the four quarter turns are named rightly: (number, sentence)."""
    quarters = chances[:: 90 // STEP][:4]
    right = int((quarters.argmax(1) == np.arange(4)).sum())
    told = {4: "all four", 0: "none"}.get(right, f"{right} of four")
    return right, f"Of its quarter turns the discriminator names {told} rightly."


def csv(chances):
    """Angle and the four chances as CSV text."""
    head = ",".join(["degrees", *(name.replace(" ", "_") for name in QUARTERS)])
    rows = (
        ",".join([str(angle), *(f"{value:.6f}" for value in row)]) for angle, row in zip(DEGREES, chances, strict=True)
    )
    return "\n".join([head, *rows]) + "\n"
