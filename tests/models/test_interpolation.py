"""Paths between codes against geometry: ends, lengths, the circle, and the straight line where there is none."""

import math

import pytest
import torch

from models.interpolation import along, lerp, shares, slerp


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)


def test_lerp_and_slerp_have_the_right_ends_and_lengths():
    a, b = torch.randn(16), 3 * torch.randn(16)
    t = torch.linspace(0, 1, 9)
    for path in (lerp(a, b, t), slerp(a, b, t)):
        assert torch.allclose(path[0], a, atol=1e-5)
        assert torch.allclose(path[-1], b, atol=1e-5)
    expected = (1 - t) * a.norm() + t * b.norm()
    assert torch.allclose(slerp(a, b, t).norm(dim=1), expected, rtol=1e-5)


def test_slerp_of_a_right_angle_follows_the_circle():
    a, b = torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0])
    t = torch.linspace(0, 1, 5)
    circle = torch.stack([torch.cos(t * math.pi / 2), torch.sin(t * math.pi / 2)], 1)
    assert torch.allclose(slerp(a, b, t), circle, atol=1e-6)


@pytest.mark.parametrize("b", [torch.zeros(2), torch.tensor([2.0, 0.0]), torch.tensor([-1.0, 0.0])])
def test_slerp_without_an_angle_is_the_straight_line(b):
    a, t = torch.tensor([1.0, 0.0]), torch.linspace(0, 1, 5)
    assert torch.equal(slerp(a, b, t), lerp(a, b, t))


@pytest.mark.parametrize("latent", [3, 20, 128])
def test_opposite_codes_in_single_precision_have_no_great_circle(latent):
    """The cosine of their float32 units is not quite −1."""
    for _ in range(20):
        a, t = torch.randn(latent), torch.linspace(0, 1, 5)
        assert torch.equal(slerp(a, -a, t), lerp(a, -a, t))


def test_a_polyline_is_followed_at_constant_speed_through_its_points():
    corner = torch.tensor([[0.0, 0.0], [3.0, 0.0], [3.0, 1.0]])
    assert shares(corner).tolist() == [0, 0.75, 1]
    on_it = along(corner, torch.tensor([0.0, 0.25, 0.75, 0.875, 1.0]))
    assert on_it.tolist() == [[0, 0], [1, 0], [3, 0], [3, 0.5], [3, 1]]
    two = torch.randn(2, 16)
    t = torch.linspace(0, 1, 9)
    assert torch.allclose(along(two, t), lerp(*two, t), atol=1e-6)


def test_a_polyline_of_length_zero_is_constant_and_points_can_repeat():
    still = torch.ones(3, 2)
    assert torch.equal(along(still, torch.tensor([0.0, 0.3, 1.0])), still)
    twice = torch.tensor([[0.0], [1.0], [1.0], [2.0]])
    assert along(twice, torch.tensor([0.25, 0.5, 1.0])).flatten().tolist() == [0.5, 1, 2]
