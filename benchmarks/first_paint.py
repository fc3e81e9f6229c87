"""First paint: seconds from the browser's request to a picture on the canvas, in fresh server processes.

    python -m benchmarks.first_paint [--times 5]

Every round starts a new server and a new browser profile, so nothing is cached: neither torch nor the page's scripts.
"""

import argparse
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
# The canvas holds a picture when not all of its pixels are alike.
PAINTED = """() => {
  const find = (node) => {
    for (const element of node.querySelectorAll('*')) {
      if (element.matches('canvas.view')) return element;
      const inside = element.shadowRoot && find(element.shadowRoot);
      if (inside) return inside;
    }
  };
  const canvas = find(document);
  if (!canvas || !canvas.width) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, i) => i % 4 < 3 && value !== data[i % 4]);
}"""


def serve(port):
    """A fresh server of the app that answers on `port`."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    process = subprocess.Popen(
        [*command, "--server.port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while True:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                return process
        except OSError:
            time.sleep(0.1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def first_paint(playwright):
    port = free_port()
    server = serve(port)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
    try:
        page = browser.new_page()
        started = time.perf_counter()
        page.goto(f"http://localhost:{port}", wait_until="commit")
        page.wait_for_function(PAINTED, polling=20, timeout=60_000)
        return time.perf_counter() - started
    finally:
        browser.close()
        server.terminate()
        server.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        seconds = [first_paint(playwright) for _ in range(options.times)]
    print(f"first paint: median {statistics.median(seconds):.2f} s, all {', '.join(f'{s:.2f}' for s in seconds)}")
