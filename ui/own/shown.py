"""Content of the page Your pictures: a dozen pictures in every step of their preparation, and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from PIL import Image

from checkpoints import Card
from data import prepare
from data.own.intake import Intake
from data.own.labels import plain
from data.own.preparation import FEWEST, Settings, held_out, steps_of
from data.pictures import PictureError
from train import own_steps
from train.own_steps import FEW, INTERVAL
from ui import charts

DOZEN = 12
SIDE = 72  # pixels of a tile
TOO_FEW = 100  # pictures
NAME = "My pictures"


def dozen(intake: Intake, seed: int) -> list[int]:
    """Numbers of twelve random pictures, or of all if there are fewer."""
    return sorted(np.random.default_rng(seed).permutation(len(intake))[:DOZEN].tolist())


def preparation(intake: Intake, rows: list[int], settings: Settings) -> list[tuple[str, str, np.ndarray]]:
    """(name, reason, tiles) of every step taken by any of these pictures, tiles (N, 3, SIDE, SIDE) uint8.

    A picture that skips a step keeps its previous tile. One in which nothing is found is black.
    """
    taken = []
    for row in rows:
        try:
            taken.append({step.key: step for step in steps_of(intake.pictures[row], settings)})
        except PictureError:
            taken.append({})
    rows_of_tiles = []
    last = [np.zeros((3, SIDE, SIDE), np.uint8) for _ in rows]
    for key in prepare.NAMES:
        steps = [each.get(key) for each in taken]
        found = next((step for step in steps if step is not None), None)
        if found is None:
            continue
        last = [before if step is None else tile(step.image) for step, before in zip(steps, last, strict=True)]
        rows_of_tiles.append((found.name, found.why, np.stack(last)))
    return rows_of_tiles


def tile(image: np.ndarray) -> np.ndarray:
    """A picture (C, H, W) uint8 centred in a square, (3, SIDE, SIDE) uint8; small ones are not smoothed."""
    picture = Image.fromarray(image.transpose(1, 2, 0).repeat(3, 2) if len(image) == 1 else image.transpose(1, 2, 0))
    scale = SIDE / max(picture.size)
    size = [max(1, round(length * scale)) for length in picture.size]
    picture = picture.resize(size, Image.Resampling.NEAREST if scale >= 1 else Image.Resampling.BOX)
    canvas = Image.new("RGB", (SIDE, SIDE))
    canvas.paste(picture, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    return np.asarray(canvas).transpose(2, 0, 1)


def counted(intake: Intake) -> str:
    """The numbers of pictures and classes, in one sentence."""
    known = intake.classes()
    classes = f" in {len(known.classes)} classes" if known.named else ""
    return f"{len(intake):,} pictures{classes}" if len(intake) > 1 else f"One picture{classes}"


def title(typed: str) -> str:
    """A typed name without markup characters; NAME if nothing is left."""
    return plain(typed) or NAME


def errors(history: Mapping[str, Sequence[float]]) -> go.Figure:
    """The squared error during a training, on the training pictures and the held-out ones."""
    columns = {"training": history["error"], "held-out pictures": history["held_out_error"]}
    steps = [INTERVAL * (k + 1) for k in range(len(columns["training"]))]
    return charts.lines(columns, x=steps, x_title="step", y_title="squared error", log=True, height=240)


def expectation(count: int) -> str:
    """What a network can learn from this many pictures; "" if there are enough."""
    held = held_out(count)
    if count < FEWEST:
        return f"A network needs at least {FEWEST} different pictures; bring more."
    if count < TOO_FEW:
        return (
            f"{count:,} pictures are too few to learn what they have in common: the network will remember single ones, "
            f"and its figures come from only {held} held-out pictures. With some hundreds the space between pictures "
            "begins to make sense."
        )
    if count < FEW:
        return (
            f"{count:,} pictures are few: neighbouring codes will make sense, distant ones less so, and the figures of "
            f"{held} held-out pictures are rough."
        )
    return ""


def minutes(count: int, settings: Settings) -> str:
    """The approximate duration of a training on two cores."""
    train = count - held_out(count)
    steps = own_steps.length(train, own_steps.start(train, settings.shape))
    work = {28: 1.0, 32: 1.3, 64: 4.0}[settings.side] * (2.2 if settings.shape[0] == 3 else 1.0)
    seconds = 20 + steps * 0.02 * work
    return f"about {max(1, round(seconds / 60))} min"


def result(card: Card) -> str:
    """How well a model reconstructs held-out pictures, compared with a PCA of its size, as Markdown."""
    metrics = card.metrics
    key = next(key for key in metrics if key.startswith("test_mse_pca"))
    ours, pca, components = metrics["test_mse"], metrics[key], int(key.removeprefix("test_mse_pca"))
    verdict = f"**{1 - ours / pca:.0%} less** than" if ours < pca else f"**{ours / pca - 1:.0%} more** than"
    return (
        f"On {card.dataset['test_images']:,} pictures that it never saw, its mean squared error is {ours:.4f}: "
        f"{verdict} a PCA with {components} numbers ({pca:.4f})."
    )


def remembers(card: Card) -> str:
    """A sentence if a model reconstructs its training pictures much better than unseen ones."""
    ratio = card.metrics["test_mse"] / max(card.metrics["train_mse"], 1e-9)
    if ratio < 1.5:
        return ""
    return (
        f"The error on the pictures it was trained on is {ratio:.1f} times smaller, so it remembers part of them: more "
        "pictures would help most."
    )
