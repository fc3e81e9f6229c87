"""Latency of the other live pages, in addition to benchmarks/slider.py (Latent space) and benchmarks/pen.py.

    python -m benchmarks.live_pages                                  all of them, 4 drags of 30 movements each
    python -m benchmarks.live_pages --pages denoise ssgan --drags 8

A headless Chromium, whose mouse is held down and moved one step per frame. Times are measured in the browser: from the
time stamp of the pointer's event until the canvas has the network's new output ("drawn") and until the frame with it
begins ("frame"); with several panels for the first of them. "new" is the share of movements that had their own output
(newer ones replace older ones), "sent" the number of messages to the server while the mouse was down.

Toy VAE has no network to wait for: for it, training steps and frames per second, and the time between frames, while it
trains and while β is dragged during training.

Load on the machine affects these figures directly, so run it on a quiet one; it is printed for every page.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FloatRect, Locator, Page, sync_playwright

from benchmarks import browser
from benchmarks.hand import MOVES, drag, opened, quantiles, times

SETTLE = 2000  # ms after the networks are loaded: for sheets and classifiers
LOOK = 800  # ms for which a user looks at the result of a drag
TRAINED = 5000  # ms of the Toy VAE's training that are measured


@dataclass(frozen=True)
class Scene:
    """A drag on a page: its address, the sign that the networks are loaded, the dragged element and the path.

    way: (box of the dragged element, number of the drag, share of the path) -> (x, y). before: preparations.
    """

    path: str
    ready: str
    surface: str
    way: Callable[[FloatRect, int, float], tuple[float, float]]
    before: Callable[[Page], None] = lambda page: None


def along(box, number, share):
    """Along a slider, forth and with the next drag back; without its ends, where nothing would move."""
    forth = share if number % 2 == 0 else 1 - share
    return box["x"] + 12 + (0.05 + 0.9 * forth) * (box["width"] - 24), box["y"] + box["height"] / 2


def around(box, number, share):
    """A circle around the centre, larger with every drag."""
    radius, angle = box["width"] * (0.2 + 0.02 * (number % 5)), 2 * math.pi * share + number
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    return middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)


def walk(page):
    page.locator("[data-mode=walk]").click()
    page.locator(".walk-classes li").first.wait_for()


PANELS, MORE = (f".live-pictures[data-pictures=network] >> nth={k}" for k in range(2))
ALPHA, EPSILON = f"{PANELS} >> .range >> nth=0", f"{MORE} >> .range >> nth=0"
SCENES = {
    "reconstruct": Scene("reconstruct", ".reconstructor[data-answers=network]", ".input .view", around),
    "denoise": Scene("denoise", ".denoiser[data-answers=network]", ".question .view", around),
    "ssgan": Scene("ssgan", ".turning[data-answers=network]", ".turning .view", around),
    "interpolation": Scene("interpolation", PANELS, ALPHA, along),
    "compare": Scene("compare", PANELS, ALPHA, along),
    "vae_gan": Scene("vae_gan", PANELS, ALPHA, along),
    "vae_gan, ε": Scene("vae_gan", MORE, EPSILON, along),
    "inside": Scene("inside", ".inside[data-runs=browser]", ".pad", around),
    "inside, encoder": Scene("inside?part=encoder", ".inside[data-runs=browser]", ".pad", around),
    "inside, SSGAN": Scene("inside?model=mnist_ssgan", ".inside[data-runs=browser]", ".pad", around),
    "latent_map": Scene("latent_map", ".scatter .points", ".along .alpha", along, walk),
}
TOY = "toy_vae"
ENDLESS = f"{TOY}?vae=own&steps=1000000"  # the usual training pauses after 5,000 steps


def one_drag(page: Page, surface: Locator, scene: Scene, number: int):
    box = surface.bounding_box()
    assert box, f"{scene.surface} is not on the screen"
    drag(page, [scene.way(box, number, k / MOVES) for k in range(MOVES + 1)])
    page.wait_for_timeout(LOOK)


def follow(chromium, url, name, drags):
    """One line: the page's latency over this many drags."""
    scene = SCENES[name]
    page = opened(chromium, f"{url}/{scene.path}")
    page.locator(scene.ready).wait_for()
    scene.before(page)
    page.wait_for_timeout(SETTLE)
    surface = page.locator(scene.surface)
    surface.scroll_into_view_if_needed()
    one_drag(page, surface, scene, 0)  # the first run of a network takes longer, whatever the network
    page.evaluate("() => { measured.length = 0; sent.held = 0; }")
    for number in range(drags):
        one_drag(page, surface, scene, number + 1)
    measured, sent = page.evaluate("[measured, sent.held]")
    page.close()
    new = sum(entry["what"] == "drag" for entry in measured) / (drags * MOVES)
    drawn, frame = times(measured, "drag", "drawn"), times(measured, "drag")
    print(f"{name:18}{new:6.2f}{drawn:>16}{frame:>16}{sent:>6}{os.getloadavg()[0]:7.1f}", flush=True)


