"""A position in a latent space: a code, and which directions are shown around it.

The link holds `z` (the code, exact), `basis` (what the sliders move along), `dims` (which group of its rows has
sliders) and `plane` (its two axes), except for values of a first visit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import networks, url
from ui.explore import bases, plane

GROUP = 16  # rows of the basis that have sliders at a time


@dataclass
class Position:
    """code (latent,) float32 of a model, and in words where it comes from.

    basis_name: a key of bases.names. group: which sixteen rows of that basis have sliders, from 1. axes: names of the
    plane's two axes. original: number of the test image from which the code was made.
    """

    card: Card
    code: np.ndarray
    origin: str
    basis_name: str = "dims"
    group: int = 1
    axes: tuple[str, str] = plane.PRINCIPAL
    original: int | None = None

    @classmethod
    def at_first(cls, card: Card) -> Position:
        """The position of a first visit."""
        words = f"The first {card.code_word}" if card.encodes else "The first of the recorded draws from the prior"
        return cls(card, networks.preview(card)["codes"][0], words, bases.first(card))

    @classmethod
    def of_visit(cls, card: Card, before: Position | None) -> Position:
        """The position of this visit: `before`, or a new one for another model or if a link was opened.

        Shows a warning for every error in the link.
        """
        same_model = before is not None and before.card.name == card.name
        opened, returned = url.opened("z"), url.left_out("z")
        if before is not None and same_model and opened is None and not returned:
            before.card = card
            before.write()  # after a return from another page, whose link does not hold it
            return before
        position = cls.at_first(card)
        if opened is not None:
            position.follow_code(opened)
        if before is None or same_model or opened is not None or returned:
            position.follow_view()
        position.write()
        return position

    @property
    def at_start(self) -> bool:
        """Whether the code is the one whose pictures are recorded."""
        return np.array_equal(self.code, networks.preview(self.card)["codes"][0])

    @property
    def basis(self) -> bases.Basis:
        return bases.basis(self.card, self.basis_name)

    @property
    def rows(self) -> list[int]:
        """The rows of the basis that have sliders, the strongest first."""
        return self.basis.order[(self.group - 1) * GROUP : self.group * GROUP]

    @property
    def groups(self) -> range:
        """The numbers of all groups of rows."""
        return range(1, -(-len(self.basis.order) // GROUP) + 1)

    @property
    def strongest(self) -> list[int]:
        """All dimensions of z, by how much they change the picture; empty if single dimensions mean nothing."""
        return [int(dimension) for dimension in networks.preview(self.card).get("order", ())]

    @property
    def plane(self) -> plane.Plane:
        return plane.through(self.axes, networks.preview(self.card), self.card.code_length)

    def go(self, code: np.ndarray, origin: str, original: int | None = None) -> None:
        """Take another code (latent,) and write it into the link."""
        self.code, self.origin, self.original = np.asarray(code, np.float32), origin, original
        self.write()

    def choose_basis(self, name: str) -> None:
        """Move along another basis, a key of bases.names."""
        self.basis_name, self.group = name, 1
        self.write()

    def choose_group(self, number: int) -> None:
        self.group = number
        self.write()

    def choose_axes(self, names: list[str]) -> None:
        """Set the plane after one of its two axes was chosen; PlaneError for names that this model does not have."""
        axes = plane.after_choice(names, self.axes, self.strongest)
        self.axes = plane.through(axes, networks.preview(self.card), self.card.code_length).axes
        self.write()

    def write(self) -> None:
        """Update the link to the current position."""
        url.write("z", None if self.at_start else url.pack(self.code))
        url.write("basis", None if self.basis_name == bases.first(self.card) else self.basis_name)
        url.write("dims", None if self.group == 1 else str(self.group))
        url.write("plane", None if self.axes == plane.PRINCIPAL else ".".join(self.axes))

    def follow_code(self, text: str) -> None:
        """Take the code from a link, with a warning if it is damaged."""
        try:
            self.code, self.origin = url.unpack(text, self.card.code_length), "The code of the link"
        except url.LinkError as error:
            st.warning(f"{str(error).removesuffix('.')}, so the start picture is shown instead.")

    def follow_view(self) -> None:
        """Take `basis`, `dims` and `plane` from the link, with a warning for what this model does not have."""
        names = bases.names(self.card)
        self.basis_name = url.Param("basis", valid=names.__contains__).in_link(
            self.basis_name,
            f"This link asks for sliders along “{{text}}”, but there are {' and '.join(names)}, "
            f"so “{names[bases.first(self.card)]}” is shown instead.",
        )
        self.group = url.Param("dims", url.natural, valid=self.groups.__contains__).in_link(
            1,
            f"This link asks for group “{{text}}” of the dimensions, but there are {len(self.groups)}, "
            "so the strongest dimensions are shown instead.",
        )
        self.axes = url.Param("plane", self._axes).in_link(plane.PRINCIPAL)

    def _axes(self, text):
        """The names of two axes, joined by a dot; raises PlaneError for those that this model does not have."""
        return plane.through(tuple(text.split(".")), networks.preview(self.card), self.card.code_length).axes
