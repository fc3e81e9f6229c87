"""Steps a second of a training on *Density*, whose next run waits for the browser, and of the same without a page.

    python -m benchmarks.training_page [--steps 20000] [--rounds 3]

Both take the steps by the same code and in turns, each round with a fresh server.
"""

import argparse
import dataclasses
import re
import statistics
import time

from playwright.sync_api import sync_playwright

from benchmarks import browser
from checkpoints.recorded.critic_settings import DENSITY_SETTINGS
from ui.distances.densities import Run

SAID = r"Step ([\d,]+) of"


def on_the_page(chromium, steps):
    """Steps a second between the first step that the page says and the last."""

    def said(pattern):
        page.wait_for_function(f"() => /{pattern}/.test(document.body.innerText)", timeout=browser.PATIENCE)
        found = re.search(SAID, page.locator("body").inner_text())
        return time.perf_counter(), int(found[1].replace(",", ""))

    with browser.served() as url:
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{url}/density?net=own&net_steps={steps}")
        page.get_by_role("button", name="Train this network now").click(timeout=browser.PATIENCE)
        began, first = said("Step [1-9][\\d,]* of")
        ended, last = said("Step [\\d,]+ of [\\d,]+, finished")
        page.close()
    return (last - first) / (ended - began)


def without_a_page(steps):
    """The same of the page's own job."""
    run = Run(dataclasses.replace(DENSITY_SETTINGS, steps=steps))
    run.work(time.perf_counter())
    began, first = time.perf_counter(), run.training.step
    run.work(began + browser.PATIENCE / 1000)
    return (run.training.step - first) / (time.perf_counter() - began)


def main(steps, rounds):
    rates = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser.options())
        for _ in range(rounds):
            rates.append((on_the_page(chromium, steps), without_a_page(steps)))
            page, alone = rates[-1]
            print(f"{page:,.0f} steps a second on the page, {alone:,.0f} without: {page / alone:.2f}", flush=True)
        chromium.close()
    print(f"median of the ratios {statistics.median(page / alone for page, alone in rates):.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    main(options.steps, options.rounds)
