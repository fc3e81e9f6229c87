"""What the server computes for a browser that cannot run the networks of the live chain."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from checkpoints import Card
from ui import classifiers, networks
from ui.components import grey
from ui.explore import codes
from ui.explore.chain.vaes import SHAPE


def answer(card: Card, report: dict[str, Any]) -> dict[str, Any] | None:
    """The networks' outputs for the input in a report; None if it has none.

    number: of the report. mean, log_var: of q(z|x), before any bars were moved. picture: of z = mean + scale · σ · ε.
    log_likelihood: of x at z, in nats. logits: of the input and of the picture, None without a classifier.
    """
    raw, noise, number = report.get("input"), report.get("epsilon"), report.get("number")
    size = math.prod(SHAPE)
    if not (
        type(number) is int
        and isinstance(raw, list)
        and len(raw) == size
        and all(type(v) is int and 0 <= v < 256 for v in raw)
        and isinstance(noise, list)
        and len(noise) == card.code_length
        and all(is_number(v, -100, 100) for v in noise)
    ):
        return None
    import torch

    from evaluate.samples import to_bytes
    from models.probability import reparameterise

    image = np.array(raw, np.uint8).reshape(1, *SHAPE)
    mean, log_var = networks.encode(card, image)
    moved = mean.copy()
    for dimension, value in report["means"]:
        moved[0, dimension] = value
    with torch.inference_mode():
        x = torch.from_numpy(image).float() / 255
        noise = torch.tensor([noise], dtype=torch.float32) * report["scale"]
        z = reparameterise(torch.from_numpy(moved), torch.from_numpy(log_var), noise)
        network = networks.model(card)
        picture, likelihood = network.picture(z), network.shown_log_likelihood(x, z)
        classifier = classifiers.of(card)
        logits = None
        if classifier is not None:
            classes = networks.model(classifier)
            logits = classes.head(classes.features(torch.cat([x, picture]))).tolist()
    return {
        "number": number,
        "mean": codes.plain_floats(mean[0]),
        "log_var": codes.plain_floats(log_var[0]),
        "picture": grey.text(to_bytes(picture).numpy()),
        "log_likelihood": likelihood.item(),
        "logits": logits,
    }


def is_number(value: Any, low: float, high: float) -> bool:
    """Whether a value from a browser or a link is a number from low to high."""
    return type(value) in (int, float) and low <= value <= high  # false also for NaN
