"""Interpolation to take home: its page as one file, with the decoder, the classifier and both ends of the path."""

from __future__ import annotations

import numpy as np

from checkpoints import Card
from ui import classifiers, standalone, tiles
from ui.components.live_pictures import alone
from ui.explore import path_pictures, paths
from ui.explore.endpoints import End


def page(card: Card, a: End, b: End, alpha: float) -> bytes:
    """The page at α."""
    data = path_pictures.content(card, a, b, alpha, paths.strip())
    share = np.array([alpha], np.float32)
    latent = paths.latent(card, a.code, b.code, share)
    pictures = [*(frames for frames, _ in latent.values()), paths.blend(a.picture, b.picture, share)]
    shown = [paths.TITLES[path] for path in (*latent, "blend")]
    about = standalone.About(
        title="Interpolation",
        lead="Drag the slider or press play.",
        look="the middle: the pixel blend shows both pictures at once, a double exposure, because it mixes grey "
        "levels. On the latent paths the code is mixed, and the network draws one new picture of every code.",
        card=card,
        details=(("From A to B", f"{a.name} to {b.name}"),),
        picture=tiles.sheet(np.concatenate(pictures), len(pictures)),
        alt=f"{', '.join(shown)} from {a.name} to {b.name}, at α = {alpha:.2f}",
        pictures=True,
    )
    return standalone.page("live_pictures", alone(path_pictures.KEY, data), about)


def too_large(card: Card) -> str | None:
    """A sentence if a model's page would be too large, else None."""
    return standalone.too_large(card, "decoder", besides=classifiers.size(card))
