"""How well a self-supervised GAN's discriminator predicts the turns of digits, and the figures of every generator.

python -m evaluate.rotation NAME measures its predictions again with the stored weights, for its card.
"""

from collections.abc import Callable

import torch

import checkpoints
from data.splits import Split, Splits
from evaluate import Evaluation, command, generated
from evaluate.features import device_of
from metrics.rotation import rotation_accuracy
from models.ssgan import SSGAN


def evaluate(model: SSGAN, splits: Splits) -> Evaluation:
    """The figures of every generator, and the discriminator's predictions for turned test digits."""
    metrics, protocol, preview = generated.evaluate(model, splits)
    of_turns, how = of_turned(model, splits.test)
    return Evaluation(metrics | of_turns, protocol | how, preview)


@torch.no_grad()
def of_turned(model: SSGAN, split: Split) -> tuple[dict, dict]:
    """`figures` of a discriminator, on its own device."""
    device = device_of(model)
    return figures(lambda x: model.rotation(2 * x.to(device) - 1).cpu(), split)


def figures(guess: Callable[[torch.Tensor], torch.Tensor], split: Split) -> tuple[dict, dict]:
    """(metrics, protocol) of a discriminator's predictions of turns (see metrics.rotation.rotation_accuracy).

    guess: pictures (N, C, H, H) in [0, 1] -> logits (N, 4).
    """
    images, labels = split.floats(), split.labels
    overall, each = rotation_accuracy(guess, images, labels)
    moved, each_moved = rotation_accuracy(guess, images.roll((-1, -1), (2, 3)), labels)
    metrics = {
        "rotation_accuracy": overall,
        "rotation_accuracy_per_class": each,
        "rotation_accuracy_moved": moved,
        "rotation_accuracy_moved_per_class": each_moved,
    }
    protocol = {
        "rotation_accuracy": "share of right guesses over the four turns of every test picture; chance is 25 %",
        "rotation_accuracy_moved": "the same pictures moved by one pixel up and to the left before they are turned: "
        "their centre of mass then lies half a pixel on the other side of the middle",
    }
    return metrics, protocol


def add_to_card(name: str, device: torch.device | str = "cpu") -> None:
    """Measure the predictions of a stored discriminator and write the figures into its card.

    Raises CheckpointError for a model without such predictions, and as `command.generator` does.
    """
    if not issubclass(checkpoints.model_class(checkpoints.read(name)), SSGAN):
        raise checkpoints.CheckpointError(f"{name} guesses no rotations, so it has no accuracy of them.")
    model, splits = command.generator(name, device)
    command.added(name, *of_turned(model, splits.test))


if __name__ == "__main__":
    command.run_on("evaluate.rotation", __doc__, add_to_card)
