"""A class with its phones on one fresh server: the time from an answer to the projector, and the cost of a room.

    python -m benchmarks.classroom                        60 phones
    taskset -c 0,1 python -m benchmarks.classroom         on two cores, phones included
    python -m benchmarks.classroom --phones 10 --seconds 10

Phones arrive within five seconds, wait for a while, then each answers at a random moment within `--seconds`; the
teacher goes to the next question, and they answer again. They use Streamlit's protocol without a browser
(benchmarks/visitor.py), and ask for news as often as a browser. An answer has arrived when the teacher's screen counts
it: the k-th that was sent, when the count is k.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import tempfile
import time
from datetime import date

import numpy as np

import lessons
from benchmarks import server
from benchmarks.visitor import Visitor
from classroom import answers, database, rooms
from classroom.questions import Question
from ui.classroom.bar import UNREACHABLE
from ui.classroom.doors import PARTICIPANT, TEACHER

LESSON = "jsd"
ARRIVING = 5  # seconds


class Screen(Visitor):
    """A visit that polls for news, as fragments with run_every do, and presses buttons."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.buttons: dict[str, tuple[str, str]] = {}  # label -> (id, fragment)
        self.html = ""
        self.news = 0
        self._asking: dict[str, asyncio.Task] = {}

    async def __aexit__(self, *exception):
        for task in self._asking.values():
            task.cancel()
        await super().__aexit__(*exception)

    async def press(self, label):
        await self._until(lambda: label in self.buttons)
        button, fragment = self.buttons[label]
        message = self._rerun()
        message.rerun_script.fragment_id = fragment
        message.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
        await self._send(message)

    async def reads(self, pattern):
        """Wait until an HTML text on the page matches."""
        await self._until(lambda: re.search(pattern, self.html))

    async def _ask(self, seconds, fragment):
        while True:
            await asyncio.sleep(seconds)
            message = self._rerun()
            message.rerun_script.fragment_id, message.rerun_script.is_auto_rerun = fragment, True
            await self._send(message)
            self.news += 1

    def _hear(self, message):
        super()._hear(message)
        if message.WhichOneof("type") == "auto_rerun":
            asked = message.auto_rerun
            if asked.fragment_id not in self._asking:
                self._asking[asked.fragment_id] = asyncio.create_task(self._ask(asked.interval, asked.fragment_id))

    def _draw(self, element, fragment):
        kind = element.WhichOneof("type")
        if kind == "alert" and element.alert.body == UNREACHABLE:
            return  # expected here, since the phones are on the same computer
        super()._draw(element, fragment)
        if kind == "button":
            self.buttons[element.button.label] = element.button.id, fragment
        elif kind == "html" and "room-count" in element.html.body:
            self.html = element.html.body


def choice_steps():
    """(number from 0, its choices) of the steps of the lesson that ask for a choice."""
    steps = lessons.read(LESSON).steps
    return [(k, step.prediction.choices) for k, step in enumerate(steps) if step.prediction and step.prediction.choices]


async def phone(running, code, number, asked, sent, seconds, screens, errors):
    """Enter, and answer every question once at a random moment."""
    try:
        await asyncio.sleep(random.uniform(0, ARRIVING))
        cookies = {PARTICIPANT: f"{number:022d}"}
        async with Screen(running.url, "join", f"room={code}", cookies) as screen:
            screens.append(screen)
            async for choices in asked():
                await asyncio.sleep(random.uniform(0, seconds))
                await screen._until(lambda choices=choices: choices[0] in screen.buttons)
                sent.append(time.perf_counter())
                await screen.press(random.choice(choices))
            errors += screen.errors
    except Exception as error:  # every failure of a phone is counted
        errors.append(repr(error))


async def measure(running, engine, count, seconds):
    room, secret = rooms.open_room(engine, f"en/{LESSON}", "")
    latencies, errors, screens = [], [], []
    steps, turn = choice_steps(), asyncio.Condition()
    state = {"step": -1}

    async def asked():
        for place in range(len(steps) + 1):  # and stay until all answers have arrived
            async with turn:
                await turn.wait_for(lambda place=place: state["step"] >= place)
            if place < len(steps):
                yield steps[place][1]

    cookies = {PARTICIPANT: "t" * 22, TEACHER + room.code: secret}
    query = f"lesson={LESSON}&lesson_step={steps[0][0] + 1}&room={room.code}"
    async with Screen(running.url, "jsd_wasserstein", query, cookies) as teacher:
        await teacher.reads("0 phones")
        sent = []
        phones = [
            asyncio.create_task(phone(running, room.code, number, asked, sent, seconds, screens, errors))
            for number in range(count)
        ]
        await teacher.reads(f">{count} phones")
        cpu, started, news = running.cpu_seconds(), time.perf_counter(), sum(screen.news for screen in screens)
        await asyncio.sleep(seconds)
        quiet = (running.cpu_seconds() - cpu) / (time.perf_counter() - started)
        asked_a_second = (sum(screen.news for screen in screens) - news) / (time.perf_counter() - started)
        cpu, started = running.cpu_seconds(), time.perf_counter()
        for place, (number, choices) in enumerate(steps):
            rooms.steer(engine, room.code, secret, step=number)
            await teacher.reads("· 0 answers")
            sent.clear()
            async with turn:
                state["step"] = place
                turn.notify_all()
            for k in range(1, count + 1):
                await teacher.reads(rf"· (?:{'|'.join(map(str, range(k, count + 1)))}) answer")
                latencies.append(1000 * (time.perf_counter() - sorted(sent)[k - 1]))
            question = Question(f"step {number + 1}", {str(k): words for k, words in enumerate(choices)})
            stored = sum(answers.counts(engine, room.code, question).values())
            if stored != count:
                errors.append(f"{stored} of {count} answers are in the database")
        async with turn:
            state["step"] = len(steps)
            turn.notify_all()
        busy = (running.cpu_seconds() - cpu) / (time.perf_counter() - started)
        await asyncio.gather(*phones)
        errors += teacher.errors
    p50, p95, largest = np.quantile(latencies, (0.5, 0.95, 1))
    return {
        "phones": count,
        "answers that arrived": len(latencies),
        "answer → projector, p50 / p95 / largest, ms": f"{p50:,.0f} / {p95:,.0f} / {largest:,.0f}",
        "news asked for in a second": f"{asked_a_second:.1f}",
        "cores of the server, nobody answers": f"{quiet:.2f}",
        "cores of the server, all answer": f"{busy:.2f}",
        "memory, MiB": f"{running.resident():,.0f}",
        "errors": len(errors),
    }, errors


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=20, help="in which all answer")
    options = parser.parse_args()
    random.seed(0)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LATENT_LAB_DATABASE"] = f"sqlite:///{folder}/rooms.sqlite"
        engine = database.engine(database.address())
        with server.running() as running:
            result, errors = asyncio.run(measure(running, engine, options.phones, options.seconds))
        engine.dispose()
    print("\n".join(error[:300] for error in errors[:5]), end="\n" * bool(errors))
    print(f"{date.today()}, {len(os.sched_getaffinity(0))} cores, load of the machine before {load:.1f}")
    for what, value in result.items():
        print(f"{what:46}{value:>24}")


if __name__ == "__main__":
    main()
