"""The Toy VAE page: settings of a training, presets, and the data that the page sends to its component."""

import dataclasses
import functools
from dataclasses import dataclass
from typing import Any

import streamlit as st

from checkpoints.recorded.bounds import check_hidden_layers, check_numbers
from data import small_digits
from ui import charts, slides, url
from ui.components import grey, initial_value
from ui.components.toy_vae import toy_vae
from ui.training import points as planar_points
from ui.training.settings import identity

DIGITS = "digits"
SETS = {**planar_points.TITLES, DIGITS: "Handwritten digits, 8×8"}
LEARNED, MEASURED = 1000, 256  # digits for training, and others for measuring

# Setting -> (least, most, its name in a sentence).
BOUNDS = {
    "latent": (1, 2, "The latent size"),
    "beta": (0.0, 100.0, "β"),
    "sigma": (0.01, 3.17, "σ of p(x|z)"),
    "rate": (1e-5, 0.1, "The learning rate"),
    "batch": (2, 256, "The batch"),
    "steps": (1, 1_000_000, "The number of steps"),
    "seed": (0, 2**31 - 1, "The seed"),
}
WIDTH = (1, 64)
NUMBERS = {"beta": "beta", "sigma": "sigma", "rate": "rate"}  # settings with live controls: their names in the link


@dataclass(frozen=True)
class Settings:
    """A training; raises ValueError, one sentence, if a value is out of bounds.

    encoder, decoder: units of the two hidden layers, each followed by a leaky ReLU of slope 0.2. latent: dimensions of
    z. sigma: standard deviation of the Gaussian p(x|z), in standard deviations of points, or of pixels in [0, 1]. beta:
    weight of the KL. rate: Adam's learning rate. A training pauses once, after `steps` steps.
    """

    data: str = "moons"
    latent: int = 2
    encoder: tuple[int, int] = (32, 32)
    decoder: tuple[int, int] = (32, 32)
    beta: float = 1.0
    sigma: float = 0.1
    rate: float = 3e-3
    batch: int = 64
    steps: int = 5000
    seed: int = 0

    def __post_init__(self):
        check_hidden_layers(self, ("encoder", "decoder"), WIDTH)
        check_numbers(self, BOUNDS)
        if self.data not in SETS:
            raise ValueError(f"The data must be one of {', '.join(SETS)}, not {self.data}.")


@dataclass(frozen=True)
class Preset:
    """A training that demonstrates one thing. look: a sentence for "Look for"; shows: what is orange at first."""

    title: str
    look: str
    settings: Settings
    shows: str = "samples"


DIGIT_LAYERS = {"data": DIGITS, "encoder": (64, 32), "decoder": (32, 64)}
# By their names in links.
PRESETS = {
    "manifold": Preset(
        "Learns the manifold",
        "the mesh, the decoder's image of the latent plane. It starts as a speck, unfolds over the data and is densest "
        "where real points are. Samples (orange) then fall among real points (blue); some between the moons remain, "
        "because the decoder is continuous.",
        Settings(data="moons", sigma=0.15),
    ),
    "collapse": Preset(
        "Posterior collapse",
        "the KL, which falls to 0. Every ellipse becomes the prior's circle, so z carries no information about x, and "
        "the decoder gives the mean of the data for every z: the mesh stays a speck. Then drag β to 1 while it trains, "
        "and it learns.",
        Settings(data="ring", beta=30.0, sigma=0.3),
    ),
    "autoencoder": Preset(
        "β too small",
        "ellipses that shrink to points, many of them outside the prior's circles. Choose “reconstructions” above the "
        "data: they are almost exact. Samples are bad, because the prior draws codes that the decoder has never seen. "
        "Then drag β to 1 while it trains, and the samples move to the data.",
        Settings(data="ring", beta=0.001, sigma=0.1),
    ),
    "line": Preset(
        "One latent number",
        "the curve, which is all the decoder can reach: it settles along the data. Each bar is the q(z|x) of one "
        "point, sorted by mean; together the bars cover the prior.",
        Settings(data="moons", latent=1, sigma=0.1),
    ),
    "digits": Preset(
        "Digits on a plane",
        "regions of the latent plane where one digit appears, and ellipses of one colour that gather there. Move the "
        "pointer over the plane to decode any place.",
        Settings(**DIGIT_LAYERS, sigma=0.15),
        "means",
    ),
    "blur": Preset(
        "Blur",
        "reconstructions that are averages. With a large σ a wrong pixel costs little, so the ellipses of different "
        "digits stay wide and overlap, and the best picture for a shared code is the mean of those digits. Then drag σ "
        "to 0.15 while it trains, and the pictures become sharper.",
        Settings(**DIGIT_LAYERS, sigma=0.5),
        "means",
    ),
}


