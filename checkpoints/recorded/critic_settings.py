"""Training settings of the critics for distances and densities, as plain values; imports no torch."""

from dataclasses import dataclass
from typing import Literal

from checkpoints.recorded.bounds import check_numbers

# Setting -> (least, most, its name in a sentence).
BOUNDS = {
    "steps": (1, 20_000, "The number of steps"),
    "batch": (2, 4096, "The batch"),
    "width": (1, 256, "The width"),
    "hidden": (1, 3, "The number of hidden layers"),
    "learning_rate": (1e-6, 1.0, "The learning rate"),
    "penalty": (0.1, 1000.0, "The penalty λ"),
    "seed": (0, 2**31 - 1, "The seed"),
    "seeds": (1, 20, "The number of seeds"),
}
WHOLE = ("steps", "batch", "width", "hidden", "seed", "seeds")


@dataclass(frozen=True)
class Settings:
    """How critics are trained; raises ValueError with one sentence if a value is out of bounds.

    penalty: λ of the gradient penalty λ E(‖∇T(z)‖ − 1)² (Gulrajani et al. 2017). seeds: independent repetitions with
    seeds seed, seed + 1, …, which are further members of the same batch and give the spread.
    decay: the learning rate falls to 0 along half a cosine. standardise: inputs are standardised by the mean and
    standard deviation of a first sample. zero_start: the last layer starts at 0, so that a critic first moves in the
    direction of the samples' difference; from random weights it can stay in another direction, where the penalty is
    small, too.
    one_sided: penalise (‖∇T‖ − 1)₊² instead (Petzka et al. 2018). The two-sided penalty also penalises slopes near 0,
    which a critic needs where it changes from rising to falling: for N(0, 1) against N(0, 4), whose best critic does,
    it mostly ends at the difference of means (0 instead of 0.798). On the segments both have the same optimum.
    """

    steps: int = 250
    batch: int = 64
    width: int = 32
    hidden: int = 1
    learning_rate: float = 0.04
    penalty: float = 10.0
    seed: int = 0
    seeds: int = 1
    activation: Literal["tanh", "softplus", "relu"] = "softplus"
    optimiser: Literal["adam", "sgd"] = "adam"
    decay: bool = True
    standardise: bool = True
    zero_start: bool = True
    one_sided: bool = False

    def __post_init__(self):
        check_numbers(self, BOUNDS, WHOLE, {"penalty": "without a penalty nothing bounds the critic's slope"})
        if self.activation not in ("tanh", "softplus", "relu"):
            raise ValueError(f"The activation must be tanh, softplus or relu, not {self.activation}.")
        if self.optimiser not in ("adam", "sgd"):
            raise ValueError(f"The optimiser must be adam or sgd, not {self.optimiser}.")


# For two distributions chosen by the visitor, whose best critic may change from rising to falling.
PAIR_SETTINGS = Settings(steps=500, activation="tanh", one_sided=True)
# For a discriminator of two one-dimensional densities (train/live/density.py).
DENSITY_SETTINGS = Settings(steps=1000, batch=256, width=32, hidden=2, learning_rate=0.015, activation="tanh")

WORK = 3e12  # multiplications allowed for one training: a few minutes on two cores


def check_work(settings: Settings, networks: int) -> None:
    """Raise ValueError with one sentence if training so many networks would take more than WORK multiplications."""
    weights = (settings.hidden - 1) * settings.width**2 + 4 * settings.width
    # Two samples and the penalty's points, each forward and twice backward.
    if networks * weights * settings.batch * settings.steps * 9 > WORK:
        raise ValueError(
            "That is more than a few minutes of computing; choose fewer steps or seeds, a smaller batch or width."
        )
