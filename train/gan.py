"""Train generative adversarial networks: python -m train.gan NAME (options: see train/command.py).

mnist_gan           PixelShuffle generator, non-saturating loss.
mnist_wgan          The same networks with a clipped critic, which is asked for a distance instead of a probability.
fashion_wgan        Linear layers only, RMSProp, five critic steps: assignment 000.
fashion_wgan_adam   Its twin as often found in the wild: Adam and half the batch.
emoji_dcgan         Least squares, 20,000 iterations, a grid every 200: assignment 001.
emoji_dcgan_plus    The same networks with augmentation before the discriminator and averaged weights.
"""

import functools

import numpy as np
import torch

import checkpoints
from checkpoints import stages
from metrics.coverage import density_and_coverage
from metrics.features import features, halves
from metrics.frechet import frechet_of_features
from metrics.kid import kid
from metrics.recognition import class_shares, effective_classes, recognised
from models.adversarial import LeastSquares, NonSaturating, Wasserstein
from models.gan import DCGAN, MLPGAN, PixelShuffleGAN
from train import atlas, command
from train.adversarial import AdversarialRecipe, adversarial_game, rmsprop
from train.augment import colour_shift_and_cut
from train.record import Record
from train.splits import emoji, fashion_mnist, mnist

RECIPES = [
    AdversarialRecipe(
        name="mnist_gan",
        title="PixelShuffle GAN on MNIST",
        summary="The discriminator says how likely a picture is real, the generator raises that probability.",
        model=PixelShuffleGAN,
        data=mnist,
        objective=adversarial_game,
        loss=NonSaturating(),
        epochs=12,
        interval=460,  # once through the 59,000 pictures
        batch=128,
        learning_rate=2e-4,
        averaging=0.999,
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
        learning_rate=2e-4,
        optimiser=rmsprop,
        averaging=0.999,
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
        summary="The same networks and iterations; the discriminator sees only moved, recoloured and cut pictures, so "
        "that it cannot learn 3,671 emojis by heart, and the generator's weights are averaged.",
        model=DCGAN,
        data=emoji,
        objective=adversarial_game,
        loss=LeastSquares(),
        epochs=100,
        interval=200,
        batch=32,
        learning_rate=3e-4,
        differentiable=colour_shift_and_cut,
        averaging=0.999,
    ),
]

# Recipes whose training is still to be done: nothing of theirs is in the app yet.
WAITING = ("emoji_dcgan", "mnist_wgan", "fashion_wgan", "fashion_wgan_adam", "emoji_dcgan_plus")

# Whose features measure a set's pictures. Emojis have no labels; street numbers are the other small colour pictures.
JUDGES = {"mnist": "mnist_classifier", "fashion_mnist": "fashion_classifier", "emoji": "street_classifier"}
SAMPLES = {"emoji": 3000}
BATCH = 500


@torch.no_grad()
def pictures(model, n, seed=0):
    """n pictures of a generator as uint8 (n, C, H, W), from noise of a CPU generator with the seed."""
    noise = torch.randn(n, model.latent, generator=torch.Generator().manual_seed(seed))
    device = next(model.parameters()).device
    parts = [model.picture(z.to(device)).mul(255).round().to(torch.uint8).cpu() for z in noise.split(BATCH)]
    return torch.cat(parts)


class Watch(Record):
    """After every interval: a grid of one fixed noise, and the Fréchet distance of 500 samples to 500 real pictures."""

    def __init__(self, splits, side=8, samples=500):
        self.side, self.samples, self.frames = side, samples, []
        self.classifier = checkpoints.load(JUDGES[splits.name])
        self.real = features(self.classifier, splits.test.images[:samples])

    def __call__(self, model):
        shown = pictures(model, max(self.samples, self.side**2))
        self.frames.append(grid(shown[: self.side**2], self.side))
        return {"frechet": frechet_of_features(features(self.classifier, shown[: self.samples]), self.real)}

    def state_dict(self):
        return {"frames": torch.stack(self.frames)}

    def load_state_dict(self, state):
        self.frames = list(state["frames"])

    def store(self, recipe):
        frames = torch.stack(self.frames).numpy()
        steps = recipe.interval * np.arange(1, len(frames) + 1)
        stages.save(recipe.name, frames[..., 0] if frames.shape[-1] == 1 else frames, steps)


