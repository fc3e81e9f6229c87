"""The VAE for a visitor's pictures: its shapes, and that it can start from the weights of a shipped network."""

import pytest
import torch

import checkpoints
from models.square_vae import SIDES, SquareVAE


@pytest.mark.parametrize("normed", [False, True])
@pytest.mark.parametrize("colours", [1, 3])
@pytest.mark.parametrize("side", SIDES)
def test_shapes(side, colours, normed):
    model = SquareVAE((colours, side, side), latent=5, channels=4, hidden=8, normed=normed).eval()
    x = torch.rand(3, colours, side, side)
    mean, log_var = model.encode(x)
    assert mean.shape == log_var.shape == (3, 5)
    picture = model.picture(mean)
    assert picture.shape == x.shape
    assert ((picture > 0) & (picture < 1)).all()
    assert torch.equal(picture, model.decode(mean))  # the mean itself, nothing is cut off


@pytest.mark.parametrize("shape", [(1, 30, 30), (2, 28, 28), (1, 28, 32)])
def test_unsupported_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="do not fit"):
        SquareVAE(shape)


def test_initial_weights_of_a_bernoulli_vae_give_its_pictures():
    shipped = checkpoints.load("mnist_vae")
    model = SquareVAE(latent=16, channels=16)
    model.load_state_dict(shipped.state_dict())
    z = torch.randn(4, 16, generator=torch.Generator().manual_seed(0))
    assert torch.equal(model.picture(z), shipped.picture(z))
