"""Titles of data sets on the screen, in the order of all lists."""

import re

TITLES = {
    "mnist": "MNIST",
    "fashion_mnist": "Fashion-MNIST",
    "kmnist": "Kuzushiji-MNIST",
    "binarized_mnist": "Binarised MNIST",
    "dsprites": "dSprites",
    "emoji": "Emojis",
    "street_digits": "Synthetic street numbers",
    "svhn": "SVHN street numbers",
    "rock_paper_scissors": "Rock, paper, scissors",
    "horses_or_humans": "Horses or humans",
    "parabola": "Points in the plane",
}


def title_of(name: str) -> str:
    """The title of a set. For a visitor's own set, such as own_grey_faces, its name without the prefix: faces."""
    name = re.sub(r"^own_[a-z]+_", "", name)
    return TITLES.get(name) or name.replace("_", " ").capitalize()
