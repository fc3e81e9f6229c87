"""Record a toy GAN, and store a checkpoint if its recipe has several members: python -m train parabola_gan

The app plays the recording, checkpoints/recorded/toy_NAME.json (checkpoints/recorded/toy_runs.py describes its
contents). The same seed gives the same weights.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import cast

import numpy as np
import torch
from tqdm import tqdm

import checkpoints
from checkpoints import Card
from checkpoints.recorded.toy_runs import Snapshot, recorded_steps
from checkpoints.recorded.toy_settings import ENERGY_POINTS, POOL
from data import planar
from evaluate import points
from evaluate.command import Command
from metrics.energy import noise_floor
from models.toy_gan import ToyGAN
from train.live.toy_gan import EVALUATION, ToyRecipe, Training, settings_of
from train.provenance import versions
from train.recordings import store

PROTOCOL = {
    "energy_floor_95": f"95 % quantile of the energy distance of two real samples of {ENERGY_POINTS} points, 1,000 "
    "pairs",
    "starts_under_floor": "of {members} independent random starts, how many end below that floor",
    "energy_distances": "of all {members} starts, one seed; the first is this checkpoint",
    "discriminator_loss": f"nats, on {EVALUATION:,} fresh real and generated points; 2 log 2 = 1.3863 at equilibrium",
    "generator_loss": f"nats, on {EVALUATION:,} generated points; log 2 = 0.6931 at equilibrium",
    "discriminator_off_equilibrium": "how far the first loss is from 2 log 2, nats",
    "generator_off_equilibrium": "how far the second loss is from log 2, nats",
}


def record(recipe: ToyRecipe) -> Card | None:
    """Train, store the recording, and a checkpoint if the recipe has several members; returns its card."""
    cards = []
    store(f"toy_{recipe.name}", f"python -m train {recipe.name}", lambda: _recorded(recipe, cards))
    return cards[0] if cards else None


def main(recipes: Sequence[ToyRecipe]) -> None:
    """The former command, python -m train.toy_gan [--only NAME]: record all recipes, or one."""
    parser = Command("train.toy_gan", __doc__)
    parser.add_argument("--only", choices=[recipe.name for recipe in recipes], help="one of them")
    options = parser.parse_args()
    for recipe in recipes:
        if options.only in (None, recipe.name):
            record(recipe)


def _recorded(recipe, cards):
    """{name, title, summary, settings, floor, snapshots} as JSON values; appends the card, if there is one."""
    started = time.perf_counter()
    settings, training = settings_of(recipe), Training(recipe)
    snapshots = recorded_snapshots(training)
    floor = floor_of(training)
    if recipe.members > 1:
        cards.append(save_checkpoint(training, snapshots, floor, time.perf_counter() - started))
    print(f"{recipe.name}: energy distance {snapshots[-1].energy:.4f}, floor {floor:.4f}")
    about = {"name": recipe.name, "title": recipe.title, "summary": recipe.summary, "settings": settings.to_dict()}
    return about | {"floor": floor, "snapshots": [snapshot.to_dict() for snapshot in snapshots]}


def recorded_snapshots(training: Training) -> list[Snapshot]:
    """Train to the end and return Snapshots of the first member."""
    snapshots, recipe = [], training.recipe
    with tqdm(total=recipe.steps, desc=recipe.name, unit="step") as bar:
        for step in recorded_steps(recipe.steps):
            training.run(step - training.step)
            snapshots.append(training.snapshot())
            bar.update(step - bar.n)
    return snapshots


def floor_of(training: Training, n: int = ENERGY_POINTS, repeats: int = 1000) -> float:
    """95 % quantile of the energy distance of two real samples of n points, in standard deviations of the data."""

    def sample(n, rng):
        return training.standardised(training.real(n, rng))

    return noise_floor(sample, n, np.random.default_rng([training.recipe.seed, 3]), repeats)


def metrics_of(training: Training, floor: float) -> dict[str, float | int | list[float]]:
    """The figures described by PROTOCOL, for the first member and for all."""
    energies = training.energies()
    discriminator, generator = (float(values[0]) for values in training.losses())
    return {
        "energy_floor_95": floor,
        "starts_under_floor": int((energies < floor).sum()),
        "energy_distances": energies.tolist(),
        "discriminator_loss": discriminator,
        "generator_loss": generator,
        "discriminator_off_equilibrium": abs(discriminator - 2 * math.log(2)),
        "generator_off_equilibrium": abs(generator - math.log(2)),
    }


def first_member(training: Training) -> ToyGAN:
    """The checkpoint's network: the first member, with the averaged generator if there is one."""
    many, one = training.model, cast(ToyGAN, training.recipe.model(**training.recipe.arguments))
    with torch.no_grad():
        pairs = [*zip(one.generator.parameters(), training.average.parameters(), strict=True)]
        pairs += zip(one.discriminator.parameters(), many.discriminator.parameters(), strict=True)
        for mine, theirs in pairs:
            mine.copy_(theirs[:1])
    one.centre.copy_(many.centre)
    one.scale.copy_(many.scale)
    return one


def save_checkpoint(training: Training, snapshots: Sequence[Snapshot], floor: float, seconds: float) -> Card:
    """Write weights and card of the first member; the history has a row every `interval` steps."""
    recipe = training.recipe
    rows = [snapshot for snapshot in snapshots if snapshot.step % recipe.interval == 0]
    columns = ("step", "discriminator_loss", "generator_loss", "energy")
    model = first_member(training)
    energy, how = points.figures(model, training.real)
    card = recipe.card(
        model,
        dataset={
            "name": recipe.data.__name__,
            "note": f"{planar.SETS[recipe.data.__name__].title}, drawn by numpy with seed {recipe.seed}",
            "unit": "points",
            "train_images": POOL,
        },
        metrics=energy | metrics_of(training, floor),
        protocol=how | {name: text.format(members=recipe.members) for name, text in PROTOCOL.items()},
        history={name: [round(getattr(row, name), 6) for row in rows] for name in columns},
        run={
            "command": f"python -m train {recipe.name}",
            "seconds": round(seconds, 1),
            "device": "cpu, 1 threads × 1",
            **versions(),
        },
    )
    return checkpoints.save(model, card)
