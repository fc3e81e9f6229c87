"""Where a person stands in a latent space: the code and what is shown around it, kept in the session and in the link.

The link holds `z` (the code, exact), `basis` (what the sliders move along), `dims` (which group of it has sliders) and
`plane` (its two axes); what is as at the start is left out of it.
"""

import secrets
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from ui import url
from ui.explore import bases, plane

GROUP = 16  # dimensions that have sliders at a time
FIRST_DRAW = "The first of the recorded draws from the prior"


@dataclass
class Position:
    model: str  # name of the checkpoint
    start: np.ndarray  # (latent,) float32, the code of the first picture
    code: np.ndarray  # (latent,) float32
    origin: str  # where the code comes from, in words
    basis: str = "dims"
    group: int = 1
    axes: tuple[str, str] = plane.PRINCIPAL
    original: int | None = None  # number of the test image that the code was made from
    strip: int = 0  # which ten test images are offered
    serial: int = 0  # newest report of the component that was heard
    moved: bool = False  # the code is new: the official picture goes to the browser before everything else
    asked: int = 0  # newest request for the sheet and the plane's map
    wanted: bool = False  # such a request has not been answered yet
    have: str | None = None  # name of the sheet that the browser has
    map: tuple = (None, None)  # what it was drawn for, and the picture
    session: str = field(default_factory=lambda: secrets.token_hex(4))
    link: str | None = None  # `z` as it was written last

    @property
    def at_start(self):
        return np.array_equal(self.code, self.start)

    def go(self, code, origin, original=None):
        """Take another code (latent,) and write it into the link."""
        self.code, self.origin, self.original = np.asarray(code, np.float32), origin, original
        self.moved = True
        self.write()

    def write(self):
        """Make the link say where this is."""
        self.link = None if self.at_start else url.pack(self.code)
        wanted = {
            "z": self.link,
            "basis": self.basis if self.basis != "dims" else None,
            "dims": str(self.group) if self.group > 1 else None,
            "plane": ".".join(self.axes) if self.axes != plane.PRINCIPAL else None,
        }
        for key, value in wanted.items():
            if value is None:
                st.query_params.pop(key, None)
            elif st.query_params.get(key) != value:
                st.query_params[key] = value


def groups(latent):
    """How many groups of dimensions there are."""
    return -(-latent // GROUP)


def current(card, preview):
    """The Position in this session, after the link was followed where it is a new one. Says what is wrong with a link.

    The link is heard when it differs from what was written here last: a person opened it, or another page sent it.
    """
    before = st.session_state.get("position")
    asked = st.query_params.get("z")
    if before and before.model == card.name and asked in (None, before.link):
        before.write()  # coming back from another page, whose link does not hold it
        return before
    start = preview["codes"][0]
    here = Position(card.name, start, start, "The code of the first test image" if card.encodes else FIRST_DRAW)
    if asked is not None and not (before and asked == before.link):
        try:
            here.code, here.origin = url.unpack(asked, card.latent), "The code of this link"
        except url.LinkError as error:
            st.warning(str(error))
    if before is None or before.model == card.name:
        _view(here, card, preview)
    st.session_state["position"] = here
    here.write()
    return here


def _view(here, card, preview):
    """Follow `basis`, `dims` and `plane` of the link."""
    basis = st.query_params.get("basis", here.basis)
    if basis in bases.NAMES:
        here.basis = basis
    else:
        st.warning(
            f"This link asks for sliders along “{basis[:20]}”, but there are {' and '.join(bases.NAMES)}, "
            "so the dimensions of z are shown instead."
        )
    group = st.query_params.get("dims", "1")
    if group in {str(number + 1) for number in range(groups(card.latent))}:
        here.group = int(group)
    else:
        st.warning(
            f"This link asks for group “{group[:20]}” of the dimensions, but this model has {groups(card.latent)}, "
            "so the strongest dimensions are shown instead."
        )
    axes = tuple(st.query_params.get("plane", ".".join(plane.PRINCIPAL)).split("."))
    try:
        here.axes = plane.through(axes, preview, card.latent).axes
    except plane.PlaneError as error:
        st.warning(str(error))
