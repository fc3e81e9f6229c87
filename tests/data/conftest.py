"""For the tests of data: an empty data root."""

import pytest


@pytest.fixture
def root(tmp_path, monkeypatch):
    """An empty data root."""
    monkeypatch.setenv("LATENT_LAB_DATA", str(tmp_path))
    return tmp_path
