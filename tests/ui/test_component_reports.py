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
