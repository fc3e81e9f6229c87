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
    """A button that saves a file. It changes nothing on the page, so the page does not rerun."""
    options = {"icon": ICON, "on_click": "ignore", "key": f"download {name}"} | options
    st.download_button(label, content, name, **options)


def slide(make: slides.Slide | Callable[[], slides.Slide], file: str, label: str = "PNG", **options: Any) -> None:
    """A button for a slide, or for a function that returns one when it is pressed. file: its name, without ".png"."""
    link = url.address()

    def raw():
        return slides.png(replace(make() if callable(make) else make, link=link))

    _save(label, raw, f"{file}.png", **options)


def film(
    make: Callable[[], Iterable[slides.Slide]], file: str, milliseconds: int = 80, quality: int | None = None
) -> None:
    """Buttons for the slides that a function returns when one is pressed, as an endless GIF and WebP.

    milliseconds, quality: as slides.animation takes them.
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
    """A button for a table, or for a function that returns one when the button is pressed.

    going: whether a running training changes the table in every run; then the button is disabled until its end.
    """

    def text():
        return (table() if callable(table) else table).to_csv(index=index)

    # An existing table is sent with the page. Content that is computed on a press gets a new address in every run, so a
    # press while the page runs requests an address that is gone. The same holds for a table that changes, and the
    # library requests each address as soon as it gets it; a disabled button has none.
    later = callable(table) or going
    _save(label, text if later else text(), f"{file}.csv", disabled=going, **options)


def json(text: str, file: str, label: str, **options: Any) -> None:
    """A button for a JSON file. file: its name, without ".json"."""
    _save(label, text, f"{file}.json", mime="application/json", **options)


def as_page(raw: Callable[[], bytes], file: str, *, too_large: str | None = None, **options: Any) -> None:
    """A button for a standalone page (ui/standalone), returned by a function when the button is pressed.

    too_large: a sentence that replaces the button if the page would be too large.
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
        help="One HTML file, as live as this page, that needs no network and no server: open it from your disk.",
        **options,
    )


def handout(text: Callable[[], str], file: str, label: str) -> None:
    """A button for a lesson on paper (ui/lesson/handout.py), returned by a function when the button is pressed."""
    _save(label, text, f"{file}.html", mime="text/html", help="One HTML file with pictures and questions, to print.")


def report(text: Callable[[], str], file: str, label: str, words: str, where: str) -> None:
    """A button for the report of a lesson (ui/lesson/report.py), returned by a function when the button is pressed.

    words: the tooltip. where: tells apart the places at which a page has this button.
    """
    _save(label, text, f"{file}.html", mime="text/html", help=words, key=f"download {file} {where}")


def offer(card: Card, key: str, consequence: str) -> None:
    """One sentence that ends in `consequence`, and a button that downloads the card's data set."""
    name = card.dataset["name"]
    if card.own:
        consequence = consequence.replace(", or download them", "")  # a visitor's own pictures cannot be downloaded
        st.info(f"The pictures of {title_of(name)} are not on this machine: {consequence}")
        return
    st.info(f"The test images of {title_of(name)} are not shipped with the app: {consequence}")
    data_set(name, key)


def data_set(name: str, key: str) -> None:
    """A button that downloads the test images of a data set and shows its progress, or why it failed."""
    if st.button(f"Download {title_of(name)}", icon=ICON, key=f"{key} download {name}"):
        bar = st.progress(0.0, "Asking for the files …")

        def progress(file, loaded, total):
            bar.progress(min(1.0, loaded / total) if total else 0.0, f"{file}: {loaded / 2**20:.1f} MB")

        try:
            data.load(name, "test", download=True, progress=progress)
        except data.DataError as error:
            bar.empty()
            st.error(str(error))
            return
        gallery.sample.clear()  # the sample may come from a partial set
        st.rerun()
