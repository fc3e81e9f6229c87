"""A visitor's own data: pictures, and the models trained on them.

It is in the session state, so that no other visit can reach it. It is deleted on request, and when the visit ends: two
minutes after the tab is closed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

import checkpoints
import data
from checkpoints import Card, visits
from data.own.intake import Intake, Problem
from evaluate import brought
from ui import browser_networks, computed, networks

if TYPE_CHECKING:
    from ui.jobs import Job

KEY = "own visit"


@dataclass(frozen=True)
class Model:
    """A model of this visit, and its pictures: the held-out ones first, as in its preview."""

    card: Card
    pictures: data.Images


@dataclass(frozen=True)
class LeftOut:
    """What the last training could not use: pictures in which nothing was found, and the number of copies of others."""

    problems: tuple[Problem, ...] = ()
    copies: int = 0


@dataclass
class Visit:
    """token: part of the names of its checkpoints. intake: the pictures that were read, None before.

    job: the current or last job of reading or training. left_out: by the last training's preparation. models: by name,
    the oldest first.
    """

    token: str = field(default_factory=visits.token)
    intake: Intake | None = None
    job: Job | None = None
    left_out: LeftOut = LeftOut()
    models: dict[str, Model] = field(default_factory=dict)

    def forget_pictures(self) -> None:
        """Stop the job and release the uploaded pictures; trained models stay."""
        if self.job is not None:
            self.job.stop()
        if self.intake is not None:
            self.intake.release()
        self.job = self.intake = None
        self.left_out = LeftOut()

    def delete(self) -> None:
        """Delete everything, including the files of the models."""
        self.forget_pictures()
        visits.delete(self.token)
        if not self.models:
            return  # the caches are shared with other visits
        networks.forget(model.card for model in self.models.values())
        for name in self.models:
            brought.forget(name)
        self.models.clear()
        browser_networks.forget()
        computed.forget()


def current() -> Visit:
    """The Visit of this session, created on first use."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Visit()
        _deleted_at_the_end(st.session_state[KEY].token, st.session_state[KEY])
    return st.session_state[KEY]


@st.cache_resource(scope="session", on_release=Visit.delete, show_spinner=False)
def _deleted_at_the_end(token, _visit):
    """Holds the visit only so that Streamlit releases it when its session ends."""
    return _visit


def cards(*families: str) -> list[Card]:
    """Cards of this visit's models of these families (without any: of all families), the newest first."""
    visit: Visit | None = st.session_state.get(KEY)
    found = [] if visit is None else [model.card for model in reversed(visit.models.values())]
    return [card for card in found if not families or card.family in families]


def pictures(card: Card) -> data.Images | None:
    """The pictures of one of this visit's models; None for any other model."""
    visit: Visit | None = st.session_state.get(KEY)
    model = None if visit is None else visit.models.get(card.name)
    return None if model is None else model.pictures


def keep(visit: Visit, name: str, pictures: data.Images) -> Model:
    """Make a checkpoint that was written for a visit one of its models. Raises CheckpointError."""
    model = visit.models[name] = Model(checkpoints.read(name), pictures)
    brought.keep(model.card, pictures)
    return model
