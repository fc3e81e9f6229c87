"""The toy GAN, VAE and flow to take home: a page as one file, which trains as in the app."""

from __future__ import annotations

import dataclasses

from checkpoints import Card
from checkpoints.recorded import toy_runs, toy_settings
from data import planar
from ui import standalone
from ui.training import points as planar_points
from ui.training import toy_flow, toy_gan, toy_vae


def page(
    settings: toy_settings.Settings, *, run: toy_runs.Run | None = None, points: list | None = None, card: Card | None
) -> bytes:
    """The page; arguments as for `toy_gan.show`. card: of the run, if its last snapshot is a checkpoint.

    The user's own points cannot be changed in the page, since drawing others would need the app.
    """
    data, _ = toy_gan.message(settings, run=run, points=points)
    real = planar.SETS[settings.data].title if points is None else "points drawn by hand"
    details = [(f"Settings; real points: {real}", standalone.settings(settings.to_dict()))]
    if run is not None and card is None:
        details.insert(0, (run.title, f"python -m train {run.name}"))
    about = standalone.About(
        title="Toy GAN" if run is None or card else f"Toy GAN: {run.title}",
        lead="A generator turns noise into orange points, a discriminator learns to tell them from the blue, real "
        "ones, and the generator learns from its answer. Press Train, or play the recording.",
        look="how the surface changes when points arrive, and for the direction of the arrows, the generator's "
        "negative gradient.",
        card=card,
        details=tuple(details),
    )
    return standalone.page("toy_gan", data | {"draw": False}, about)


def vae_page(settings: toy_vae.Settings, *, kind: str, shows: str, points: list | None = None) -> bytes:
    """The page of a toy VAE; arguments as for `toy_vae.show`."""
    data, _ = toy_vae.message(settings, kind=kind, shows=shows, points=points)
    preset = toy_vae.PRESETS.get(kind)
    details = [(f"Settings; data: {toy_vae.SETS[settings.data]}", standalone.settings(dataclasses.asdict(settings)))]
    if settings.data == toy_vae.DIGITS:
        details.append(("Digits", "Optical recognition of handwritten digits, Alpaydin & Kaynak 1998, UCI, CC BY 4.0"))
    about = standalone.About(
        title=f"Toy VAE: {preset.title}" if preset else "Toy VAE",
        lead="An encoder maps data to Gaussians q(z|x), and a decoder maps codes back to data. Press Train and move β "
        "while it trains.",
        look=preset.look if preset else "how the ellipses and the decoder's mesh change with β.",
        details=tuple(details),
    )
    return standalone.page("toy_vae", data | {"draw": False}, about)


def flow_page(
    settings: toy_flow.Settings, view: toy_flow.View, *, points: list | None = None, start: str = "random"
) -> bytes:
    """The page of flow matching; arguments as for `toy_flow.show`."""
    data, _ = toy_flow.message(settings, view, points=points, start=start)
    heading = f"Settings; real points: {planar_points.TITLES[settings.data]}"
    about = standalone.About(
        title="Toy flow",
        lead="A network learns the velocity with which noise becomes data. "
        + ("Drag the time t." if data["trained"] else "Press Train, then drag the time t."),
        look="what 1 step of Euler gives, and how many steps bring the points to all of the data.",
        details=((heading, standalone.settings(dataclasses.asdict(settings))),),
    )
    return standalone.page("toy_flow", data | {"draw": False}, about)
