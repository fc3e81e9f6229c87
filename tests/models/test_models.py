"""Shapes and parameter counts from the specification, densities against torch.distributions, paths against geometry."""

import math

import pytest
import torch
from torch.distributions import Bernoulli, Independent, Normal, kl_divergence

from models.classifier import ConvClassifier, SpriteClassifier
from models.colour import ColourGAN, ColourVAE
from models.interpolation import lerp, slerp
from models.probability import (
    bernoulli_log_prob,
    gaussian_log_prob,
    kl_to_standard_normal,
    reparameterise,
    standard_normal_log_prob,
)
from models.ssgan import SSGAN
from models.vae import MLPVAE, ConvVAE, SpriteVAE, StridedConvVAE, elbo_terms, reconstruct


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)


# 784·200+200 + 200·40+40 + 20·200+200 + 200·784+784, counted by hand.
MLP_PARAMETERS = 157_000 + 8_040 + 4_200 + 157_584


@pytest.mark.parametrize(("cls", "latent"), [(MLPVAE, 20), (ConvVAE, 16), (StridedConvVAE, 128)])
def test_shapes(cls, latent):
    model, x = cls().eval(), torch.rand(3, 1, 28, 28)
    mean, log_var = model.encode(x)
    assert mean.shape == log_var.shape == (3, latent) == (3, model.latent)
    assert model.decode(mean).shape == x.shape == (3, *model.shape)
    picture = model.picture(5 * mean)
    assert 0 <= picture.min() <= picture.max() <= 1
    assert torch.equal(reconstruct(model, x), model.picture(mean))


def test_mlp_is_the_reports_network():
    assert sum(p.numel() for p in MLPVAE().parameters()) == MLP_PARAMETERS


def test_strided_conv_is_the_assignments_network():
    encoder = [tuple(p.shape) for n, p in StridedConvVAE().encoder.named_parameters() if p.ndim > 1]
    decoder = [tuple(p.shape) for n, p in StridedConvVAE().decoder.named_parameters() if p.ndim > 1]
    assert encoder == [(8, 1, 3, 3), (16, 8, 3, 3), (32, 16, 3, 3), (128, 288), (256, 128)]
    assert decoder == [(128, 128), (288, 128), (32, 16, 3, 3), (16, 8, 3, 3), (8, 1, 3, 3)]


def test_sprite_vae_is_the_papers_network():
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


def test_sprite_classifier_reads_four_factors_from_one_layer():
    model, x = SpriteClassifier(), torch.rand(2, 1, 64, 64)
    assert [logits.shape for logits in model.factors(x)] == [(2, 3), (2, 6), (2, 32), (2, 32)]
    assert model.features(x).shape == (2, 64)
    assert torch.equal(model(x), model.head(model.features(x)))


def test_classifier_shapes():
    model = ConvClassifier().eval()
    x = torch.rand(2, 1, 28, 28)
    assert model.features(x).shape == (2, 128)
    assert model(x).shape == (2, 10)
    colour = ConvClassifier(channels=(4, 8), shape=[3, 32, 32]).eval()
    assert colour.shape == (3, 32, 32)
    assert colour.features(torch.rand(2, 3, 32, 32)).shape == (2, 8)


def test_the_colour_models_share_one_generator():
    vae, gan, z = ColourVAE().eval(), ColourGAN().eval(), torch.randn(3, 100)
    gan.generator.load_state_dict(vae.decoder.state_dict())
    assert torch.equal(vae.picture(z), gan.picture(z))
    assert [c.shape for c in vae.encode(gan.picture(z))] == [(3, 100)] * 2
    assert gan.discriminate(gan.generate(z)).shape == (3,)
    assert not any(isinstance(layer, torch.nn.BatchNorm2d) for layer in gan.discriminator)


def test_a_quarter_in_unit_pixels_is_unit_variance_in_pixels_from_minus_one():
    vae, x, z = ColourVAE().eval(), torch.rand(2, 3, 32, 32), torch.randn(2, 100)
    wide = Independent(Normal(2 * vae.decode(z) - 1, 1.0), 3).log_prob(2 * x - 1)
    change = 3 * 32 * 32 * math.log(2)  # a density of numbers twice as wide is half as high in each dimension
    assert torch.allclose(vae.log_likelihood(x, z), wide + change, rtol=1e-5)


