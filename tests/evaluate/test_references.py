"""Which real pictures a model is compared with, including after a download."""

import numpy as np
import pytest

import data
from evaluate import references


def images(split, count, source="full"):
    pictures = np.arange(count, dtype=np.uint8).reshape(-1, 1, 1, 1)
    return data.Images("toy", split, pictures, None, (), source, "")


@pytest.fixture
def here(monkeypatch):
    """The splits of a set that are on this machine; a test adds some."""
    found = {"test": images("test", 5)}

    def load(name, split):
        if split not in found:
            raise data.DataError("missing")
        return found[split]

    monkeypatch.setattr(data, "split_names", lambda name: ("train", "test"))
    monkeypatch.setattr(data, "state", lambda name, split: "full" if split in found else None)
    monkeypatch.setattr(data, "available", lambda name, split: split in found)
    monkeypatch.setattr(data, "load", load)
    references._pictures.cache_clear()
    references._others.cache_clear()
    yield found
    references._pictures.cache_clear()
    references._others.cache_clear()


def test_other_real_pictures_are_used_once_downloaded(here):
    assert references.others("toy", 3) is None
    here["train"] = images("train", 20)
    assert len(references.others("toy", 3)) == 3
