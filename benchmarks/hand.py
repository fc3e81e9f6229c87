"""Drags on a page, and the page's measurements of them, shared by the benchmarks of live components."""

import statistics

from benchmarks import browser

MOVES = 30  # per drag
FRAME = "() => new Promise(requestAnimationFrame)"
# Records of the components' Latency (ui/components/lib/latency.js), and the messages to the server.
LISTEN = """
window.measured = [];
window.sent = { all: 0, held: 0 };
for (const name of ["chain", "denoiser", "explorer", "inside", "pictures", "reconstructor", "turning", "walk"])
  addEventListener(`${name}-measured`, (event) => measured.push(event.detail));
let held = false;
addEventListener("pointerdown", () => (held = true), true);
addEventListener("pointerup", () => (held = false), true);
const { send } = WebSocket.prototype;
WebSocket.prototype.send = function (...message) {
  sent.all += 1;
  sent.held += held;
  return send.apply(this, message);
};
"""


def opened(chromium, url, script=LISTEN):
    """A page with the size of a laptop's window that measures from its first moment."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(browser.PATIENCE)
    page.add_init_script(script)
    page.goto(url)
    return page


def drag(page, places, moved=lambda: None):
    """Press the mouse at the first of the places (x, y), move it to the others, one per frame, and release it.

    moved() is called in the frame after each movement.
    """
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
        page.evaluate(FRAME)
        moved()
    page.mouse.up()


def quantiles(values):
    """(median, 95th percentile); nan if there are none."""
    if len(values) < 2:
        return (values or [float("nan")])[0], (values or [float("nan")])[0]
    return statistics.median(values), statistics.quantiles(values, n=20, method="inclusive")[-1]


def times(measured, what, key="milliseconds"):
    """Median and 95th percentile of the measurements, as text."""
    values = [entry[key] for entry in measured if entry["what"] == what]
    middle, high = quantiles(values)
    digits = 1 if middle < 100 else 0
    return f"{middle:.{digits}f} / {high:.{digits}f}" if values else "-"
