"""Train variational autoencoders: python -m train.vae NAME (options: see train/command.py).

fashion_vae         A 784-200-20 MLP for ten epochs, as in the report that it reproduces.
fashion_vae_long    The same network trained until 5 nearest neighbours on its codes pass 85 %.
mnist_vae           A small convolutional VAE whose interpolations stay digits.
binarized_mnist_vae The network of assignment 003 on the fixed binarisation, whose densities are comparable.
binarized_mnist_iwae  The same network, trained on with five codes per picture and averaged weights.
kmnist_vae          Sharp Gaussian likelihood and 128 dimensions: beats a PCA of the same size.
street_vae          The generator of street_wgan_gp with an encoder before it: assignment 003.
svhn_vae            The same line with the real SVHN, for who has it.
"""

from data.splits import binarized_mnist, fashion_mnist, kmnist, mnist, street_digits, svhn
from evaluate.variational import evaluate
from metrics.likelihood import importance_log_px
from models.colour import ColourVAE
from models.vae import MLPVAE, ConvVAE, PooledConvVAE, StridedConvVAE
from train import cli
from train.monitor import Record
from train.objectives import elbo, iwae
from train.recipe import Recipe, cosine

RECIPES = [
    Recipe(
        name="fashion_vae",
        title="MLP VAE on Fashion-MNIST, ten epochs",
        summary="The smallest VAE that works: one hidden layer on each side and 20 latent dimensions.",
        model=MLPVAE,
        data=fashion_mnist,
        objective=elbo,
        epochs=10,
        batch=128,
        learning_rate=3e-4,
    ),
    Recipe(
        name="fashion_vae_long",
        title="MLP VAE on Fashion-MNIST, 200 epochs",
        summary="The same network as fashion_vae, trained twenty times longer with a falling learning rate.",
        model=MLPVAE,
        data=fashion_mnist,
        objective=elbo,
        epochs=200,
        batch=128,
        learning_rate=1e-3,
        schedule=cosine,
    ),
    Recipe(
        name="mnist_vae",
        title="Convolutional VAE on MNIST",
        summary="Made for interpolation: 16 dimensions in which the way from one 7 to another passes through sevens.",
        model=ConvVAE,
        arguments={"channels": 16},
        data=mnist,
        objective=elbo,
        epochs=20,
        batch=128,
        learning_rate=1e-3,
        schedule=cosine,
    ),
    Recipe(
        name="binarized_mnist_vae",
        title="Bernoulli VAE on binarised MNIST",
        summary="The network of assignment 003 with 100 dimensions: its log-likelihoods can be compared with papers.",
        model=PooledConvVAE,
        data=binarized_mnist,
        objective=elbo,
        epochs=20,
        batch=64,
        learning_rate=1e-3,
        schedule=cosine,
    ),
    Recipe(
        name="binarized_mnist_iwae",
        title="Importance-weighted VAE on binarised MNIST",
        summary="The network of binarized_mnist_vae, trained on from its weights with five codes per picture: the "
        "bound is tighter, so the posterior may be less simple than a Gaussian.",
        model=PooledConvVAE,
        data=binarized_mnist,
        objective=iwae,
        epochs=8,
        batch=64,
        learning_rate=1e-3,
        schedule=cosine,
        start="binarized_mnist_vae",
    ),
    Recipe(
        name="kmnist_vae",
        title="Convolutional Gaussian VAE on Kuzushiji-MNIST",
        summary="128 dimensions and a likelihood so sharp (σ = 0.01) that it reconstructs almost everything; the codes "
        "do not fill the prior, so random codes decode to nothing.",
        model=StridedConvVAE,
        data=kmnist,
        objective=elbo,
        epochs=2000,
        batch=128,
        learning_rate=1e-3,
        schedule=cosine,
    ),
    Recipe(
        name="street_vae",
        title="Convolutional VAE on synthetic street numbers",
        summary="The generator of street_wgan_gp with an encoder before it and a Gaussian likelihood of variance 1: "
        "every picture has a code, and what the code does not say comes out blurred.",
        model=ColourVAE,
        data=street_digits,
        objective=elbo,
        epochs=20,
        batch=128,
        learning_rate=1e-3,
        schedule=cosine,
    ),
    Recipe(
        name="svhn_vae",
        title="Convolutional VAE on SVHN",
        summary="The same line with the real SVHN.",
        model=ColourVAE,
        data=svhn,
        objective=elbo,
        epochs=20,
        batch=128,
        learning_rate=1e-3,
        schedule=cosine,
    ),
]

# Without a shipped checkpoint: the whole SVHN was not at hand.
WAITING = ("svhn_vae",)


class ValidBound(Record):
    """log p(x) of 500 validation images with 50 codes after every epoch: shows whether more training would help."""

    def __init__(self, split):
        self.images = split.floats()[:500]

    def __call__(self, model):
        return {"valid_bound": importance_log_px(model, self.images, 50).mean().item()}


def recorder(recipe, splits):
    return ValidBound(splits.valid) if recipe.objective is iwae else None


if __name__ == "__main__":
    cli.main("train.vae", RECIPES, "vae", evaluate, recorder=recorder)
