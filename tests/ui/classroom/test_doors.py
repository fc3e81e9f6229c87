"""Cookies of a room: an id for each browser, the teacher's secret removed from the address, none for others."""

from http.cookies import SimpleCookie

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from classroom import codes
from tests.asgi import answer_of
from ui.classroom import doors

CODE, SECRET = "KTR4X7", codes.new_secret()
PAGE = {"accept": "text/html"}


async def page(request):
    return HTMLResponse(str(request.url))


APP = Starlette(routes=[Route("/{rest:path}", page)], middleware=doors.middleware())


def get(target, headers=PAGE, **options):
    return answer_of(APP, target, headers, **options)


def cookies(answer):
    """{name: morsel} of what an answer sets."""
    return {name: morsel for text in answer.cookies for name, morsel in SimpleCookie(text).items()}


def test_a_browser_that_opens_a_room_gets_an_id_once():
    first = cookies(get(f"/join?room={CODE}"))[doors.PARTICIPANT]
    assert codes.is_secret(first.value)
    assert first["httponly"]
    assert first["samesite"] == "Lax"
    assert not first["secure"]
    other_tab = PAGE | {"cookie": f"a=b; {doors.PARTICIPANT}={first.value}"}
    assert cookies(get(f"/latent_space?room={CODE}", other_tab)) == {}
    assert cookies(get(f"/join?room={CODE}"))[doors.PARTICIPANT].value != first.value  # another phone


@pytest.mark.parametrize("path", ["/", "/join", "/join?room=", "/join?room=nonsense", "/latent_space?model=mnist_vae"])
def test_a_browser_that_opens_no_room_gets_no_cookie(path):
    assert cookies(get(path)) == {}


def test_only_pages_set_cookies():
    assert cookies(get(f"/join?room={CODE}", {"accept": "*/*"})) == {}


@pytest.mark.parametrize("value", ["", "short", "<script>", "a" * 23, '"'])
def test_an_invalid_id_is_replaced(value):
    answer = get(f"/join?room={CODE}", PAGE | {"cookie": f"{doors.PARTICIPANT}={value}"})
    assert codes.is_secret(cookies(answer)[doors.PARTICIPANT].value)


def test_the_teachers_secret_moves_from_the_address_to_a_cookie():
    answer = get(f"/latent_space?model=a%26b&room={CODE}&teacher={SECRET}&z=1")
    assert answer.status == 303
    assert answer.headers["location"] == f"?model=a%26b&room={CODE}&z=1"
    cookie = cookies(answer)[doors.TEACHER + CODE]
    assert cookie.value == SECRET
    assert cookie["httponly"]
    after = get("/latent_space" + answer.headers["location"])
    assert after.status == 200
    assert "teacher" not in after.body


@pytest.mark.parametrize(
    "query",
    [f"room={CODE}&teacher=x;%20Path=/", f"room=no&teacher={SECRET}", f"teacher={SECRET}"],
    ids=["no secret", "no room", "without a room"],  # the secret differs between processes
)
def test_an_invalid_secret_is_only_removed_from_the_address(query):
    answer = get(f"/join?{query}")
    assert answer.status == 303
    assert "teacher" not in answer.headers["location"]
    assert cookies(answer) == {}


def test_cookies_are_secure_over_https():
    assert cookies(get(f"/join?room={CODE}", scheme="https"))[doors.PARTICIPANT]["secure"]
