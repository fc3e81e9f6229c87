"""The objective of flow matching against its minimiser in closed form."""

import pytest
import torch
from torch import nn

from models.flow import Flow
from tests.toy_training import RECIPES
from train.flow_matching import FlowRecipe, flow_matching, path


class Constant(Flow):
    """One velocity for each class and one for any."""

    def __init__(self):
        super().__init__((1, 1, 1), classes=2)
        self.values = nn.Parameter(torch.zeros(3))

    def velocity(self, x, t, label):
        return self.values[label].view(-1, 1, 1, 1).expand_as(x)


def test_a_path_is_straight_from_noise_to_picture():
    z, x = torch.randn(3, 1, 2, 2), torch.randn(3, 1, 2, 2)
    assert torch.equal(path(z, x, torch.zeros(3)), z)
    assert torch.equal(path(z, x, torch.ones(3)), x)
    assert torch.allclose(path(z, x, torch.full((3,), 0.25)), 0.75 * z + 0.25 * x)


def test_the_gradient_is_zero_at_the_mean_velocity_of_each_class():
    torch.manual_seed(0)
    model = Constant()
    with torch.no_grad():
        model.values.copy_(torch.tensor([-1.0, 1.0, 0.0]))  # 2x − 1 of x = 0 and 1, and their mean
    x, y = torch.tensor([0.0, 1.0]).repeat(50_000).view(-1, 1, 1, 1), torch.tensor([0, 1]).repeat(50_000)
    still = FlowRecipe.of(RECIPES[0], learning_rate=0.0)
    step, state = flow_matching(model, still, steps=1)
    loss = step(x, y)["loss"]
    assert loss.item() == pytest.approx(1 + 0.2, abs=0.02)  # variances of noise, and of the classes where any is asked
    assert model.values.grad.abs().max() < 0.01
    assert set(state) == {"optimiser", "schedule", "average"}