def test_kl_equals_torch_distributions():
    mean, log_var = torch.randn(4, 7), torch.randn(4, 7)
    expected = kl_divergence(Normal(mean, (0.5 * log_var).exp()), Normal(0.0, 1.0))
    assert torch.allclose(kl_to_standard_normal(mean, log_var), expected, atol=1e-6)


def test_kl_of_the_prior_is_zero_and_of_a_shift_is_half_its_square():
    assert kl_to_standard_normal(torch.zeros(1, 1), torch.zeros(1, 1)).item() == 0
    assert kl_to_standard_normal(torch.full((1, 1), 3.0), torch.zeros(1, 1)).item() == pytest.approx(4.5)


def test_log_probs_equal_torch_distributions():
    x, parameters = torch.rand(3, 1, 4, 4), torch.randn(3, 1, 4, 4)
    gaussian = Independent(Normal(parameters, 0.1), 3).log_prob(x)
    assert torch.allclose(gaussian_log_prob(parameters, x, 0.01), gaussian, rtol=1e-5)
    bits = (x > 0.5).float()
    bernoulli = Independent(Bernoulli(logits=parameters), 3).log_prob(bits)
    assert torch.allclose(bernoulli_log_prob(parameters, bits), bernoulli, rtol=1e-5)
    assert standard_normal_log_prob(torch.zeros(1, 3)).item() == pytest.approx(-1.5 * math.log(2 * math.pi))


def test_bernoulli_log_prob_survives_extreme_logits():
    logits = torch.tensor([[[[1e4, -1e4]]]])
    assert bernoulli_log_prob(logits, torch.tensor([[[[1.0, 0.0]]]])).item() == 0
    assert bernoulli_log_prob(logits, torch.tensor([[[[0.0, 1.0]]]])).item() == pytest.approx(-2e4)


def test_reparameterisation_has_the_right_moments_and_gradients():
    mean, log_var = torch.full((200_000, 1), 2.0), torch.full((200_000, 1), math.log(9.0), requires_grad=True)
    noise = torch.randn(200_000, 1)
    z = reparameterise(mean, log_var, noise)
    assert z.mean().item() == pytest.approx(2.0, abs=0.03)
    assert z.std().item() == pytest.approx(3.0, abs=0.03)
    z.sum().backward()  # dz/dlog σ² = σ·ε / 2
    assert torch.allclose(log_var.grad, 1.5 * noise, atol=1e-5)


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


def test_ssgan_has_the_assignments_networks():
    """Table 4 to 7 counted by hand at width 8: the generator, and the discriminator with half as many channels."""
    model, w, c = SSGAN(latent=6, width=8).eval(), 8, 4
    block = 2 * w + (9 * w * w + w) + 2 * w + (9 * w * w + w)
    expected = (6 + 1) * 16 * w + 2 * 16 * w + 3 * block + (9 * w + 1)
    assert sum(p.numel() for p in model.generator.parameters()) == expected
    same = 2 * (9 * c * c + c)
    expected = ((9 * c + c) + (9 * c * c + c) + (c + c)) + (same + c * c + c) + 2 * same + (c + 1) + (4 * c + 4)
    assert sum(p.numel() for p in model.discriminator.parameters()) == expected
    made = model.generate(torch.randn(5, 6))
    assert made.shape == (5, 1, 28, 28) == (5, *model.shape)
    assert model.discriminate(made).shape == (5,)
    assert model.rotation(made).shape == (5, 4)


def test_spectral_norm_holds_every_convolution_at_one():
    model = SSGAN(latent=6, width=8).train()
    for _ in range(50):  # each pass is one step of the power iteration
        model.discriminate(torch.randn(2, 1, 28, 28))
    weights = [m.weight for m in model.eval().discriminator.modules() if isinstance(m, torch.nn.Conv2d)]
    assert len(weights) == 10
    for weight in weights:
        assert torch.linalg.matrix_norm(weight.flatten(1), 2).item() == pytest.approx(1, abs=1e-3)
