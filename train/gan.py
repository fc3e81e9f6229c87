"""Train generative adversarial networks: python -m train.gan NAME (options: see train/command.py).

mnist_gan           PixelShuffle generator, non-saturating loss.
mnist_wgan          The same networks with a clipped critic, which is asked for a distance instead of a probability.
fashion_wgan        Linear layers only, RMSProp, five critic steps: assignment 000.
fashion_wgan_adam   Its twin as often found in the wild: Adam and half the batch.
emoji_dcgan         Least squares, 20,000 iterations, a grid every 200: assignment 001.
emoji_dcgan_plus    The same networks with augmentation before the discriminator and averaged weights.
street_wgan_gp      The generator of street_vae against a critic with a gradient penalty: assignment 003.
svhn_wgan_gp        The same line with the real SVHN, for who has it.
"""

import dataclasses

import numpy as np
import torch

from checkpoints import snapshots
from data.splits import emoji, fashion_mnist, mnist, street_digits, svhn
from evaluate import feature_networks
from evaluate.features import features
from evaluate.generated import evaluate
from evaluate.samples import grid, pictures
from metrics.frechet import frechet_of_features
from models.adversarial import LeastSquares, NonSaturatingR1, Wasserstein, WassersteinGP, gradient_norms
from models.colour import ColourGAN
from models.gan import DCGAN, MLPGAN, PixelShuffleGAN
from train import cli
from train.adversarial import AdversarialRecipe, adam_without_momentum, adversarial_game, rmsprop
from train.augment import shift
from train.monitor import Record
from train.recipe import cosine

STREET = AdversarialRecipe(
    name="street_wgan_gp",
    title="WGAN-GP on synthetic street numbers",
    summary="The generator of street_vae, trained by a critic whose gradient is held near length 1: sharp "
    "pictures, and no way back from a picture to its code.",
    model=ColourGAN,
    data=street_digits,
    objective=adversarial_game,
    loss=WassersteinGP(),
    critic_steps=5,
    epochs=27,
    interval=400,
    batch=64,
    learning_rate=1e-3,  # constant: where it fell, the distance rose again (LOG.md)
    optimiser=adam_without_momentum,
    averaging=0.998,
)

