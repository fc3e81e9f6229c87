"""Latency of the pictures on *Latent space*: drags and walks, for every model.

    python -m benchmarks.slider                                    all models, 4 drags of 30 movements each
    python -m benchmarks.slider --models mnist_vae --drags 20
    python -m benchmarks.slider --models fashion_vae --native      compared with Streamlit's own slider and st.image

A headless Chromium (on the path, or named by LATENT_LAB_CHROMIUM), whose mouse is held down and moved one step per
frame. Times are measured in the browser: from the time stamp of the pointer's event until the canvas has the network's
new output ("drawn") and until the frame with it begins ("frame"); after release until the server's picture of the exact
code is drawn, or until the new <img> has been loaded. A walk's pictures per second are the frames with a new picture.
Load on the machine affects these figures directly, so run it on a quiet one; it is printed for every model.
"""

import argparse
import itertools
import os
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import checkpoints
from benchmarks import browser
from benchmarks.hand import LISTEN, MOVES, drag, opened, times

WALK = 5000  # ms for which a walk is measured

# The usual way in Streamlit: a slider for each of the strongest dimensions, and st.image.
NATIVE = """
import streamlit as st
import checkpoints
from ui import networks
card = checkpoints.read({model!r})
preview = networks.preview(card)
code = preview["codes"][0].copy()
left, right = st.columns(2)
for dimension in preview["order"][:16]:
    code[dimension] = right.slider(f"z{{dimension}}", -3.0, 3.0, float(code[dimension].clip(-3, 3)), 0.2)
picture = networks.decode(card, code[None])[0].transpose(1, 2, 0)
left.image(picture[:, :, 0] if picture.shape[2] == 1 else picture, width=392)
"""

WATCHED = (
    LISTEN
    + """
addEventListener("pointerup", (event) => (window.released = event.timeStamp), true);
document.addEventListener("load", (event) => {
  if (event.target.tagName !== "IMG" || !window.released) return;
  const since = window.released;
  window.released = 0;
  requestAnimationFrame(() => measured.push({ what: "release", milliseconds: performance.now() - since }));
}, true);
window.outputs = 0; // pictures that the network made and the explorer drew
const { putImageData } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.putImageData = function (...given) {
  if (this.canvas.className === "view") outputs += 1;
  return putImageData.apply(this, given);
};
"""
)
# [frames per second, frames with a new picture per second]
WATCH = """(milliseconds) => new Promise((done) => {
  const began = performance.now();
  let frames = 0, fresh = 0, last = outputs;
  const look = () => {
    frames += 1;
    if (outputs !== last) fresh += 1;
    last = outputs;
    const passed = performance.now() - began;
    if (passed < milliseconds) requestAnimationFrame(look);
    else done([frames, fresh].map((count) => (1000 * count) / passed));
  };
  requestAnimationFrame(look);
})"""


def changes(page, place, picture, forth):
    """One drag over all steps, forth or back; the share of movements that changed picture() before the release."""
    pictures = [picture()]
    values = [(1 if forth else -1) * (-3 + 0.2 * step) for step in range(MOVES + 1)]
    drag(page, [place(value) for value in values[:1] + values], lambda: pictures.append(picture()))
    page.wait_for_timeout(1200)  # a user looks at it; the map of the plane is drawn meanwhile
    return statistics.mean(one != other for one, other in itertools.pairwise(pictures))


def live(chromium, url, drags):
    """(share of movements with a new output, [measurements], [frames, pictures] per second of a walk)."""
    page = opened(chromium, url, WATCHED)
    page.locator(".explorer[data-pictures=network]").wait_for()
    page.locator(".pad:not(.stale)").wait_for()
    page.wait_for_timeout(2000)  # for the classifier
    sliders = page.locator(".row input[type=range]")

    def one(index):
        box = sliders.nth(index % 4).bounding_box()

        def place(value):
            return box["x"] + 8 + (value + 3) / 6 * (box["width"] - 16), box["y"] + box["height"] / 2

        return changes(page, place, lambda: page.evaluate("outputs"), index // 4 % 2 == 0)

    share = statistics.mean(one(index) for index in range(drags))
    measured = page.evaluate("measured")
    page.locator(".walk .go").click()
    page.wait_for_timeout(500)
    walk = page.evaluate(WATCH, WALK)
    page.close()
    return share, measured, walk


def native(chromium, url, drags):
    """(share of movements with a new picture, [measurements])."""
    page = opened(chromium, url, WATCHED)
    image = page.locator("[data-testid=stImage] img")
    image.wait_for()
    page.wait_for_timeout(4000)
    page.evaluate("measured.length = 0")
    sliders = page.locator("[data-testid=stSlider]")

    def one(index):
        slider = sliders.nth(index % 4)
        slider.scroll_into_view_if_needed()
        track = slider.locator("[role=group] > div").bounding_box()

        def place(value):
            return track["x"] + (value + 3) / 6 * track["width"], track["y"] + track["height"] / 2

        return changes(page, place, lambda: image.get_attribute("src"), index // 4 % 2 == 0)

    return statistics.mean(one(index) for index in range(drags)), page.evaluate("measured")


def main():
    every = [card.name for card in checkpoints.gallery() if "decoder" in card.parts]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", nargs="+", choices=every, default=every, metavar="NAME")
    parser.add_argument("--drags", type=int, default=4)
    parser.add_argument("--native", action="store_true", help="the first model with Streamlit's own slider, too")
    options = parser.parse_args()
    print(f"{options.drags} drags of {MOVES} movements, {os.cpu_count()} cores; ms are p50 / p95")
    heads = ("new", "→ drawn", "→ frame", "release", "walk", "load")
    print(f"{'model':26}{heads[0]:>6}{heads[1]:>14}{heads[2]:>14}{heads[3]:>15}{heads[4]:>9}{heads[5]:>7}")

    def tell(name, share, measured, walk=None):
        drawn, frame = times(measured, "drag", "drawn"), times(measured, "drag")
        pictures = f"{walk[1]:.0f}/{walk[0]:.0f}" if walk else "-"
        release, load = times(measured, "release"), os.getloadavg()[0]
        print(f"{name:26}{share:6.2f}{drawn:>14}{frame:>14}{release:>15}{pictures:>9}{load:7.1f}", flush=True)

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser.options())
        with browser.served() as url:
            for name in options.models:
                tell(name, *live(chromium, f"{url}/latent_space?model={name}", options.drags))
        if options.native:
            page = Path(folder) / "native.py"
            page.write_text(NATIVE.format(model=options.models[0]))
            with browser.served(page) as url:
                tell("Streamlit's slider", *native(chromium, url, options.drags))
        chromium.close()


if __name__ == "__main__":
    main()
