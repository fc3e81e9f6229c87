"""A warning is not in a popover or expander, which may be closed, but on the page around it."""

import io

import pytest
from PIL import Image

from tests import apptest


def closed(block):
    """The warnings in popovers and expanders of a block of AppTest's tree."""
    for child in getattr(block, "children", {}).values():
        if getattr(child, "type", None) in ("popover", "expander"):
            yield from child.get("warning")
        else:
            yield from closed(child)


@pytest.mark.parametrize(
    ("page", "query", "label"),
    [
        ("training/toy_vae", {"vae": "own", "batch": "0"}, "Batch"),
        ("training/toy_gan", {"toy": "own", "steps": "1e9"}, "Steps"),
        ("training/toy_gan", {"toy": "own", "optimiser": "x"}, "Optimiser"),
        ("training/toy_flow", {"v1": "0"}, "Layer 1"),
        ("training/toy_flow", {"start": "x"}, "Begin with"),
        ("distances/jsd_wasserstein", {"curves": "networks", "batch": "1"}, "Batch"),
        ("explore/compare", {"count": "x"}, "Samples"),
        ("explore/compare", {"dim": "0"}, "Dimensions with a slider"),
        ("explore/live_chain", {"chain_from": "x"}, "Picture from"),
        ("images/classify", {"own_from": "x"}, "Picture from"),
    ],
)
def test_of_a_link(page, query, label):
    app = apptest.without_error(page, **query)
    for _ in range(2):  # a warning is repeated in the runs that follow soon
        assert [warning.value[: len(label)] for warning in app.warning] == [label]
        assert list(closed(app._tree)) == []
        app.run()


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("explore/interpolation", {"a_from": "own", "own_a_from": "upload", "model": "fashion_vae"}),
        ("explore/live_chain", {}),
        ("images/classify", {}),
    ],
)
def test_of_an_own_picture(page, query):
    app = apptest.opened(page, **query)
    blank = io.BytesIO()
    Image.new("L", (50, 50), 255).save(blank, "PNG")
    app.file_uploader[0].upload("blank.png", blank.getvalue(), "image/png").run()
    assert ["Nothing was found" in warning.value for warning in app.warning] == [True]
    assert list(closed(app._tree)) == []
