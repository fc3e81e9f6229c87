"""Classify to take home: its page as one file, with the current picture and the networks of the set that fit."""

from __future__ import annotations

from checkpoints import Card, commands, table
from ui import standalone, tiles
from ui.images.classify import pictures, visit
from ui.images.classify.sets import PictureSet

PART = "classifier"
STRIPS = 5  # pages of labelled pictures


def fitting(cards: list[Card]) -> list[Card]:
    """The networks that fit into a page: those that run in a browser, small ones first, returned in their own order."""
    chosen: list[Card] = []
    for card in sorted((card for card in cards if PART in card.parts), key=lambda card: card.parts[PART]["bytes"]):
        if standalone.expected_size(card, PART, besides=_besides(card, chosen)) <= standalone.LIMIT:
            chosen.append(card)
    return [card for card in cards if card in chosen]


def _besides(card, others):
    """Bytes of the other networks, and of the labelled pictures to choose from."""
    count = STRIPS * pictures.OFFERED
    return sum(each.parts[PART]["bytes"] for each in others) + count * _bytes(card.shape)


def _bytes(shape):
    channels, height, width = shape
    return channels * height * width


def too_large(one: PictureSet, cards: list[Card]) -> str | None:
    """A sentence if no network of a set fits into a page, else None."""
    if fitting(cards):
        return None
    return f"{one.title} cannot be saved as a page: none of its networks runs in a browser and is small enough."


def page(one: PictureSet, cards: list[Card], shown: visit.Visit) -> bytes:
    """The page with the picture of a visit; an upload or a photograph is included only if it is the current picture."""
    kept = fitting(cards)
    data = shown.message(one, kept) | {"official": None, "problems": {}}
    labelled, image = pictures.first(kept[0]), shown.image(kept[0])
    origin = () if labelled is None else (("The labelled pictures", labelled[1].note),)
    about = standalone.About(
        title=f"Classify: {one.title}",
        lead=one.lead + _left_out(one, cards),
        look=one.look_at_answers,
        figures=tuple(_figure(one, card) for card in kept),
        details=(*((one.short(card), commands.of_card(card)) for card in kept), *origin),
        picture=None if image is None else tiles.sheet(image[None], 1),
        alt=shown.words(kept[0]),
        pictures=True,
    )
    return standalone.page("classify", data, about, [visit.strip(kept[0], number) for number in range(STRIPS)])


def _left_out(one, cards):
    """A sentence about the networks that are left out; empty if there are none."""
    kept = [card.name for card in fitting(cards)]
    others = [card for card in cards if card.name not in kept]
    reasons = ["too large" if PART in card.parts else "runs on the server only" for card in others]
    names = [f"{one.short(card)} ({why})" for card, why in zip(others, reasons, strict=True)]
    return f" Not in this file: {', '.join(names)}." if names else ""


def _figure(one, card):
    """The accuracy shown below a network's name."""
    accuracy = next(figure for figure in table.figures(card) if figure.heading == "accuracy")
    return accuracy._replace(heading=one.short(card))
