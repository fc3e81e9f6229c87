"""Visits without a browser (benchmarks/visitor.py) say to the real app what a browser says, and hear its answers."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import crowd, server
from benchmarks.visitor import Visitor
from tests.conftest import PATIENCE
from ui import url as links

pytestmark = pytest.mark.slow  # what only benchmarks and campaigns use


def run(visit):
    """What an async function returns; in a thread, since Playwright's own event loop may run in this one.

    A visit is a few conditions, one after another, the first of which waits for torch.
    """
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(lambda: asyncio.run(asyncio.wait_for(visit(), 4 * PATIENCE / 1000))).result()


def test_a_released_slider_is_answered_and_stands_in_the_link(app_url):
    scene = crowd.Scene("people", 1)

    async def visit():
        async with Visitor(app_url, "latent_space", "model=mnist_vae") as visitor:
            await visitor.finished()
            first = dict(visitor.components["explorer"].data)
            await crowd.settle(visitor)
            asked = visitor.components["explorer"].data["asked"]
            await crowd.release(visitor, 1, scene)
            await visitor.finished(3)
            return first, asked, visitor

    first, asked, visitor = run(visit)
    assert visitor.errors == []
    data = visitor.components["explorer"].data
    assert (data["serial"], data["session"]) == (1, first["session"])
    changed = [k for k, (old, new) in enumerate(zip(first["code"], data["code"], strict=True)) if old != new]
    assert changed == [data["rows"][1]["dimension"]]
    assert data["picture"] != first["picture"]
    packed = dict(part.split("=") for part in visitor.query.split("&"))["z"]
    assert list(links.unpack(packed, len(data["code"]))) == [float(value) for value in data["code"]]
    assert len(scene.answers) == 1
    assert asked == 1  # a browser that runs the network asks for the rest once
    assert visitor.sent == 3  # the page, the rest, the release


def test_what_a_server_takes_is_read_of_its_process():
    with server.running() as running:
        before = running.cpu_seconds()

        async def visit():
            async with Visitor(running.url, "latent_space", "model=mnist_vae") as visitor:
                await visitor.finished()

        run(visit)
        assert running.cpu_seconds() > before
        assert 20 < running.resident() < 4096
        own = running.cpu_seconds()  # read first: the server goes on working
        assert server.cpu_of_descendants(without=0) >= own
        assert server.cpu_of_descendants(without=running.process.pid) < server.cpu_of_descendants(without=0)
