"""The explorer to take home: its page as one file, with the decoder and all data that the server would send."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from checkpoints import Card
from ui import classifiers, networks, recorded_codes, standalone
from ui.components import floats
from ui.explore import bases, images, pictures, rows
from ui.explore.plane import PRINCIPAL
from ui.explore.position import Position
from ui.explore.session import ExplorerSession

STRIPS = 5  # rows of test images on the page


def page(position: Position) -> bytes:
    """The page at this position; raises standalone.TooLarge or CheckpointError if it cannot be made."""
    position = dataclasses.replace(position)  # a copy, since the user goes on meanwhile
    session = ExplorerSession(position, request=1, live=True)
    stored = {"codes": recorded_codes.embedded(position.card), "sheet": None, "waking": False}
    data = session.message(pictures.official(position)) | stored
    data["plane"]["recorded"] = None  # the page has the network, and no server that would leave it out for other codes
    about = standalone.About(
        title="Latent space",
        lead="Drag a slider, move over the plane or press Walk: the network turns the code into a picture.",
        look="what each dimension changes, and where one class becomes another.",
        card=position.card,
        picture=data["picture"],
        alt=f"The picture of the code: {position.origin}",
        pictures=True,
    )
    return standalone.page("explorer", data, about, _stored(position))


def besides(card: Card) -> int:
    """Bytes of the classifier and of the test codes, which the page contains besides the decoder."""
    recorded = recorded_codes.given(card)
    return classifiers.size(card) + (recorded["bytes"] if recorded else 0)


def too_large(card: Card) -> str | None:
    """A sentence if a model's page would be too large, else None."""
    return standalone.too_large(card, "decoder", besides=besides(card))


def _stored(position: Position) -> dict[str, Any]:
    """The data from which standalone/explorer.js answers."""
    card = position.card
    preview, starts = networks.preview(card), images.start_pictures(card)
    strips = [starts.strip(number) for number in range(STRIPS)]
    return {
        "latent": card.code_length,
        "bases": {name: _basis(card, name) for name in bases.names(card)},
        "plane": {
            "order": position.strongest,
            "components": preview["components"][: len(PRINCIPAL)].tolist(),
            "scale": preview["scale"][: len(PRINCIPAL)].tolist(),
            "centre": preview["centre"].tolist(),
        },
        "strips": strips,
        "snaps": _snaps(card, starts, sorted({picture["number"] for strip in strips for picture in strip["pictures"]})),
    }


def _basis(card, name):
    position = Position(card, np.zeros(card.code_length, np.float32), "", basis_name=name)
    groups = [rows.shown(dataclasses.replace(position, group=number)) for number in position.groups]
    vectors = position.basis.sent
    return {
        "vectors": None if vectors is None else floats.text(vectors),
        "groups": groups,
        "pages": [[number, rows.group_name(position, number)] for number in position.groups],
    }


def _snaps(card: Card, starts: images.StartPictures, numbers: list[int]) -> dict[int, dict[str, Any]]:
    """{number of an image: its code, the code's name, and the image beside the picture}."""
    if starts.real:
        latent = networks.code(card, starts.pictures.images[numbers])
    else:
        latent = networks.preview(card)["codes"][numbers]
    return {
        number: {
            "code": floats.text(code),
            "origin": f"The code of {starts.name(number)}",
            "original": starts.original(number),
        }
        for number, code in zip(numbers, latent, strict=True)
    }