RECIPES = [
    AdversarialRecipe(
        name="mnist_gan",
        title="PixelShuffle GAN on MNIST",
        summary="The discriminator says how likely a picture is real, the generator raises that probability; a penalty "
        "keeps the discriminator flat at real pictures.",
        model=PixelShuffleGAN,
        data=mnist,
        objective=adversarial_game,
        loss=NonSaturatingR1(weight=3.0),  # without the penalty it loses 2s and 6s after 2,000 steps (LOG.md)
        epochs=40,
        interval=460,  # once through the 59,000 pictures
        batch=128,
        learning_rate=5e-4,
        schedule=cosine,
        optimiser=adam_without_momentum,
        averaging=0.998,
    ),
    AdversarialRecipe(
        name="mnist_wgan",
        title="PixelShuffle WGAN on MNIST",
        summary="The same networks; the critic's weights are clipped and it measures a distance instead of a "
        "probability: no sigmoid, no logarithm.",
        model=PixelShuffleGAN,
        data=mnist,
        objective=adversarial_game,
        loss=Wasserstein(clip=0.01),
        critic_steps=5,
        epochs=20,
        interval=184,
        batch=64,
        learning_rate=1e-3,
        schedule=cosine,
        optimiser=adam_without_momentum,  # RMSProp was not better at any rate tried (train/search.py)
        averaging=0.995,
    ),
    AdversarialRecipe(
        name="fashion_wgan",
        title="MLP WGAN on Fashion-MNIST",
        summary="Weight clipping, RMSProp and five critic steps for each of the generator, linear layers only.",
        model=MLPGAN,
        data=fashion_mnist,
        objective=adversarial_game,
        loss=Wasserstein(clip=0.01),
        critic_steps=5,
        epochs=50,
        interval=94,  # 5 × 94 batches of 128 are once through the 60,000 pictures
        batch=128,
        learning_rate=5e-5,
        optimiser=rmsprop,
    ),
    AdversarialRecipe(
        name="fashion_wgan_adam",
        title="MLP WGAN on Fashion-MNIST, the twin with Adam",
        summary="The same networks and generator steps with Adam 2e-4 and batches of 64, to compare.",
        model=MLPGAN,
        data=fashion_mnist,
        objective=adversarial_game,
        loss=Wasserstein(clip=0.01),
        critic_steps=5,
        epochs=50,
        interval=94,
        batch=64,
        learning_rate=2e-4,
    ),
    AdversarialRecipe(
        name="emoji_dcgan",
        title="Least-squares DCGAN on emojis",
        summary="20,000 iterations with batches of 16, as assignment 001 asks, and a grid after every 200.",
        model=DCGAN,
        data=emoji,
        objective=adversarial_game,
        loss=LeastSquares(),
        epochs=100,
        interval=200,
        batch=16,
        learning_rate=3e-4,
    ),
    AdversarialRecipe(
        name="emoji_dcgan_plus",
        title="DCGAN on emojis with augmentation and averaged weights",
        summary="The same networks, 32 pictures at a time; the discriminator sees only moved ones, so that it cannot "
        "learn 3,671 emojis by heart so soon, and the generator's weights are averaged.",
        model=DCGAN,
        data=emoji,
        objective=adversarial_game,
        loss=LeastSquares(),
        epochs=100,
        interval=200,
        batch=32,
        learning_rate=1e-3,
        schedule=cosine,
        differentiable=shift,
        averaging=0.999,
    ),
    STREET,
    dataclasses.replace(
        STREET, name="svhn_wgan_gp", title="WGAN-GP on SVHN", summary="The same line with the real SVHN.", data=svhn
    ),
]

# Without a shipped checkpoint: the whole SVHN was not at hand.
WAITING = ("svhn_wgan_gp",)


class Watch(Record):
    """After every interval: a grid of one fixed noise, and the Fréchet distance of some samples to real test pictures.

    real: to how many of them, the first ones; all unless told. They are looked at once, so that more of them, which
    make the distance steadier from noise to noise, cost nothing afterwards.
    slope: whether the mean length of the critic's gradient between real and generated pictures is measured too.
    """

    def __init__(self, splits, side=8, samples=1000, real=None, slope=False):
        self.side, self.samples, self.slope, self.frames = side, samples, slope, []
        self.classifier = feature_networks.load(splits.name)
        self.images = splits.test.images[:real]
        self.real = features(self.classifier, self.images)

    def __call__(self, model):
        shown = pictures(model, max(self.samples, self.side**2))
        self.frames.append(grid(shown[: self.side**2], self.side))
        found = {"frechet": frechet_of_features(features(self.classifier, shown[: self.samples]), self.real)}
        return found | ({"gradient_norm": self._slope(model, shown)} if self.slope else {})

    def _slope(self, model, shown):
        device = next(model.parameters()).device
        real, fake = (x[:100].to(device).float() / 127.5 - 1 for x in (self.images, shown))
        return gradient_norms(model.discriminate, real, fake, torch.full((100,), 0.5, device=device)).mean().item()

    def figures(self, history):
        return {}, {"history": f"Fréchet: {self.samples:,} samples of one noise, {len(self.images):,} test pictures"}

    def state_dict(self):
        return {"frames": torch.stack(self.frames)}

    def load_state_dict(self, state):
        self.frames = list(state["frames"])

    def store(self, recipe):
        frames = torch.stack(self.frames).numpy()
        steps = recipe.interval * np.arange(1, len(frames) + 1)
        snapshots.save(recipe.name, frames[..., 0] if frames.shape[-1] == 1 else frames, steps)


def recorder(recipe, splits):
    return Watch(splits, slope=isinstance(recipe.loss, WassersteinGP))


if __name__ == "__main__":
    cli.main("train.gan", RECIPES, "gan", evaluate, recorder=recorder)
