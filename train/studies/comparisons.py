"""The comparisons that train/studies/compare.py runs.

Those with one seed choose settings by held-out train pictures; test pictures decide nothing in them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.adversarial import HingeR1, Wasserstein, WassersteinGP
from models.control import PIController
from train.adversarial import adversarial_game
from train.augment import flip_and_shift
from train.catalogue import RECIPES
from train.optimisers import adam, soap
from train.recipe import constant
from train.studies import measures
from train.studies.variants import SEEDS, Comparison, Variant

ONE = (42,)  # the one seed of comparisons that choose settings
HELD = 5000  # held-out train pictures that decide


def gaps() -> dict[str, Comparison]:
    """ControlVAE on dSprites: what raises the mutual information gap."""
    controlled: Any = RECIPES["dsprites_control_vae_14"]
    strong: Any = RECIPES["dsprites_tc_vae"]
    large: Any = replace(strong, epochs=120, batch=1024)
    free = PIController(14.0, kp=0.01, ki=0.01, beta_min=0.0, guard="way_back")
    variants = {
        "short": Variant(controlled, "12,000 steps of 32 pictures, the checkpoint's recipe"),
        "published": Variant(
            RECIPES["dsprites_control_vae_14_full"], "the published 300,000 steps of 128 pictures, ramp of 60 %"
        ),
        "ramp": Variant(replace(controlled, epochs=240, ramp=0.85), "24,000 steps; the set point rises for 85 %"),
        "free": Variant(
            replace(controlled, epochs=240, ramp=0.85, controller=free), "24,000 steps, the same ramp; β may fall to 0"
        ),
        "correlation": Variant(replace(strong, beta=6.0), "24,000 steps of 64 pictures; β-TCVAE with β = 6"),
        "strong": Variant(strong, "24,000 steps of 64 pictures; β-TCVAE with β = 10"),
        "large": Variant(replace(large, beta=6.0), "12,000 steps of 1,024 pictures; β-TCVAE with β = 6"),
        "large_strong": Variant(large, "12,000 steps of 1,024 pictures; β-TCVAE with β = 10"),
    }
    question = "What raises the mutual information gap on dSprites?"
    return {"gaps": Comparison(question, "dsprites_control_vae_14", "mig", False, measures.of_factors, variants)}


def rotation() -> dict[str, Comparison]:
    """Self-supervised GAN on MNIST: the effect of rotations and of a penalty on the same network."""
    both: Any = replace(RECIPES["mnist_ssgan"], watched=HELD)
    slope = HingeR1(weight=1.0)
    variants = {
        "penalty": Variant(replace(both, objective=adversarial_game, loss=slope), "with the penalty R₁"),
        "both": Variant(replace(both, loss=slope), "with both"),
        "rotation": Variant(both, "with the rotation task"),
        "hinge": Variant(replace(both, objective=adversarial_game), "hinge loss alone"),
    }
    question = "What does guessing rotations buy a GAN on MNIST?"
    return {"rotation": Comparison(question, "mnist_ssgan", "frechet_mnist_10k", True, measures.of_samples, variants)}


def critics() -> dict[str, Comparison]:
    """Wasserstein GANs with the assignments' networks."""
    gan: Any = replace(RECIPES["mnist_gan"], watched=HELD)
    clipped: Any = replace(RECIPES["mnist_wgan"], watched=HELD, epochs=40, interval=460)
    short: Any = replace(clipped, interval=115)
    settings = {f"clip_{c:g}": Variant(replace(short, loss=Wasserstein(c)), f"clip {c:g}") for c in (0.01, 0.03, 0.1)}
    settings |= {
        f"penalty_{rate:g}": Variant(
            replace(short, loss=WassersteinGP(), learning_rate=rate), f"penalty, rate {rate:g}"
        )
        for rate in (2e-4, 5e-4, 1e-3)
    }
    twins = {
        "non_saturating": Variant(gan, "mnist_gan: the discriminator's loss with the penalty R₁"),
        "clipping": Variant(clipped, "a Wasserstein critic with clipped weights, five of its steps to one"),
        "gradient_penalty": Variant(
            RECIPES["mnist_wgan_gp"], "the same with the gradient penalty in place of clipping"
        ),
    }
    fashion: Any = replace(RECIPES["fashion_wgan"], watched=HELD, interval=94, learning_rate=5e-5, schedule=constant)
    of_fashion = {
        f"clip_{clip:g}_rate_{rate:g}": Variant(
            replace(fashion, loss=Wasserstein(clip), learning_rate=rate), f"clip {clip:g}, rate {rate:g}"
        )
        for clip in (0.01, 0.03, 0.1)
        for rate in (5e-5, 2e-4)
    }
    held, tested, samples = "frechet_held", "frechet_mnist_10k", measures.of_samples
    return {
        "critic_settings": Comparison(
            "Which clip value, or which rate with a penalty?", "mnist_wgan", held, True, samples, settings, ONE
        ),
        "critics": Comparison(
            "Is a Wasserstein critic better, at as many generator steps?", "mnist_wgan", tested, True, samples, twins
        ),
        "fashion_settings": Comparison(
            "What leads fashion_wgan out of its collapse?", "fashion_wgan", held, True, samples, of_fashion, ONE
        ),
    }


