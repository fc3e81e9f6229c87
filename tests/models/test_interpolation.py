"""Paths between codes against geometry: ends, lengths, the circle, and the straight line where there is none."""

import math

import pytest
import torch

from models.interpolation import lerp, slerp


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)


def test_lerp_and_slerp_keep_their_ends_and_their_lengths():
    a, b = torch.randn(16), 3 * torch.randn(16)
    t = torch.linspace(0, 1, 9)
    for path in (lerp(a, b, t), slerp(a, b, t)):
        assert torch.allclose(path[0], a, atol=1e-5)
        assert torch.allclose(path[-1], b, atol=1e-5)
    expected = (1 - t) * a.norm() + t * b.norm()
    assert torch.allclose(slerp(a, b, t).norm(dim=1), expected, rtol=1e-5)


def test_slerp_of_a_right_angle_is_the_circle():
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