def numbers(kind: str, settings: Settings) -> Settings:
    """The settings with β, σ and the rate set by the user or the link. kind: what they belong to."""
    kept = {}
    for name, key in NUMBERS.items():
        least, most, _ = BOUNDS[name]
        kept[name] = url.kept(key, least, most, getattr(settings, name), kind)
    return dataclasses.replace(settings, **kept)


def keep_numbers(kind: str, values: Any) -> None:
    """Keep [β, σ, rate] as reported by the component, and nothing else."""
    bounds = [BOUNDS[name][:2] for name in NUMBERS]
    if url.within(values, bounds):
        for key, value in zip(NUMBERS.values(), values, strict=True):
            url.keep(key, value, kind)


def show(key: str, settings: Settings, *, kind: str, shows: str = "samples", points: list | None = None) -> None:
    """Mount the component.

    settings: of the training. kind: whose numbers the controls change; another kind starts anew. shows: what is orange
    at first. points: the user's own points [(x, y), …] instead of the set named in settings; too few give a warning,
    and START is shown.
    """
    data, problem = message(settings, kind=kind, shows=shows, points=points)
    if problem:
        st.warning(problem)
    # The user may have changed these numbers in the browser: only other networks or points replace them.
    under_the_hand = {name: data["settings"][name] for name in NUMBERS}
    data["settings"] |= initial_value(key, data["identity"], under_the_hand)
    on_numbers = functools.partial(keep_numbers, kind)
    toy_vae(key, data, on_numbers=on_numbers, on_points=planar_points.keep)


def message(
    settings: Settings, *, kind: str, shows: str = "samples", points: list | None = None
) -> tuple[dict, str | None]:
    """(data for the component; why START is shown instead of the points, or None); arguments as for `show`."""
    if settings.data == DIGITS:
        arguments, problem, about = (DIGITS,), None, _digits()
    else:
        arguments, problem = planar_points.checked(settings.data, settings.seed, points)
        about = {"side": None, "labels": None, "colours": None, "floor": planar_points.floor(*arguments)}
        about |= planar_points.prepared(*arguments)
    networks = [settings.latent, settings.encoder, settings.decoder, settings.seed]
    data = {
        "identity": identity(kind, *arguments, *networks, problem),
        "save": slides.words("toy_vae", "A toy VAE", SETS[settings.data]),
        "settings": dataclasses.asdict(settings),
        "shows": shows,
        "draw": points is not None,
        "points": [list(point) for point in points or ()],
        **about,
    }
    return data, problem


@st.cache_data(show_spinner=False)
def _digits():
    pictures, digits = small_digits.small_digits()
    learned, measured = pictures[:LEARNED], pictures[LEARNED : LEARNED + MEASURED]
    return {
        "side": small_digits.SIDE,
        "pool": grey.text(learned),
        "fresh": grey.text(measured),
        "labels": digits[LEARNED : LEARNED + MEASURED].tolist(),
        "colours": list(charts.PALETTE),
        "centre": None,
        "scale": None,
        "window": None,
        "floor": None,
    }