def flows() -> dict[str, Comparison]:
    """Flow matching on MNIST: times, width, length."""
    base: Any = replace(
        RECIPES["mnist_flow"], watched=HELD, epochs=24, batch=128, time_mean=0.0, drop=0.2, averaging=0.999
    )
    early: Any = replace(base, time_mean=-0.8)
    variants = {
        "middle": Variant(base, "24 epochs, times σ(n), n ~ N(0, 1)"),
        "early": Variant(early, "24 epochs, n ~ N(−0.8, 1)"),
        "earlier": Variant(replace(base, time_mean=-1.4), "24 epochs, n ~ N(−1.4, 1)"),
        "wide": Variant(replace(early, arguments={"channels": 64}), "early, 64 channels"),
        "half": Variant(replace(early, drop=0.5), "early, half of the labels left out"),
    }
    question = "Which times, width and length does a flow on MNIST want?"
    return {
        "flow_settings": Comparison(
            question, "mnist_flow", "frechet_held_classes", True, measures.of_flow, variants, ONE
        )
    }


def generators() -> dict[str, Comparison]:
    """Flow matching against a GAN, each with the recipe of its checkpoint."""
    variants = {
        "gan": Variant(RECIPES["mnist_gan"], "mnist_gan: one pass of a network makes a picture"),
        "flow": Variant(RECIPES["mnist_flow"], "mnist_flow: nineteen passes, as many samples asked for of each class"),
    }
    question = "Is a flow nearer to real digits than a GAN?"
    return {
        "generators": Comparison(question, "mnist_flow", "frechet_mnist_10k", True, measures.of_evenly_drawn, variants)
    }


def twins() -> dict[str, Comparison]:
    """Checkpoints that aim at a smaller distance to real pictures than another one, each with its recipe."""

    def pair(question: str, card: str, other: str, metric: str, seeds: tuple[int, ...] = SEEDS) -> Comparison:
        variants = {name: Variant(RECIPES[name], f"the recipe of {name}") for name in (other, card)}
        return Comparison(question, card, metric, True, measures.of_evenly_drawn, variants, seeds)

    return {
        "optimisers": pair(
            "Does RMSProp serve a clipped critic on Fashion-MNIST better than Adam?",
            "fashion_wgan",
            "fashion_wgan_adam",
            "frechet_fashion_mnist_10k",
            (*SEEDS, 2, 3),  # three seeds did not decide the order
        ),
        "street_generators": pair(
            "Is a WGAN nearer to street numbers than a VAE?",
            "street_wgan_gp",
            "street_vae",
            "frechet_street_digits_10k",
        ),
        "emojis": pair(
            "What do augmentation, averaged weights and a larger rate give a GAN on emojis?",
            "emoji_dcgan_plus",
            "emoji_dcgan",
            "frechet_emoji_10k",
        ),
    }


