"""A class at once on one fresh server: waiting times of its users, and load of the server.

    python -m benchmarks.crowd                    the three scenes below, each on its own server
    python -m benchmarks.crowd people sessions    two of them
    python -m benchmarks.crowd people --count 60 --seconds 60
    python -m benchmarks.crowd sessions --replicas 2      on replicas behind HAProxy, measured together

people    30 people drag without pause: hold a slider for 1 to 2 s, release it, wait for the answer, repeat
sessions  300 sessions that arrive within a minute and stay; then one of twenty releases a slider every second
browsers  the 30 people in headless Chromium; the browsers share the server's cores and use most of them

The first two use Streamlit's protocol without a browser (benchmarks/visitor.py): every message is the one that a
browser sends. "Answer" is the official picture; in browsers it has also been drawn. Memory is the server's, resident.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import time
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from playwright.async_api import TimeoutError as Unanswered

from benchmarks import browser, server
from benchmarks.hand import LISTEN
from benchmarks.visitor import Visitor

MODELS = ("fashion_vae", "mnist_vae", "kmnist_vae")
HELD = (1.0, 2.0)  # seconds for which a slider is held
EXPLORER_ASKS_AGAIN = 0.7  # s, as in ui/components/explorer/index.js while the server is loading the network
ARRIVING = 60  # s in which the sessions arrive
LATEST = 120  # s within which a browser must have its answer
APP = "document.querySelector('[data-testid=stApp]')"  # tells whether it is connected and whether the script runs
SHARE = 20  # one of so many sessions releases a slider every second


@dataclass
class Scene:
    """Results: seconds to the first picture, ms from release to answer, messages, and load of the server."""

    name: str
    people: int
    first: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    sent: int = 0
    sent_while_held: int | None = None
    received: int | None = None
    received_mib: float | None = None
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    browsers_cpu: float | None = None
    memory_before: float = 0.0
    memory: float = 0.0  # the largest


# ---- without browsers ----


async def settle(visitor):
    """Ask for the rest as the explorer does: it runs the network itself, and asks whether the server has loaded it."""
    while (data := visitor.components["explorer"].data)["waking"]:
        asked = data["asked"] + 1
        request = {"asked": asked, "have": data["sheet_name"], "live": True}
        await visitor.report("explorer", "rest", request, lambda data, asked=asked: data["asked"] >= asked)
        await asyncio.sleep(EXPLORER_ASKS_AGAIN)


async def release(visitor, serial, scene):
    """Release a slider at a random value."""
    data = visitor.components["explorer"].data
    code = list(data["code"])
    code[data["rows"][serial % 3]["dimension"]] = round(random.uniform(-3, 3), 3)
    report = {"code": code, "serial": serial}
    seconds = await visitor.report("explorer", "code", report, lambda data: data["serial"] >= serial)
    scene.answers.append(1000 * seconds)


async def visit(scene, running, number, stay):
    """One visit: open the page, wait for the server's network, then `await stay(visitor)`."""
    started = time.perf_counter()
    try:
        async with Visitor(running.url, "latent_space", f"model={MODELS[number % 3]}") as visitor:
            try:
                await visitor.component("explorer")
                scene.first.append(time.perf_counter() - started)
                await visitor.finished()
                await settle(visitor)
                await stay(visitor)
            finally:
                scene.sent, scene.received = scene.sent + visitor.sent, (scene.received or 0) + visitor.received
                scene.received_mib = (scene.received_mib or 0) + visitor.received_bytes / server.MIB
                scene.errors += visitor.errors
    except Exception as error:  # every failure of a visit is counted
        scene.errors.append(repr(error))


async def people(scene, running, seconds):
    async def stay(visitor):
        ends = time.perf_counter() + seconds
        for serial in itertools.count(1):
            await asyncio.sleep(random.uniform(*HELD))
            if time.perf_counter() > ends:
                return
            await release(visitor, serial, scene)

    await asyncio.gather(*(visit(scene, running, number, stay) for number in range(scene.people)))


