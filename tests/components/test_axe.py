"""axe-core looks into the shadow roots of live components, as tests/browser/test_accessibility.py expects of it."""

from tests.browser import axe
from tests.components import samples


def test_violations_in_a_shadow_root_are_named(mounted):
    page = mounted("elbo", samples.elbo_numbers()).page
    before = axe.findings(page, within="div")
    page.locator(".climb").evaluate("(button) => button.replaceChildren()")
    # Not a name of a curve: for axe-core the curves, also where they are clipped, lie over what is next to them.
    page.locator(".handles span").first.evaluate("(words) => (words.style = 'color: #888; background: #999')")
    found = axe.findings(page, within="div")
    assert before == []
    assert [line.partition(":")[0] for line in found] == ["button-name", "color-contrast"]
    assert [".climb" in found[0], "label" in found[1]] == [True, True]