def grid(tiles, side):
    """Pictures (side², C, H, W) side by side: (side·H, side·W, C)."""
    return tiles.unflatten(0, (side, side)).permute(0, 3, 1, 4, 2).flatten(0, 1).flatten(1, 2)


def recorder(recipe, splits):
    return Watch(splits)


def evaluate(model, splits):
    """Distances to the test set, what the classifier makes of the samples, and how near they are to train pictures."""
    n = SAMPLES.get(splits.name, 10_000)
    thousands, judge = f"{n // 1000}k", JUDGES[splits.name]
    classifier, shown = checkpoints.load(judge), pictures(model, n, seed=1)
    ours, real = features(classifier, shown), features(classifier, splits.test.images)
    one, other = halves(real)
    against = f"{n:,} samples against {len(real):,} real pictures, features of {judge}"
    density, coverage = density_and_coverage(real[:3000], ours[:3000])
    metrics = {
        f"frechet_{splits.name}_{thousands}": frechet_of_features(ours, real),
        "frechet_floor": frechet_of_features(one, other),
        "kid": kid(ours, real, size=500)[0],
        "kid_floor": kid(one, other, size=500)[0],
        "density": density,
        "coverage": coverage,
    }
    protocol = {
        f"frechet_{splits.name}_{thousands}": against,
        "frechet_floor": f"{len(one):,} of these real pictures against {len(other):,} others",
        "kid": f"{against}; mean of 50 subsets of 500",
        "kid_floor": "the same of real pictures against others",
        "density": "3,000 samples in the neighbourhoods of 3,000 real pictures, 5 neighbours",
        "coverage": "share of these neighbourhoods with a sample in them",
    }
    if splits.name != "emoji":
        found, told = class_figures(classifier, ours, real)
        metrics, protocol = metrics | found, protocol | told
    metrics |= memory_figures(shown[:500], splits)
    protocol["nearest_train"] = "mean distance of 500 samples to their nearest train picture, pixels in [0, 1]"
    if splits.test is not splits.train:
        protocol["nearest_train_of_test"] = "the same for 500 test pictures: nothing copied would come closer"
    return metrics, protocol, atlas.of_generator(model)


@torch.no_grad()
def class_figures(classifier, ours, real):
    """How sure a classifier is of samples and how they spread over its classes, from its features of both."""
    found, known = (classifier.head(table).softmax(1) for table in (ours, real))
    shares = class_shares(found)
    metrics = {
        "recognised": recognised(found, known),
        "effective_classes": effective_classes(shares),
        "class_shares": shares.tolist(),
    }
    protocol = {
        "recognised": "share of the samples of which the classifier is surer than of the 5 % least sure test pictures",
        "effective_classes": "exp of the entropy of the classes that the classifier gives the samples",
        "class_shares": "share of every class among the samples",
    }
    return metrics, protocol


def memory_figures(shown, splits):
    """Mean Euclidean distances to the nearest train picture: of samples, and of test pictures where there are some."""
    train = splits.train.images.flatten(1).float().div(255)

    def nearest(images):
        rows = images.flatten(1).float().div(255)
        best = functools.reduce(torch.minimum, (torch.cdist(rows, t).amin(1) for t in train.split(10_000)))
        return best.mean().item()

    figures = {"nearest_train": nearest(shown)}
    if splits.test is not splits.train:
        figures["nearest_train_of_test"] = nearest(splits.test.images[: len(shown)])
    return figures


if __name__ == "__main__":
    command.main("train.gan", RECIPES, "gan", evaluate, recorder=recorder)
