"""Settings of a toy GAN, as plain values; imports no torch."""

import dataclasses
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from checkpoints.recorded.bounds import check_hidden_layers, check_numbers

LATENT, FEATURES = 2, 2
Player = Literal["generator", "discriminator"]
POOL = 4096  # points of the training set
ENERGY_POINTS = 500  # points on each side of an energy distance
LOSSES = {
    "non_saturating": "Non-saturating (BCE)",
    "minimax": "Minimax, as first written",
    "least_squares": "Least squares",
    "hinge": "Hinge",
    "wasserstein": "Wasserstein, clipped",
    "wasserstein_gp": "Wasserstein, gradient penalty",
}
OPTIMISERS = {"adam": "Adam", "rmsprop": "RMSProp", "sgd": "Gradient descent"}

# Setting -> (least, most, its name in a sentence).
BOUNDS = {
    "steps": (1, 1_000_000, "The number of steps"),
    "batch": (2, 1024, "The batch"),
    "generator_rate": (0.0, 1000.0, "The generator's learning rate"),
    "discriminator_rate": (0.0, 1000.0, "The discriminator's learning rate"),
    "generator_steps": (1, 20, "The generator's steps"),
    "discriminator_steps": (1, 20, "The discriminator's steps"),
    "head_start": (0, 20_000, "The head start"),
    "clip": (0.001, 10.0, "The clipping bound"),
    "penalty": (0.0, 1000.0, "The penalty λ"),
    "averaging": (0.0, 0.9999, "The averaging"),
    "seed": (0, 2**31 - 1, "The seed"),
}
WIDTH = (1, 128)


@dataclass(frozen=True)
class Settings:
    """A training; raises ValueError with one sentence if a value is out of bounds.

    generator, discriminator: units of the two hidden layers. One step is discriminator_steps updates of the
    discriminator, then generator_steps of the generator. head_start: updates of the discriminator alone before the
    first step. falling: the learning rates fall to 0 along half a cosine over `steps` steps. averaging: the generator
    to show and measure has a running mean of the weights, mean ← averaging · mean + (1 − averaging) · weights after
    every update; with 0 it has the weights themselves.
    """

    data: str = "parabola"
    loss: str = "non_saturating"
    optimiser: str = "adam"
    generator: tuple[int, int] = (16, 16)
    discriminator: tuple[int, int] = (24, 24)
    generator_rate: float = 1e-3
    discriminator_rate: float = 1e-3
    generator_steps: int = 1
    discriminator_steps: int = 1
    head_start: int = 0
    batch: int = 64
    steps: int = 20_000
    falling: bool = False
    averaging: float = 0.0
    clip: float = 0.1
    penalty: float = 1.0
    beta1: float = 0.5
    beta2: float = 0.999
    seed: int = 0

    def __post_init__(self):
        players = ("generator", "discriminator")
        check_hidden_layers(self, players, WIDTH)
        for player in players:
            object.__setattr__(self, player, tuple(getattr(self, player)))  # lists come from JSON
        check_numbers(self, BOUNDS)
        for name, known in (("loss", LOSSES), ("optimiser", OPTIMISERS)):
            if getattr(self, name) not in known:
                raise ValueError(f"The {name} must be one of {', '.join(known)}, not {getattr(self, name)}.")

    def rate(self, step: int) -> float:
        """Factor of both learning rates after `step` steps, in [0, 1]."""
        return 0.5 * (1 + math.cos(math.pi * min(step, self.steps) / self.steps)) if self.falling else 1.0

    def sizes(self, player: Player) -> tuple[int, ...]:
        """Units of all layers of a network, from its input to its output."""
        if player == "generator":
            return (LATENT, *self.generator, 2)
        return (2, *self.discriminator, FEATURES, 1)

    def weights(self, player: Player) -> int:
        """Number of weights and biases of a network."""
        sizes = self.sizes(player)
        return sum((inputs + 1) * outputs for inputs, outputs in pairwise(sizes))

    def to_dict(self) -> dict:
        """JSON values, for Settings(**values)."""
        return dataclasses.asdict(self)
