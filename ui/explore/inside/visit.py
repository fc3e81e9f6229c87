"""A visitor's state on Inside a network: a code, a unit, the picture that an encoder sees, and the link."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import networks, url
from ui.explore import codes, images, plane, priors
from ui.explore.inside import known
from ui.explore.position import Position

if TYPE_CHECKING:
    from evaluate.units import Answers

KEY = "inside visit"
BY_HAND = "Set by hand"
Unit = tuple[int, int]  # numbers of the layer, and of the unit in the layer, both from 0


@dataclass
class Visit:
    """part: "decoder" or "encoder". unit: the chosen one. number: of the test picture that the encoder sees, None for
    the picture of the code. page: which test pictures are offered. server: whether the browser needs the server's
    results. climbing: the unit for which gradient ascent was asked for."""

    position: Position
    part: str = "decoder"
    unit: Unit | None = None
    number: int | None = None
    page: int = 0
    server: bool = False
    climbing: Unit | None = None

    @property
    def card(self) -> Card:
        return self.position.card

    # ---- the link ----

    def turn(self, part: str) -> None:
        """Show this part; the chosen unit is dropped if the part changes."""
        if part != self.part:
            self.part, self.unit, self.climbing = part, None, None

    def follow(self, answers: Answers) -> None:
        """Take unit and picture from a link that was opened, with a warning for what does not exist."""
        counts = [layer.units for layer in answers.layers]
        there = f"the {self.part} of this model has {len(counts)} layers of {_listed(counts)} units"
        problem = f"This link asks for a unit that does not exist: {there}, so none is chosen."
        unit = url.Param("unit", _unit, valid=lambda unit: _within(unit, counts)).requested(NONE, problem)
        if unit is not None:
            self.unit = unit or None
        problem = "The input in this link is not a test picture of this model, so none is shown."
        number = url.Param("input", url.natural, valid=self._offers).requested(NONE, problem)
        if number == NONE:
            self.number = None
        elif number is not None:
            self.start(number)
        self.write()

    def write(self) -> None:
        """Update the link to the current state."""
        url.write("unit", None if self.unit is None else f"{self.unit[0] + 1}.{self.unit[1]}")
        url.write("input", None if self.number is None else str(self.number))

    # ---- what users do ----

    def go(self, code: np.ndarray, words: str, number: int | None = None) -> None:
        """Take another code (latent,), and the number of the test picture that the encoder sees."""
        self.position.go(code, words)
        self.number = number
        self.write()

    def start(self, number: int) -> None:
        """Take the code of a test picture, which the encoder then sees."""
        starts = images.start_pictures(self.card)
        code = networks.code(self.card, starts.pictures.images[number][None])[0]
        self.go(code, f"The code of {starts.name(number)}", number)

    def draw(self, seed: int) -> None:
        """Take a random code from the prior."""
        code = priors.draw(self.card, "prior", np.random.default_rng(seed), 1)[0]
        self.go(code, f"A draw from the prior, seed {seed}")

    def reset(self) -> None:
        self.go(np.zeros(self.card.code_length), "The origin: every dimension is 0")

    # ---- what the browser reports (it is not trusted) ----

    def on_view(self, report: dict[str, Any]) -> None:
        code = codes.checked(report.get("code"), self.card.code_length)
        if code is None:
            return
        self.server = report.get("server") is True
        number = report.get("number")
        number = number if self._offers(number) else None
        if number != self.number or not np.allclose(code, self.position.code, atol=1e-6):
            self.go(code, BY_HAND, number)
        self.unit = self._reported(report)
        self.write()

    def on_climb(self, report: dict[str, Any]) -> None:
        self.climbing = self._reported(report)

    def on_start(self, report: dict[str, Any]) -> None:
        number, page = report.get("number"), report.get("page")
        if type(page) is int:
            self.page = page % 1000
        if isinstance(number, int) and self._offers(number):
            self.start(number)

    def on_axes(self, report: dict[str, Any]) -> None:
        axes = report.get("axes")
        if isinstance(axes, list) and len(axes) == 2:
            with contextlib.suppress(plane.PlaneError):  # axes that no select box offers
                self.position.choose_axes([str(axis) for axis in axes])

    def _offers(self, number):
        starts = images.start_pictures(self.card)
        return starts.real and type(number) is int and 0 <= number < len(starts.pictures)

    def _reported(self, report):
        unit = report.get("unit")
        if not (isinstance(unit, list) and len(unit) == 2 and all(type(part) is int for part in unit)):
            return None
        there = known.known(self.card, self.part).answers.layers
        return (unit[0], unit[1]) if _within(unit, [layer.units for layer in there]) else None


NONE = ()  # in a link: no unit, no picture


def _unit(text):
    """(layer, unit) from "2.17", layers counted from 1; raises ValueError for other texts."""
    layer, dot, unit = text.partition(".")
    if not dot:
        raise ValueError(f"“{url.plain(text[:20])}” is not a layer and a unit")
    return url.natural(layer) - 1, url.natural(unit)


def _within(unit, counts):
    return 0 <= unit[0] < len(counts) and 0 <= unit[1] < counts[unit[0]]


def _listed(counts):
    *most, last = [f"{count:,}" for count in counts]
    return f"{', '.join(most)} and {last}" if most else last


def current(card: Card) -> Visit:
    """The state of this session for a model, or a new one for another model."""
    visit: Visit | None = st.session_state.get(KEY)
    position = Position.of_visit(card, visit and visit.position)
    if visit is None or visit.position is not position:
        visit = st.session_state[KEY] = Visit(position)
    return visit
