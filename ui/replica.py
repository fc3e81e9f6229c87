"""Which of several servers this is, and what it tells about itself to those who set the servers up.

visit()      a text that differs for each visit to each server
proxied()    whether a proxy stands between browser and server
ROUTES       for st.App: replica, a JSON object that ui/components/reconnect and deploy/check.py read
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import platform
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.web.server.server_util import get_cookie_secret

import checkpoints
from data import folders
from ui import networks

ADDRESS = "replica"
WARM = "LATENT_LAB_WARM"
ID = secrets.token_hex(4)  # of this process
VISIT = "replica: this visit"  # in the session state
PROXIES_ADD = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via")


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """For st.App: imports torch when the server starts, if LATENT_LAB_WARM is set.

    Visitors who come here because another server is gone then need not wait for it.
    """
    if os.environ.get(WARM):
        networks.warm()
    yield


def visit() -> str:
    """The same text for as long as this server remembers the visit."""
    return st.session_state.setdefault(VISIT, secrets.token_hex(4))


def proxied() -> bool:
    """Whether the visit comes through a proxy, according to the headers that proxies add."""
    return any(name in st.context.headers for name in PROXIES_ADD)


def facts() -> dict[str, Any]:
    """Facts by which replicas are compared.

    id; time: seconds since 1970; secret, computer: four digits of a digest, to tell two apart without revealing either;
    checkpoints: a digest of all cards; rooms: kind of the database for rooms of classes; data_writable: whether data
    sets can be downloaded into the data root; warm: whether torch is loaded.
    """
    database = os.environ.get("LATENT_LAB_DATABASE", "sqlite")
    return {
        "id": ID,
        "time": time.time(),
        "secret": _digits(f"replica {get_cookie_secret()}"),
        "computer": _digits(f"replica {platform.node()}"),
        "checkpoints": _checkpoints(),
        "rooms": database.partition(":")[0].partition("+")[0],
        "data_writable": writable(),
        "warm": networks.awake(),
    }


def _digits(text):
    return hashlib.sha256(text.encode()).hexdigest()[:4]


@functools.cache
def _checkpoints():
    return hashlib.sha256("".join(card.sha256 for card in checkpoints.gallery()).encode()).hexdigest()[:12]


def writable() -> bool:
    """Whether a file can be written in the data root, or in the first folder above it that exists."""
    folder = folders.root()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)  # also False if the file system is mounted read-only


def serve(request: Request) -> JSONResponse:
    return JSONResponse(facts(), headers={"Cache-Control": "no-store"})


ROUTES = [Route(f"/{{base:path}}{ADDRESS}", serve)]
