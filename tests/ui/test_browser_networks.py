"""What the app serves for networks in the browser, at addresses that hold the digest of the content."""

import asyncio
import gzip
import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import unquote

import numpy as np
import pytest
from starlette.applications import Starlette

import app
import checkpoints
from checkpoints import parts
from ui import browser_networks, recorded_codes, replica
from ui.presenting import window

CARD = checkpoints.read("mnist_vae")
GIVEN = browser_networks.given(CARD, "decoder")
RUNTIME = GIVEN["runtime"]


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content(self):
        """The body, as a browser unpacks it."""
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body


def get(address, encodings="gzip, deflate, br"):
    """The response of the routes to an address as in a browser's address bar."""
    sent, path = [], unquote(address)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    headers = [(b"accept-encoding", encodings.encode())]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "query_string": b"", "root_path": ""}
    answered = Starlette(routes=browser_networks.ROUTES)(scope, receive, send)
    with ThreadPoolExecutor(1) as executor:  # Playwright's loop may be running in this thread
        executor.submit(asyncio.run, answered).result()
    start, *bodies = sent
    names = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], names, b"".join(message["body"] for message in bodies))


def test_the_app_has_the_routes():
    assert app.app._user_routes == [*browser_networks.ROUTES, *window.ROUTES, *replica.ROUTES]


@pytest.mark.parametrize("base", ["/", "/class/room/"])
def test_a_part_matches_its_card_below_any_base_path(base):
    answer = get(base + GIVEN["url"])
    assert answer.status == 200
    assert hashlib.sha256(answer.content).hexdigest() == GIVEN["sha256"] == CARD.parts["decoder"]["sha256"]
    assert len(answer.content) == GIVEN["bytes"]
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"


def test_parts_are_served_without_compression():
    answer = get("/" + GIVEN["url"], "identity")
    assert "content-encoding" not in answer.headers
    assert answer.content == parts.read(CARD, "decoder")


def test_the_runtime_is_served():
    wasm = get("/" + RUNTIME["wasm"]["url"])
    assert wasm.headers["content-type"] == "application/wasm"
    assert hashlib.sha256(wasm.content).hexdigest() == RUNTIME["wasm"]["sha256"]
    assert int(wasm.headers["content-length"]) < 5_000_000  # compressed
    for name in ("worker", "script"):
        answer = get("/" + RUNTIME[name])
        assert answer.headers["content-type"].startswith("text/javascript")
        assert len(answer.content) > 1000


@pytest.mark.parametrize(
    "address",
    [
        f"networks/{'0' * 64}/mnist_vae.decoder.onnx",  # of an older card
        f"networks/{GIVEN['sha256']}/mnist_vae.encoder.onnx",
        f"networks/{GIVEN['sha256']}/mnist_vae.nothing.onnx",
        f"networks/{GIVEN['sha256']}/..%2Fmnist_vae.decoder.onnx",
        f"{RUNTIME['worker'].rpartition('/')[0]}/SHA256SUMS",
        f"{RUNTIME['worker'].rpartition('/')[0]}/..%2FSHA256SUMS",
    ],
)
def test_unknown_files_are_not_found(address):
    assert get("/" + address).status == 404


def test_a_damaged_part_is_not_served_until_it_is_restored(tmp_path, monkeypatch):
    shipped = checkpoints.FOLDER
    for suffix in (".json", ".decoder.onnx"):
        (tmp_path / f"mnist_vae{suffix}").write_bytes((shipped / f"mnist_vae{suffix}").read_bytes())
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    browser_networks._compressed.cache_clear()
    assert get("/" + GIVEN["url"]).status == 200
    browser_networks._compressed.cache_clear()
    (tmp_path / "mnist_vae.decoder.onnx").write_bytes(gzip.compress(b"something else"))
    assert get("/" + GIVEN["url"]).status == 404
    (tmp_path / "mnist_vae.decoder.onnx").write_bytes((shipped / "mnist_vae.decoder.onnx").read_bytes())
    assert get("/" + GIVEN["url"]).status == 200  # even before the app is restarted
    browser_networks._compressed.cache_clear()


def test_a_model_without_the_part_has_no_network():
    assert browser_networks.given(CARD, "rotation") is None
    assert browser_networks.given(checkpoints.read("parabola_gan"), "decoder") is None


def test_recorded_codes_are_served():
    given, preview = recorded_codes.given(CARD), checkpoints.preview(CARD.name)
    answer = get("/" + given["url"])
    assert answer.status == 200
    count = given["count"] * given["latent"]
    assert given["labelled"]
    stored = np.frombuffer(answer.content[: 2 * count], "<f2").reshape(given["count"], given["latent"])
    assert np.abs(stored - preview["codes"]).max() < 0.002
    assert np.array_equal(np.frombuffer(answer.content[2 * count :], np.uint8), preview["labels"])
    for wrong in (given["url"].replace("mnist_vae", "fashion_vae"), given["url"].replace("mnist_vae", "mnist_gan")):
        assert get("/" + wrong).status == 404
    assert recorded_codes.given(checkpoints.read("mnist_gan")) is None
