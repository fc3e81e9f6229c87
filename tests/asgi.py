"""The response of an ASGI app to a request, without a server."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace


def answer_of(app, target, headers, scheme="http"):
    """Status, headers, cookies (texts of Set-Cookie) and body of the response to GET target."""
    path, _, query = target.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "root_path": ""}
    scope |= {"scheme": scheme, "http_version": "1.1", "server": ("testserver", 80)}
    scope["headers"] = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    sent = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    with ThreadPoolExecutor(1) as executor:  # Playwright's own event loop may run in this thread
        executor.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    answered = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return SimpleNamespace(
        status=sent[0]["status"],
        headers=dict(answered),
        cookies=[value for name, value in answered if name == "set-cookie"],
        body=b"".join(message.get("body", b"") for message in sent[1:]).decode(),
    )
