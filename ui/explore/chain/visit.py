"""A visitor's state on the live chain: the messages to and from its component, and its link.

The link holds `ink` (the strokes, see ui/components/lib/pen.js) or `test` (a test image, SET.NUMBER), `noise` (the seed
of ε), `scale` (of ε), `means` (the moved bars: DIMENSION_MEAN_…) and `view` (pca for the other map).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import url
from ui.components import grey
from ui.explore.chain import vaes
from ui.explore.chain.answer import answer, is_number
from ui.ink import INK, LONGEST

KEY = "live chain"
FURTHEST = 10.0  # of a typed mean, in absolute value
START = {"ink": "", "test": None, "own": False, "noise": 1, "scale": 0.0, "means": [], "view": "tsne"}
STATE = ("ink", "test", "noise", "scale", "means", "view")  # the keys that are stored in the link


@dataclass
class Visit:
    """token: differs for every link that is opened. state: as reported by the component. page: of test images.
    wants_map: whether the browser has asked for the map and, as far as known, has not received it. report: the newest
    one from a browser without networks, until it is answered."""

    token: str
    model: str
    state: dict[str, Any] = field(default_factory=lambda: dict(START))
    page: int = 0
    wants_map: bool = False
    report: dict[str, Any] | None = None
    answer: dict[str, Any] | None = None

    # ---- reports ----

    def on_moved(self, report: dict[str, Any]) -> None:
        """Handle the end of a movement; ignore reports that our script cannot have sent."""
        card = next((card for card in vaes.cards() if card.name == self.model), None)
        if card is None:
            return  # a model of this visit was deleted while the report was on its way
        if report.get("model") != card.sha256:
            report = {**report, "means": []}  # sent before another model was chosen, so its bars are of the old one
        state = checked(report, card.code_length)
        if state is None:
            return
        self.state = state
        if "input" in report:
            self.report = report
            self.wants_map = self.wants_map and report.get("have") is None  # else every answer would send it again

    def on_rest(self, report: dict[str, Any]) -> None:
        """Handle a request for the map, unless the browser has it, and for a page of test images."""
        page = report.get("page")
        if type(page) is int and 0 <= page < 10**6:
            self.page = page
        self.wants_map = report.get("have") is None

    # ---- to the component ----

    def message(self, card: Card, own: np.ndarray | None) -> dict[str, Any]:
        """Data for the component, see ui/components/chain. own: a prepared upload (1, 28, 28) uint8."""
        if self.report is not None:
            self.answer, self.report = answer(card, self.report), None
        test = self.state["test"]
        image = None if test is None else vaes.test_image(test[0], test[1], card.name)
        return {
            "model": vaes.described(card),
            "first": vaes.first_pass(card),
            "strip": vaes.strip(card, self.page),
            "image": None if image is None else grey.text(image),
            "own": None if own is None else {"id": hashlib.sha256(own.tobytes()).hexdigest(), "image": grey.text(own)},
            "map": vaes.code_map(card) if self.wants_map else None,
            "answer": self.answer,
        }

    def write(self) -> None:
        """Put the state into the link, except values of a first visit."""
        state = self.state
        means = "_".join(f"{number:g}" for pair in state["means"] for number in pair)
        url.write("ink", state["ink"] if 0 < len(state["ink"]) <= LONGEST else None)
        url.write("test", None if state["test"] is None else "{}.{}".format(*state["test"]))
        url.write("noise", str(state["noise"]) if state["noise"] != START["noise"] else None)
        url.write("scale", f"{state['scale']:g}" if state["scale"] else None)
        url.write("means", means or None)
        url.write("view", state["view"] if state["view"] != START["view"] else None)


def current(card: Card) -> Visit:
    """The visit of this session, or a new one if a link was opened, with a warning for errors in the link."""
    visit: Visit | None = st.session_state.get(KEY)
    asked = {key: text for key in STATE if (text := url.opened(key))}
    returned = [key for key in STATE if url.left_out(key)]
    if visit is None or asked or returned:
        visit = Visit(secrets.token_hex(4), card.name)
        visit.state = opened(asked, card.code_length)
        st.session_state[KEY] = visit
    if visit.model != card.name:
        visit.model, visit.state, visit.answer = card.name, {**visit.state, "means": []}, None
    visit.write()
    return visit


def opened(asked: dict[str, str], latent: int) -> dict[str, Any]:
    """The state given by the texts of a link; invalid texts are left out with a warning."""
    readers = {
        "ink": str,
        "test": lambda text: [text.rpartition(".")[0], url.natural(text.rpartition(".")[2])],
        "noise": url.natural,
        "scale": float,
        "means": lambda text: [
            [url.natural(d), float(value)] for d, value in zip(text.split("_")[::2], text.split("_")[1::2], strict=True)
        ],
        "view": str,
    }
    state, wrong = dict(START), []
    for key, text in asked.items():
        try:
            tried = checked({**state, key: readers[key](text)}, latent)
        except ValueError:
            tried = None
        if tried is None or (key == "test" and vaes.test_image(tried["test"][0], tried["test"][1], "") is None):
            wrong.append(key)
        else:
            state = tried
    if wrong:
        st.warning(f"This link holds something for {' and '.join(wrong)} that cannot be shown, so it is left out.")
    return state


def checked(report: dict[str, Any], latent: int) -> dict[str, Any] | None:
    """The state in a report of the component or in a link; None if it is invalid."""
    parts: list[Any] = [report.get(key) for key in STATE]
    ink, test, noise, scale, means, view = parts
    valid = (
        isinstance(ink, str)
        and INK.fullmatch(ink)
        and (test is None or (_pair(test) and isinstance(test[0], str) and type(test[1]) is int and test[1] >= 0))
        and type(noise) is int
        and 0 <= noise < 2**31
        and is_number(scale, 0, 2)
        and isinstance(means, list)
        and len(means) <= latent
        and all(
            _pair(p) and type(p[0]) is int and 0 <= p[0] < latent and is_number(p[1], -FURTHEST, FURTHEST)
            for p in means
        )
        and view in vaes.VIEWS
    )
    if not valid:
        return None
    return {
        "ink": ink,
        "test": test,
        "own": report.get("own") is True,
        "noise": noise,
        "scale": float(scale),
        "means": means,
        "view": view,
    }


def _pair(value):
    return isinstance(value, list) and len(value) == 2
