"""The networks of the checkpoints: loaded once for all visits, on first use, never at import.

`import torch` takes seconds. Pages show recorded pictures first and call `warm` afterwards, so that torch is loaded
when somebody moves a slider.
"""

from __future__ import annotations

import contextlib
import functools
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NoReturn

import numpy as np
import streamlit as st

import checkpoints
from checkpoints import Card
from evaluate import decoding, stored
from ui import memory

Source = Literal["prior", "mixture", "classes"]  # of recorded samples
_imported = threading.Event()  # torch


@st.cache_resource(max_entries=16, show_spinner=False)  # pages have their own spinner; `prepare` has no page
def _model(name, sha256):
    warm().join()
    return stored.load(name)


def shared(card: Card) -> Any:
    """The network of a card in eval mode, for work for which no page waits. Raises CheckpointError."""
    return _model(card.name, card.sha256)


def model(card: Card) -> Any:
    """The network of a card in eval mode; shows an error and stops the page if its file is damaged."""
    try:
        return shared(card)
    except checkpoints.CheckpointError as error:
        st.error(str(error))
        st.stop()


def whole(cards: Iterable[Card]) -> list[Card]:
    """The cards whose network can be loaded, for a page with several; shows what is wrong with the others, and stops
    the page if none is left."""
    usable, problems = [], []
    for card in cards:
        try:
            shared(card)
            usable.append(card)
        except checkpoints.CheckpointError as error:
            problems.append(str(error))
    for problem in problems:
        (st.warning if usable else st.error)(problem)
    if problems and not usable:
        st.stop()
    return usable


def forget(cards: Iterable[Card]) -> None:
    """Drop the networks and previews of these cards, because their models are deleted."""
    for card in cards:
        _model.clear(card.name, card.sha256)
    _prepare.cache_clear()
    _preview.cache_clear()
    _samples.cache_clear()


def prepare(card: Card) -> None:
    """Load the network of a card in a thread, once, so that nobody has to wait for it later."""
    _prepare(card.name, card.sha256)


@functools.lru_cache(16)
def _prepare(name, sha256):
    def load():
        with contextlib.suppress(checkpoints.CheckpointError):  # model() shows the error
            _model(name, sha256)

    threading.Thread(target=load, daemon=True, name=f"prepare {name}").start()


# Not one of Streamlit's caches: pages call this twenty times in a run, and st.cache_data copies everything each time.
@functools.lru_cache(16)
def _preview(name, digest):
    preview = checkpoints.preview(name)
    for array in preview.values():
        array.flags.writeable = False
    return MappingProxyType(preview)


def preview(card: Card) -> Mapping[str, np.ndarray]:
    """The arrays recorded with a checkpoint (see evaluate/preview.py), read only; does not import torch.

    Shows an error and stops the page if the file is damaged. Raises CheckpointError for an array that is missing.
    """
    try:
        return _preview(card.name, card.preview or card.sha256)
    except checkpoints.CheckpointError as error:
        st.error(str(error))
        st.stop()


@functools.lru_cache(128)
def _samples(name, digest, count, source):
    preview = checkpoints.preview(name)  # not cached: those of all models are 40 MB
    paths = preview.get("paths")
    ends = None if paths is None else paths[-1]
    samples = {"prior": preview["prior"], "mixture": preview.get("prior_mixture"), "classes": ends}[source]
    if samples is not None:
        samples = samples[:count].copy()
        samples.flags.writeable = False
    return samples


def samples(card: Card, count: int, source: Source) -> np.ndarray | None:
    """The first recorded samples (count, C, H, W) uint8 of a model, for pages that show some of many models.

    source: codes from the prior or from the fitted mixture, or a flow's samples of one class after another (the ends
    of the recorded paths). None if there are none. Read only. Errors as in `preview`.
    """
    try:
        return _samples(card.name, card.preview or card.sha256, count, source)
    except checkpoints.CheckpointError as error:
        st.error(str(error))
        st.stop()


def decode(card: Card, codes: np.ndarray, *, sketch: bool = False) -> np.ndarray:
    """Pictures (N, C, H, W) uint8 of codes (N, latent); FloatingPointError if the network gives NaN.

    sketch: in the quality used while dragging, when hundreds are needed.
    """
    return decoding.decoded(model(card), codes, card.title, sketch=sketch)


def code(card: Card, images: np.ndarray) -> np.ndarray:
    """The code (N, latent) float32 of each of the pictures (N, C, H, W) uint8."""
    import torch

    network = model(card)
    with torch.inference_mode():
        return network.code(torch.from_numpy(images.astype(np.float32)) / 255).numpy()


def round_trip(card: Card, picture: np.ndarray, code: np.ndarray) -> str:
    """How a flow encoded a picture (C, H, W) uint8 as a code (latent,), and how exact the round trip is.

    The end of a sentence; empty for a network with an encoder.
    """
    if not card.kind.reversible:
        return ""
    error = np.abs(decode(card, code[None])[0].astype(float) - picture).mean()
    length = np.linalg.norm(code) / np.sqrt(len(code))
    return (
        f"encoded by running the flow backwards; the round trip is off by {error:.1f} grey levels on average, and the "
        f"code is {length:.2f} times as long as random noise"
    )


def encode(card: Card, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and log variance, each (N, latent) float32, of pictures (N, C, H, W) uint8."""
    import torch

    network = model(card)
    with torch.inference_mode():
        mean, log_var = network.encode(torch.from_numpy(images.astype(np.float32)) / 255)
        return mean.numpy(), log_var.numpy()


def awake() -> bool:
    """Whether torch is imported; until then a page shows its first picture without results that need a network."""
    return _imported.is_set()


def wake(first: Callable[[], object]) -> NoReturn:
    """Wait for torch after a page's first picture, and rerun the page.

    first(): computes, into Streamlit's caches, what the next run needs before it shows anything; otherwise the screen
    would fade meanwhile.
    """
    with st.spinner("Loading the network …", show_time=False):
        warm().join()
        first()
    st.rerun()


@st.cache_resource(show_spinner=False)
def warm() -> threading.Thread:
    """Import torch in a thread, once per process; call it after the first picture is on the page."""
    thread = threading.Thread(target=_import_torch, daemon=True, name="warm")
    thread.start()
    return thread


def threads() -> int:
    """Number of threads per request: half of the cores, or OMP_NUM_THREADS."""
    return int(os.environ.get("OMP_NUM_THREADS") or max(1, (os.cpu_count() or 1) // 2))


def _import_torch():
    import torch

    # Threads of several visits on all cores wait for each other: on two busy cores this was ten times slower than one
    # thread each. Half of the cores leaves room for others; threads started from now on use the setting.
    torch.set_num_threads(threads())
    memory.spare_imports()
    _imported.set()
