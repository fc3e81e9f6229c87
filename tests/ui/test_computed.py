"""Caches of model outputs are emptied together."""

import functools

import pytest
import streamlit as st

from ui import computed


@pytest.mark.parametrize("cache", [st.cache_data, st.cache_resource, functools.lru_cache(4)])
def test_cached_results_are_recomputed(cache, monkeypatch):
    monkeypatch.setattr(computed, "_emptied", [])
    asked = []
    double = computed.by_models(cache(lambda number: asked.append(number) or 2 * number))
    assert [double(2), double(2), asked] == [4, 4, [2]]
    computed.forget()
    assert [double(2), asked] == [4, [2, 2]]
