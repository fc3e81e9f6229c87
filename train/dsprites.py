"""Train VAEs of dSprites, plain and with a controlled KL: python -m train.dsprites NAME (options: train/command.py).

dsprites_vae             β = 1, whatever KL that gives.
dsprites_control_vae_8   A PI controller moves β so that the KL stays at 8 nats.
dsprites_control_vae_14  At 14 nats.
dsprites_..._full        The same with the assignment's learning rate and batches, for who has a GPU or a day.

All three see the same pictures in the same order. The small recipes take 12,000 steps of 32 pictures, a quarter of an
hour on one thread, at a rate of 1e-3 that falls to the assignment's 1e-4. In a 25th of the steps the published Ki of
0.001 never lifts β far enough to empty the code at first, so theirs is 0.01, with a guard that cannot lock (see
models/control.py); the full ones have the published values.
"""

import dataclasses

import torch

from checkpoints import snapshots
from data.splits import dsprites
from evaluate.disentanglement import evaluate
from evaluate.samples import grid, pictures
from models.control import PIController
from models.vae import SpriteVAE
from train import cli
from train.control import ControlRecipe, SteppedRecipe
from train.monitor import Record
from train.objectives import control_elbo, elbo
from train.recipe import constant, cosine_to_a_tenth

SMALL = [
    SteppedRecipe(
        name="dsprites_vae",
        title="VAE on dSprites",
        summary="The plain evidence lower bound, β = 1: nobody says how many nats the code may carry.",
        model=SpriteVAE,
        data=dsprites,
        objective=elbo,
        epochs=120,
        interval=100,
        batch=32,
        learning_rate=1e-3,
        schedule=cosine_to_a_tenth,
    ),
    ControlRecipe(
        name="dsprites_control_vae_8",
        title="ControlVAE on dSprites, KL held at 8 nats",
        summary="A PI controller moves β so that the code carries 8 nats: too few for every place and size.",
        model=SpriteVAE,
        data=dsprites,
        objective=control_elbo,
        controller=PIController(8.0, kp=0.01, ki=0.01, beta_min=1.0, guard="way_back"),
        ramp=0.6,
        epochs=120,
        interval=100,
        batch=32,
        learning_rate=1e-3,
        schedule=cosine_to_a_tenth,
    ),
    ControlRecipe(
        name="dsprites_control_vae_14",
        title="ControlVAE on dSprites, KL held at 14 nats",
        summary="The same controller with room for 14 nats: every place and size, and finer detail.",
        model=SpriteVAE,
        data=dsprites,
        objective=control_elbo,
        controller=PIController(14.0, kp=0.01, ki=0.01, beta_min=1.0, guard="way_back"),
        ramp=0.6,
        epochs=120,
        interval=100,
        batch=32,
        learning_rate=1e-3,
        schedule=cosine_to_a_tenth,
    ),
]


def full(recipe):
    """The published settings: 25 times the steps, and for a controller a tenth of the gain."""
    changes = {"epochs": 300, "interval": 1000, "batch": 128, "learning_rate": 1e-4, "schedule": constant}
    if isinstance(recipe, ControlRecipe):
        changes["controller"] = dataclasses.replace(recipe.controller, ki=0.001, guard="published")
    return dataclasses.replace(recipe, name=f"{recipe.name}_full", title=f"{recipe.title}, 300,000 steps", **changes)


FULL = [full(recipe) for recipe in SMALL]
RECIPES = SMALL + FULL

# Recipes that want a GPU.
WAITING = tuple(recipe.name for recipe in FULL)

LAST = 1000  # steps over which the KL is averaged
ROWS, COLUMNS = 5, 10  # of a grid of samples


class Samples(Record):
    """A grid of one fixed noise after every few intervals, and the KL at the end of the training."""

    def __init__(self, recipe, stages=40):
        self.every, self.asked, self.frames = max(1, recipe.epochs // stages), 0, []
        self.interval = recipe.interval

    def __call__(self, model):
        self.asked += 1
        if self.asked % self.every == 0:
            self.frames.append(grid(pictures(model, ROWS * COLUMNS), ROWS)[..., 0])
        return {}

    def state_dict(self):
        return {"asked": self.asked, "frames": list(self.frames)}

    def load_state_dict(self, state):
        self.asked, self.frames = state["asked"], list(state["frames"])

    def figures(self, history):
        values = history["kl"][-max(1, LAST // self.interval) :]
        steps = len(values) * self.interval
        metrics = {"kl_last_1000": sum(values) / len(values)}
        return metrics, {"kl_last_1000": f"mean KL of the batches of the last {steps:,} steps, nats per image"}

    def store(self, recipe):
        if self.frames:
            steps = self.every * recipe.interval * torch.arange(1, len(self.frames) + 1)
            snapshots.save(recipe.name, torch.stack(self.frames).numpy(), steps.numpy(), limit=1_000_000)


def recorder(recipe, splits):
    return Samples(recipe)


if __name__ == "__main__":
    cli.main("train.dsprites", RECIPES, "vae", evaluate, recorder=recorder)
