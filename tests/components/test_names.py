"""What a screen reader can stop at has a name in a component's markup already, before the first data come."""

from html.parser import HTMLParser

import pytest

from tests.components.conftest import FOLDER

ROLES = ("application", "group", "img", "slider")


class Nameless(HTMLParser):
    def __init__(self):
        super().__init__()
        self.lines = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if given.get("role") in ROLES and not given.get("aria-label"):
            self.lines.append(self.getpos()[0])


@pytest.mark.parametrize("name", sorted(path.parent.name for path in FOLDER.glob("*/markup.html")))
def test_every_role_has_a_name(name):
    parser = Nameless()
    parser.feed((FOLDER / name / "markup.html").read_text())
    assert parser.lines == []
