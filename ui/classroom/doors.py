"""A browser's identity in a room: cookies that no script can read, set when a page of a room is opened.

    ?room=CODE                      the browser gets an anonymous id, the same in all its tabs
    ?room=CODE&teacher=SECRET       the teacher's own link: the secret is moved from the address into a cookie,
                                    so that the projector does not show it

`middleware` is for st.App; `ui/classroom/visitor.py` reads the cookies.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classroom import codes
from classroom.clock import KEPT, LIFE
from ui.document import asks_for_page

PARTICIPANT = "latent_lab_participant"
TEACHER = "latent_lab_teacher_"  # followed by the room's code
ATTRIBUTES = f"Path=/; Max-Age={LIFE + KEPT}; HttpOnly; SameSite=Lax"


def middleware() -> list[Middleware]:
    """For st.App."""
    return [Middleware(WithCookies)]


class WithCookies:
    """ASGI middleware that sets the cookies."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not asks_for_page(scope):
            await self.app(scope, receive, send)
            return
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        values = dict(query)
        code = codes.typed(values.get("room", ""))
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        if "teacher" in values:
            headers = [(b"location", f"?{urlencode([pair for pair in query if pair[0] != 'teacher'])}".encode())]
            if code and codes.is_secret(values["teacher"]):
                headers.append(_cookie(f"{TEACHER}{code}={values['teacher']}; {ATTRIBUTES}{secure}"))
            await send({"type": "http.response.start", "status": 303, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        if not code or _sent(scope):
            await self.app(scope, receive, send)
            return
        cookie = _cookie(f"{PARTICIPANT}={codes.new_secret()}; {ATTRIBUTES}{secure}")

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], cookie]}
            await send(message)

        await self.app(scope, receive, with_cookie)


def _cookie(text):
    return b"set-cookie", text.encode()


def _sent(scope):
    """Whether the browser already has an id."""
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                cookies = SimpleCookie(value.decode("latin-1"))
            except CookieError:
                continue
            if PARTICIPANT in cookies and codes.is_secret(cookies[PARTICIPANT].value):
                return True
    return False
