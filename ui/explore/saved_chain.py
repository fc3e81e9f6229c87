"""The live chain to take home: its page as one file, with encoder, decoder, classifier and the current drawing."""

from __future__ import annotations

import numpy as np

from checkpoints import Card
from ui import classifiers, networks, standalone, tiles
from ui.components.chain import with_state
from ui.explore.chain import vaes
from ui.explore.chain.visit import Visit

PARTS = ("encoder", "decoder")
STRIPS = 5  # pages of test images


def page(card: Card, visit: Visit, own: np.ndarray | None) -> bytes:
    """The page as a visitor sees it. own: an upload (1, 28, 28) uint8, included only if it is shown."""
    data = visit.message(card, own if visit.state["own"] else None) | {"map": vaes.code_map(card), "answer": None}
    preview = networks.preview(card)
    pictures = np.stack([preview["first_image"].reshape(card.shape), preview["first_picture"].reshape(card.shape)])
    one = vaes.words(card)["one"]
    about = standalone.About(
        title="Live chain",
        lead=vaes.invitation(card),
        look=vaes.look(card),
        card=card,
        picture=tiles.sheet(pictures, len(pictures)),
        alt=f"{one.capitalize()}, and the decoder's picture of its code",
        pictures=True,
    )
    strips = [vaes.strip(card, number) for number in range(STRIPS)]
    return standalone.page("chain", with_state(data, visit.token, visit.state), about, strips)


def besides(card: Card) -> int:
    """Bytes of the classifier and of the map, which the page contains besides encoder and decoder."""
    preview = networks.preview(card)
    return classifiers.size(card) + sum(preview[name].nbytes for name in ("sprites", "codes", *vaes.VIEWS))


def too_large(card: Card) -> str | None:
    """A sentence if a model's page would be too large, else None."""
    return standalone.too_large(card, *PARTS, besides=besides(card))
