"""Features in batches, halves, and the floor that they give."""

import pytest
import torch

from evaluate.features import features, floor, halves, probabilities
from models.classifier import ConvClassifier


@pytest.fixture
def network():
    torch.manual_seed(0)
    return ConvClassifier().eval()


def pictures(n):
    return torch.randint(256, (n, 1, 28, 28), dtype=torch.uint8, generator=torch.Generator().manual_seed(1))


def test_batches_change_nothing_and_are_reported(network):
    images, seen = pictures(23), []
    table = features(network, images.numpy(), batch=10, progress=seen.append)
    assert seen == [10, 10, 3]
    with torch.no_grad():
        assert torch.allclose(table, network.features(images.float() / 255), atol=1e-5)
    found = probabilities(network, images, batch=7)
    assert torch.allclose(found.sum(1), torch.ones(23))
    assert torch.allclose(found, network.head(table).softmax(1), atol=1e-5)


def test_halves_are_disjoint_and_leave_at_most_one_row_out():
    table = torch.arange(11)[:, None]
    one, other = halves(table)
    assert len(one) == len(other) == 5
    assert len({*one.flatten().tolist(), *other.flatten().tolist()}) == 10


def test_the_floor_is_the_distance_of_the_halves():
    table = torch.arange(8.0)[:, None]

    def distance(x, y):
        return (x.mean() - y.mean()).abs().item()

    one, other = halves(table)
    assert floor(distance, table) == distance(one, other)
    assert floor(lambda x, y: float(len(x) + len(y)), table) == 8
