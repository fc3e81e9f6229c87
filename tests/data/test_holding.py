"""Train pictures that are held out for monitoring and for choices."""

import pytest
import torch

from data.splits import Split, Splits


def splits(count=50):
    images = torch.arange(count, dtype=torch.uint8).view(-1, 1, 1, 1)
    train, test = Split(images, images.flatten().long()), Split(images + 100, images.flatten().long())
    return Splits("toy", "made up", train, test)


def test_held_out_pictures_are_not_trained_on_and_none_is_lost():
    before, after = splits(), splits().holding(12)
    held, kept = (set(part.images.flatten().tolist()) for part in (after.valid, after.train))
    assert (len(after.valid), len(after.train)) == (12, 38)
    assert held | kept == set(before.train.images.flatten().tolist())
    assert torch.equal(after.valid.labels, after.valid.images.flatten().long())
    assert torch.equal(after.test.images, before.test.images)
    assert torch.equal(after.valid.images, splits().holding(12).valid.images)


def test_holding_out_an_impossible_number_is_refused():
    everything = splits().train
    for refused, count in ((Splits("toy", "", everything, everything), 5), (splits(), 50), (splits().holding(5), 5)):
        with pytest.raises(ValueError, match="cannot be held out"):
            refused.holding(count)
