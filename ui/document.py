"""Scripts that the app's HTML loads before Streamlit's own: history.js, for Back and Forward, and menu.js.

`middleware` is for st.App. ui/url decides what a page shows after Back.
"""

from __future__ import annotations

import json
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = Path(__file__).parent


# With these headers Streamlit compresses the page, or lets the browser keep its copy, which may have old scripts.
LEFT_OUT = {b"accept-encoding", b"if-none-match", b"if-modified-since"}


def middleware(sections: dict[str, list[str]]) -> list[Middleware]:
    """For st.App. sections: {section of the menu: last parts of the addresses of its pages}."""
    menu = (FOLDER / "menu.js").read_text().replace("SECTIONS", json.dumps(sections, ensure_ascii=False))
    return [Middleware(WithScript, script=(FOLDER / "history.js").read_text() + menu)]


class WithScript:
    """ASGI middleware that inserts a script into the app's page, before the page's first script."""

    def __init__(self, app: ASGIApp, script: str) -> None:
        self.app = app
        self.tag = f"<script>\n{script}</script>\n".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not asks_for_page(scope):
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        parts = []

        async def pass_on(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message  # sent later, when the length of the body is known
            elif start is None:
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    body = b"".join(parts).replace(b"<script", self.tag + b"<script", 1)
                    headers = MutableHeaders(raw=start["headers"])
                    headers["content-length"] = str(len(body))
                    for name in ("etag", "last-modified"):
                        del headers[name]
                    await send(start)
                    await send({"type": "http.response.body", "body": body})

        headers = [(name, value) for name, value in scope["headers"] if name not in LEFT_OUT]
        await self.app({**scope, "headers": headers}, receive, pass_on)


def asks_for_page(scope: Scope) -> bool:
    """Whether the request is for a page of the app; pages made to be saved are files below /media/."""
    if scope["type"] != "http" or scope["method"] != "GET" or "/media/" in scope["path"]:
        return False
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _is_page(message):
    html = MutableHeaders(raw=message["headers"]).get("content-type", "").startswith("text/html")
    return html and message["status"] == 200
