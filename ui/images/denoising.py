"""Noise in a patch of pictures, and restorations by the denoiser and simple baselines. Results are cached."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from checkpoints import Card
from evaluate import patch
from evaluate.patch import SIDE, Noise, Result, decibels, pca_size
from models.noise_kinds import KINDS
from ui import browser_networks, networks
from ui.components.denoiser import message
from ui.images.intake import Input
from ui.images.reconstruction import reconstruct

METHODS = {
    "noisy": "Noisy picture",
    "mean": "Mean of train digits",
    "pca": "PCA projection",
    "blind": "Place unknown",
    "informed": "Place known",
}
ANSWERS = ("blind", "informed")  # of the network, among METHODS
PARTS = ("locator", "informed")  # that browsers run


def results(card: Card, images: np.ndarray, noise: Noise) -> dict[str, Result]:
    """{one of METHODS: Result} of clean pictures (N, 1, 28, 28) uint8."""
    networks.model(card)  # outside the cache, since it may show an error and stop the page
    return _results(card.name, card.sha256, images.tobytes(), noise, card)


@st.cache_data(max_entries=128, show_spinner=False)
def _results(name, sha256, raw, noise, _card):
    pictures = np.frombuffer(raw, np.uint8).reshape(-1, 1, 28, 28)
    return patch.restored(networks.model(_card), networks.preview(_card), pictures, noise)


def gate(card: Card, image: np.ndarray, noise: Noise) -> np.ndarray:
    """The locator's probability of noise at each pixel, 255 for 1; (1, 28, 28) uint8 like the clean `image`."""
    import torch

    with torch.inference_mode():
        return patch.grey(networks.model(card).gate(_noisy(image, noise)))[0]


def found(card: Card, image: np.ndarray, noise: Noise) -> tuple[int, float]:
    """(the most probable place of the noise, 21 · row + column; its probability) for the clean `image` (1, 28, 28)."""
    import torch

    with torch.inference_mode():
        chance, place = networks.model(card).locate(_noisy(image, noise)).softmax(1).max(1)
    return int(place), float(chance)


def _noisy(image, noise):
    import torch

    from models import patch_noise

    return patch_noise.corrupt(torch.from_numpy(image[None].astype(np.float32)) / 255, *noise.drawn(1))


def unfamiliarity(card: Card, vae: Card, image: np.ndarray) -> tuple[float, float]:
    """(MSE of a VAE on a clean picture (1, 28, 28) uint8, share of the test digits with a smaller MSE)."""
    error = reconstruct(vae, image).mse
    quantiles = networks.preview(card)["vae_error_quantiles"]
    return error, float(np.interp(error, quantiles, np.linspace(0, 1, len(quantiles))))


def content(card: Card, given: Input, noise: Noise, single: dict[str, Result] | None, *, drawn: bool) -> dict[str, Any]:
    """Data for ui.components.denoiser: a picture, its noise and its `results`; drawn: whether the user drew on it.

    single: None until torch is imported: the network in the browser answers first.
    """
    return message(
        f"{given.name} with a square of noise: drag it, or move it with the arrow keys",
        given.image,
        dataclasses.asdict(noise),
        KINDS,
        {name: (METHODS[name], f"Denoised by the network. {METHODS[name]}") for name in ANSWERS},
        None if single is None else answers(card, given.image, noise, single),
        browser_networks.all_given(card, *PARTS),
        drawn=drawn,
    )


def answers(card: Card, image: np.ndarray, noise: Noise, single: dict[str, Result]) -> dict[str, dict]:
    """Both answers for ui.components.denoiser, for one image (1, 28, 28) uint8; single: its `results`."""
    return {
        name: {
            "image": single[name].pictures[0],
            "mse": {where: single[name].errors[f"mse_{where}"] for where in ("inside", "outside")},
            "found": list(found(card, image, noise)),
        }
        for name in ANSWERS
    }


