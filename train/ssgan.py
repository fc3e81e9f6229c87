"""Train self-supervised GANs: python -m train.ssgan NAME (options: see train/command.py).

mnist_ssgan             A quarter of the assignment's channels, which two cores can train: assignment 004, part 2.3.
mnist_ssgan_shortcut    The same with turns about the middle of every picture, which can be told without reading digits.
mnist_ssgan_full        The assignment's own width, for who has a GPU: 26 PFLOP.
"""

from data.splits import mnist
from evaluate.rotation import evaluate
from models.adversarial import SelfSupervised
from models.ssgan import SSGAN
from train import cli, gan
from train.adversarial import AdversarialRecipe, adam_without_momentum, adversarial_game
from train.recipe import cosine

RECIPES = [
    AdversarialRecipe(
        name="mnist_ssgan",
        title="Self-supervised GAN on MNIST, width 64",
        summary="Residual networks with spectral norm; the discriminator also guesses how far a digit was turned, so "
        "that it cannot forget what digits look like.",
        model=SSGAN,
        arguments={"width": 64},
        data=mnist,
        objective=adversarial_game,
        loss=SelfSupervised(),
        epochs=30,
        interval=200,
        batch=64,
        learning_rate=2e-4,
        schedule=cosine,
        optimiser=adam_without_momentum,
        averaging=0.998,
    ),
    AdversarialRecipe(
        name="mnist_ssgan_shortcut",
        title="Self-supervised GAN on MNIST, with the shortcut",
        summary="The same networks, but pictures are turned as they lie: half a pixel between a digit's centre of mass "
        "and the middle says how far, and the second task teaches nothing about digits.",
        model=SSGAN,
        arguments={"width": 64},
        data=mnist,
        objective=adversarial_game,
        loss=SelfSupervised(jitter=False),
        epochs=20,
        interval=200,
        batch=64,
        learning_rate=2e-4,
        optimiser=adam_without_momentum,
        averaging=0.995,
    ),
    AdversarialRecipe(
        name="mnist_ssgan_full",
        title="Self-supervised GAN on MNIST",
        summary="The same line with the assignment's 256 and 128 channels and 20,000 steps.",
        model=SSGAN,
        arguments={"width": 256},
        data=mnist,
        objective=adversarial_game,
        loss=SelfSupervised(),
        epochs=100,
        interval=200,
        batch=64,
        learning_rate=2e-4,
        schedule=cosine,
        optimiser=adam_without_momentum,
        averaging=0.999,
    ),
]
# Wants a GPU.
WAITING = ("mnist_ssgan_full",)


if __name__ == "__main__":
    cli.main("train.ssgan", RECIPES, "gan", evaluate, recorder=gan.recorder)
