"""The adversarial game with a second task for both players: predicting the turns of pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.rotation_task import RotationTask
from models.ssgan import SSGAN
from train.adversarial import AdversarialRecipe, adversarial_game
from train.objectives import Objective


@dataclass(frozen=True)
class SelfSupervisedRecipe(AdversarialRecipe):
    """task: the second task of both players and its weights."""

    task: RotationTask = field(default_factory=RotationTask)


def self_supervised_game(model: SSGAN, recipe: SelfSupervisedRecipe, steps: int) -> Objective:
    """adversarial_game, with the task's cross entropies added to both losses (Chen et al. 2019).

    model.rotation: pictures (B, C, H, H) in [−1, 1] -> logits (B, 4) of their turns.
    """
    return adversarial_game(
        model,
        recipe,
        steps,
        critic_task=lambda real: recipe.task.discriminator(model, real),
        generator_task=lambda fake: recipe.task.generator(model, fake),
    )
