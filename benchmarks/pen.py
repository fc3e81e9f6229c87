"""Latency of the live chain: from the pointer's event to the picture of the new code, for every model.

    python -m benchmarks.pen                    8 strokes of 30 movements for each model
    python -m benchmarks.pen --model mnist_vae --strokes 20

Times are measured in the browser: until the canvas has its new pixels ("drawn") and until the frame with them begins
("frame"). They include the preparation of the drawing, encoder, decoder, bars and map. Load on the machine affects
these figures directly, so run it on a quiet one.
"""

import argparse
import math
import os

from playwright.sync_api import sync_playwright

from benchmarks import browser
from benchmarks.hand import MOVES, drag, opened, quantiles
from ui.explore.chain import vaes


def stroke(page, number):
    """Draw one stroke, an arc; returns the number of messages sent before the release."""
    box = page.locator(".paper canvas").bounding_box()
    middle, radius = box["x"] + box["width"] / 2, box["width"] * (0.2 + 0.02 * number)

    def place(k):
        angle = 2 * math.pi * k / MOVES + number
        return middle + radius * math.cos(angle), box["y"] + box["height"] / 2 + radius * math.sin(angle)

    before = page.evaluate("sent.held")
    drag(page, [place(k) for k in range(MOVES)])
    during = page.evaluate("sent.held") - before
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Clear").click()
    page.wait_for_timeout(500)
    return during


def run(chromium, url, name, strokes):
    page = opened(chromium, f"{url}/live_chain?model={name}")
    page.locator(".chain[data-networks=live]").wait_for()
    page.wait_for_timeout(3000)  # for the map and its pictures
    page.evaluate("measured.length = 0")
    messages = sum(stroke(page, number) for number in range(strokes))
    measured = page.evaluate("measured")
    page.close()
    columns = [quantiles([one[key] for one in measured]) for key in ("drawn", "milliseconds")]
    drawn, frame = (f"{middle:.0f} / {high:.0f}" for middle, high in columns)
    print(f"{name:24}{drawn:>14}{frame:>14}{len(measured) / (strokes * MOVES):>12.2f}{messages:>10}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=[card.name for card in vaes.cards()])
    parser.add_argument("--strokes", type=int, default=8)
    arguments = parser.parse_args()
    names = [arguments.model] if arguments.model else [card.name for card in vaes.cards()]
    print(f"{arguments.strokes} strokes of {MOVES} movements, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'p50 / p95 ms':24}{'drawn':>14}{'frame':>14}{'pictures':>12}{'messages':>10}")
    with sync_playwright() as playwright, browser.served() as url:
        chromium = playwright.chromium.launch(**browser.options())
        for name in names:
            run(chromium, url, name, arguments.strokes)
        chromium.close()


if __name__ == "__main__":
    main()
