"""Inception's weights for the app: are they here, the network once for all people, and the download beside the page."""

import threading

import streamlit as st


def available():
    """Whether a file with the weights is on this machine; imports torch only where somebody asks for FID."""
    from evaluate import inception

    return inception.available()


class Loading(threading.Thread):
    """Imports torchvision and builds the network beside the pages: seconds in which nobody should wait."""

    def __init__(self):
        super().__init__(daemon=True, name="Inception")
        self.network, self.problem = None, None

    def run(self):
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


def loaded():
    """Whether `network` would answer at once; begins to load it."""
    return not _loading().is_alive()


def network():
    """The Inception network (metrics.inception), once for all people; raises InceptionError with one sentence."""
    thread = _loading()
    thread.join()
    if thread.problem:
        _loading.clear()  # the file may be mended meanwhile
        raise thread.problem
    return thread.network


class Download(threading.Thread):
    """Fetches the weights beside the pages; done and total are bytes, problem one sentence."""

    def __init__(self):
        super().__init__(daemon=True, name="Inception's weights")
        self.done, self.total, self.problem = 0, None, None

    @property
    def progress(self):
        return min(1.0, self.done / self.total) if self.total else 0.0

    def run(self):
        from evaluate import inception

        try:
            inception.download(self._progress)
        except inception.InceptionError as error:
            self.problem = str(error)

    def _progress(self, name, done, total):
        self.done, self.total = done, total


@st.cache_resource(show_spinner=False)
def _started():
    return []  # the one download of this process, whoever asked for it


def download():
    """The download that was started last, or None."""
    return _started()[-1] if _started() else None


def start_download():
    """Begin the download unless it is under way."""
    if download() is None or not download().is_alive():
        _started().append(Download())
        download().start()
