"""A small recorded search over a GAN's settings: python -m train.studies.search mnist_gan [--threads 1] [--bf16]

Every trial sees the same number of pictures and ends with the Fréchet distance of 2,000 samples to 2,000 held-out train
pictures: the test set decides nothing. Recorded in checkpoints/recorded/search_NAME.json, which the page of the models
shows.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from typing import Any, cast

from evaluate.command import Command
from models.adversarial import NonSaturating, NonSaturatingR1
from train.adversarial import AdversarialRecipe, adam, adam_without_momentum, rmsprop
from train.catalogue import RECIPES
from train.cli import add_bf16
from train.loop import fit
from train.monitor import Watch
from train.studies import Cluster, Plan, add_cluster, cluster, in_one_sentence, study

SAMPLES = HELD = 2000  # samples, and train pictures that no trial trains on
# {recipe: (changes shared by all trials, changes of each trial)}
SEARCHES = {
    "mnist_gan": (
        {"loss": NonSaturating(), "optimiser": adam, "batch": 128, "interval": 460, "epochs": 4, "averaging": 0.995},
        (
            {"learning_rate": 2e-4},
            {"learning_rate": 5e-4},
            {"learning_rate": 1e-3},
            {"learning_rate": 5e-4, "optimiser": adam_without_momentum},
            {"learning_rate": 5e-4, "optimiser": adam_without_momentum, "loss": NonSaturatingR1()},
        ),
    ),
    "mnist_wgan": (
        {"interval": 150, "epochs": 4},
        (
            {"optimiser": rmsprop, "learning_rate": 2e-4},
            {"optimiser": rmsprop},
            {"optimiser": adam},
            {"optimiser": adam_without_momentum},
        ),
    ),
}


def run(recipe: AdversarialRecipe, bf16: bool) -> dict[str, Any]:
    """One training from its seed: {"frechet": [after every epoch, ...], "seconds": float}."""
    splits, model = recipe.splits(), recipe.begun()
    watch = Watch(recipe, splits, samples=SAMPLES, real=SAMPLES)
    history, seconds = fit(model, recipe, splits.train, bf16=bf16, monitor=watch)
    return {"frechet": [round(value, 4) for value in history["frechet"]], "seconds": round(seconds, 1)}


def differing(recipe: AdversarialRecipe) -> dict[str, Any]:
    """The fields that differ between trials, as JSON values."""
    return {name: recipe.to_dict()[name] for name in ("loss", "learning_rate", "batch", "optimiser")}


def plan(recipe: AdversarialRecipe, changes: Iterable[dict[str, Any]], bf16: bool = False) -> Plan:
    """Pairs (key, train) of the trials: the differing fields, and train() -> the result of `run`."""
    for change in changes:
        trial = dataclasses.replace(recipe, **change)
        yield differing(trial), functools.partial(run, trial, bf16)


def search(name: str, bf16: bool = False, pool: Cluster | None = None) -> None:
    """Run the trials of SEARCHES[name] that are missing in its recording, on a cluster if one is given."""
    common, changes = SEARCHES[name]
    base = cast(AdversarialRecipe, dataclasses.replace(RECIPES[name], watched=HELD, **common))
    shared = {"pictures": base.epochs * base.interval * base.images_per_step, "samples": SAMPLES, "watched": HELD}
    command = f"python -m train.studies.search {name}"
    if bf16:  # trials with and without bf16 are not comparable
        shared, command = shared | {"bf16": True}, f"{command} --bf16"
    study(f"search_{name}", command, shared, plan(base, changes, bf16), rows="trials", pool=pool)


@in_one_sentence()
def main() -> None:
    parser = Command("train.studies.search", __doc__)
    add_bf16(parser)
    add_cluster(parser)
    parser.add_argument("recipe", choices=SEARCHES)
    options = parser.parse_args()
    search(options.recipe, options.bf16, cluster(parser, options))


if __name__ == "__main__":
    main()
