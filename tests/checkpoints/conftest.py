"""A separate registry for the tests of checkpoints."""

import pytest

import checkpoints


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that replaces that of all checkpoints."""
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    return tmp_path
