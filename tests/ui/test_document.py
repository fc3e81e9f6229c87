"""The scripts of the history and the menu are in the app's own page only."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from tests.asgi import answer_of
from ui.document import FOLDER, middleware

PAGE = "<html><head><script src='streamlit.js'></script><script>last()</script></head></html>" * 20
BROWSER = {"accept": "text/html,*/*;q=0.8", "accept-encoding": "gzip", "if-none-match": '"old"'}


async def page(request):
    unchanged = request.headers.get("if-none-match") == '"old"'
    return HTMLResponse("" if unchanged else PAGE, 304 if unchanged else 200, {"etag": '"old"'})


async def text(request):
    return PlainTextResponse("<script>")


async def gone(request):
    return HTMLResponse("<script>", 404)


APP = Starlette(
    routes=[Route("/latent_map", page), Route("/media/saved.html", page), Route("/text", text), Route("/gone", gone)],
    middleware=[*middleware({"Understand": ["elbo"]}), (GZipMiddleware, (), {})],
)


def get(path, headers):
    return answer_of(APP, path, headers)


def test_the_script_is_inserted_once_before_all_others_and_the_length_matches():
    answer = get("/latent_map", BROWSER)
    assert answer.status == 200
    before, script, after = re.split("<script>\n(.*?)</script>\n", answer.body, maxsplit=1, flags=re.DOTALL)
    assert before + after == PAGE
    assert before == PAGE[: PAGE.index("<script")]
    assert script.startswith((FOLDER / "history.js").read_text())
    assert '})({"Understand": ["elbo"]});' in script
    assert int(answer.headers["content-length"]) == len(answer.body.encode())
    assert not {"etag", "content-encoding"} & set(answer.headers)


@pytest.mark.parametrize(
    ("path", "headers", "status", "body"),
    [
        ("/text", BROWSER, 200, "<script>"),
        ("/gone", BROWSER, 404, "<script>"),
        ("/latent_map", {"accept": "*/*"}, 200, PAGE),
        ("/media/saved.html", BROWSER, 304, ""),
        ("/media/saved.html", {"accept": "text/html"}, 200, PAGE),
    ],
)
def test_other_responses_are_not_changed(path, headers, status, body):
    answer = get(path, headers)
    assert (answer.status, answer.body) == (status, body)
