"""The package's own functions: where the data root is, what it holds, and one sentence for what is missing."""

from pathlib import Path

import numpy as np
import pytest

import data
from tests import unchecked

DRAWN = "dsprites", "street_digits"  # by our own code: always there, and tested in files of their own


def test_the_default_root_is_the_cache_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("LATENT_LAB_DATA", raising=False)
    for platform, variable in (("linux", "XDG_CACHE_HOME"), ("win32", "LOCALAPPDATA")):
        monkeypatch.setattr("sys.platform", platform)
        monkeypatch.setenv(variable, str(tmp_path))
        assert data.root() == tmp_path / "latent-lab"
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert data.root() == Path.home() / ".cache" / "latent-lab"


@pytest.mark.parametrize("name", [name for name in data.names() if name not in DRAWN])
def test_a_missing_set_is_reported_with_the_way_to_get_it(root, name):
    for split in data.split_names(name):
        assert not data.available(name, split)
        way = "joypixels.com/download" if name == "emoji" else f"run `python -m data {name}` to download them"
        with pytest.raises(data.DataError, match=way) as error:
            data.load(name, split)
        assert str(root) in str(error.value)
    assert not data.available(name)


def test_unknown_names_and_splits_are_refused(root):
    with pytest.raises(data.DataError, match='no data set "cifar"; there are mnist, fashion_mnist'):
        data.load("cifar")
    with pytest.raises(data.DataError, match='no data set "cifar"'):
        data.sample("cifar")
    with pytest.raises(data.DataError, match='mnist has no split "valid"; it has train, test'):
        data.available("mnist", "valid")


def test_a_missing_data_folder_is_reported(root, monkeypatch):
    monkeypatch.setenv("LATENT_LAB_DATA", str(root / "nowhere"))
    with pytest.raises(data.DataError, match="are missing"):
        data.load("mnist")
    assert not (root / "nowhere").exists()


@pytest.mark.parametrize("name", [name for name in data.names() if name not in DRAWN])
def test_sets_in_the_data_folder_can_be_read(name):
    there = [split for split in data.split_names(name) if data.available(name, split)]
    if not there:
        unchecked.without_full_data()
    split = there[-1]
    found = data.load(name, split)
    assert found.images.ndim == 4
    assert found.images.dtype == np.uint8
    assert found.images.shape[1] in (1, 3)
    assert found.images.min() < 50
    assert found.images.max() > 200
    assert found.images.flags.writeable
    assert found.labels is None or (
        found.labels.shape == (len(found),) and found.labels.max() == len(found.classes) - 1
    )
    assert (found.source == "partial") == ("partial" in found.note)
    assert 0 < len(data.sample(name)) <= 1_000
