"""First paint: seconds from the browser's request to a picture on the canvas, in fresh server processes.

    python -m benchmarks.first_paint [--times 5] [--page latent_space]

Every round starts a new server and a new browser profile, so nothing is cached, neither torch nor the page's scripts.
"""

import argparse
import statistics
import time

from playwright.sync_api import sync_playwright

from benchmarks import browser

# The canvas holds a picture if its pixels are not all equal.
PAINTED = """() => {
  const find = (node) => {
    for (const element of node.querySelectorAll('*')) {
      if (element.matches('canvas.view, canvas.picture')) return element;
      const inside = element.shadowRoot && find(element.shadowRoot);
      if (inside) return inside;
    }
  };
  const canvas = find(document);
  if (!canvas || !canvas.width) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, i) => i % 4 < 3 && value !== data[i % 4]);
}"""


def first_paint(playwright, path):
    with browser.served() as url:
        chromium = playwright.chromium.launch(**browser.options())
        page = chromium.new_page()
        started = time.perf_counter()
        page.goto(f"{url}/{path}", wait_until="commit")
        page.wait_for_function(PAINTED, polling=20, timeout=60_000)
        seconds = time.perf_counter() - started
        chromium.close()
        return seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--page", default="live_chain", help="its name in the address")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        seconds = [first_paint(playwright, options.page) for _ in range(options.times)]
    print(f"first paint: median {statistics.median(seconds):.2f} s, all {', '.join(f'{s:.2f}' for s in seconds)}")
