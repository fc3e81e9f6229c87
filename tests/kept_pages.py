"""Pages of Chromium that are kept as long as a worker, each in its own context, so two pages are two visitors.

A running renderer has compiled the app's JavaScript, and its cache has all files: loading a page takes half of the time
that it takes in a new context. Nothing else of a test affects the next one: the document and its workers end when the
page leaves it, keys and buttons are released, listeners and routes removed, storage and cookies cleared, colours
and motion are set when a page is taken, and a page is closed after a test that failed or that called something whose
effect outlasts a document (`LASTING`, `LASTING_IN_CONTEXT`, `CLOCK`).

Streamlit's placeholders of a loading page are not animated: Chromium draws without a GPU here, and on a busy machine
the animation took 17 to 46 % of the processor's time of a load.
"""

import functools
import os

from playwright.sync_api import Error

from tests.conftest import PATIENCE

LASTING = (
    "add_init_script",
    "expose_binding",
    "expose_function",
    "once",
    "set_default_timeout",
    "set_extra_http_headers",
)
LASTING_IN_CONTEXT = (
    "add_init_script",
    "expose_binding",
    "expose_function",
    "grant_permissions",
    "new_cdp_session",
    "on",
    "once",
    "set_extra_http_headers",
    "set_geolocation",
    "set_offline",
)
# How many times as slowly as this machine could every page runs its scripts.
SLOWER = float(os.environ.get("LATENT_LAB_SLOWER", "1"))
IDLE = 6  # pages that wait for a test: about 60 MB each
CLOCK = ("install", "pause_at", "set_fixed_time", "set_system_time")  # of page.clock: it stays in the context
MEDIA = {"color_scheme": "light", "reduced_motion": "no-preference"}  # the defaults of a context
STILL = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  [data-testid=stSkeleton], [data-testid=stSkeleton] *, [data-testid=stSpinnerIcon] { animation: none !important; }
`);
document.adoptedStyleSheets.push(sheet);
"""
# Whether storage could be cleared: about:blank has none, nor has the browser's page about a server that is away.
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); return true; } catch { return false; } }"
BARE = "/_stcore/health"  # a document of the app's server without scripts
# Playwright gives `evaluate` no time limit, and waits for a condition with one.
LIMITED = """async (argument) => {
  const given = (%s);
  return { value: await (typeof given === "function" ? given(argument) : given) };
}"""


def evaluated(page, expression, arg=None):
    """What page.evaluate(expression, arg) returns, within the page's time limit."""
    return page.wait_for_function(LIMITED % expression, arg=arg).json_value()["value"]


class Kept:
    """A page. errors: (words, address of the script) of what its console and its uncaught exceptions said."""

    def __init__(self, browser, options):
        self.options, self.script = options, None
        self.errors, self.lasting, self.routed, self.keys, self.listeners = [], False, False, set(), []
        self.context = browser.new_context(**options)
        self.context.add_init_script(STILL)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.errors.append((error.stack or str(error), "")))
        self._session = self.context.new_cdp_session(self.page)
        self._session.send("Page.enable")
        if SLOWER > 1:
            self._session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for owner, names in ((self.page, LASTING), (self.context, LASTING_IN_CONTEXT), (self.page.clock, CLOCK)):
            for name in names:
                setattr(owner, name, self._noted(getattr(owner, name), "lasting"))
        for owner in (self.page, self.context):
            owner.route = self._noted(owner.route, "routed")
        self.page.evaluate = functools.partial(evaluated, self.page)
        self._press, self.page.keyboard.down = self.page.keyboard.down, self._hold
        self._add_listener, self.page.on = self.page.on, self._on

    def prepare(self, viewport, script, media):
        """See `KeptPages.take`."""
        self.errors.clear()
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(**MEDIA | media)
        if script:
            answer = self._session.send("Page.addScriptToEvaluateOnNewDocument", {"source": script})
            self.script = answer["identifier"]

    def _listen(self, message):
        if message.type == "error":
            self.errors.append((message.text, message.location.get("url", "")))

    def _noted(self, method, flag):
        def call(*arguments, **options):
            setattr(self, flag, True)
            return method(*arguments, **options)

        return call

    def _hold(self, key):
        self.keys.add(key)
        self._press(key)

    def _on(self, event, listener):
        self.listeners.append((event, listener))
        self._add_listener(event, listener)

    def leave(self):
        """Remove all state of the test. False if that is not certain."""
        if self.lasting or self.page.is_closed():
            return False
        if self.routed:
            self.page.unroute_all(behavior="ignoreErrors")
            self.context.unroute_all(behavior="ignoreErrors")
            self.routed = False
        for other in self.context.pages:
            if other != self.page:
                other.close()
        if not self._clear_storage():
            return False
        if self.script:  # otherwise it would still run in the page of the next test
            self._session.send("Page.removeScriptToEvaluateOnNewDocument", {"identifier": self.script})
            self.script = None
        self.page.goto("about:blank")
        self.context.clear_cookies()
        while self.listeners:
            self.page.remove_listener(*self.listeners.pop())
        self.page.mouse.up()
        self.page.mouse.move(0, 0)  # the element under the pointer gets an event when the next test starts
        while self.keys:
            self.page.keyboard.up(self.keys.pop())
        return True

    def _clear_storage(self):
        """Clear it when the document that filled it is gone: Streamlit stores late which sections are open."""
        try:
            if (origin := self.page.evaluate("location.origin")).startswith("http"):
                self.page.goto(origin + BARE)
            return self.page.evaluate(FORGET) or origin == "null"
        except Error:  # the server is away
            return False


class KeptPages:
    def __init__(self, browser):
        self.browser, self.idle = browser, []

    def take(self, viewport, script=None, **options):
        """A page on about:blank in a window of this size, in a context with these options.

        script: JavaScript that runs in every document of the page before all others.
        """
        media = {name: options.pop(name) for name in MEDIA if name in options}
        kept = next((one for one in self.idle if one.options == options), None)
        if kept:
            self.idle.remove(kept)
        else:
            kept = Kept(self.browser, options)
        kept.prepare(viewport, script, media)
        return kept

    def give_back(self, kept, failed=False):
        """Keep a page for the next test; one that a failed test left in an unknown state is closed."""
        if failed or not kept.leave():
            kept.context.close()
            return
        self.idle.append(kept)
        if len(self.idle) > IDLE:
            self.idle.pop(0).context.close()
