"""Which training raises the mutual information gap: python -m train.studies.gaps ramp [--threads 1]

Every variant of a recipe is trained from three seeds, so that a difference can be told from luck. A run is measured in
the same way as the checkpoints. Kept in checkpoints/recorded/gaps_NAME.json.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

from evaluate.command import Command
from models.control import PIController
from train.catalogue import RECIPES
from train.control import SteppedRecipe, TotalCorrelationRecipe
from train.objectives import total_correlation_elbo
from train.recipe import Recipe
from train.studies import Plan, seeds, study

SEEDS = (42, 0, 1)
CONTROLLED = RECIPES["dsprites_control_vae_14"]
# {name: (its recipe, words for the page)}
VARIANTS: dict[str, tuple[Recipe, str]] = {
    "ramp": (
        dataclasses.replace(CONTROLLED, epochs=240, ramp=0.85),
        "24,000 steps; the set point rises for 85 % of them",
    ),
    "wide": (
        dataclasses.replace(CONTROLLED, epochs=240, ramp=0.85, batch=64),
        "24,000 steps of 64 pictures; the set point rises for 85 % of them",
    ),
    "free": (
        dataclasses.replace(
            CONTROLLED,
            epochs=240,
            ramp=0.85,
            controller=PIController(14.0, kp=0.01, ki=0.01, beta_min=0.0, guard="way_back"),
        ),
        "24,000 steps; β may fall to 0",
    ),
    "total_correlation": (
        TotalCorrelationRecipe(
            **{field.name: getattr(CONTROLLED, field.name) for field in dataclasses.fields(SteppedRecipe)}
            | {
                "name": "dsprites_tc_vae",
                "title": "β-TCVAE on dSprites",
                "summary": "β = 6 in front of the total correlation alone.",
                "objective": total_correlation_elbo,
                "batch": 64,
                "beta": 6.0,
                "images": 18_432,
            }
        ),
        "12,000 steps of 64 pictures; β-TCVAE with β = 6",
    ),
}


def plan(recipe: Recipe) -> Plan:
    """Pairs (key, train), one for each seed; train() -> what `seeds.run` gives."""
    for seed in SEEDS:
        yield {"seed": seed}, functools.partial(seeds.run, dataclasses.replace(recipe, seed=seed), bf16=False)


def train(name: str) -> list[dict[str, Any]]:
    """The runs of a variant; those that its recording lacks are trained."""
    recipe, words = VARIANTS[name]
    common = {"recipe": recipe.to_dict(), "words": words}
    return study(f"gaps_{name}", f"python -m train.studies.gaps {name}", common, plan(recipe))


def main() -> None:
    parser = Command("train.studies.gaps", __doc__)
    parser.add_argument("variant", choices=sorted(VARIANTS))
    train(parser.parse_args().variant)


if __name__ == "__main__":
    main()