def lengths() -> dict[str, Comparison]:
    """GAN on MNIST: longer training."""
    usual: Any = replace(RECIPES["mnist_gan"], watched=HELD)
    variants = {
        "usual": Variant(usual, "18,400 steps, the recipe of mnist_gan"),
        "long": Variant(replace(usual, epochs=80), "36,800 steps"),
    }
    question = "Is a GAN on MNIST nearer to real digits after twice the steps?"
    return {"lengths": Comparison(question, "mnist_gan", "frechet_held", True, measures.of_samples, variants)}


def latent_flows() -> dict[str, Comparison]:
    """A flow on the codes of kmnist_vae: width, dropout, length, times. Recorded before SOAP."""
    base: Any = replace(RECIPES["kmnist_latent_flow"], watched=1000, arguments={}, epochs=24)
    variants = {
        "base": Variant(base, "4 layers of 1,024, 12,000 steps"),
        "narrow": Variant(replace(base, arguments={"width": 512}), "4 layers of 512"),
        "deep": Variant(replace(base, arguments={"layers": 8, "width": 512}), "8 layers of 512"),
        "short": Variant(replace(base, epochs=12), "6,000 steps"),
        "long": Variant(replace(base, epochs=48), "24,000 steps"),
        "dropout": Variant(replace(base, arguments={"dropout": 0.2}), "a fifth of the units dropped"),
        "dropout_long": Variant(replace(base, arguments={"dropout": 0.2}, epochs=48), "the same, 24,000 steps"),
        "early": Variant(replace(base, time_mean=-0.8), "times σ(n), n ~ N(−0.8, 1)"),
        "late": Variant(replace(base, time_mean=0.8), "n ~ N(0.8, 1)"),
        "batches": Variant(replace(base, batch=2048), "2,048 codes a step"),
    }
    question = "Which network and length does a flow on the codes of kmnist_vae want, as Adam had trained it?"
    return {
        "latent_flow": Comparison(
            question,
            "kmnist_latent_flow",
            "frechet_held_classes",
            True,
            measures.of_latent_flow,
            variants,
            ONE,
        )
    }


def importance() -> dict[str, Comparison]:
    """More importance samples in training, for the VAE of binarised MNIST."""
    five: Any = replace(
        RECIPES["binarized_mnist_iwae"],
        summary="The network of binarized_mnist_vae, trained on from its weights with five codes per picture: the "
        "bound is tighter, so the posterior may be less simple than a Gaussian.",
        codes=5,
        epochs=8,
    )
    variants = {
        "five": Variant(five, "5 codes, 8 epochs"),
        "five_long": Variant(replace(five, epochs=40), "5 codes, 40 epochs"),
        "fifty": Variant(replace(five, codes=50), "50 codes, 8 epochs"),
        "fifty_long": Variant(replace(five, codes=50, epochs=40), "50 codes, 40 epochs"),
    }
    question = "How far do more importance samples take the likelihood?"
    return {
        "importance": Comparison(
            question, "binarized_mnist_iwae", "valid_log_px_k1000", False, measures.of_densities, variants, ONE
        )
    }


def decoders() -> dict[str, Comparison]:
    """VAE of binarised MNIST: the assignment's decoder, and the checkpoint's, which has 1,536 more biases."""
    base: Any = RECIPES["binarized_mnist_vae"]
    variants = {
        "untied": Variant(base, "1,600 biases after the first layer of the decoder: the checkpoint's recipe"),
        "tied": Variant(replace(base, arguments={"tied": True}), "64 biases, as the assignment's convolution has"),
    }
    question = "Does the assignment's decoder reach the bound, too?"
    return {"decoders": Comparison(question, "binarized_mnist_vae", "valid_elbo", False, measures.of_bounds, variants)}


