"""Sets that are sorted by class: the first pictures do not represent all."""

from dataclasses import replace

import numpy as np
import pytest
import torch

import data
from data.splits import Split
from tests import unchecked

SORTED = {
    "binarized_mnist": ("test",),
    "emoji": ("train",),
    "dsprites": ("orientation0",),
    "rock_paper_scissors": ("train", "test"),
    "horses_or_humans": ("train", "test"),
}


def test_rows_of_a_sorted_split_are_in_random_order():
    labels = torch.arange(10).repeat_interleave(100)
    split = Split(labels.float().view(-1, 1, 1, 1), labels, sorted=True)
    for count, first in ((300, 300), (300, 40), (5000, 40)):
        rows = split.rows(count)
        assert len(set(rows.tolist())) == min(count, 1000)
        assert labels[rows[:first]].bincount(minlength=10).numpy() == pytest.approx(first / 10, abs=1.2 * first**0.5)
    some = split.some(300)
    assert torch.equal(some.images.flatten().long(), some.labels)
    assert torch.equal(some.labels, split.some(300).labels)
    assert not some.sorted


def test_rows_of_an_unsorted_split_are_the_first_ones():
    split = Split(torch.arange(20.0).view(-1, 1, 1, 1), torch.arange(20))
    assert split.some(7).labels.tolist() == list(range(7))
    assert split.some(70).labels.tolist() == list(range(20))


def test_rows_of_images_follow_the_same_rule():
    labels = np.arange(10).repeat(100)
    images = data.Images("emoji", "train", labels.astype(np.uint8).reshape(-1, 1, 1, 1), labels, (), "full", "Made up.")
    assert np.array_equal(images.rows(7), np.arange(7))
    assert np.array_equal(images.rows(7000), np.arange(1000))
    by_class = replace(images, sorted=True)
    assert np.array_equal(by_class.rows(7000), np.arange(1000))
    rows = by_class.rows(300)
    assert len(set(rows)) == 300
    assert np.bincount(labels[rows], minlength=10) == pytest.approx(30, abs=17)


@pytest.mark.parametrize("name", [name for name in data.names() if name != "street_digits"])
def test_sorted_splits_are_marked_as_sorted(name):
    """As many neighbours of one class as by chance, or almost all of them; without classes by their likeness."""
    there = [split for split in data.split_names(name) if data.available(name, split)]
    if not there:
        unchecked.without_full_data()
    for split in there:
        images = data.load(name, split)
        assert images.sorted == (split in SORTED.get(name, ()))
        if images.labels is None:
            pixels = images.images[:: max(1, len(images) // 1000)].reshape(-1, images.images[0].size).astype(np.float32)
            other = np.random.default_rng(0).permutation(pixels)
            near, far = (np.abs(np.diff(x, axis=0)).mean() for x in (pixels, other))
            assert (near < 0.95 * far) == images.sorted
        else:
            share = (np.diff(images.labels) == 0).mean()
            chance = np.square(np.bincount(images.labels) / len(images)).sum()
            assert share == pytest.approx(1 if images.sorted else chance, abs=0.06)


def test_a_sample_of_a_sorted_split_is_drawn_from_all_of_it(monkeypatch):
    full = data.Images(
        "emoji",
        "train",
        np.arange(3000).astype(np.uint16).view(np.uint8).reshape(3000, 2, 1, 1),
        None,
        (),
        "full",
        "Made up.",
        sorted=True,
    )
    monkeypatch.setattr(data, "load", lambda name, split: full)
    drawn = data.sample("emoji")
    numbers = drawn.images.reshape(1000, 2).view(np.uint16).ravel()
    assert np.array_equal(numbers, drawn.indices)
    assert len(set(numbers.tolist())) == 1000
    assert numbers[:100].mean() == pytest.approx(1500, abs=300)
    assert not drawn.sorted
    assert drawn.note == "1,000 random images of the 3,000 of the train split. Made up."
