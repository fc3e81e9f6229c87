"""Pages of Chromium that live as long as a worker, each in a context of its own, so two of them are two visitors.

A renderer that is at work has compiled the app's JavaScript, and its cache has all files: a page takes half of the time
that it takes in a new context. Nothing else of a test reaches the next one: the document and its workers end when the
page leaves it, keys and buttons are let go, listeners are removed, storage and cookies are cleared, and a page is
closed for good after a test that failed or that called something whose effect outlives a document (`LASTING`,
`LASTING_IN_CONTEXT`, `CLOCK`).
"""

import functools

from tests.conftest import PATIENCE

LASTING = (
    "add_init_script",
    "emulate_media",
    "expose_binding",
    "expose_function",
    "once",
    "route",
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
    "route",
    "set_extra_http_headers",
    "set_geolocation",
    "set_offline",
)
IDLE = 6  # pages that wait for a test: about 60 MB each
CLOCK = ("install", "pause_at", "set_fixed_time", "set_system_time")  # of page.clock: it stays in the context
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch {} }"  # about:blank has no storage
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

    def __init__(self, browser, script, options):
        self.kind = script, options
        self.errors, self.lasting, self.keys, self.listeners = [], False, set(), []
        self.context = browser.new_context(**options)
        if script:
            self.context.add_init_script(script)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.errors.append((str(error), "")))
        for owner, names in ((self.page, LASTING), (self.context, LASTING_IN_CONTEXT), (self.page.clock, CLOCK)):
            for name in names:
                setattr(owner, name, self._noted(getattr(owner, name)))
        self.page.evaluate = functools.partial(evaluated, self.page)
        self._press, self.page.keyboard.down = self.page.keyboard.down, self._hold
        self._add_listener, self.page.on = self.page.on, self._on

    def _listen(self, message):
        if message.type == "error":
            self.errors.append((message.text, message.location.get("url", "")))

    def _noted(self, method):
        def call(*arguments, **options):
            self.lasting = True
            return method(*arguments, **options)

        return call

    def _hold(self, key):
        self.keys.add(key)
        self._press(key)

    def _on(self, event, listener):
        self.listeners.append((event, listener))
        self._add_listener(event, listener)

    def leave(self):
        """Forget everything of the test. False where that is not certain."""
        if self.lasting or self.page.is_closed():
            return False
        self.page.evaluate(FORGET)
        self.page.goto("about:blank")
        for other in self.context.pages:
            if other != self.page:
                other.close()
        self.context.clear_cookies()
        while self.listeners:
            self.page.remove_listener(*self.listeners.pop())
        self.page.mouse.up()
        self.page.mouse.move(0, 0)  # what lies under the pointer when the next test begins is told of it
        while self.keys:
            self.page.keyboard.up(self.keys.pop())
        return True


class KeptPages:
    def __init__(self, browser):
        self.browser, self.idle = browser, []

    def take(self, viewport, fresh=False, script=None, **options):
        """A page on about:blank in a window of this size, in a context with these options.

        script: JavaScript that runs in every document before all others. fresh: a new page, for what would keep it from
        being used again (routes).
        """
        kept = None if fresh else next((one for one in self.idle if one.kind == (script, options)), None)
        if kept:
            self.idle.remove(kept)
        else:
            kept = Kept(self.browser, script, options)
        kept.page.set_viewport_size(viewport)
        kept.errors.clear()
        return kept

    def give_back(self, kept, failed=False):
        """Keep a page for the next test; one that a failed test left in an unknown state is closed."""
        if failed or not kept.leave():
            kept.context.close()
            return
        self.idle.append(kept)
        if len(self.idle) > IDLE:
            self.idle.pop(0).context.close()
