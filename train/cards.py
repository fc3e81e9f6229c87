"""Write what recipes say into stored cards: their aim, and what was chosen by the test set: python -m train.cards

No weight and no figure changes; a training writes both itself.
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
