"""Inception's weights for the app: whether they are on this machine, the network, and the download.

The network is loaded once for all visits; loading and download run in threads, so that no page waits for them.
"""

from __future__ import annotations

import threading
from typing import Any

import streamlit as st


def available() -> bool:
    """Whether a file with the weights is on this machine; torch is imported only when somebody asks for FID."""
    from evaluate import inception

    return inception.available()


class Loading(threading.Thread):
    """Imports torchvision and builds the network, which takes seconds."""

    def __init__(self):
        super().__init__(daemon=True, name="Inception")
        self.network, self.problem = None, None

    def run(self) -> None:
        from evaluate import inception

        try:
            self.network = inception.load(fetching=False)
        except inception.InceptionError as error:
            self.problem = error


@st.cache_resource(show_spinner=False)
def _loading():
    thread = Loading()
    thread.start()
    return thread


def loaded() -> bool:
    """Whether `network` would return at once; starts loading it."""
    return not _loading().is_alive()


def network() -> Any:
    """The Inception network (evaluate.inception), waiting for it. Raises InceptionError if it cannot be loaded."""
    thread = _loading()
    thread.join()
    if thread.problem:
        _loading.clear()  # the file may be replaced
        raise thread.problem
    return thread.network


class Download(threading.Thread):
    """Fetches the weights; received and total are bytes, problem a sentence or None."""

    def __init__(self):
        super().__init__(daemon=True, name="Inception's weights")
        self.received, self.total, self.problem = 0, None, None

    @property
    def progress(self) -> float:
        """The share received so far."""
        return min(1.0, self.received / self.total) if self.total else 0.0

    def run(self) -> None:
        from evaluate import inception

        try:
            inception.download(self._progress)
        except inception.InceptionError as error:
            self.problem = str(error)

    def _progress(self, name, received, total):
        self.received, self.total = received, total


@st.cache_resource(show_spinner=False)
def _started():
    return []  # the only download of this process, whoever started it


def download() -> Download | None:
    """The download that was started last, or None."""
    return _started()[-1] if _started() else None


def start_download() -> None:
    """Start the download unless it is running."""
    running = download()
    if running is None or not running.is_alive():
        started = Download()
        _started().append(started)
        started.start()
