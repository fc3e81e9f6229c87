"""Choose a checkpoint, and run it: networks are loaded once for all people, on first need, never at import.

`import torch` takes seconds. Pages show recorded pictures first and call `warm` afterwards, so that torch is there
when a hand touches a slider.
"""

import os
import threading

import numpy as np
import streamlit as st

import checkpoints

FIRST = "fashion_vae"  # the model that a first visit shows
CHUNK = 1000  # codes decoded at once: bounds the memory that one person can take


ABSENT = "This link asks for a model that is not here, so another one is shown instead."


def checkpoint(*families, key="model", label="Model", cards=None, on_change=None, absent=ABSENT):
    """A select box of the checkpoints of these families; returns the Card. The link holds its name as `key`.

    absent: what is said where the link names a model that is not among them.

    Streamlit's own binding would put the title into the link; names are shorter and stay when a title is reworded.
    """
    cards = cards or gallery(*families)
    names = [card.name for card in cards]
    titles = {card.name: card.title for card in cards}
    asked, written = st.query_params.get(key), st.session_state.get(f"{key} in the link")
    if asked is not None and asked not in names:
        st.warning(absent)
    # A link that was opened or that another page sent; what was chosen last, here or on a page with other models.
    wishes = (asked if asked != written else None, st.session_state.get(key), written, FIRST, names[0])
    # Assigned in any case: a box with other models is another widget, which would begin with its first one.
    st.session_state[key] = next(name for name in wishes if name in names)
    name = st.selectbox(label, names, format_func=titles.get, key=key, on_change=on_change)
    st.session_state[f"{key} in the link"] = name
    if st.query_params.get(key) != name:
        st.query_params[key] = name
    return cards[names.index(name)]


def with_codes():
    """Cards of all models that make pictures from a code z ~ N(0, I), of whatever family."""
    return [card for card in gallery() if card.latent]


@st.cache_data(ttl=10, show_spinner=False)  # a checkpoint that was trained a moment ago appears by itself
def gallery(*families):
    """Cards of the checkpoints of these families, as checkpoints.gallery gives them."""
    return checkpoints.gallery(*families)


@st.cache_resource(max_entries=16, show_spinner="Loading the network …")
def _model(name, sha256):
    warm().join()
    import torch

    # Channels next to each other in memory: a convolutional decoder runs in half the time on a CPU.
    return checkpoints.load(name).to(memory_format=torch.channels_last)


def model(card):
    """The network of a card in eval mode; shows one sentence and stops the page when its file is damaged."""
    try:
        return _model(card.name, card.sha256)
    except checkpoints.CheckpointError as error:
        st.error(str(error))
        st.stop()


@st.cache_data(max_entries=16, show_spinner=False)
def _atlas(name, sha256):
    return checkpoints.atlas(name)


def atlas(card):
    """The arrays recorded with a checkpoint (see train/atlas.py); does not import torch."""
    return _atlas(card.name, card.sha256)


def decode(card, codes):
    """Pictures of codes (N, latent): (N, C, H, W) uint8. FloatingPointError for a network whose pixels are NaN."""
    import torch

    def bytes_of(picture):
        if not torch.isfinite(picture).all():
            raise FloatingPointError(f"{card.title} gives pixels that are no numbers (NaN): its training has diverged.")
        return (picture * 255).round().to(torch.uint8).numpy()

    network = model(card)
    with torch.inference_mode():
        chunks = torch.from_numpy(np.ascontiguousarray(codes, np.float32)).split(CHUNK)
        return np.concatenate([bytes_of(network.picture(z)) for z in chunks])


def encode(card, images):
    """Mean and log variance, each (N, latent) float32, of pictures (N, C, H, W) uint8."""
    import torch

    network = model(card)
    with torch.inference_mode():
        mean, log_var = network.encode(torch.from_numpy(images.astype(np.float32)) / 255)
        return mean.numpy(), log_var.numpy()


@st.cache_resource(show_spinner=False)
def warm():
    """Import torch in the background, once per process; call it after the first picture is on the page."""
    thread = threading.Thread(target=_import_torch, daemon=True, name="warm")
    thread.start()
    return thread


def _import_torch():
    import torch

    # Several people's threads on all cores wait for each other: on two busy cores that was ten times slower than one
    # thread for each. Half of the cores leaves room for others; threads that start from now on follow it.
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // 2))