# ms between frames, over so many ms
FRAMES = """(milliseconds) => new Promise((done) => {
  const began = performance.now(), gaps = [];
  let last = null;
  const look = (now) => {
    if (last !== null) gaps.push(now - last);
    last = now;
    if (performance.now() - began < milliseconds) requestAnimationFrame(look);
    else done(gaps);
  };
  requestAnimationFrame(look);
})"""


def train(chromium, url, drags):
    """Lines for the Toy VAE: its training alone, and while β is dragged."""
    page = opened(chromium, f"{url}/{ENDLESS}")
    page.locator(".toy .train").click()
    steps = page.locator(".toy .caption").filter(has_text="steps a second")
    steps.wait_for()
    page.wait_for_timeout(SETTLE)

    def step():
        return int(steps.inner_text().split(":")[0].removeprefix("step ").replace(",", ""))

    def tell(what, first, seconds, gaps):
        pace, (middle, high) = (step() - first) / seconds, quantiles(gaps)
        figures = f"{pace:7.0f} steps, {1000 * len(gaps) / sum(gaps):4.0f} frames a second"
        print(f"{what:24}{figures}, {middle:.1f} / {high:.1f} ms a frame, load {os.getloadavg()[0]:.1f}", flush=True)

    first, began = step(), time.perf_counter()
    gaps = page.evaluate(FRAMES, TRAINED)
    tell(TOY, first, time.perf_counter() - began, gaps)
    page.evaluate(f"() => {{ sent.held = 0; window.gaps = ({FRAMES})({2000 * drags}); }}")
    first, began = step(), time.perf_counter()
    slider = page.locator("[data-knob=beta]")
    while time.perf_counter() - began < 2 * drags:
        number = int(time.perf_counter() - began)
        drag(page, [along(slider.bounding_box(), number, k / MOVES) for k in range(MOVES + 1)])
    tell(f"{TOY}, β dragged", first, time.perf_counter() - began, page.evaluate("gaps"))
    print(f"{'':24}{page.evaluate('sent.held')} messages to the server while β was held")
    page.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    every = [*dict.fromkeys(scene.path for scene in SCENES.values()), TOY]
    parser.add_argument("--pages", nargs="+", choices=every, default=every, metavar="PAGE", help=", ".join(every))
    parser.add_argument("--drags", type=int, default=4)
    options = parser.parse_args()
    print(f"{options.drags} drags of {MOVES} movements, {os.cpu_count()} cores; ms are p50 / p95")
    print(f"{'page':18}{'new':>6}{'→ drawn':>16}{'→ frame':>16}{'sent':>6}{'load':>7}")
    with sync_playwright() as playwright, browser.served() as url:
        chromium = playwright.chromium.launch(**browser.options())
        for name, scene in SCENES.items():
            if scene.path in options.pages:
                follow(chromium, url, name, options.drags)
        if TOY in options.pages:
            train(chromium, url, options.drags)
        chromium.close()


if __name__ == "__main__":
    main()
