"""Reports of live components, as Streamlit calls back for them."""

import streamlit as st

from ui import components


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


def test_a_report_of_a_page_that_was_left_is_dropped(monkeypatch):
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
