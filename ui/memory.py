"""Returns the memory that a visit leaves free in the server to the operating system.

glibc gives every thread its own arena, and Streamlit runs every page in a new thread: freed memory is then scattered
over eight arenas per core, and none of it is returned. With two arenas it is reused, and a few seconds after a page
has run, free memory is returned. On systems other than Linux with glibc nothing is done.

    limit_arenas()     when the server starts, before its threads do
    used()             at the end of every run of a page
"""

from __future__ import annotations

import ctypes
import functools
import gc
import platform
import threading
import time

ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
ARENAS = 2
PAUSE = 10.0  # s between two returns, so that they do not slow the pages down
_run = threading.Event()


@functools.cache
def _libc():
    """glibc; None on other systems."""
    return ctypes.CDLL("libc.so.6") if platform.libc_ver()[0] == "glibc" else None


def limit_arenas() -> bool:
    """Whether malloc has at most ARENAS arenas from now on."""
    libc = _libc()
    return libc is not None and libc.mallopt(ARENA_MAX, ARENAS) == 1


def used() -> None:
    """A page has run: return its memory soon."""
    _thread()
    _run.set()


def give_back() -> None:
    """Collect reference cycles, as Streamlit's postScriptGC would after every run, and return free memory."""
    gc.collect()
    if (libc := _libc()) is not None:
        libc.malloc_trim(0)


def spare_imports() -> None:
    """Exclude everything imported so far from later garbage collections, which torch's modules would slow by 50 ms."""
    gc.collect()
    gc.freeze()


@functools.cache
def _thread():
    thread = threading.Thread(target=_watch, daemon=True, name="memory")
    thread.start()
    return thread


def _watch():
    while True:
        _run.wait()
        time.sleep(PAUSE)
        _run.clear()
        give_back()
