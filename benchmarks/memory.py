"""Memory of a server as visitors come and go: its resident memory over visits to all pages.

    python -m benchmarks.memory                        two hours
    python -m benchmarks.memory --minutes 12 --people 3

Visitors open a page with a random model and seed, release sliders, press buttons that compute on the server, and leave,
until the time is over; --people of them at once. A line for each tenth of the time: minutes, visits, memory in MiB. At
the end: the growth of the memory from the middle to the end, in per cent (flat: within 5), and what remains after a
minute without visitors.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

import checkpoints
from benchmarks import crowd, server
from benchmarks.visitor import Visitor
from pages import contents

PARTS = 10  # lines
SAMPLE = 2.0  # s between two measurements of the memory
COMPUTING = {  # page: (query, label of the button, seconds to stay)
    "metrics": ("samples=1000", "Compute", 20),
    "density": ("net=own", "Train this network now", 8),
}
EVERY_TENTH = 0.1  # share of the visits that compute
PATIENCE = 120  # s for a page


@dataclass
class Soak:
    """started: time.perf_counter(). visits that ended well; errors; samples: (seconds, visits, MiB)."""

    started: float = field(default_factory=time.perf_counter)
    visits: int = 0
    errors: list[str] = field(default_factory=list)
    samples: list[tuple[float, int, float]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.started


def drawn(pages: list[str], names: list[str], chance: random.Random) -> tuple[str, str, str | None, float]:
    """A random visit: (page, query, button to press or None, seconds to stay after that)."""
    if chance.random() < EVERY_TENTH:
        page = chance.choice(list(COMPUTING))
        query, button, seconds = COMPUTING[page]
    else:
        page, query, button, seconds = chance.choice(pages), "", None, 0.0
    asks = f"model={chance.choice(names)}&seed={chance.randrange(1000)}&samples_seed={chance.randrange(1000)}"
    return page, f"{query}&{asks}".lstrip("&"), button, seconds


async def visit(soak: Soak, url: str, page: str, query: str, button: str | None, seconds: float) -> None:
    """One visit; errors are recorded."""
    try:
        async with asyncio.timeout(PATIENCE + seconds), Visitor(url, page, query) as visitor:
            await visitor.finished()
            if button:
                await visitor.press(button)
                await asyncio.sleep(seconds)
            elif "explorer" in visitor.components:
                scene = crowd.Scene(page, 1)
                await crowd.settle(visitor)
                for serial in range(1, 4):
                    await crowd.release(visitor, serial, scene)
        exceptions = [error for error in visitor.errors if "exception" in error.lower() or "Error" in error]
        soak.errors += [f"{page}?{query}: {error}" for error in exceptions]
        soak.visits += not exceptions
    except Exception as error:  # every failure is counted
        soak.errors.append(f"{page}?{query}: {error!r}")


async def person(soak: Soak, url: str, until: float, chance: random.Random) -> None:
    """One visit after another."""
    pages = list(contents.files())
    names = [card.name for card in checkpoints.gallery() if card.generates]
    while soak.seconds < until:
        await visit(soak, url, *drawn(pages, names, chance))


async def watch(soak: Soak, running: server.Server) -> None:
    """Measure the memory repeatedly."""
    while True:
        soak.samples.append((soak.seconds, soak.visits, running.resident()))
        await asyncio.sleep(SAMPLE)


def lines(samples: list[tuple[float, int, float]], until: float) -> list[tuple[float, int, float, float]]:
    """(minutes, visits, median MiB, largest MiB) of each of PARTS equal parts of the time."""
    found = []
    for part in range(PARTS):
        end = (part + 1) * until / PARTS
        within = [sample for sample in samples if end - until / PARTS <= sample[0] < end]
        if within:
            memory = [resident for _, _, resident in within]
            found.append((end / 60, within[-1][1], statistics.median(memory), max(memory)))
    return found


def growth(table: list[tuple[float, int, float, float]]) -> float:
    """Growth of the median memory from the middle of the time to its end, in per cent."""
    half = table[len(table) // 2 :]
    return 100 * (half[-1][2] / half[0][2] - 1)


async def perform(minutes: float, people: int) -> None:
    until = 60 * minutes
    with server.running() as running:
        soak = Soak()
        watching = asyncio.create_task(watch(soak, running))
        await asyncio.gather(*(person(soak, running.url, until, random.Random(number)) for number in range(people)))
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        print(f"{'minutes':>8} {'visits':>7} {'median MiB':>11} {'largest MiB':>12}")
        table = lines(soak.samples, until)
        for line in table:
            print("{:8.1f} {:7,} {:11,.0f} {:12,.0f}".format(*line))
        print(f"grew by {growth(table):+.1f} % from the middle to the end; {len(soak.errors)} errors")
        print("\n".join(error[:300] for error in soak.errors[:10]))
        threads = len(list(Path(f"/proc/{running.process.pid}/task").iterdir()))
        await asyncio.sleep(60)
        print(f"a minute after the last visit: {running.resident():,.0f} MiB, {threads} threads")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--people", type=int, default=4, help="who are there at once")
    options = parser.parse_args()
    asyncio.run(perform(options.minutes, options.people))


if __name__ == "__main__":
    main()
