"""Data for the component that shows the inside of a network (ui/components/inside)."""

from __future__ import annotations

from typing import Any

import numpy as np

from checkpoints import Card
from ui import networks, tiles
from ui.components import floats, grey
from ui.explore import codes, images, pictures, plane
from ui.explore.inside.known import Known, given, inputs, name
from ui.explore.inside.visit import Unit, Visit

SHOWN = 8  # codes that activate a unit most


def message(visit: Visit, picture: np.ndarray, about: Known | None) -> dict[str, Any]:
    """The component's data for the picture (C, H, W) uint8 of the code. about: None until the network is loaded."""
    position, card, part = visit.position, visit.card, visit.part
    starts = images.start_pictures(card)
    tensors = about.tensors if about else None
    other = given(card, "decoder", None) if part == "encoder" else None
    runs = {part: given(card, part, tensors) if tensors else None} | ({"decoder": other} if other else {})
    return {
        "identity": f"{card.sha256} {part} {about is not None}",
        "part": part,
        "shape": list(card.shape),
        "size": [card.shape[2], card.shape[1]],
        "networks": {"decoder": None, "encoder": None} | runs,
        "layers": layers(about) if about else [],
        "looked": about.looked if about else "",
        "view": {"code": codes.plain_floats(position.code), "unit": list(visit.unit) if visit.unit else None},
        "picture": tiles.sheet(picture[None], 1),
        "made": position.origin,
        "given": seen(visit),
        "served": served(visit) if about and (visit.server or not tensors) else None,
        "plane": axes(visit),
        "recorded": pictures.recorded_plane(position),
        "strip": starts.strip(visit.page) if starts.real else None,
        "found": found(visit, about) if about and visit.unit else None,
    }


def layers(about: Known) -> list[dict[str, Any]]:
    """The layers for the component."""
    answers, tensors = about.answers, about.tensors or []
    return [
        {
            "title": layer.title,
            "shape": list(layer.shape),
            "tensor": tensors[k] if tensors else None,
            "bounds": answers.bounds[k].tolist(),
            "ends": [float(answers.low[k]), float(answers.high[k])],
            "dead": answers.dead[k],
        }
        for k, layer in enumerate(answers.layers)
    ]


def seen(visit: Visit) -> dict[str, Any] | None:
    """The test picture that is the encoder's input."""
    if visit.number is None:
        return None
    starts = images.start_pictures(visit.card)
    pixels = grey.text(starts.pictures.images[visit.number])
    return {"number": visit.number, "words": starts.name(visit.number), "pixels": pixels}


def served(visit: Visit) -> list[str]:
    """The output of every layer for the code or the picture, as base64 of float32."""
    import torch

    from evaluate import units
    from models.layers import activations

    network = networks.model(visit.card)
    with torch.inference_mode():
        if visit.part == "encoder" and visit.number is not None:
            x = units.as_input(images.start_pictures(visit.card).pictures.images[visit.number][None])
        else:
            z = units.as_input(visit.position.code[None])
            x = z if visit.part == "decoder" else network.picture(z)
        return [floats.text(output.numpy()) for output in activations(network, visit.part, x)]


def axes(visit: Visit) -> dict[str, Any]:
    """The plane for the component."""
    view, names = visit.position.plane, [*plane.PRINCIPAL, *map(str, visit.position.strongest)]
    return {
        "axes": list(view.axes),
        "names": [plane.name(axis) for axis in view.axes],
        "choices": [[axis, plane.name(axis)] for axis in names],
        "vectors": view.vectors.tolist(),
        "scale": view.scale.tolist(),
        "centre": view.centre.tolist(),
    }


# ---- inputs that activate a unit ----


def found(visit: Visit, about: Known) -> dict[str, Any]:
    """The inputs that activate the chosen unit most, and the result of gradient ascent if it was asked for."""
    assert visit.unit is not None
    card, part, (layer, unit) = visit.card, visit.part, visit.unit
    best = about.answers.highest(layer, unit, SHOWN)
    rows = [row for row, _ in best]
    every, preview = inputs(card, part), networks.preview(card)
    real = part == "encoder" and images.start_pictures(card).real
    at = networks.code(card, every[rows]) if real else preview["codes"][rows]
    drawn = every[rows] if part == "encoder" else networks.decode(card, at)
    items = [
        _item(name(card, part, row), value, picture, code, row if real else None)
        for (row, value), picture, code in zip(best, drawn, at, strict=True)
    ]
    mean = "the mean over its map " if len(about.answers.layers[layer].shape) > 1 else ""
    return {
        "unit": [layer, unit],
        "words": f"Of {about.looked} these raise {mean or 'it '}most. A click goes there.",
        "best": items,
        "climbed": _climbed(card, part, about, visit.unit, at[0]) if visit.climbing == visit.unit else None,
    }


def _item(words: str, value: float, picture: np.ndarray, code: np.ndarray, number: int | None) -> dict[str, Any]:
    return {
        "words": words,
        "value": value,
        "picture": tiles.sheet(picture[None], 1),
        "code": codes.plain_floats(code),
        "number": number,
    }


def _climbed(card: Card, part: str, about: Known, unit: Unit, start: np.ndarray) -> dict[str, Any]:
    import torch

    from models.layers import ascent, longest

    layer, limit = about.answers.layers[unit[0]], longest(card.code_length)
    code, value = ascent(networks.model(card), part, layer, unit[1], torch.from_numpy(np.array(start)))
    picture = networks.decode(card, code.numpy()[None])[0]
    about_it = (
        f"found from the first of them by gradient ascent, among codes up to the length {limit:.1f}: 99% of random "
        "codes are no longer. No picture has this code."
    )
    return _item("the code that gradient ascent found", value, picture, code.numpy(), None) | {"about": about_it}
