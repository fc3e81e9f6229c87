"""For the tests of checkpoints: a registry of their own."""

import pytest

import checkpoints


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder in place of that of all checkpoints."""
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    return tmp_path
