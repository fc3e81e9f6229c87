"""Variational autoencoders."""

from functools import partial

from checkpoints.aims import Aim
from data.splits import binarized_mnist, fashion_mnist, kmnist, mnist, street_digits, svhn
from evaluate import variational
from models.colour import ColourVAE
from models.vae import MLPVAE, ConvVAE, PooledConvVAE, StridedConvVAE
from train import cli
from train.monitor import ValidBound
from train.objectives import ImportanceRecipe, elbo, iwae
from train.optimisers import soap
from train.recipe import Recipe, cosine

VAE = partial(Recipe, family="vae", evaluate=variational.evaluate)
NEIGHBOURS = Aim("85 % of the test codes have the class of their 5 nearest train codes", "knn5_accuracy", least=0.85)

RECIPES = [
    VAE(
        name="fashion_vae",
        title="MLP VAE on Fashion-MNIST, ten epochs",
        summary="The smallest VAE that works: one hidden layer on each side and 20 latent dimensions.",
        model=MLPVAE,
        data=fashion_mnist,
        objective=elbo,
        epochs=10,
        batch=128,
        learning_rate=3e-4,
        aim=NEIGHBOURS,
    ),
    VAE(
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
        aim=NEIGHBOURS,
    ),
    VAE(
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
        aim=Aim("nine of ten interpolations between equal digits stay that digit", "same_digit_rows_kept", least=0.9),
    ),
    VAE(
        name="binarized_mnist_vae",
        title="Bernoulli VAE on binarised MNIST",
        summary="100 dimensions and the published binarisation: its log-likelihoods can be compared with papers.",
        model=PooledConvVAE,
        data=binarized_mnist,
        objective=elbo,
        epochs=20,
        batch=64,
        learning_rate=1e-3,
        schedule=cosine,
        aim=Aim("a validation ELBO of −94 nats", "valid_elbo", least=-94),
    ),
    ImportanceRecipe(
        family="vae",
        evaluate=variational.evaluate,
        name="binarized_mnist_iwae",
        title="Importance-weighted VAE on binarised MNIST",
        summary="The network of binarized_mnist_vae, trained on from its weights with fifty codes per picture: the "
        "bound is tighter, so the posterior may be less simple than a Gaussian.",
        model=PooledConvVAE,
        data=binarized_mnist,
        objective=iwae,
        epochs=30,
        batch=64,
        codes=50,  # chosen on validation pictures (train/studies/comparisons.py, importance)
        learning_rate=1e-3,
        schedule=cosine,
        start="binarized_mnist_vae",
        monitor=ValidBound,
        aim=Aim("a validation log-likelihood of −84 nats", "valid_log_px_k200", least=-84),
    ),
    VAE(
        name="kmnist_vae",
        title="Convolutional Gaussian VAE on Kuzushiji-MNIST",
        summary="128 dimensions and a likelihood so sharp (σ = 0.01) that it reconstructs almost everything; the codes "
        "do not fill the prior, so random codes decode to nothing.",
        model=StridedConvVAE,
        data=kmnist,
        objective=elbo,
        epochs=400,
        batch=128,
        learning_rate=1e-3,
        schedule=cosine,
        optimiser=soap,  # with Adam, 60 epochs reach 0.919 instead of 0.962 (docs/log/autoencoders.md)
        aim=Aim("a cosine of 0.97 between pictures and their reconstructions", "test_cosine", least=0.97),
    ),
    VAE(
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
    VAE(
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
        unshipped="the whole SVHN was not at hand",
    ),
]

if __name__ == "__main__":
    cli.main(RECIPES)
