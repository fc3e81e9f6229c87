"""A visitor's explorer: the browser's reports, and what is sent back to it in which order.

Pictures that follow the hand come from the network in the browser. A browser that cannot run it needs a sheet of
hundreds of them, which takes the network here a second; the picture of the code alone takes milliseconds. So a released
slider is answered in two messages: the official picture alone, and, when the browser has drawn it and asks for the
rest, the sheet and the plane's map. Reports and requests are numbered, and the browser drops answers to older numbers.
"""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import browser_networks, classifiers, networks, recorded_codes, tiles
from ui.components import floats
from ui.explore import bases, codes, images, pictures, plane, priors, rows
from ui.explore.position import Position

KEY = "explorer session"
BY_HAND = "Set by hand"


@dataclass
class ExplorerSession:
    """The position, and how far browser and server have come.

    report: number of the newest report received from the hand. code_is_new: its picture has not been sent yet. request:
    number of the newest request for sheet and map; browser_sheet: name of the sheet that the browser had then;
    unanswered: whether that request is still unanswered; live: whether the browser runs the network, or soon will, and
    needs neither. image_page: which test images are offered. id: differs for every session, since the numbers start
    again.
    """

    position: Position
    report: int = 0
    code_is_new: bool = False
    request: int = 0
    browser_sheet: str | None = None
    unanswered: bool = False
    live: bool = False
    image_page: int = 0
    plane_map: pictures.PlaneMap | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def loading(self) -> bool:
        """Whether the network is still being loaded behind the first picture."""
        return self.request == 0 or networks.warm().is_alive()

    # ---- what users do ----

    def go(self, code: np.ndarray, origin: str, original: int | None = None) -> None:
        """Take another code (latent,); its picture is sent first."""
        self.position.go(code, origin, original)
        self.code_is_new = True

    def draw(self, source: str, seed: int, psi: float) -> None:
        """Take a random code from the source, a key of priors.NAMES; ψ shortens draws from the prior."""
        code = priors.draw(self.position.card, source, np.random.default_rng(seed), 1)[0]
        if source == "prior":
            truncated = f", truncated to ψ = {psi:g}" if psi != 1 else ""
            self.go(psi * code, f"A draw from the prior, seed {seed}{truncated}")
        else:
            self.go(code, f"A draw from the mixture fitted to the codes, seed {seed}")

    def reset(self) -> None:
        self.go(np.zeros(self.position.card.code_length), "The origin: every dimension is 0")

    def snap(self, number: int) -> None:
        """Take the code of one of the offered images."""
        card, starts = self.position.card, images.start_pictures(self.position.card)
        if starts.real:
            picture = starts.pictures.images[number]
            code = networks.code(card, picture[None])[0]
            how = networks.round_trip(card, picture, code)
        else:
            code, how = networks.preview(card)["codes"][number], ""
        words = f"The code of {starts.name(number)}" + (f", {how}" if how else "")
        self.go(code, words, number if starts.real else None)

    def set_coordinates(self, coordinates: np.ndarray) -> None:
        """Take the code with these coordinates (latent,) along the rows of the basis."""
        self.go(self.position.basis.codes(coordinates), BY_HAND, self.position.original)

    def set_length(self, length: float) -> None:
        """Set the code's length, in units of √latent, and keep its direction."""
        self.go(bases.of_lengths(self.position.code, [length])[0], BY_HAND, self.position.original)

    # ---- what the browser reports (it is not trusted) ----

    def on_code(self, report: dict[str, Any]) -> None:
        coordinates = codes.checked(report.get("code"), self.position.card.code_length)
        if coordinates is not None:
            self._hear(report)
            if report.get("walk") is True:
                self.go(self.position.basis.codes(coordinates), "Where a walk stopped")
            else:
                self.set_coordinates(coordinates)

    def on_snap(self, report: dict[str, Any]) -> None:
        number = report.get("number")
        if isinstance(number, int) and 0 <= number < len(images.start_pictures(self.position.card).pictures):
            self._hear(report)
            self.snap(number)

    def on_view(self, report: dict[str, Any]) -> None:
        self._hear(report)
        position = self.position
        if report.get("basis") in list(bases.names(position.card)):  # the reported value may not be hashable
            position.choose_basis(report["basis"])
        if report.get("dims") in position.groups:
            position.choose_group(report["dims"])
        if isinstance(report.get("strip"), int):
            self.image_page = report["strip"] % 1000
        if isinstance(report.get("axes"), list) and len(report["axes"]) == 2:
            with contextlib.suppress(plane.PlaneError):  # axes that no select box offers
                position.choose_axes([str(axis) for axis in report["axes"]])

    def on_rest(self, report: dict[str, Any]) -> None:
        if isinstance(report.get("asked"), int):
            self.request, self.browser_sheet, self.unanswered = report["asked"], report.get("have"), True
            self.live = report.get("live") is True

    def _hear(self, report):
        if isinstance(report.get("serial"), int):
            self.report = report["serial"]

    # ---- what goes to the browser ----

    def message(self, picture: np.ndarray) -> dict[str, Any]:
        """Data for the component (ui/components/explorer) around the official picture (C, H, W) uint8 of the code."""
        position, card, loading = self.position, self.position.card, self.loading
        sheet_name = pictures.sheet_name(position, loading)
        has_it = self.unanswered and self.browser_sheet == sheet_name
        if self.live:
            networks.prepare(card)  # for the official picture of the next release; the browser need not wait
        sheet = None if self.live or self.code_is_new or has_it else pictures.sheet(position, loading)
        drawn = self._plane_map(draw=self.unanswered and not loading and not self.live)
        recorded = None if drawn else pictures.recorded_plane(position)
        self.code_is_new = self.unanswered = False
        starts = images.start_pictures(card)
        return {
            "session": self.id,
            "serial": self.report,
            "code": codes.plain_floats(position.basis.coordinates(position.code)),
            "vectors": None if position.basis.sent is None else floats.text(position.basis.sent),
            "network": browser_networks.given(card, "decoder"),
            "classifier": classifiers.given(card),
            "codes": recorded_codes.given(card),
            "size": [card.shape[2], card.shape[1]],
            "picture": tiles.sheet(picture[None], 1),
            "sheet": sheet,
            "sheet_name": sheet_name,
            "rows": rows.shown(position),
            "bases": list(bases.names(card).items()),
            "basis": position.basis_name,
            "pages": [[number, rows.group_name(position, number)] for number in position.groups],
            "page": position.group,
            "plane": self._plane() | {"map": drawn, "recorded": recorded},
            "asked": self.request,
            "waking": loading and not self.live,
            "strip": starts.strip(self.image_page),
            "original": starts.original(position.original),
            "origin": position.origin,
        }

    def _plane(self):
        """The plane's axes, in coordinates along the rows of the basis."""
        view, basis = self.position.plane, self.position.basis
        axes = [*plane.PRINCIPAL, *map(str, self.position.strongest)]
        return {
            "axes": list(view.axes),
            "names": [plane.name(axis) for axis in view.axes],
            "choices": [[axis, plane.name(axis)] for axis in axes],
            "vectors": basis.coordinates(view.vectors).tolist(),
            "scale": view.scale.tolist(),
            "centre": basis.coordinates(view.centre).tolist(),
        }

    def _plane_map(self, draw):
        """The plane's pictures as a data URL; None until they are drawn for this plane and code."""
        if self.plane_map is None or not self.plane_map.fits(self.position):
            if not draw:
                return None
            self.plane_map = pictures.plane_map(self.position)
        return self.plane_map.picture


def current(card: Card) -> ExplorerSession:
    """The session of this visit, or a new one for another model or if a link was opened.

    Shows a warning for every error in the link.
    """
    session: ExplorerSession | None = st.session_state.get(KEY)
    position = Position.of_visit(card, session and session.position)
    if session is None or session.position is not position:
        session = st.session_state[KEY] = ExplorerSession(position)
    return session
