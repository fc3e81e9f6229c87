"""Processor time for opening a page: a deep link in a fresh browser profile, on a warm server.

    python -m benchmarks.page_weight                            all pages, each opened 3 times
    python -m benchmarks.page_weight --pages ssgan --times 5

Seconds of the page's main thread by Chromium's own count (CDP, Performance.getMetrics), from the request until the page
rests: all tasks, and script, layout and style among them. "all" is the processor time of all of the browser's
processes. Of several visits the cheapest counts, since other load on the machine only adds to it. "runs" and "deltas"
are Streamlit's: runs of the script and parts of the page that it sent, "received" all messages in KB. "components" is
the number of our components on the page, "KB" the size of their sources. "idle" is ms of the main thread, and frames
requested by the page, in 5 seconds without input.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import browser
from pages import contents

PAGES = [page for section in contents.addresses().values() for page in section if page]
IDLE = 5  # seconds
REST = 0.02  # seconds of tasks per second: a page that takes less has settled
LIMIT = 30  # seconds to wait for that; an animation never settles
SECONDS = {"tasks": "TaskDuration", "script": "ScriptDuration", "layout": "LayoutDuration"}
SECONDS["style"] = "RecalcStyleDuration"
COUNT_FRAMES = """
window.framesAsked = 0;
const { requestAnimationFrame: ask } = window;
window.requestAnimationFrame = (then) => { framesAsked += 1; return ask(then); };
"""


class Messages:
    """The messages of the server to a page."""

    def __init__(self, page):
        self.runs = self.deltas = self.bytes = 0
        self.components = {}
        page.on("websocket", lambda socket: socket.on("framereceived", self._received))

    def _received(self, payload):
        self.bytes += len(payload)
        message = ForwardMsg.FromString(payload)
        kind = message.WhichOneof("type")
        self.runs += kind == "new_session"
        self.deltas += kind in ("delta", "ref_hash")
        component = message.delta.new_element.bidi_component
        if component.id:
            self.components[component.id] = len(component.js_content + component.css_content + component.html_content)


def cpu_seconds(devtools):
    """Processor seconds of all of the browser's processes."""
    return sum(process["cpuTime"] for process in devtools.send("SystemInfo.getProcessInfo")["processInfo"])


def visit(chromium, url):
    """{column: figure} of one visit."""
    devtools = chromium.new_browser_cdp_session()
    before = cpu_seconds(devtools)
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(COUNT_FRAMES)
    messages = Messages(page)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def measured():
        metrics = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
        return {column: metrics[name] for column, name in SECONDS.items()}

    page.goto(url)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    began, now = time.monotonic(), measured()
    while time.monotonic() < began + LIMIT:
        last = now
        page.wait_for_timeout(1000)
        now = measured()
        if now["tasks"] < last["tasks"] + REST:
            break
    row = now | {"all": cpu_seconds(devtools) - before}
    row |= {"runs": messages.runs, "deltas": messages.deltas, "received": messages.bytes / 1000}
    row |= {"components": len(messages.components), "KB": sum(messages.components.values()) / 1000}
    frames = page.evaluate("framesAsked")
    page.wait_for_timeout(1000 * IDLE)
    row |= {"idle": 1000 * (measured()["tasks"] - now["tasks"]), "frames": page.evaluate("framesAsked") - frames}
    context.close()
    devtools.detach()
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--pages", nargs="+", default=PAGES, metavar="PAGE", help="with what follows a ?, where it matters"
    )
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    print(f"{'page':22}" + "".join(f"{name:>8}" for name in (*SECONDS, "all")), end="")
    print(f"{'runs':>6}{'deltas':>8}{'received':>10}{'components':>12}{'KB':>6}{'idle':>7}{'frames':>8}{'load':>7}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(**browser.options())
        empty = Path(folder) / "empty.py"
        empty.write_text("")

        def line(name, url):
            rows = [visit(chromium, url) for _ in range(options.times)]
            row = min(rows, key=lambda row: row["tasks"])
            print(f"{name:22}" + "".join(f"{row[column]:8.2f}" for column in (*SECONDS, "all")), end="")
            print(f"{row['runs']:6}{row['deltas']:8}{row['received']:10.0f}", end="")
            print(
                f"{row['components']:12}{row['KB']:6.0f}{row['idle']:7.0f}{row['frames']:8}{os.getloadavg()[0]:7.1f}",
                flush=True,
            )

        with browser.served(empty) as url:
            line("an empty script", url)
        with browser.served() as url:
            visit(chromium, f"{url}/ssgan")  # so that torch is imported
            for page in options.pages:
                line(page, f"{url}/{page}")
        chromium.close()


if __name__ == "__main__":
    main()
