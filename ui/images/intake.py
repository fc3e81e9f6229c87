"""Sources of pictures: a test image, or an upload, a drawing or a photograph prepared for a network."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import streamlit as st
from PIL import Image

from checkpoints import Card
from data import pictures, prepare
from ui import downloads, gallery, tiles, url
from ui.components.drawing import drawing, drawing_again
from ui.components.kept import kept

SOURCES = {"upload": "Upload", "draw": "Draw", "camera": "Camera"}
SMALL = 2**19  # bytes of a file that the browser keeps unchanged; larger files are kept in reduced size
STAYS = "Your picture stays in this tab and in the server's memory for this visit; it is not in the link."
STAYS_HERE = (
    "Your picture stays in the server's memory for this visit; it is not in the link. This browser has no room to keep "
    "it: if the connection is lost for minutes, choose it again."
)


@dataclass(frozen=True)
class Input:
    """image: (C, H, W) uint8, the network's input. steps: of its preparation. name: of the picture."""

    image: np.ndarray
    steps: tuple[prepare.Step, ...]
    name: str


def source(key: str, *, test: str = "") -> str:
    """Widgets to choose a source of pictures; the link holds the kind, never the picture. test: words for numbered
    pictures, which are left out without any."""
    names = {"test": test, **SOURCES} if test else SOURCES
    return url.choice(f"{key}_from", names, label="Picture from", carried=True)


def choose(key: str, card: Card, first: int = 0) -> tuple[Input | None, Image.Image | None]:
    """Widgets for a picture for a card's network: (Input, None) for a test image, (None, picture) for an own one.

    Both are None while there is none. Call `prepare_with_steps` to make an Input of an own picture where the page has
    room for the steps. first: number of the test image on a first visit.
    """
    kind = source(key, test="Your set" if card.own else "Test image")
    if kind == "test":
        return test_image(key, card, first), None
    picture = own_picture(key, kind)
    return None, picture


def prepare_with_steps(key: str, picture: Image.Image, card: Card) -> Input | None:
    """An own picture prepared for a card's network, with all steps shown; None, with a warning, if that fails."""
    st.subheader("From your picture to the network's input")
    result = prepared(key, picture, card.dataset["name"], card.shape)
    if result is not None:
        show_steps(result.steps)
    return result


def test_image(key: str, card: Card, first: int) -> Input | None:
    """A test image by its number; None, with an offer to download them, if there are none."""
    sample = gallery.test_images(card)
    if sample is None:
        downloads.offer(card, key, "upload or draw a picture, or download them.")
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        number = url.whole_number(key, 0, len(sample) - 1, first, label="Number", width=140)
        st.button("Another", icon=":material/casino:", on_click=_another, args=(key, len(sample)), key=f"{key} another")
    name = f"{card.picture_word} {number}"
    if sample.labels is not None and len(sample.classes) > 1:
        name += f", {sample.classes[sample.labels[number]]}"
    return Input(sample.images[number], (), name)


def _another(key, count):
    st.session_state[key] = int(np.random.default_rng().integers(count))


def own_picture(key: str, kind: str) -> Image.Image | None:
    """The visitor's last valid picture, or None; a file that is not a picture is an error on the page."""
    if kind == "upload":
        file = st.file_uploader(
            f"Picture ({pictures.KINDS})", type=list(pictures.EXTENSIONS), key=f"{key} file", max_upload_size=20
        )
        _take(key, kind, file)
    elif kind == "camera":
        _take(key, kind, st.camera_input("Photograph", key=f"{key} camera"))
    else:
        drawing(f"{key} page", "Draw here with mouse, pen or finger", on_drawn=lambda raw: _read(key, kind, raw))
    problem = st.session_state.get(f"{key} {kind} problem")
    if problem:
        st.error(problem)
    picture = st.session_state.get(f"{key} {kind} picture")
    raw = st.session_state.get(f"{key} {kind} kept")
    stays = kept(f"{key} {kind}", raw, on_back=lambda raw: _read_again(key, kind, raw))
    if picture is not None:
        for note in picture.info.get("notes", ()):
            st.caption(note)
    st.caption(STAYS if stays else STAYS_HERE)
    return picture


def _read_again(key, kind, raw):
    """Take back a picture that the browser kept after the server that had it is gone."""
    _read(key, kind, raw)
    if kind == "draw":
        drawing_again(f"{key} page", raw)


def _take(key, kind, file):
    """Read a new file once."""
    last = f"{key} {kind} file id"
    if file is None or st.session_state.get(last) == file.file_id:
        return
    st.session_state[last] = file.file_id
    _read(key, kind, file.getvalue())


def _read(key, kind, raw):
    """Keep a valid picture; for any other file keep only the problem, so that the last picture stays."""
    st.session_state[f"{key} {kind} problem"] = None
    try:
        picture = pictures.read_picture(raw)
        st.session_state[f"{key} {kind} picture"] = picture
        st.session_state[f"{key} {kind} kept"] = raw if len(raw) <= SMALL else _smaller(picture)
    except pictures.PictureError as error:
        before = st.session_state.get(f"{key} {kind} picture") is not None
        st.session_state[f"{key} {kind} problem"] = str(error) + (" The last picture stays." if before else "")


def _smaller(picture):
    """The picture as a file of at most 1024 pixels a side, fine enough that a network's input hardly changes."""
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=95, method=2)
    return file.getvalue()


def prepared(key: str, picture: Image.Image, dataset: str, shape: tuple[int, int, int]) -> Input | None:
    """The picture prepared as an input (C, H, W) for a network of that data set, with a switch for every step.

    If nothing is found on the picture: a warning by url.warning, and the last Input (None on the first try).
    """
    preset = prepare.preset(dataset)
    switches = {name: prepare.NAMES[name] for name in preset.switches}
    on = st.pills(
        "Preparation: switch a step off to see its effect",
        list(switches),
        format_func=switches.__getitem__,
        selection_mode="multi",
        default=list(switches),
        key=f"{key} switches {dataset}",
        wrap=True,
    )
    off = tuple(set(switches) - set(on))
    last = f"{key} last prepared {dataset} {shape}"
    try:
        steps = prepare.prepare(picture, shape, preset, off=off)
    except pictures.PictureError as error:
        before = st.session_state.get(last)  # a cleared page or an empty photograph does not lose the last result
        reason = _because_of_switches(picture, shape, preset, off) or str(error)
        url.warning(reason + (" The last picture stays." if before else ""))
        return before
    st.session_state[last] = Input(steps[-1].image, tuple(steps), "your picture")
    return st.session_state[last]


def _because_of_switches(picture, shape, preset, off):
    """A sentence if the preparation fails only because some of its steps are switched off."""
    try:
        prepare.prepare(picture, shape, preset)
    except pictures.PictureError:
        return None
    names = " and ".join(f"“{prepare.NAMES[name]}”" for name in preset.switches if name in off)
    return f"With {names} switched off nothing is found on the picture; switch it on again." if off else None


def show_steps(steps: tuple[prepare.Step, ...]) -> None:
    """Show every step of a preparation as a small picture with its name and reason."""
    with st.container(horizontal=True, gap="small"):
        for number, step in enumerate(steps):
            with st.container(width=104):
                tiles.show(step.image, f"Step {number}: {step.name}. {step.why}")
                st.caption(f"**{step.name}**", help=step.why)
