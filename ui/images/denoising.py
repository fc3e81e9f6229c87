"""Noise in a patch of pictures, and what the denoisers and the simple ways make of it. Runs once for each question."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from ui import networks
from ui.images.reconstruction import error_map, reconstruct

# Words for patch_noise.KINDS, which stay out of here until torch is loaded.
KINDS = {
    "gaussian": "Gaussian",
    "uniform": "Uniform",
    "salt_and_pepper": "Salt & pepper",
    "black": "Black",
    "white": "White",
}
STRENGTHS = {
    "gaussian": "standard deviation of the noise",
    "uniform": "half width of the noise",
    "salt_and_pepper": "share of the pixels that turn black or white",
    "black": "opacity of the black square",
    "white": "opacity of the white square",
}
METHODS = {
    "noisy": "Noisy picture",
    "mean": "Mean of train digits",
    "pca": "PCA projection",
    "blind": "Place unknown",
    "informed": "Place known",
}
SIDE = 8  # of the patch
LAST = 20  # row, and column, where a patch can start


@dataclass(frozen=True)
class Noise:
    """What is done to a picture: kind (a key of KINDS), strength in [0.1, 1], row and column (0 to 20), seed."""

    kind: str
    strength: float
    row: int
    column: int
    seed: int

    def drawn(self, count):
        """Arguments of patch_noise.corrupt for `count` pictures; the first is the same for every count."""
        import torch

        from models import patch_noise

        generator = torch.Generator().manual_seed(self.seed)
        u = torch.stack([torch.rand(patch_noise.SIDE, patch_noise.SIDE, generator=generator) for _ in range(count)])
        numbers = (list(KINDS).index(self.kind), self.strength, self.row, self.column)
        return *(torch.full((count,), number) for number in numbers), u


@dataclass(frozen=True)
class Line:
    """One line of the training loop: code, what it does, and what it gives as a picture (1, 28, 28) uint8 or None."""

    code: str
    words: str
    picture: np.ndarray | None = None
    alt: str = ""


@dataclass(frozen=True)
class Result:
    """What one method made of the pictures: pictures (N, 1, 28, 28) uint8; errors as metrics.denoising.inside_outside
    has them, pooled over all pictures (before rounding to grey levels)."""

    pictures: np.ndarray
    errors: dict


def maps(noise):
    """Scale and offset (8, 8) of the noise of the first picture."""
    from models import patch_noise

    kind, strength, _, _, u = noise.drawn(1)
    return tuple(part[0].numpy() for part in patch_noise.maps(kind, strength, u))


def results(card, images, noise):
    """{method: Result} of clean pictures (N, 1, 28, 28) uint8; the methods are the keys of METHODS."""
    networks.model(card)  # loading it, or saying why that fails, belongs outside of the cache
    return _results(card.name, card.sha256, images.tobytes(), noise, card)


@st.cache_data(max_entries=128, show_spinner=False)
def _results(name, sha256, raw, noise, _card):
    import torch

    from metrics.denoising import inside_outside, project
    from models import patch_noise
    from models.denoiser import PLACES

    clean = torch.from_numpy(np.frombuffer(raw, np.uint8).reshape(-1, 1, 28, 28).astype(np.float32)) / 255
    drawn = noise.drawn(len(clean))
    row, column = drawn[2:4]
    noisy, mask = patch_noise.corrupt(clean, *drawn), patch_noise.mask_of(row, column)
    baselines = networks.preview(_card)
    mean, components = torch.from_numpy(baselines["train_mean"]), torch.from_numpy(baselines["pca_components"])
    with torch.inference_mode():
        made = {
            "noisy": noisy,
            "mean": mean.view(1, 1, 28, 28).expand_as(clean),
            "pca": project(noisy, mean, components),
            "blind": networks.model(_card)(noisy),
            "informed": networks.model(_card)(noisy, row * PLACES + column),
        }
    return {name: Result(_grey(x), inside_outside(clean, x, mask)) for name, x in made.items()}


def gate(card, image, noise):
    """How probable the locator finds noise at each pixel of a picture, (1, 28, 28) uint8 like the clean `image`."""
    import torch

    from models import patch_noise

    noisy = patch_noise.corrupt(torch.from_numpy(image[None].astype(np.float32)) / 255, *noise.drawn(1))
    with torch.inference_mode():
        return _grey(networks.model(card).gate(noisy))[0]


def unlike(card, familiar, image):
    """MSE of the VAE `familiar` on a clean picture (1, 28, 28) uint8; and the share of test digits with less."""
    error = reconstruct(familiar, image).mse
    quantiles = networks.preview(card)["vae_error_quantiles"]
    return error, float(np.interp(error, quantiles, np.linspace(0, 1, len(quantiles))))


def _grey(x):
    return (x * 255).round().byte().numpy()


def decibels(psnr):
    """A PSNR in words; None is that of two equal pictures."""
    return "exact" if psnr is None else f"{psnr:.1f} dB"


def table(alone, many):
    """Figures of one picture and of many, both as `results` gives them: {column: one value for each of METHODS}."""
    columns = {"": list(METHODS.values())}
    for what, found in (("this picture", alone), (f"{len(many['noisy'].pictures)} digits", many)):
        errors = [found[name].errors for name in METHODS]
        columns[f"inside, {what}"] = [decibels(e["psnr_inside"]) for e in errors]
        columns[f"outside, {what}"] = [decibels(e["psnr_outside"]) for e in errors]
        columns[f"MSE inside, {what}"] = [f"{e['mse_inside']:.4f}" for e in errors]
    return columns


def training_loop(card, image, found, noise):
    """The Lines of the training of `card`, with the pictures of one step on image (1, 28, 28); found: its `results`."""
    mask = np.zeros_like(image)
    mask[0, noise.row : noise.row + SIDE, noise.column : noise.column + SIDE] = 255
    restored = found["informed"].pictures[0]
    return (
        Line(
            f"for x in batches(train_digits, {card.recipe['batch']}):",
            f"{card.recipe['batch']} clean digits at a time, in a new order in each of {card.recipe['epochs']} epochs.",
            image,
            "The clean picture",
        ),
        Line(
            "    kind, strength, place, u = random()",
            "For every digit a kind of noise, strength, place and 64 random numbers, new in every step: nothing "
            "can be learned by heart.",
            mask,
            "The place of the noise",
        ),
        Line(
            "    noisy = corrupt(x, kind, strength, place, u)",
            "Only the 8×8 patch changes. This is all that the network gets to see.",
            found["noisy"].pictures[0],
            "The noisy picture",
        ),
        Line(
            "    p = softmax(locator(noisy))",
            "A probability for each of the 441 places. The picture adds them up: white is where noise is certain.",
            gate(card, image, noise),
            "How probable noise is at every pixel",
        ),
        Line(
            "    guess = restorer(noisy, place)",
            "What was in the patch, judged by what is left of it and what surrounds it. In use, where the place is not "
            "known, guesses at the most probable places are mixed, weighted by p.",
            restored,
            "The denoised picture",
        ),
        Line(
            "    loss = sum((guess - x[place])**2) - log(p[place])",
            "The clean picture is the target. Squared error makes the guess the mean of all digits that fit, so it is "
            "grey where several do; the logarithm rewards finding the place.",
            error_map(image, restored),
            "Where the denoised picture is wrong",
        ),
        Line(
            "    weights = adam(weights, gradient(loss))",
            "A small step downhill for all weights; the steps shrink along half a cosine until the last epoch.",
        ),
    )
