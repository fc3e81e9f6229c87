"""A visitor's state on Classify: the current picture, and PyTorch's answers to it.

The link holds `ink` (the strokes, see ui/components/lib/pen.js) or `test` (a labelled picture, "sample.7" or "test.7"),
and `cell` (of the confusion matrix, LABEL.NAMED). An upload or a photograph stays in memory.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from checkpoints import Card
from data import prepare
from ui import browser_networks, url
from ui.components import grey
from ui.images.classify import answers, pictures, sets
from ui.images.classify.sets import PictureSet
from ui.ink import INK, LONGEST

KEY = "classify"
TEST = re.compile(f"({pictures.SAMPLE}|{pictures.TEST})\\.([0-9]{{1,6}})")
MOST = 10**6  # characters of a drawing; a link holds fewer
SERVER_ONLY = "Runs on the server only."


@dataclass
class Visit:
    """One visit.

    dataset: name of the set. source: of the picture, as in the component. drawn: the input that the browser prepared
    from ink, (C, H, W) uint8. own: digest of the last upload, and the input prepared from it. page: of the strip. cell:
    of the confusion matrix, (label, named). heard: whether the browser has asked for PyTorch's answers, so that the
    first picture does not wait for torch.
    """

    dataset: str
    source: dict[str, Any] = field(default_factory=dict)
    drawn: np.ndarray | None = None
    own: tuple[str, np.ndarray] | None = None
    page: int = 0
    cell: tuple[int, int] | None = None
    heard: bool = False

    # ---- reports ----

    def on_moved(self, report: dict[str, Any], cards: list[Card]) -> None:
        """Handle a released picture; ignore reports that our script cannot have sent."""
        page = report.get("page")
        if type(page) is int and 0 <= page < 10**6:
            self.page = page
        source = checked(report.get("source"), cards[0])
        if source is None or report.get("set") != identity(cards):
            return  # or it was on its way when another set was chosen, for which the browser prepares the picture anew
        if "ink" in source:
            try:
                self.drawn = grey.read(report.get("input"), cards[0].shape)
            except ValueError:
                return
        self.source, self.heard = source, True

    def on_taken(self, report: dict[str, Any], which: str, cards: list[Card]) -> None:
        """Make a picture beside the confusion matrix the current one."""
        source = checked({"test": [which, report.get("number")]}, cards[0])
        if source is not None:
            self.source, self.heard = source, True

    def on_chosen(self, report: dict[str, Any], count: int) -> None:
        """Open or close a cell of the confusion matrix of `count` classes."""
        match report.get("cell"):
            case [int(label), int(named)] if 0 <= label < count and 0 <= named < count:
                self.cell = (label, named)
            case None:
                self.cell = None

    def take_own(self, picture: Image.Image, image: np.ndarray) -> None:
        """Take an own picture, original and prepared (C, H, W) uint8; a new one becomes the current picture."""
        digest = hashlib.sha256(picture.tobytes()).hexdigest()
        new = self.own is None or self.own[0] != digest
        self.own = (digest, image)
        if new or "own" in self.source:
            self.source = {"own": hashlib.sha256(image.tobytes()).hexdigest()}  # changes with the preparation

    # ---- what is shown ----

    def image(self, card: Card) -> np.ndarray | None:
        """The picture (C, H, W) uint8 for a network; None if there is none, or its ink is not prepared yet."""
        image = None
        if "ink" in self.source:
            image = self.drawn
        elif "own" in self.source:
            image = self.own[1] if self.own else None
        elif "test" in self.source:
            which, number = self.source["test"]
            labelled = pictures.of(card, which)
            image = None if labelled is None else labelled.images[number]
        return image if image is not None and image.shape == card.shape else None

    def label(self, card: Card) -> int | None:
        """Class of the picture in the data set, if it is one of its pictures."""
        if "test" not in self.source:
            return None
        which, number = self.source["test"]
        labelled = pictures.of(card, which)
        return None if labelled is None else _label(labelled, number)

    def official(self, cards: list[Card]) -> dict[str, np.ndarray] | None:
        """{name of a network: logits} of the picture by PyTorch, without networks whose weights are missing.

        None if there is no picture or the browser has not asked.
        """
        image = self.image(cards[0])
        if image is None or not self.heard:
            return None
        return {c.name: answers.logits(c, image) for c in cards if answers.problem(c) is None}

    def message(self, one: PictureSet, cards: list[Card]) -> dict[str, Any]:
        """Data of ui.components.classify for the networks of a set."""
        card, image = cards[0], self.image(cards[0])
        official = self.official(cards)
        missing = [] if official is None else [c for c in cards if c.name not in official]
        return {
            "set": {
                "identity": identity(cards),
                "shape": list(card.shape),
                "pictures": pictures.described(card),
                "preset": dataclasses.asdict(prepare.preset(one.dataset)),
                "classes": list(one.classes),
                "networks": [described(c, one) for c in cards],
            },
            "picture": {
                "source": self.source,
                "image": None if image is None or "ink" in self.source else grey.text(image),
                "words": self.words(card),
                "label": self.label(card),
            },
            "official": official and {name: logits.tolist() for name, logits in official.items()},
            "problems": {c.name: answers.problem(c) for c in missing},
            "strip": strip(card, self.page),
        }

    def words(self, card: Card) -> str:
        """A description of the picture."""
        if "test" in self.source:
            which, number = self.source["test"]
            labelled = pictures.of(card, which)
            return "" if labelled is None else pictures.words(labelled, number)
        return "your picture, prepared" if "own" in self.source else "your drawing, prepared"

    def write(self, classes: tuple[str, ...]) -> None:
        """Put picture and cell into the link."""
        ink, test = self.source.get("ink", ""), self.source.get("test")
        url.write("ink", ink if 0 < len(ink) <= LONGEST else None)
        url.write("test", None if test is None else "{}.{}".format(*test))
        url.write("cell", None if self.cell is None else ".".join(classes[k] for k in self.cell))


def current(one: PictureSet, cards: list[Card]) -> Visit:
    """The visit of this session, or a new one if a link was opened, with a warning for errors in the link."""
    visit: Visit | None = st.session_state.get(KEY)
    for key in ("ink", "test", "cell"):
        url.remind(key)
    asked = opened(cards[0])
    left_out = {key for key in ("ink", "test", "cell") if url.left_out(key)}  # Back led to an address without them
    if visit is not None and {"ink", "test"} <= left_out:
        visit.source = start(one, cards[0])
    if visit is not None and "cell" in left_out:
        visit.cell = None
    if visit is None:
        visit = st.session_state[KEY] = Visit(one.dataset, asked or start(one, cards[0]))
    elif asked:
        visit.source = asked
    if visit.dataset != one.dataset:
        visit.dataset, visit.cell, visit.drawn = one.dataset, None, None  # another set may prepare ink differently
        if ("test" in visit.source and not asked) or not visit.source:
            visit.source = start(one, cards[0])
    if (cell := url.opened("cell")) is not None:
        visit.cell = _cell(cell, one.classes)
    if visit.source != checked(visit.source, cards[0]):
        visit.source = start(one, cards[0])
    return visit


def _cell(text, classes):
    """(label, named) from two names of classes; None, with a warning, for other names."""
    names = text.split(".")
    if len(names) == 2 and set(names) <= set(classes):
        return classes.index(names[0]), classes.index(names[1])
    problem = f"This link asks for pictures of classes that are not among {', '.join(classes)}, so it opens none."
    url.warn("cell", problem)
    return None


def start(one: PictureSet, card: Card) -> dict[str, Any]:
    """The picture of a first visit to a set."""
    if one.ink:
        return {"ink": one.ink}
    labelled = pictures.first(card)
    return {} if labelled is None else {"test": [labelled[0], 0]}


def opened(card: Card) -> dict[str, Any] | None:
    """The source in a link that was opened, with a warning if it cannot be shown."""
    ink, test = url.opened("ink"), url.opened("test")
    if ink is not None:
        if checked({"ink": ink}, card):
            return {"ink": ink}
        url.warn("ink", "The drawing in this link is damaged, so it is left out.")
    if test is not None:
        match = TEST.fullmatch(test)
        source = {"test": [match[1], int(match[2])]} if match else None
        if source is not None and checked(source, card):
            return source
        url.warn("test", "The picture that this link asks for is not here, so it is left out.")
    return None


def checked(source: Any, card: Card) -> dict[str, Any] | None:
    """A picture's source as reported by the component or a link; None if it is invalid."""
    match source:
        case {"ink": str(ink)} if 0 < len(ink) <= MOST and INK.fullmatch(ink):
            return {"ink": ink}
        case {"test": [str(which), int(number)]} if which in (pictures.SAMPLE, pictures.TEST):
            labelled = pictures.of(card, which)
            valid = labelled is not None and 0 <= number < len(labelled)
            return {"test": [which, number]} if valid else None
        case {"own": str(digest)}:
            return {"own": digest}
    return {} if source == {} else None


