"""Features in batches, halves of tables, and the floor computed from them."""

import math

import numpy as np
import pytest
import torch

from evaluate.features import draws_of, features, floor, halves, probabilities
from models.classifier import ConvClassifier


@pytest.fixture
def network():
    torch.manual_seed(0)
    return ConvClassifier().eval()


def pictures(n):
    return torch.randint(256, (n, 1, 28, 28), dtype=torch.uint8, generator=torch.Generator().manual_seed(1))


def test_batches_do_not_change_features_and_are_reported(network):
    images, seen = pictures(23), []
    table = features(network, images.numpy(), batch=10, progress=seen.append)
    assert seen == [10, 10, 3]
    with torch.no_grad():
        assert torch.allclose(table, network.features(images.float() / 255), atol=1e-5)
    found = probabilities(network, images, batch=7)
    assert torch.allclose(found.sum(1), torch.ones(23))
    assert torch.allclose(found, network.head(table).softmax(1), atol=1e-5)


def test_halves_are_disjoint_and_omit_at_most_one_row():
    table = torch.arange(11)[:, None]
    one, other = halves(table)
    assert len(one) == len(other) == 5
    assert len({*one.flatten().tolist(), *other.flatten().tolist()}) == 10


def test_the_floor_is_the_distance_between_the_halves():
    table = torch.arange(8.0)[:, None]

    def distance(x, y):
        return (x.mean() - y.mean()).abs().item()

    one, other = halves(table)
    value, spread = floor(distance, table)
    assert (value, math.isnan(spread)) == (distance(one, other), True)
    each = [distance(*halves(table, seed)) for seed in range(6)]
    assert floor(distance, table, 6) == pytest.approx((np.mean(each), np.std(each, ddof=1)))
    assert floor(lambda x, y: float(len(x) + len(y)), table)[0] == 8


def test_draws_from_a_large_table_are_disjoint_and_from_a_small_one_corrected():
    parts, correction = draws_of(torch.arange(100)[:, None], 5)
    assert (len(parts), correction) == (20, 1.0)
    assert len(set(torch.cat(parts).flatten().tolist())) == 100
    parts, correction = draws_of(torch.arange(100)[:, None], 50)
    assert [len(set(part.flatten().tolist())) for part in parts] == [50] * 20
    assert correction == pytest.approx(2**0.5)
    with pytest.raises(ValueError, match="more than 100"):
        draws_of(torch.arange(100)[:, None], 100)


def test_the_corrected_spread_of_draws_equals_that_of_new_samples():
    """Means of 60 numbers of deviation 1 have a deviation of 1/√60, even if each draw is half of a table."""
    generator, spreads = torch.Generator().manual_seed(0), []
    for k in range(40):
        parts, correction = draws_of(torch.randn(120, 1, generator=generator), 60, draws=40, seed=k)
        spreads.append(correction * torch.tensor([part.mean() for part in parts]).std().item())
    assert np.mean(spreads) == pytest.approx(60**-0.5, rel=0.05)
