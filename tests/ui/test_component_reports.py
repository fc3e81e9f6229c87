"""Reports of live components, as Streamlit calls back for them."""

import importlib

import numpy as np
import pytest
import streamlit as st

from ui import components
from ui.components import pick_pictures


def callbacks(monkeypatch, received):
    """What a mounted component gives Streamlit to call, {"moved_change": function}."""
    given = {}
    monkeypatch.setattr(components.v2, "component", lambda *_, **__: lambda **options: given.update(options))
    mount = components.component(components.Path(components.__file__).parent / "elbo")
    mount("knob", {}, on_moved=received.append)
    return given


def test_a_report_reaches_the_page(monkeypatch):
    received = []
    given = callbacks(monkeypatch, received)
    monkeypatch.setattr(st, "session_state", {given["key"]: {"moved": 3}})
    given["on_moved_change"]()
    assert received == [3]


def test_a_report_from_a_previous_page_is_ignored(monkeypatch):
    received = []
    given = callbacks(monkeypatch, received)
    monkeypatch.setattr(st, "session_state", {})
    given["on_moved_change"]()
    assert received == []


def test_data_are_numbered_whenever_they_change(monkeypatch):
    state, sent = {}, []
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(components.v2, "component", lambda *_, **__: lambda **options: sent.append(options["data"]))
    mount = components.component(components.Path(components.__file__).parent / "elbo")
    for data in ({"a": 1}, {"a": 1}, {"a": 2}, {"a": 1}):
        mount("knob", data)
    mount("other", {"a": 1})
    assert [data["order"]["number"] for data in sent] == [0, 0, 1, 2, 0]
    assert sent[0] == sent[1]
    state.clear()  # another visit
    mount("knob", {"a": 1})
    assert sent[-1]["order"]["session"] != sent[0]["order"]["session"]


@pytest.fixture
def picking(monkeypatch):
    """(data of every run, a run of a page with pictures to pick and what is picked)"""
    sent, given, picked = [], {}, []
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(
        components.v2,
        "component",
        lambda *_, **__: lambda **options: (given.update(options), sent.append(options["data"])),
    )
    importlib.reload(pick_pictures)
    slots, pictures = [pick_pictures.Slot("from", "from", "−", 9)], np.zeros((3, 1, 2, 2), np.uint8)

    def run(report=None):
        if report is not None:
            st.session_state[given["key"]] = {"picked": report}
            given["on_picked_change"]()
        pick_pictures.pick_pictures(
            "pictures",
            pictures,
            [0, 1, 2],
            ["a", "b", "c"],
            slots,
            {"from": picked},
            label="",
            valid=lambda number: number < 3,
            on_picked=lambda given: picked.__setitem__(slice(None), given["from"]),
        )

    yield sent, run
    monkeypatch.undo()
    importlib.reload(pick_pictures)


def test_pictures_to_pick_name_the_click_they_answer(picking):
    """So that an answer to an older click reverts nothing: see lib/mount.js."""
    sent, run = picking
    run()
    for number, numbers in ((1, [2]), (2, [2, 0])):
        run({"number": number, "value": {"from": numbers}})
    answers = [data["answers"] for data in sent]
    assert [(answer["of"], answer["number"]) for answer in answers] == [(["picked"], number) for number in (0, 1, 2)]
    assert [data["chosen"] for data in sent] == [{"from": []}, {"from": [2]}, {"from": [2, 0]}]


@pytest.mark.parametrize("report", [None, 3, {"to": [1]}, ["from"], {"from": 1}, {"from": [3]}, {"from": [True]}])
def test_invalid_reports_pick_nothing(picking, report):
    sent, run = picking
    run()
    run({"number": 1, "value": report})
    assert sent[-1]["chosen"] == {"from": []}
