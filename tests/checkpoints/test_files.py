"""Files that several processes write at once."""

import os

import pytest

from checkpoints import files


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_file_that_two_processes_rewrite_is_whole_and_neither_fails(tmp_path, monkeypatch, moment):
    """The second process writes the file while the first one is at `moment`: the first one ends later, so it wins."""
    file, original = tmp_path / "toy.json", getattr(os, moment)

    def interrupted(*arguments):
        monkeypatch.setattr(os, moment, original)
        files.rewrite(file, b"of the second process")
        assert file.read_bytes() == b"of the second process"
        return original(*arguments)

    monkeypatch.setattr(os, moment, interrupted)
    files.rewrite(file, b"of the first")
    assert file.read_bytes() == b"of the first"
    assert list(tmp_path.iterdir()) == [file]
