"""Copy aims, and notes on what test pictures decided, from recipes into stored cards: python -m train.cards

Weights and figures do not change; a training writes these fields itself.
"""

from __future__ import annotations

import dataclasses

import checkpoints
from evaluate.command import Command
from train.catalogue import RECIPES


def main() -> None:
    Command("train.cards", __doc__).parse_args()
    for card in checkpoints.gallery():
        if recipe := RECIPES.get(card.name):
            said = {"aim": recipe.aim.to_dict() if recipe.aim else {}, "steered": recipe.steered}
            checkpoints.rewrite(dataclasses.replace(card, **said))


if __name__ == "__main__":
    main()
