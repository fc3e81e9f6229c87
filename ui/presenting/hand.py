"""Mounts the presenter's tools."""

from __future__ import annotations

from ui.components.presenter import presenter
from ui.lesson import Place
from ui.presenting import mode, notes, window


def show(title: str, place: Place | None) -> None:
    """title: of the page; place: the step of a lesson whose notes, with its answer, this visitor may read."""
    data = {"address": window.ADDRESS, "notes": notes.of(title, place)}
    presenter(data, on_leave=lambda _: mode.leave())
