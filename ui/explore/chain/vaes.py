"""The VAEs of the live chain: their descriptions, and the data that the component shows for each."""

from __future__ import annotations

import base64
import dataclasses
from typing import Any

import numpy as np
import streamlit as st

from checkpoints import Card
from data import prepare
from ui import browser_networks, charts, classifiers, computed, gallery, networks, tiles
from ui.components import floats, grey
from ui.components.scatter import SPRITE_COLUMNS
from ui.explore import codes, images, latent_map

SHAPE = (1, 28, 28)
SHIPPED = "An image of this data set that comes with the app, as it is."
MADE = "What the network makes from the first test code: images of this data set do not come with the app."
MADE_OF_OWN = "What the network makes from the code of your first picture."
VIEWS = ("tsne", "pca")  # of the map


def cards() -> list[Card]:
    """The cards of the VAEs that share a drawing, those trained on this visit's pictures first."""
    return [card for card in gallery.with_own(gallery.cards("vae"), "vae") if card.shape == SHAPE]


def invitation(card: Card) -> str:
    """A sentence on what to do on the page."""
    what = "something like your pictures" if card.own else f"a {_shown(card)}"
    return (
        f"Draw {what}: the input, its code and the picture of the code follow your pen. The bars can be dragged, too."
    )


def look(card: Card) -> str:
    """What to look for, as the end of a sentence."""
    becomes = "something else" if card.own else f"another {_shown(card)}"
    return f"what the picture adds or leaves out, and where it becomes {becomes}."


def _shown(card):
    return {"kmnist": "character", "fashion_mnist": "piece of clothing"}.get(card.dataset["name"], "digit")


def is_recorded(card: Card) -> bool:
    """Whether the first pass is recorded with the checkpoint."""
    return "first_mean" in networks.preview(card)


LATENT_SPACE = {"z", "basis", "dims", "plane", "plain", "psi"}  # parameters of Latent space, once the first page


def is_of_latent_space(query: dict[str, str]) -> bool:
    """Whether a link to "/" is meant for the page Latent space, by its parameters or by a model that only it offers."""
    of_chain, with_codes = ({card.name for card in cards} for cards in (cards(), gallery.with_codes()))
    return bool(LATENT_SPACE & set(query)) or query.get("model") in with_codes - of_chain


def described(card: Card) -> dict[str, Any]:
    """What the component needs to know about a model."""
    preview, classifier = networks.preview(card), classifiers.given(card)
    return {
        "identity": card.sha256,
        "title": card.title,
        "words": words(card),
        "latent": card.code_length,
        "order": preview["order"].tolist(),
        "size": list(card.shape[1:]),
        "variance": preview["variance"].item(),
        "preset": dataclasses.asdict(prepare.preset(card.dataset["name"])),
        "classes": list(card.classes),
        "networks": {
            "encoder": browser_networks.given(card, "encoder"),
            "decoder": browser_networks.given(card, "decoder"),
            "classifier": classifier and classifier["network"],
        },
    }


def words(card: Card) -> dict[str, str]:
    """Names of pictures and codes. test, prepared: of an input. empty: of an empty drawing."""
    one = "one of your pictures" if card.own else "a test image"
    others = (
        "your pictures were" if card.own else "the authors of the data set prepared theirs: cropped, scaled, centred"
    )
    return {
        "one": one,
        "code": card.code_word,
        "test": "Your picture, as it was prepared." if card.own else "A test image, as it is in the data set.",
        "prepared": f"Your drawing or picture, prepared as {others}.",
        "empty": f"There is nothing on the page: draw something, or take {one}. The last result stays.",
    }


def first_pass(card: Card) -> dict[str, Any]:
    """The recorded first pass (evaluate/preview.py), which needs no network."""
    preview = networks.preview(card)
    decoded = np.array_equal(preview["first_image"], preview["start_picture"])
    return {
        "image": grey.text(preview["first_image"]),
        "words": SHIPPED if not decoded else MADE_OF_OWN if card.own else MADE,
        "mean": codes.plain_floats(preview["first_mean"]),
        "log_var": codes.plain_floats(preview["first_log_var"]),
        "picture": grey.text(preview["first_picture"]),
        "log_likelihood": preview["first_log_likelihood"].item(),
    }


def strip(card: Card, page: int) -> dict[str, Any]:
    """Ten pictures with known classes to choose from."""
    starts = images.start_pictures(card)
    numbers = images.strip_numbers(starts.pictures, page)
    return {
        "page": page,
        "set": starts.pictures.name,
        "images": [
            {"number": int(n), "words": starts.name(int(n)), "image": grey.text(starts.pictures.images[n])}
            for n in numbers
        ],
    }


def test_image(name: str, number: int, model: str) -> np.ndarray | None:
    """Test image `number` (1, 28, 28) uint8 of the data set of that name; None if it is not available.

    model: the model whose data set is searched first, since a visit may have two sets of the same name.
    """
    for card in sorted(cards(), key=lambda card: card.name != model):
        pictures = images.start_pictures(card).pictures
        if pictures.name == name:
            return pictures.images[number] if number < len(pictures) else None
    return None


@computed.by_models
@st.cache_data(max_entries=8, show_spinner=False)
def _code_map(name, sha256, _card):
    preview, classes = networks.preview(_card), latent_map.classes(_card)
    return {
        "identity": sha256,
        "points": {kind: floats.text(preview[kind].ravel()) for kind in VIEWS},
        "codes": base64.b64encode(preview["codes"].astype("<f2").tobytes()).decode(),
        "labels": grey.text(preview["labels"].astype(np.uint8)),
        "classes": list(classes),
        "colours": charts.class_colours(len(classes)),
        "components": floats.text(preview["components"].ravel()),
        "centre": floats.text(preview["centre"]),
        "sprites": tiles.data_url(preview["sprites"].tobytes(), "image/webp"),
        "columns": SPRITE_COLUMNS,
        "tile": list(_card.shape[1:]),
    }


def code_map(card: Card) -> dict[str, Any]:
    """The map of a model's test codes: codes and points as base64 of float16 and float32, pictures as a WebP sheet."""
    return _code_map(card.name, card.sha256, card)
