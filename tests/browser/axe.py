"""What axe-core finds on a page that is open: the shadow roots of the live components are part of it."""

import functools
import time
from pathlib import Path

import axe_playwright_python

from tests.browser import screens
from tests.conftest import PATIENCE

# What is not ours: (rule, selector of the elements in question), each with the reason.
STREAMLITS = (
    # The list of the side bar's menu holds a <div> for each section, and the entries are inside.
    ("list", "[data-testid=stSidebarNavItems]"),
    ("listitem", "[data-testid=stSidebarNavItems] li"),
)
# Transitions are taken to their ends first: a colour on its way from one theme to the other is nobody's colour.
RUN = """async ({ rules, within, streamlits }) => {
  for (const animation of document.getAnimations()) {
    if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
  }
  const only = rules ? { runOnly: { type: "rule", values: rules } } : {};
  const { violations } = await axe.run(within ?? document, { elementRef: true, resultTypes: ["violations"], ...only });
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ element }) => !streamlits.some(([rule, selector]) => rule === id && element.matches(selector)))
      .map(({ target, failureSummary }) => [id, target.flat().join(" >>> "), failureSummary].join(": ")));
}"""


@functools.cache
def source():
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def expect_nothing(page, rules=None, within=None):
    """Wait until `findings` says nothing of a page at rest: one that ran again in the meantime is faded."""
    late = time.monotonic() + PATIENCE / 1000
    while True:
        screens.idle(page)
        page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
        if not (lines := findings(page, rules, within)):
            return
        assert time.monotonic() < late, "\n".join(lines)


def findings(page, rules=None, within=None):
    """Serious and critical violations as lines "rule: selector: what is wrong".

    rules: only these, else all. within: a selector, else the whole page. Contrast of words in an SVG, or where things
    lie over each other, axe-core leaves undecided.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(content=source())
    return page.evaluate(RUN, {"rules": rules, "within": within, "streamlits": STREAMLITS})
