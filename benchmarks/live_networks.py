"""Milliseconds per forward pass in the browser and in PyTorch, one picture at a time, for every part of every network.

    python -m benchmarks.live_networks
    python -m benchmarks.live_networks --models mnist_vae mnist_ssgan --passes 200

The browser is a headless Chromium with one thread of WebAssembly; its times are the waits of a component, including the
messages to the worker and back. PyTorch also has one thread. Both columns begin with the minimum over all passes, which
is meaningful even on a busy machine. `load` is from the request until the first answer can be computed; for the first
part it includes the download and the start of the runtime. `difference` is the largest of any output from PyTorch's: in
grey levels for pictures, in the output's own unit for logits, means and log variances.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import torch
from playwright.sync_api import Page, sync_playwright

import checkpoints
from benchmarks import browser
from checkpoints import Card
from evaluate import export
from ui import browser_networks
from ui.components import esm

WARM = 5  # passes of PyTorch that are not timed
LIBRARY = esm.VENDOR.parent / "lib" / "onnx.js"
IMPORT = """async (code) => {
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  Object.assign(window, await import(address));
}"""
PASSES = """async ([given, inputs, passes]) => {
  const began = performance.now(), part = network(given), reason = await part.ready;
  if (reason !== null) throw new Error(reason);
  const load = performance.now() - began, times = [];
  const arrays = { float32: Float32Array, int32: Int32Array };
  const once = () => part.run(Object.fromEntries(inputs.map(
    ([name, type, dims, numbers]) => [name, { data: arrays[type].from(numbers), dims }])));
  let outputs = await once();
  for (let k = 0; k < passes; k++) {
    const start = performance.now();
    outputs = await once();
    times.push(performance.now() - start);
  }
  return { load, times, outputs: Object.fromEntries(Object.entries(outputs).map(
    ([name, output]) => [name, Array.from(output.data)])) };
}"""


def in_browser(page: Page, card: Card, part: str, inputs: dict[str, torch.Tensor], passes: int) -> dict[str, Any]:
    """{load: ms, times: [ms], outputs: {name: numbers}} of `passes` passes for the same inputs."""
    arrays = [
        [name, str(x.dtype).removeprefix("torch."), list(x.shape), x.flatten().tolist()] for name, x in inputs.items()
    ]
    return page.evaluate(PASSES, [browser_networks.given(card, part), arrays, passes])


def in_pytorch(part: export.Part, model: torch.nn.Module, inputs: dict[str, torch.Tensor], passes: int) -> list[float]:
    """Milliseconds of each of `passes` passes."""
    times = []
    for _ in range(passes + WARM):
        start = time.perf_counter()
        export.reference(part, model, inputs)
        times.append(1000 * (time.perf_counter() - start))
    return times[WARM:]


def summary(times: Sequence[float]) -> str:
    """Minimum, median and 95th percentile."""
    return f"{min(times):9.2f} {statistics.median(times):7.2f} {np.percentile(times, 95):7.2f}"


def main() -> None:
    every = {card.name: card for card in checkpoints.gallery() if card.parts}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", nargs="+", choices=every, default=list(every), metavar="NAME")
    parser.add_argument("--passes", type=int, default=100)
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"{date.today()}, load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(
        f"{'model':26} {'part':11}{'load':>6} {'browser':>9} {'p50':>7} {'p95':>7} "
        f"{'PyTorch':>9} {'p50':>7} {'p95':>7} {'difference':>11}"
    )
    with browser.served() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser.options())
        page = chromium.new_page()
        page.goto(f"{url}/live_chain")
        page.evaluate(IMPORT, LIBRARY.read_text())
        for card in map(every.get, options.models):
            model = checkpoints.load(card.name)
            for name in card.parts:
                part = export.PARTS[name]
                inputs = export.draw(part, model, 1)
                seen = in_browser(page, card, name, inputs, options.passes)
                expected = export.reference(part, model, inputs)
                named = zip(part.outputs, expected, strict=True)
                outputs = [np.reshape(seen["outputs"][output], array.shape) for output, array in named]
                worst = export.difference(outputs, expected) * (255 if part.picture else 1)
                times = in_pytorch(part, model, inputs, options.passes)
                print(
                    f"{card.name:26} {name:11}{seen['load']:6.0f} {summary(seen['times'])} {summary(times)} "
                    f"{worst:11.2g}",
                    flush=True,
                )
        chromium.close()
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