async def sessions(scene, running, seconds):
    everybody = asyncio.Barrier(scene.people + 1)

    async def one(number):
        async def stay(visitor):
            await everybody.wait()  # until all are connected
            ends = time.perf_counter() + seconds
            for serial in itertools.count(1):
                if number % SHARE or time.perf_counter() > ends:
                    break
                due = asyncio.create_task(asyncio.sleep(1))
                await release(visitor, serial, scene)
                await due
            await everybody.wait()  # nobody leaves before the end

        await asyncio.sleep(ARRIVING * number / scene.people)
        await visit(scene, running, number, stay)
        if scene.errors:
            await everybody.abort()  # a failed one will never arrive

    visits = asyncio.gather(*(one(number) for number in range(scene.people)))
    for _ in range(2):
        waiting = asyncio.create_task(everybody.wait())
        await asyncio.wait([waiting, visits], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
    await visits


# ---- with browsers ----


async def browsers(scene, running, seconds):
    async def person(page, url, number):
        await page.add_init_script(LISTEN)
        started = time.perf_counter()
        await page.goto(f"{url}/latent_space?model={MODELS[number % 3]}")
        sliders, tracks = page.locator(".row input[type=range]"), page.locator(".row .track")
        await sliders.first.wait_for()
        scene.first.append(time.perf_counter() - started)
        await page.locator(".explorer[data-pictures]:not([data-pictures=''])").wait_for()
        ends, count = time.perf_counter() + seconds, 0
        while time.perf_counter() < ends:
            await tracks.nth(count % 3).hover()  # waits while the layout around it still changes
            box = await sliders.nth(count % 3).bounding_box()
            middle, until = box["y"] + box["height"] / 2, time.perf_counter() + random.uniform(*HELD)
            await page.mouse.move(box["x"] + box["width"] / 2, middle)
            await page.mouse.down()
            while time.perf_counter() < until:
                await page.mouse.move(box["x"] + random.uniform(0.1, 0.9) * box["width"], middle)
                await asyncio.sleep(0.03)
            await page.mouse.up()
            count += 1
            await answered(page, count)
        measured, sent = await page.evaluate("[measured, sent]")
        scene.answers += [one["milliseconds"] for one in measured if one["what"] == "release"]
        scene.sent += sent["all"]
        scene.sent_while_held = (scene.sent_while_held or 0) + sent["held"]
        scene.browsers_cpu = server.cpu_of_descendants(without=running.process.pid)

    _, scene.errors = await browser.visits(person, scene.people, running.url)


async def answered(page, count):
    """Wait for the official picture of release number `count`; describe the page if it does not come."""
    released = "measured.filter(({ what }) => what === 'release').length"
    try:
        await page.wait_for_function(f"count => {released} >= count", arg=count, timeout=LATEST * 1000)
    except Unanswered:
        stands = await page.evaluate(f"({{ answered: {released}, sent, app: {{ ...{APP}.dataset }} }})")
        raise RuntimeError(f"no answer to release {count} within {LATEST} s: {stands}") from None


# ---- the table ----


SCENES = {"people": (people, 30), "sessions": (sessions, 300), "browsers": (browsers, 30)}


async def watch(scene, running):
    """Record the maximum memory."""
    while True:
        scene.memory = max(scene.memory, running.resident())
        await asyncio.sleep(0.5)


async def perform(scene, seconds, replicas):
    with server.running() if replicas == 1 else server.replicas(replicas) as running:
        scene.memory_before, cpu, started = running.resident(), running.cpu_seconds(), time.perf_counter()
        watching = asyncio.create_task(watch(scene, running))
        await SCENES[scene.name][0](scene, running, seconds)
        watching.cancel()
        scene.cpu, scene.seconds = running.cpu_seconds() - cpu, time.perf_counter() - started
    return scene


def quantiles(values, digits):
    if not values:
        return "none"
    return " / ".join(f"{value:,.{digits}f}" for value in np.quantile(values, (0.5, 0.95)))


def rows(scene):
    """{name: value as text}."""

    def number(value, digits=0):
        return "–" if value is None else f"{value:,.{digits}f}"

    return {
        "people": number(scene.people),
        "first picture, p50 / p95 s": quantiles(scene.first, 1),
        "releases answered": number(len(scene.answers)),
        "release → answer, p50 / p95 ms": quantiles(scene.answers, 0),
        "messages to the server": number(scene.sent),
        "  of them while the hand held": number(scene.sent_while_held),
        "messages from the server": number(scene.received),
        "MiB from the server": number(scene.received_mib),
        "processor seconds of the server": number(scene.cpu, 1),
        "  of the browsers": number(scene.browsers_cpu, 1),
        "seconds in all": number(scene.seconds, 1),
        "memory before, largest, MiB": f"{scene.memory_before:,.0f} / {scene.memory:,.0f}",
        "errors": number(len(scene.errors)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=", ".join(SCENES))
    parser.add_argument("--count", type=int, help="people in each scene")
    parser.add_argument("--seconds", type=float, default=30, help="for which they drag")
    parser.add_argument("--replicas", type=int, default=1, help="of the server, behind a proxy")
    options = parser.parse_args()
    if options.replicas > 1 and "browsers" in (options.scenes or SCENES):
        parser.error("browsers on the machine of the replicas would measure each other; name people or sessions")
    if unknown := set(options.scenes) - set(SCENES):
        parser.error(f"there is no scene {', '.join(sorted(unknown))}; there are {', '.join(SCENES)}")
    random.seed(0)
    performed = []
    for name in options.scenes or SCENES:
        load = os.getloadavg()[0]
        scene = asyncio.run(perform(Scene(name, options.count or SCENES[name][1]), options.seconds, options.replicas))
        performed.append({"load of the machine before": f"{load:.1f}"} | rows(scene))
        print("\n".join(f"{name}: {error[:300]}" for error in scene.errors[:5]), end="\n" * bool(scene.errors))
    replicas = f", {options.replicas} replicas" if options.replicas > 1 else ""
    print(f"{date.today()}, {os.cpu_count()} cores{replicas}, {options.seconds:g} s of dragging")
    print(f"{'':34}" + "".join(f"{name:>18}" for name in options.scenes or SCENES))
    for what in performed[0]:
        print(f"{what:34}" + "".join(f"{scene[what]:>18}" for scene in performed))


if __name__ == "__main__":
    main()