def of_one_picture(
    card: Card, noise: Noise, single: dict[str, Result], many: dict[str, Result], clean: np.ndarray
) -> str:
    """A sentence if the answer for an unknown place is the better one here, saying why; else "".

    single: results of the picture; many: those of other pictures with clean (N, 1, 28, 28) uint8.
    """
    if single["blind"].errors["mse_inside"] >= single["informed"].errors["mse_inside"]:
        return ""
    inside = np.s_[:, :, noise.row : noise.row + SIDE, noise.column : noise.column + SIDE]
    wrong = {
        name: np.square(many[name].pictures[inside].astype(float) - clean[inside]).mean((1, 2, 3))
        for name in ("blind", "informed")
    }
    count = int((wrong["blind"] < wrong["informed"]).sum())
    average, suffix = "", _measured_alone(card).get(noise.kind)
    if suffix is not None:
        blind, informed = (decibels(card.metrics[f"test_psnr_inside{suffix}{method}"]) for method in ("", "_informed"))
        digits = f"all test digits with {KINDS[noise.kind].title} noise"
        average = f" ({informed} against {blind} inside the square, over {digits})"
    return (
        "On this picture the network does better without knowing the place. That happens by chance, here on "
        f"{count} of the {len(clean)} digits below: both answers are means of the digits that fit, and knowing more "
        f"makes the error smaller on average only{average}."
    )


def table(single: dict[str, Result], many: dict[str, Result]) -> pd.DataFrame:
    """Errors of one picture and of many, both as from `results`; a row for each of METHODS."""
    columns = {"": list(METHODS.values())}
    for what, results in (("this picture", single), (f"{len(many['noisy'].pictures)} digits", many)):
        errors = [results[name].errors for name in METHODS]
        columns[f"inside, {what}"] = [decibels(e["psnr_inside"]) for e in errors]
        columns[f"outside, {what}"] = [decibels(e["psnr_outside"]) for e in errors]
        columns[f"MSE inside, {what}"] = [f"{e['mse_inside']:.4f}" for e in errors]
    return pd.DataFrame(columns)


def in_one_line(table: pd.DataFrame) -> pd.DataFrame:
    """The same for the screen of a phone: a figure and its unit stay in one line."""
    return table.map(lambda text: text.replace(" dB", "\u00a0dB"))


def kinds_table(card: Card) -> pd.DataFrame:
    """The card's PSNRs on the test set, dB: a row for each of KINDS on which it was trained."""
    suffixes = _measured_alone(card)
    columns = {"": [KINDS[kind].title for kind in suffixes]}
    for name, where, method in (
        ("noisy picture, inside", "inside", "_noisy"),
        ("PCA, inside", "inside", "_pca"),
        ("place unknown, inside", "inside", ""),
        ("place known, inside", "inside", "_informed"),
        ("place unknown, outside", "outside", ""),
    ):
        columns[name] = [decibels(card.metrics[f"test_psnr_{where}{suffix}{method}"]) for suffix in suffixes.values()]
    return pd.DataFrame(columns)


def kinds_words(card: Card) -> str:
    """What the figures of `kinds_table` mean."""
    baselines = networks.preview(card)
    kinds = "; ".join(f"{KINDS[kind].title}: {KINDS[kind].words}" for kind in _measured_alone(card))
    sizes = ", ".join(f"{KINDS[kind].title} {pca_size(baselines, kind)}" for kind in _measured_alone(card))
    return (
        f"PSNR over all test digits, places uniform. {kinds}. With the place known the rest is copied, so it is exact "
        f"outside. Each kind of noise has its own number of principal components (PCA), the best of eleven from 2 to "
        f"200 on train pictures that the components were not fitted to: {sizes}."
    )


def _measured_alone(card):
    """{kind: suffix of its figures} for the kinds of noise that existed when the network was measured."""
    from evaluate.denoising import NOISES

    suffixes = {kind: suffix for suffix, (kind, _, _) in NOISES.items() if kind is not None}
    return {kind: suffix for kind, suffix in suffixes.items() if f"test_psnr_inside{suffix}" in card.metrics}
