"""Browser and server of the explorer: the contents of answers, and forged reports."""

import base64
import io

import numpy as np
import pytest
import streamlit as st
from PIL import Image

import checkpoints
from ui import networks
from ui.explore import pictures, session
from ui.explore.codes import STEPS
from ui.explore.position import Position

CARD = checkpoints.read("fashion_vae")  # more dimensions than one group
LATENT = CARD.latent


@pytest.fixture
def visit():
    """A visit whose network is loaded and whose first request for the rest was answered."""
    networks.warm().join()
    visit = session.ExplorerSession(Position.at_first(CARD))
    visit.on_rest({"asked": 1, "have": None})
    answer(visit)
    return visit


def answer(visit):
    return visit.message(pictures.official(visit.position))


def test_the_first_message_has_the_recorded_sheet_and_plane_and_no_map():
    message = answer(session.ExplorerSession(Position.at_first(CARD)))
    assert message["waking"]
    assert message["sheet"]
    assert message["plane"]["map"] is None
    assert message["plane"]["recorded"].startswith("data:image/webp;base64,")


def test_a_sheet_recorded_as_pixels_is_shown(monkeypatch):
    """For models that were added before sheets were recorded as WebP."""
    position = Position.at_first(CARD)
    tiled = np.random.default_rng(0).integers(0, 256, (2, len(STEPS), *CARD.shape), np.uint8)
    recorded = {**networks.preview(CARD), "sheet": tiled.reshape(2 * len(STEPS), -1)}
    monkeypatch.setattr(networks, "preview", lambda card: recorded)
    shown = pictures.sheet(position, loading=True)
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(shown.partition(",")[2]))))
    height, width = CARD.shape[1:]
    assert np.array_equal(picture[height:, :width], tiled[1, 0, 0])
    assert picture.shape == (2 * height, len(STEPS) * width)


def test_releasing_a_slider_sends_the_picture_and_the_rest_on_request(visit):
    visit.on_code({"serial": 7, "code": [0.5] * LATENT})
    first = answer(visit)
    assert first["serial"] == 7
    assert first["code"] == [0.5] * LATENT
    assert (first["sheet"], first["plane"]["map"], first["plane"]["recorded"]) == (None, None, None)
    visit.on_rest({"asked": 2, "have": "another sheet"})
    second = answer(visit)
    assert second["asked"] == 2
    assert second["sheet"]
    assert second["plane"]["map"]
    assert second["sheet_name"] == first["sheet_name"]
    third = answer(visit)  # the page ran again, for another reason
    assert third["sheet"] == second["sheet"]


def test_a_sheet_is_not_sent_twice(visit):
    name = answer(visit)["sheet_name"]
    visit.on_rest({"asked": 2, "have": name})
    assert answer(visit)["sheet"] is None


def test_moving_within_the_plane_keeps_its_map(visit):
    visit.on_rest({"asked": 2, "have": None})
    before = answer(visit)["plane"]["map"]
    view = visit.position.plane
    visit.go(visit.position.code + view.scale @ view.vectors, "moved in the plane")
    assert answer(visit)["plane"]["map"] == before
    visit.position.choose_axes(["3", "p2"])
    assert answer(visit)["plane"]["map"] is None


def test_the_recorded_plane_spans_the_principal_components():
    visit = session.ExplorerSession(Position.at_first(CARD))
    visit.position.choose_axes(["3", "p2"])
    assert answer(visit)["plane"]["recorded"] is None
    visit.position.choose_axes(["p1", visit.position.axes[1]])
    assert answer(visit)["plane"]["recorded"]


@pytest.mark.parametrize("code", [None, "x", [0.0], [float("nan")] * LATENT, [1e9] * LATENT])
def test_a_forged_code_is_ignored(visit, code):
    before = visit.position.code.copy()
    visit.on_code({"serial": 9, "code": code})
    assert visit.report == 0
    assert np.array_equal(visit.position.code, before)


@pytest.mark.parametrize(
    "report",
    [{}, {"number": "7"}, {"number": -1}, {"number": 10**9}, {"basis": "x", "dims": 99, "axes": ["1"]}]
    + [{"axes": axes} for axes in (["1", "999"], ["p1", "-1"], ["x", {}], [None, 1e9], ["1" * 9, "2"])]
    + [{"basis": [], "dims": []}, {"basis": {}, "dims": {}, "strip": None}],
    ids=str,
)
def test_other_forged_reports_change_nothing(visit, report):
    before = visit.position.code.copy()
    visit.on_snap(report)
    visit.on_view(report)
    visit.on_rest(report)
    assert np.array_equal(visit.position.code, before)
    assert (visit.position.basis_name, visit.position.group, visit.image_page) == ("dims", 1, 0)
    assert not visit.unanswered


def test_choices_are_in_the_link(visit):
    visit.on_view({"dims": 2})
    visit.on_view({"axes": ["3", "p2"]})
    assert visit.position.group == 2
    assert st.query_params["dims"] == "2"
    assert st.query_params["plane"].startswith("3.")
    visit.on_view({"basis": "features", "strip": 4})
    assert (visit.position.group, visit.image_page) == (1, 4)
    assert "dims" not in st.query_params


def test_a_browser_that_runs_the_network_does_not_wait_for_the_server(visit, monkeypatch):
    monkeypatch.setattr(session.ExplorerSession, "loading", True)
    visit.on_rest({"asked": 2, "have": None, "live": True})
    message = answer(visit)
    assert (message["asked"], message["waking"], message["sheet"]) == (2, False, None)
    visit.on_rest({"asked": 3, "have": None})  # the network failed there: the server's pictures are needed
    assert answer(visit)["waking"]


def test_a_walk_drops_the_original_picture(visit):
    visit.snap(3)
    visit.on_code({"serial": 8, "code": [0.25] * LATENT})
    assert (visit.position.origin, visit.position.original) == ("Set by hand", 3)
    visit.on_code({"serial": 9, "code": [0.5] * LATENT, "walk": True})
    assert (visit.position.origin, visit.position.original) == ("Where a walk stopped", None)
    assert np.array_equal(visit.position.code, np.full(LATENT, 0.5, np.float32))
