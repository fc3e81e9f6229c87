"""The networks of the checkpoints: loaded once for everybody, on first use, never at import.

`import torch` takes seconds. Pages show recorded pictures first and call `warm` afterwards, so that torch is there
when a hand touches a slider.
"""

import os
import threading

import numpy as np
import streamlit as st

import checkpoints

CHUNK = 1000  # codes decoded at once: bounds the memory that one person can take


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
def _preview(name, sha256):
    return checkpoints.preview(name)


def preview(card):
    """The arrays recorded with a checkpoint (see evaluate/preview.py); does not import torch."""
    return _preview(card.name, card.sha256)


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
