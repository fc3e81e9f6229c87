"""One way in for every picture: a test image, or an upload, a drawing or a photograph prepared for a network."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from data import pictures, prepare
from ui import downloads, gallery, tiles, url
from ui.components.drawing import drawing

SOURCES = {"test": "Test image", "upload": "Upload", "draw": "Draw", "camera": "Camera"}


@dataclass(frozen=True)
class Input:
    """image (C, H, W) uint8, what the network gets; steps: how it was made; words: what it is."""

    image: np.ndarray
    steps: tuple
    words: str


def source(key, *, without_test=False):
    """Widgets to choose where a picture comes from; the link holds the kind, never the picture."""
    names = {k: v for k, v in SOURCES.items() if not (without_test and k == "test")}
    return url.choice(f"{key}_from", names, label="Picture from")


def choose(key, card, first=0):
    """Widgets for a picture for a card's network: (Input, None) for a test image, (None, PIL image) for an own one.

    Both are None while there is none. An own picture goes through `ready` next, where the page has room for its steps.
    first: number of the test image that stands there at first.
    """
    kind = source(key)
    if kind == "test":
        return test_image(key, card, first), None
    picture = own_picture(key, kind)
    st.caption("Your picture stays in this server's memory for this visit; it is not in the link.")
    return None, picture


def ready(key, picture, card):
    """An own picture prepared for a card's network, every step shown: an Input, or None with a sentence."""
    st.subheader("From your picture to the network's input")
    given = prepared(key, picture, card.dataset["name"], card.shape)
    if given is not None:
        show_steps(given.steps)
    return given


def test_image(key, card, first):
    """A shipped test image by its number, as an Input; None, with a sentence, where there are none."""
    sample = gallery.test_images(card)
    if sample is None:
        downloads.offer(card, key, "upload or draw a picture, or get them here.")
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        number = url.whole_number(key, 0, len(sample) - 1, first, label="Number", width=140)
        st.button("Another", icon=":material/casino:", on_click=_another, args=(key, len(sample)), key=f"{key} another")
    words = f"test image {number}"
    if sample.labels is not None:
        words += f", {sample.classes[sample.labels[number]]}"
    return Input(sample.images[number], (), words)


def _another(key, count):
    st.session_state[key] = int(np.random.default_rng().integers(count))


def own_picture(key, kind):
    """The person's last good picture as a PIL image, or None; a file that is none is answered by a sentence."""
    if kind == "upload":
        file = st.file_uploader(
            f"Picture ({pictures.KINDS})", type=list(pictures.EXTENSIONS), key=f"{key} file", max_upload_size=20
        )
        _take(key, kind, file)
    elif kind == "camera":
        _take(key, kind, st.camera_input("Photograph a digit or a piece of clothing", key=f"{key} camera"))
    else:
        drawing(f"{key} page", "Draw here with mouse, pen or finger", on_drawn=lambda raw: _read(key, kind, raw))
    problem = st.session_state.get(f"{key} {kind} problem")
    if problem:
        st.error(problem)
    picture = st.session_state.get(f"{key} {kind} picture")
    if picture is not None:
        for note in picture.info.get("notes", ()):
            st.caption(note)
    return picture


def _take(key, kind, file):
    """Read a file once, when it is new."""
    taken = f"{key} {kind} taken"
    if file is None or st.session_state.get(taken) == file.file_id:
        return
    st.session_state[taken] = file.file_id
    _read(key, kind, file.getvalue())


def _read(key, kind, raw):
    """Keep a good picture; of a bad one keep only the sentence, so that the last result stays."""
    st.session_state[f"{key} {kind} problem"] = None
    try:
        st.session_state[f"{key} {kind} picture"] = pictures.read_picture(raw)
    except pictures.PictureError as error:
        before = st.session_state.get(f"{key} {kind} picture") is not None
        st.session_state[f"{key} {kind} problem"] = str(error) + (" The last picture stays." if before else "")


def prepared(key, picture, dataset, shape):
    """The picture made into a network's input, with a switch for every step; an Input.

    Where nothing is found on the picture: a sentence, and the last Input (None at first).
    """
    preset = prepare.preset(dataset)
    switches = {name: prepare.NAMES[name] for name in preset.switches}
    on = st.pills(
        "Preparation: take a step out to see what it is good for",
        list(switches),
        format_func=switches.get,
        selection_mode="multi",
        default=list(switches),
        key=f"{key} switches {dataset}",
    )
    off = tuple(set(switches) - set(on))
    last = f"{key} last prepared {dataset} {shape}"
    try:
        steps = prepare.prepare(picture, shape, preset, off=off)
    except pictures.PictureError as error:
        before = st.session_state.get(last)  # a cleared page or a photograph of nothing loses no result
        st.warning(str(error) + (" The last picture stays." if before else ""))
        return before
    st.session_state[last] = Input(steps[-1].image, tuple(steps), "your picture")
    return st.session_state[last]


def show_steps(steps):
    """Every step of a preparation as a small picture with its name and reason."""
    with st.container(horizontal=True, gap="small"):
        for number, step in enumerate(steps):
            with st.container(width=104):
                tiles.show(step.image, f"Step {number}: {step.name}. {step.why}")
                st.caption(f"**{step.name}**", help=step.why)