def identity(cards: list[Card]) -> str:
    """A text that differs for different networks."""
    return hashlib.sha256("".join(card.sha256 for card in cards).encode()).hexdigest()[:16]


def described(card: Card, one: PictureSet) -> dict[str, Any]:
    """What the component needs to know about a network of a set."""
    network, accuracy = browser_networks.given(card, "classifier"), card.metrics.get("test_accuracy")
    notes = [] if accuracy is None else [f"{accuracy:.1%} of the test pictures right"]
    if (layers := sets.hidden_layers(card)) is not None:
        notes.append(f"hidden layers of {', '.join(map(str, layers))}")
    if network is None:
        notes.append(SERVER_ONLY)
    return {
        "name": card.name,
        "title": one.short(card),
        "note": " · ".join(notes),
        "network": network,
    }


def _label(labelled, number):
    return int(labelled.labels[number])


def strip(card: Card, page: int) -> dict[str, Any]:
    """Pictures to choose from; none if the data set is not available."""
    found = pictures.first(card)
    if found is None:
        return {"identity": f"{card.dataset['name']} none", "page": 0, "name": "", "images": []}
    which, labelled = found
    images = [
        {
            "source": {"test": [which, int(number)]},
            "words": pictures.words(labelled, number),
            "label": _label(labelled, number),
            "image": grey.text(labelled.images[number]),
        }
        for number in pictures.strip(labelled, page)
    ]
    return {"identity": f"{labelled.name} {page}", "page": page, "name": "Or take a labelled picture", "images": images}
