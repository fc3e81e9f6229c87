"""Shapes and parameter counts of the VAEs from their specifications, and the ELBO against a closed form."""

import math

import pytest
import torch
from torch import nn
from torch.distributions import Normal

from models.vae import MLPVAE, ConvVAE, PooledConvVAE, SpriteVAE, StridedConvVAE, elbo_terms, reconstruct


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)


@pytest.mark.parametrize(("cls", "latent"), [(MLPVAE, 20), (ConvVAE, 16), (StridedConvVAE, 128)])
def test_shapes(cls, latent):
    model, x = cls().eval(), torch.rand(3, 1, 28, 28)
    mean, log_var = model.encode(x)
    assert mean.shape == log_var.shape == (3, latent) == (3, model.latent)
    assert model.decode(mean).shape == x.shape == (3, *model.shape)
    picture = model.picture(5 * mean)
    assert 0 <= picture.min() <= picture.max() <= 1
    assert torch.equal(reconstruct(model, x), model.picture(mean))


def test_mlp_has_the_specified_parameters():
    """784→200→40 and 20→200→784, counted by hand."""
    expected = (784 * 200 + 200) + (200 * 40 + 40) + (20 * 200 + 200) + (200 * 784 + 784)
    assert sum(p.numel() for p in MLPVAE().parameters()) == expected


def test_strided_conv_has_the_specified_layers():
    encoder = [tuple(p.shape) for n, p in StridedConvVAE().encoder.named_parameters() if p.ndim > 1]
    decoder = [tuple(p.shape) for n, p in StridedConvVAE().decoder.named_parameters() if p.ndim > 1]
    assert encoder == [(8, 1, 3, 3), (16, 8, 3, 3), (32, 16, 3, 3), (128, 288), (256, 128)]
    assert decoder == [(128, 128), (288, 128), (32, 16, 3, 3), (16, 8, 3, 3), (8, 1, 3, 3)]


def test_the_sprite_vae_is_the_network_of_the_paper():
    """Table 6 of Shao et al. 2020; its two layers 256→10 are one of 20 numbers."""
    model = SpriteVAE()
    shapes = {part: [tuple(p.shape) for p in getattr(model, part).parameters()] for part in ("encoder", "decoder")}
    assert shapes["encoder"][::2] == [
        (32, 1, 4, 4),
        (32, 32, 4, 4),
        (64, 32, 4, 4),
        (64, 64, 4, 4),
        (256, 64, 4, 4),
        (20, 256),
    ]
    assert shapes["decoder"][::2] == [
        (256, 10),
        (256, 64, 4, 4),
        (64, 64, 4, 4),
        (64, 32, 4, 4),
        (32, 32, 4, 4),
        (32, 1, 4, 4),
    ]
    mean, log_var = model.encode(torch.rand(3, 1, 64, 64))
    assert mean.shape == log_var.shape == (3, 10)
    assert model.decode(mean).shape == (3, 1, 64, 64)


def test_sprite_vae_starts_kaiming_normal_without_biases():
    model = SpriteVAE()
    assert not any(p.any() for p in model.parameters() if p.ndim == 1)
    for layer, inputs in ((model.encoder[8], 64 * 16), (model.encoder[11], 256)):
        assert layer.weight.std().item() == pytest.approx((2 / inputs) ** 0.5, rel=0.05)


def test_elbo_of_a_linear_gaussian_model_is_exact_at_the_true_posterior():
    """z ~ N(0, 1), x | z ~ N(z, v): with q = p(z|x), log p(x|z) − log q/p has the same value for every z: log p(x)."""

    class Linear(MLPVAE):
        def encode(self, x):
            x = x.flatten(1)
            return x / (1 + self.variance), torch.full_like(x, math.log(self.variance / (1 + self.variance)))

        def decode(self, z):
            return z[:, :, None, None]

    model = Linear(latent=1, shape=(1, 1, 1), variance=0.5)
    x = torch.tensor([[[[0.7]]]]).expand(400_000, 1, 1, 1)
    log_likelihood, kl = elbo_terms(model, x, torch.randn(400_000, 1))
    evidence = Normal(0.0, math.sqrt(1.5)).log_prob(torch.tensor(0.7)).item()
    assert (log_likelihood.mean() - kl.sum(1).mean()).item() == pytest.approx(evidence, abs=3e-3)


def test_the_decoder_with_tied_biases_equals_transposed_convolutions():
    """Layer by layer as in the assignment: the same function, and the same number of parameters."""
    torch.manual_seed(0)
    model = PooledConvVAE(latent=6, tied=True)
    written = nn.Sequential(
        nn.Linear(6, 256),
        nn.ELU(),
        nn.Unflatten(1, (256, 1, 1)),
        nn.Conv2d(256, 64, 5, padding=4),
        nn.ELU(),
        nn.UpsamplingBilinear2d(scale_factor=2),
        nn.Conv2d(64, 32, 3, padding=2),
        nn.ELU(),
        nn.UpsamplingBilinear2d(scale_factor=2),
        nn.Conv2d(32, 16, 3, padding=2),
        nn.ELU(),
        nn.Conv2d(16, 1, 3, padding=2),
    )
    for layer in (0, 6, 9, 11):
        written[layer].load_state_dict(model.decoder[layer].state_dict())
    with torch.no_grad():
        # On one pixel a convolution of padding 4 puts its kernel down, turned by half a turn.
        weight = model.decoder[2].weight.view(64, 5, 5, 256).permute(0, 3, 1, 2)
        written[3].weight.copy_(weight.flip(2, 3))
        written[3].bias.copy_(model.decoder[2].bias)
    z = torch.randn(5, 6)
    assert torch.allclose(model.decode(z), written(z), atol=1e-5)
    count = [sum(p.numel() for p in network.parameters()) for network in (model.decoder, written)]
    assert count[0] == count[1]
    untied = PooledConvVAE(latent=6)
    assert sum(p.numel() for p in untied.decoder.parameters()) == count[0] + 1536
