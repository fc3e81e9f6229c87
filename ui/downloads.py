"""Buttons that download: pictures, tables, JSON, a page as HTML, and test images that are not shipped."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

import data
from checkpoints import Card
from data.titles import title_of
from ui import gallery, slides, url

ICON = ":material/download:"


def _save(label: str, content: str | Callable[[], Any], name: str, **options: Any) -> None:
    """A button that saves a file. It changes nothing on the page, so it does not rerun the page."""
    options = {"icon": ICON, "on_click": "ignore", "key": f"download {name}"} | options
    st.download_button(label, content, name, **options)


def slide(make: slides.Slide | Callable[[], slides.Slide], file: str, label: str = "PNG", **options: Any) -> None:
    """A button for a slide, or for a function that makes one when pressed. file: its name, without ".png"."""
    link = url.address()

    def raw():
        return slides.png(replace(make() if callable(make) else make, link=link))

    _save(label, raw, f"{file}.png", **options)


def film(
    make: Callable[[], Iterable[slides.Slide]], file: str, milliseconds: int = 80, quality: int | None = None
) -> None:
    """Buttons for an endless GIF and WebP of slides, which `make` returns when one is pressed.

    milliseconds, quality: as for slides.animation.
    """
    link = url.address()

    def drawn(format):
        return slides.animation([replace(frame, link=link) for frame in make()], format, milliseconds, quality=quality)

    for format, label in (("gif", "GIF"), ("webp", "WebP")):
        _save(label, functools.partial(drawn, format), f"{file}.{format}")


def csv(
    table: pd.DataFrame | Callable[[], pd.DataFrame],
    file: str,
    label: str,
    *,
    index: bool = False,
    going: bool = False,
    **options: Any,
) -> None:
    """A button for a table, or for a function that makes one when pressed.

    going: whether a running training changes the table in every run; the button is disabled until it ends.
    """

    def text():
        return (table() if callable(table) else table).to_csv(index=index)

    # A finished table is sent with the page. A table computed on demand has a new address after every run, so a press
    # during a run would ask for an address that is gone. So has a changing table, and the library requests each address
    # as soon as it arrives, except for a disabled button.
    later = callable(table) or going
    _save(label, text if later else text(), f"{file}.csv", disabled=going, **options)


def json(text: str, file: str, label: str, **options: Any) -> None:
    """A button for a JSON file. file: its name, without ".json"."""
    _save(label, text, f"{file}.json", mime="application/json", **options)


def as_page(raw: Callable[[], bytes], file: str, *, too_large: str | None = None, **options: Any) -> None:
    """A button for a page to take home (ui/standalone), which `raw` makes when the button is pressed.

    too_large: a sentence shown instead of the button if the page would exceed the size limit.
    """
    if too_large:
        st.caption(too_large)
        return
    _save(
        "Save as a page",
        raw,
        f"{file}.html",
        mime="text/html",
        icon=":material/home_storage:",
        help="One interactive HTML file that needs no network and no server: open it from your disk.",
        **options,
    )


def handout(text: Callable[[], str], file: str, label: str) -> None:
    """A button for a lesson on paper (ui/lesson/handout.py), which `text` makes when the button is pressed."""
    _save(label, text, f"{file}.html", mime="text/html", help="One HTML file with pictures and questions, to print.")


def report(text: Callable[[], str], file: str, label: str, words: str, where: str) -> None:
    """A button for the report of a lesson (ui/lesson/report.py), which `text` makes when the button is pressed.

    words: its tooltip. where: distinguishes the places on a page that have this button.
    """
    _save(label, text, f"{file}.html", mime="text/html", help=words, key=f"download {file} {where}")


def offer(card: Card, key: str, consequence: str) -> None:
    """A sentence ending in `consequence`, and a button that downloads the card's data set."""
    name = card.dataset["name"]
    if card.own:
        consequence = consequence.replace(", or download them", "")  # a visitor's own pictures cannot be downloaded
        st.info(f"The pictures of {title_of(name)} are not on this machine: {consequence}")
        return
    st.info(f"The test images of {title_of(name)} are not shipped with the app: {consequence}")
    data_set(name, key)


def data_set(name: str, key: str) -> None:
    """A button that downloads the test images of a data set, with its progress, or why it failed."""
    if st.button(f"Download {title_of(name)}", icon=ICON, key=f"{key} download {name}"):
        bar = st.progress(0.0, "Requesting the files …")

        def progress(file, loaded, total):
            bar.progress(min(1.0, loaded / total) if total else 0.0, f"{file}: {loaded / 2**20:.1f} MB")

        try:
            data.load(name, "test", download=True, progress=progress)
        except data.DataError as error:
            bar.empty()
            st.error(str(error))
            return
        gallery.sample.clear()  # a part of the data set may have been there before
        st.rerun()
