"""Milliseconds of a forward pass in the browser and in PyTorch, one picture at a time, for every decoder and generator.

    python -m benchmarks.live_networks
    python -m benchmarks.live_networks --models mnist_vae mnist_ssgan --passes 200

The browser is a headless Chromium with one thread of WebAssembly; its times are those that a component waits, with the
way to the worker and back. PyTorch has one thread, too. `load` is from the request until the first picture can be made;
that of the first model holds the download and the start of the runtime. `difference` is the largest to PyTorch's
picture, in grey levels.
"""

import argparse
import os
import statistics
import time

import numpy as np
import torch
from playwright.sync_api import sync_playwright

import checkpoints
from benchmarks import browser
from ui import browser_networks
from ui.components import esm

LIBRARY = esm.VENDOR.parent / "lib" / "onnx.js"
IMPORT = """async (code) => {
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  Object.assign(window, await import(address));
}"""
PASSES = """async ([given, codes, latent, passes]) => {
  const began = performance.now(), decoder = network(given), reason = await decoder.ready;
  if (reason !== null) throw new Error(reason);
  const load = performance.now() - began, times = [], z = { z: floats([1, latent], codes) };
  let output = await decoder.run(z);
  for (let k = 0; k < passes; k++) {
    const start = performance.now();
    output = await decoder.run(z);
    times.push(performance.now() - start);
  }
  return { load, times, picture: Array.from(output.picture.data) };
}"""


def in_browser(page, card, code, passes):
    """{load: ms, times: [ms], picture} of passes for one code (latent,)."""
    given = browser_networks.given(card, "decoder")
    return page.evaluate(PASSES, [given, code.tolist(), card.latent, passes])


@torch.inference_mode()
def in_pytorch(card, code, passes):
    """([ms], picture) of as many passes."""
    model, z, times = checkpoints.load(card.name), torch.from_numpy(code)[None], []
    for _ in range(passes + 5):
        start = time.perf_counter()
        picture = model.picture(z)
        times.append(1000 * (time.perf_counter() - start))
    return times[5:], picture.numpy()


def summary(times):
    return f"{statistics.median(times):9.2f} {np.percentile(times, 95):7.2f}"


def main():
    every = [card.name for card in checkpoints.gallery() if "decoder" in card.parts]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", nargs="+", choices=every, default=every, metavar="NAME")
    parser.add_argument("--passes", type=int, default=100)
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'model':26} {'load':>8} {'browser':>9} {'p95':>7} {'PyTorch':>9} {'p95':>7} {'difference':>11}")
    with browser.served() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser.options())
        page = chromium.new_page()
        page.goto(url)
        page.evaluate(IMPORT, LIBRARY.read_text())
        for name in options.models:
            card = checkpoints.read(name)
            code = np.random.default_rng(0).normal(size=card.latent).astype(np.float32)
            ours = in_browser(page, card, code, options.passes)
            times, picture = in_pytorch(card, code, options.passes)
            worst = 255 * np.abs(np.ravel(picture) - ours["picture"]).max()
            print(f"{name:26} {ours['load']:8.0f} {summary(ours['times'])} {summary(times)} {worst:11.3f}")
        chromium.close()


if __name__ == "__main__":
    main()
