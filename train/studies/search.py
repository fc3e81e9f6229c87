"""A small recorded search over a GAN's settings: python -m train.search mnist_gan [--threads 1] [--bf16]

Every trial sees the same number of pictures and ends with the Fréchet distance of 2,000 samples to 2,000 test pictures.
Kept in checkpoints/recorded/search_NAME.json (see train/study.py), which the page of the models shows.
"""

import dataclasses
import functools

import torch

from models.adversarial import NonSaturating, NonSaturatingR1
from train import gan
from train.adversarial import adam, adam_without_momentum, rmsprop
from train.loop import fit
from train.options import Options
from train.studies.study import study

SAMPLES = 2000
# {recipe: (what all trials have, what each changes)}
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


def run(recipe, bf16):
    """One training from its seed: {"frechet": [after every epoch, ...], "seconds": float}."""
    splits = recipe.data()
    torch.manual_seed(recipe.seed)
    model = recipe.model(**recipe.arguments)
    watch = gan.Watch(splits, samples=SAMPLES, real=SAMPLES)
    history, seconds = fit(model, recipe, splits.train, bf16=bf16, record=watch)
    return {"frechet": [round(value, 4) for value in history["frechet"]], "seconds": round(seconds, 1)}


def told(recipe):
    """What differs between the trials, as JSON values."""
    return {name: recipe.to_dict()[name] for name in ("loss", "learning_rate", "batch", "optimiser")}


def plan(recipe, changes, bf16=False):
    """Pairs (key, train) of the trials (see train/study.py): what differs, and one training -> what `run` gives."""
    for change in changes:
        tried = dataclasses.replace(recipe, **change)
        yield told(tried), functools.partial(run, tried, bf16)


def main(name, bf16=False):
    common, changes = SEARCHES[name]
    base = dataclasses.replace(next(r for r in gan.RECIPES if r.name == name), **common)
    shared = {"pictures": base.epochs * base.interval * base.draw, "samples": SAMPLES}
    command = f"python -m train.search {name}"
    if bf16:  # trials of both kinds do not compare
        shared, command = shared | {"bf16": True}, f"{command} --bf16"
    study(f"search_{name}", command, shared, list(plan(base, changes, bf16)), rows="trials")


if __name__ == "__main__":
    parser = Options("train.search", __doc__, bf16=True)
    parser.add_argument("recipe", choices=SEARCHES)
    options = parser.parse_args()
    main(options.recipe, options.bf16)
