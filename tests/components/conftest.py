"""A live component on a blank page of Chromium: no server, a fake `setTriggerValue`, and data as a rerun sends it."""

import functools
import http.server
import json
import threading
from pathlib import Path

import pytest

import ui.components
from tests.browser import screens

FOLDER = Path(ui.components.__file__).parent
parts = functools.cache(ui.components.parts)
WINDOW = {"width": 1200, "height": 900}
THEME = {  # as Streamlit's light theme sets them
    "--st-font": "sans-serif",
    "--st-text-color": "#31333f",
    "--st-background-color": "#ffffff",
    "--st-secondary-background-color": "#f0f2f6",
    "--st-border-color": "#d6d6d8",
    "--st-primary-color": "#ff4b4b",
}
# What Streamlit does with a component: markup and styles in a shadow root, the default export called with all data.
MOUNT = """async ({ html, css, js, theme }) => {
  document.body.style.margin = 0;
  for (const [name, value] of Object.entries(theme)) document.documentElement.style.setProperty(name, value);
  const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  root.innerHTML = `<div><div>${html}</div><style>${css}</style></div>`;
  const { default: render } = await import(URL.createObjectURL(new Blob([js], { type: "text/javascript" })));
  window.reports = [];
  const report = (name, value) => reports.push([name, structuredClone(value)]);
  window.send = (data) => (window.leave = render({ data, parentElement: root, setTriggerValue: report }));
  window.root = root;
}"""
SAME = "wanted => JSON.stringify(reports) === JSON.stringify(wanted)"
WATCH = """(source) => {
  const read = new Function("root", `return ${source}`);
  window.drawn = [];
  const look = () => {
    const value = JSON.stringify(read(root) ?? null);
    if (value !== drawn.at(-1)) drawn.push(value);
    window.watching = requestAnimationFrame(look);
  };
  look();
}"""


class Mounted:
    """A component in a page."""

    def __init__(self, page):
        self.page = page

    def send(self, data):
        """New data, as a rerun of the page sends it."""
        self.page.evaluate("data => void send(data)", json.loads(json.dumps(data)))
        self.page.evaluate(screens.FRAMES)  # a new size is drawn

    def leave(self):
        """What Streamlit does when the component leaves the page."""
        self.page.evaluate("() => leave()")

    def expect_reports(self, *expected):
        """Wait until exactly these (name, value) have been reported, in this order."""
        wanted = json.dumps(json.loads(json.dumps(expected)))
        try:
            self.page.wait_for_function(
                "wanted => JSON.stringify(reports) === JSON.stringify(JSON.parse(wanted))", arg=wanted
            )
        except Exception:
            raise AssertionError(
                f"expected {wanted}, reported {self.page.evaluate('JSON.stringify(reports)')}"
            ) from None

    def last_report(self):
        """(name, value), waited for."""
        self.page.wait_for_function("() => reports.length")
        return tuple(self.page.evaluate("reports.at(-1)"))

    def forget_reports(self):
        self.page.evaluate("() => void (reports.length = 0)")

    def watch(self, source):
        """Collect what the JavaScript expression `source` of `root` gives in every animation frame, see `drawn`."""
        self.page.evaluate(WATCH, source)

    def be_watched(self):
        """Wait until `watch` has seen what is drawn now, however many frames the browser draws."""
        self.page.evaluate(screens.FRAMES)

    def drawn(self):
        """The different values since `watch`, in order, two frames from now included."""
        self.page.evaluate(screens.FRAMES)
        values = self.page.evaluate("() => (cancelAnimationFrame(watching), drawn)")
        return [json.loads(value) for value in values]

    def grab(self, locator, *ways):
        """Take the middle of an element and move the pointer from there by each way (x, y), without letting go."""
        box = screens.box(locator)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for right, down in ways:
            self.page.mouse.move(x + right, y + down)

    def drag(self, locator, *ways):
        """The same, and let go."""
        self.grab(locator, *ways)
        self.page.mouse.up()

    def let_go_unheard(self):
        """Let go of the mouse where no page hears of it, as behind a menu or a dialog of the browser."""
        self.page.evaluate(
            "() => addEventListener('pointerup', (event) => event.stopImmediatePropagation(), "
            "{ capture: true, once: true })"
        )
        self.page.mouse.up()

    def hold(self, key, count):
        """A key that is held down, so that it repeats `count` times."""
        for _ in range(count):
            self.page.keyboard.down(key)


class Empty(http.server.BaseHTTPRequestHandler):
    """Answers every address with a page without anything."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def empty_address():
    """Of an empty page in which a tab keeps things: about:blank keeps nothing."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Empty) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def mounted(take_page):
    """mounted(name, data, before, **options of the page): ui/components/NAME with data. Console errors fail the test.

    before: (script, argument) to be evaluated before the component is there. address: of an empty page to be in, where
    about:blank is not enough.
    """
    taken = []

    def mount(name, data, before=None, address=None, viewport=WINDOW, **options):
        taken.append(take_page(viewport, **options))
        page = taken[-1].page
        if address:
            page.goto(address)
        if before:
            page.evaluate(*before)
        page.evaluate(MOUNT, {**parts(FOLDER / name), "theme": THEME})
        component = Mounted(page)
        component.send(data)
        return component

    yield mount
    assert not [error for kept in taken for error in kept.errors]