def reconstructions() -> dict[str, Comparison]:
    """VAE on Kuzushiji-MNIST: how fast its reconstructions approach its input."""
    base: Any = replace(RECIPES["kmnist_vae"], watched=500, epochs=60)
    variants = {
        f"{optimiser.__name__}_{rate:g}": Variant(
            replace(base, optimiser=optimiser, learning_rate=rate), f"{words}, rate {rate:g}"
        )
        for optimiser, words, rates in ((adam, "Adam", (1e-3, 3e-3)), (soap, "SOAP", (1e-3, 2e-3, 3e-3)))
        for rate in rates
    }
    question = "Which optimiser brings reconstructions nearer to their pictures in 60 epochs?"
    return {
        "reconstructions": Comparison(
            question, "kmnist_vae", "held_cosine", False, measures.of_reconstructions, variants
        )
    }


def neighbours() -> dict[str, Comparison]:
    """VAE on Fashion-MNIST: does any change let longer training give codes whose neighbours agree more often?"""
    short: Any = replace(RECIPES["fashion_vae"], watched=HELD)
    long: Any = replace(RECIPES["fashion_vae_long"], watched=HELD)
    variants = {
        "short": Variant(short, "10 epochs, the recipe of fashion_vae"),
        "long": Variant(long, "200 epochs, the recipe of fashion_vae_long"),
        "middle": Variant(replace(long, epochs=50), "50 epochs, half a cosine from 1e-3"),
        "mirrored": Variant(replace(long, augment=flip_and_shift), "200 epochs, pictures mirrored and moved"),
        "wide": Variant(replace(long, arguments={"hidden": 800}), "200 epochs, 800 hidden units"),
        "narrow": Variant(replace(long, arguments={"latent": 10}), "200 epochs, 10 dimensions"),
        "large_batches": Variant(replace(long, batch=1024), "200 epochs, batches of 1,024"),
    }
    question = "What gives codes of clothes neighbours of their own class?"
    return {"neighbours": Comparison(question, "fashion_vae_long", "knn5_held", False, measures.of_codes, variants)}


def squares() -> dict[str, Comparison]:
    """Patch denoiser: a black square at an unknown place."""
    far_long: Any = replace(RECIPES["mnist_patch_denoiser"], watched=HELD)
    far: Any = replace(far_long, epochs=40)
    base: Any = replace(far, arguments={})
    variants = {
        "base": Variant(base, "the locator sees 2 pixels around a place; 64 units, 40 epochs"),
        "around": Variant(replace(base, arguments={"around": 6}), "the locator sees 6 pixels around a place, not 2"),
        "far": Variant(far, "6 pixels, 128 units"),
        "far_long": Variant(far_long, "6 pixels, 128 units, 160 epochs: the recipe of mnist_patch_denoiser"),
    }
    question = "What finds a black square on a black ground?"
    return {
        "squares": Comparison(
            question,
            "mnist_patch_denoiser",
            "held_psnr_outside_black",
            False,
            measures.of_squares,
            variants,
            ONE,
        )
    }


def street() -> dict[str, Comparison]:
    """VAE of street numbers: the variance of p(x|z)."""
    base: Any = replace(RECIPES["street_vae"], watched=HELD)
    variants = {
        f"variance_{variance:g}": Variant(
            replace(base, arguments={"variance": variance}),
            f"variance {variance:g} of a pixel in [0, 1], 20 epochs",
        )
        for variance in (0.25, 0.1, 0.05, 0.02, 0.01)
    }
    variants["long"] = Variant(replace(base, epochs=80, arguments={"variance": 0.02}), "variance 0.02, 80 epochs")
    question = "Which variance makes the samples of a VAE of street numbers digits?"
    return {"street": Comparison(question, "street_vae", "frechet_held", True, measures.of_samples, variants)}


COMPARISONS = (
    gaps()
    | rotation()
    | critics()
    | flows()
    | latent_flows()
    | generators()
    | twins()
    | lengths()
    | importance()
    | decoders()
    | reconstructions()
    | neighbours()
    | squares()
    | street()
)
