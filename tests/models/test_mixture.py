"""The mixture of Gaussians: u selects the component, and parts of other shapes are refused."""

import numpy as np
import pytest
import torch

from models.mixture import Mixture

WEIGHTS = np.array([0.3, 0.7])
MEANS = np.array([[-3.0, 1.0], [2.0, 0.0]])
FACTORS = np.array([[[1.0, 0.0], [0.5, 0.4]], [[0.3, 0.0], [-0.2, 0.6]]])


def test_u_selects_the_component():
    codes = Mixture(WEIGHTS, MEANS, FACTORS).sample(torch.zeros(4, 2), torch.tensor([0.0, 0.29, 0.31, 0.999]))
    assert codes.numpy() == pytest.approx(MEANS[[0, 0, 1, 1]])


def test_inconsistent_parts_are_refused():
    with pytest.raises(ValueError, match="need weights"):
        Mixture(WEIGHTS, MEANS, FACTORS[:1])
