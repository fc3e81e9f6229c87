"""The line that says how long a picture took: its place is free before there is one."""

import pytest

from tests import slow
from tests.components import (
    explorer,
    test_chain,
    test_classify,
    test_denoiser,
    test_inside,
    test_live_pictures,
    test_turning,
)
from tests.components.conftest import FOLDER

DATA = {
    "chain": test_chain.data,
    "classify": test_classify.data,
    "denoiser": test_denoiser.data,
    "explorer": explorer.data,
    "inside": test_inside.data,
    "live_pictures": test_live_pictures.moved,
    "turning": test_turning.data,
}
# The height without words and with them, in one task of the page: pictures that are decoded later make it grow, too.
HEIGHTS = """(badge) => {
  const height = () => badge.getRootNode().querySelector("section").getBoundingClientRect().height, empty = height();
  badge.textContent = "drag 24 ms";
  return [empty, height()];
}"""


@pytest.mark.parametrize("name", slow.all_but(["turning"], DATA))
@pytest.mark.parametrize("width", slow.all_but([1000], [390, 1000]))
def test_nothing_moves_when_it_appears(mounted, name, width):
    page = mounted(name, DATA[name](), viewport={"width": width, "height": 900}).page
    badge = page.locator(".badge")
    assert badge.text_content() == ""
    empty, written = badge.evaluate(HEIGHTS)
    assert written == empty > 0


def test_every_component_that_measures_is_among_them():
    measuring = {file.parent.name for file in FOLDER.glob("*/*.js") if "new Latency(" in file.read_text()}
    rows = {"reconstructor", "scatter"}  # the line is in a row that is always there
    assert measuring == set(DATA) | rows
