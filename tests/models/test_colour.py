"""The VAE and the GAN of colour pictures share one generator; the variance of the VAE's pixels."""

import math

import torch
from torch.distributions import Independent, Normal

from models.colour import ColourGAN, ColourVAE


def test_the_colour_models_share_one_generator():
    vae, gan, z = ColourVAE().eval(), ColourGAN().eval(), torch.randn(3, 100)
    gan.generator.load_state_dict(vae.decoder.state_dict())
    assert torch.equal(vae.picture(z), gan.picture(z))
    assert [c.shape for c in vae.encode(gan.picture(z))] == [(3, 100)] * 2
    assert gan.discriminate(gan.generate(z)).shape == (3,)
    assert not any(isinstance(layer, torch.nn.BatchNorm2d) for layer in gan.discriminator)


def test_deviation_one_half_in_unit_pixels_is_unit_variance_in_pixels_from_minus_one():
    vae, x, z = ColourVAE().eval(), torch.rand(2, 3, 32, 32), torch.randn(2, 100)
    wide = Independent(Normal(2 * vae.decode(z) - 1, 1.0), 3).log_prob(2 * x - 1)
    change = 3 * 32 * 32 * math.log(2)  # a density of numbers twice as wide is half as high in each dimension
    assert torch.allclose(vae.log_likelihood(x, z), wide + change, rtol=1e-5)
