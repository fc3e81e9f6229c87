"""The page of the speaker's second window. It sends no further requests: the first window tells it what to show."""

from __future__ import annotations

import functools
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from ui.components.esm import bundle

ADDRESS = "presenter_notes"  # below the app's own
FOLDER = Path(__file__).parent.parent / "components" / "presenter"


@functools.cache
def page() -> str:
    return (FOLDER / "notes.html").read_text().replace("SCRIPT", bundle(FOLDER / "notes.js"))


def serve(request: Request) -> HTMLResponse:
    return HTMLResponse(page())


ROUTES = [Route(f"/{{base:path}}{ADDRESS}", serve)]
