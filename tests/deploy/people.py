"""Visitors whose replica is killed: what each does before, and what must be kept afterwards."""

from __future__ import annotations

import io
import json
import time
import urllib.request
from collections.abc import Callable

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from deploy.local import LOOPBACK, Cluster
from tests.browser import screens
from tests.conftest import WAKING

GONE = "The connection to the server is gone."
MSE = "MSE 0."
ERRORS = """[...document.querySelectorAll("[data-testid=stMain] *")].flatMap(({ shadowRoot }) =>
  shadowRoot ? [...shadowRoot.querySelectorAll(".every small")].map(({ innerText }) => innerText) : [])"""
OTHER_ERRORS = f"(before) => {ERRORS}.length === before.length && JSON.stringify({ERRORS}) !== JSON.stringify(before)"


def replica_of(page: Page, cluster: Cluster) -> int:
    """The number of the replica, from 0, that a browser belongs to."""
    mine = page.evaluate("fetch('replica').then((answer) => answer.json()).then(({ id }) => id)")
    return next(number for number, port in enumerate(cluster.ports) if _id(port) == mine)


def _id(port):
    try:
        return facts(f"http://{LOOPBACK}:{port}")["id"]
    except OSError:
        return None  # it has been killed


def facts(url: str) -> dict:
    with urllib.request.urlopen(f"{url}/replica", timeout=30) as answer:
        return json.load(answer)


def restored(cluster: Cluster, number: int) -> None:
    """Start a replica, and wait until it has torch."""
    cluster.start_again(number)
    cluster.wait(number)
    warm(cluster, number)


def start_again(cluster: Cluster, number: int) -> None:
    """The same, and wait until the proxy sends new visitors to it."""
    restored(cluster, number)
    until(lambda: facts(cluster.url)["id"] == _id(cluster.ports[number]))


def warm(cluster: Cluster, number: int) -> None:
    """Wait until a replica has torch."""
    until(lambda: facts(f"http://{LOOPBACK}:{cluster.ports[number]}")["warm"])


def until(true: Callable[[], bool]) -> None:
    late = time.monotonic() + WAKING / 1000
    while not true():
        assert time.monotonic() < late
        time.sleep(0.1)


def digit(x: int = 150) -> bytes:
    """A PNG file: a thick line on paper."""
    image = Image.new("L", (300, 300), 250)
    ImageDraw.Draw(image).line((x, 40, 150, 260), fill=10, width=30)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def upload(page: Page, raw: bytes, name: str = "one.png") -> None:
    chooser = page.locator("input[type=file]")
    chooser.wait_for(state="attached", timeout=WAKING)
    chooser.set_input_files({"name": name, "mimeType": "image/png", "buffer": raw})


def errors(page: Page) -> list[str]:
    """Errors of all reconstructions."""
    return page.locator(".every small").all_inner_texts()


def reconstructed(page: Page) -> list[str]:
    """Wait for the reconstructions of a picture: their errors."""
    expect(page.get_by_text(MSE).first).to_be_visible(timeout=WAKING)
    screens.idle(page)
    page.locator(".reconstructor:not(.stale)").wait_for(timeout=WAKING)
    return errors(page)


def expect_errors(page: Page, wanted: list[str]) -> None:
    page.wait_for_function(
        f"(wanted) => JSON.stringify({ERRORS}) === JSON.stringify(wanted)", arg=wanted, timeout=WAKING
    )


# ---- each is (path of the page, what is done before and gives what is compared, what is looked at afterwards) ----


def uploads(page: Page) -> list[str]:
    upload(page, digit())
    return reconstructed(page)


def still_uploaded(page: Page, before: list[str]) -> None:
    expect(page.get_by_text("one.png")).to_be_visible()
    expect_errors(page, before)


def draws_on(page: Page) -> list[str]:
    reconstructed(page)
    box = screens.box(page.locator(".input .view"))
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.8 * box["height"], steps=8)
    page.mouse.up()
    expect(page.get_by_text("drawn on")).to_be_visible()
    return reconstructed(page)


def still_drawn_on(page: Page, before: list[str]) -> None:
    expect(page.get_by_text("drawn on")).to_be_visible(timeout=WAKING)
    expect_errors(page, before)


def first_slider(page: Page):
    return page.locator(".row input[type=range]").first


def ready(page: Page) -> None:
    first_slider(page).wait_for(timeout=WAKING)
    page.locator(".explorer[data-pictures]:not([data-pictures=''])").wait_for(timeout=WAKING)
    screens.idle(page)


def moves(page: Page) -> tuple[str, str]:
    ready(page)
    first_slider(page).press("ArrowRight")
    page.wait_for_function("() => new URLSearchParams(location.search).has('z')")
    screens.idle(page)
    return first_slider(page).input_value(), page.url


def still_moved(page: Page, before: tuple[str, str]) -> None:
    expect(page).to_have_url(before[1])
    expect(first_slider(page)).to_have_value(before[0])


SCENES: dict[str, tuple[str, Callable[[Page], object], Callable[..., None]]] = {
    "an upload on Reconstruct": ("/reconstruct?model=mnist_vae&image_from=upload", uploads, still_uploaded),
    "strokes on a test image": ("/reconstruct?model=mnist_vae", draws_on, still_drawn_on),
    "a slider of Latent space": ("/latent_space?model=mnist_vae", moves, still_moved),
}


def survives(page: Page, cluster: Cluster, scene: str) -> float:
    """Do what a scene says, kill that replica, and look: seconds until the page can be used again.

    The replica is started again.
    """
    path, before, after = SCENES[scene]
    page.goto(cluster.url + path)
    seen = before(page)
    number = replica_of(page, cluster)
    for other in range(len(cluster.ports)):
        warm(cluster, other)
    started = time.perf_counter()
    cluster.kill(number)
    try:
        expect(page.get_by_text(GONE)).to_be_visible(timeout=WAKING)
        expect(page.get_by_text(GONE)).to_be_hidden(timeout=WAKING)
        after(page, seen)
        seconds = time.perf_counter() - started
        assert replica_of(page, cluster) != number
    finally:
        start_again(cluster, number)
    return seconds
