"""How fast the picture follows: the live explorer beside Streamlit's own slider with st.image.

    python -m benchmarks.slider                         fashion_vae, 10 drags of 30 movements each
    python -m benchmarks.slider --model kmnist_vae --drags 20

Both run in the same headless Chromium (on the path, or named by LATENT_LAB_CHROMIUM), on the same checkpoint, with the
mouse held down and moved one slider step at a time. Times are read in the browser: from the time stamp of the pointer's
event until the canvas has its new pixels ("drawn") and until the frame with them begins ("frame"); after release until
the server's picture of the exact code is drawn, or until the new <img> has been loaded.
Load on the machine goes straight into these figures, so run it on a quiet one.
"""

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import browser

MOVES = 30

# The usual page: a slider for each of the strongest dimensions, and st.image.
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

LISTEN = """
window.measured = [];
addEventListener("explorer-measured", (event) => measured.push(event.detail));
addEventListener("pointerup", (event) => (window.released = event.timeStamp), true);
document.addEventListener("load", (event) => {
  if (event.target.tagName !== "IMG" || !window.released) return;
  const since = window.released;
  window.released = 0;
  requestAnimationFrame(() => measured.push({ what: "release", milliseconds: performance.now() - since }));
}, true);
"""
FRAME = "() => new Promise(requestAnimationFrame)"


def drag(page, place, picture, forth):
    """One drag over all steps, there or back; returns how many movements changed the picture before the release."""
    changed, before = 0, picture()
    page.mouse.move(*place(-3 if forth else 3))
    page.mouse.down()
    for step in range(MOVES + 1):
        value = -3 + 0.2 * step
        page.mouse.move(*place(value if forth else -value))
        page.evaluate(FRAME)
        now = picture()
        changed += now != before
        before = now
    page.mouse.up()
    page.wait_for_timeout(1200)  # a person looks at it; the map of the plane is drawn meanwhile
    return changed / (MOVES + 1)


def live(chromium, url, drags):
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(LISTEN)
    page.goto(url)
    page.locator(".row").first.wait_for()
    page.wait_for_timeout(8000)  # the network is loaded behind the first picture
    view = page.locator("canvas.view")
    sliders = page.locator(".row input[type=range]")

    def one(index):
        box = sliders.nth(index % 4).bounding_box()

        def place(value):
            return box["x"] + 8 + (value + 3) / 6 * (box["width"] - 16), box["y"] + box["height"] / 2

        return drag(page, place, lambda: view.evaluate("canvas => canvas.toDataURL()"), index // 4 % 2 == 0)

    return [one(index) for index in range(drags)], page.evaluate("measured")


def native(chromium, url, drags):
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(LISTEN)
    page.goto(url)
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

        return drag(page, place, lambda: image.get_attribute("src"), index // 4 % 2 == 0)

    return [one(index) for index in range(drags)], page.evaluate("measured")


def quantiles(values):
    """(median, 95th percentile); nan when there are none."""
    if len(values) < 2:
        return (values or [float("nan")])[0], (values or [float("nan")])[0]
    return statistics.median(values), statistics.quantiles(values, n=20, method="inclusive")[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="fashion_vae")
    parser.add_argument("--drags", type=int, default=10)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "native.py"
        page.write_text(NATIVE.format(model=arguments.model))
        chromium = playwright.chromium.launch(**browser.options())
        with browser.served() as url:
            changed_live, measured_live = live(chromium, f"{url}/latent_space?model={arguments.model}", arguments.drags)
        with browser.served(page) as url:
            changed_native, measured_native = native(chromium, url, arguments.drags)
        chromium.close()

    def times(measured, what, key="milliseconds"):
        return [entry[key] for entry in measured if entry["what"] == what]

    release, release_native = times(measured_live, "release"), times(measured_native, "release")
    cores = os.cpu_count()
    print(
        f"{arguments.model}, {arguments.drags} drags of {MOVES} movements, {cores} cores, load {os.getloadavg()[0]:.1f}"
    )
    print(f"{'':42}{'live':>16}{'native':>16}{'ratio':>8}")
    live_share, native_share = statistics.mean(changed_live), statistics.mean(changed_native)
    print(f"{'pictures per movement before release':42}{live_share:16.2f}{native_share:16.2f}{'':>8}")
    for name, key in [("movement → drawn, p50 / p95 ms", "drawn"), ("movement → frame, p50 / p95 ms", "milliseconds")]:
        middle, high = quantiles(times(measured_live, "drag", key))
        print(f"{name:42}{f'{middle:.1f} / {high:.1f}':>16}{'on release only':>16}")
    (middle, high), (middle_native, high_native) = quantiles(release), quantiles(release_native)
    print(
        f"{'release → official picture, p50 / p95 ms':42}{f'{middle:.0f} / {high:.0f}':>16}"
        f"{f'{middle_native:.0f} / {high_native:.0f}':>16}{middle_native / middle:8.2f}"
    )
    print(f"({len(release)} and {len(release_native)} releases)")


if __name__ == "__main__":
    main()
