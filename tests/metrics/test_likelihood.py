"""log p(x) by importance sampling, against a linear-Gaussian model whose log p(x) is known."""

import math

import pytest
import torch
from torch import nn

from metrics import likelihood
from metrics.likelihood import bounds, importance_log_px, log_px, log_weights
from models.probability import gaussian_log_density, standard_normal_log_prob
from models.vae import VAE, PooledConvVAE

VARIANCE = 0.3


class LinearGaussian(VAE):
    """x = Wz + b + noise with orthogonal columns in W, so that p(z|x) factorises and an encoder can be exact.

    off: how far the encoder's mean is moved, and the factor of its variance.
    """

    def __init__(self, off=(0.0, 1.0)):
        super().__init__(3, (1, 2, 3), VARIANCE)
        generator = torch.Generator().manual_seed(0)
        columns, _ = torch.linalg.qr(torch.randn(6, 3, generator=generator))
        self.weights = columns * torch.tensor([0.5, 1.0, 2.0])
        self.bias = torch.randn(6, generator=generator)
        self.off = off

    def encode(self, x):
        precision = 1 + self.weights.square().sum(0) / VARIANCE
        mean = (x.flatten(1) - self.bias) @ self.weights / VARIANCE / precision
        log_var = -precision.log() + math.log(self.off[1])
        return mean + self.off[0], log_var.expand(mean.shape)

    def decode(self, z):
        return (z @ self.weights.T + self.bias).unflatten(1, self.shape)

    def exact(self, x):
        covariance = self.weights @ self.weights.T + VARIANCE * torch.eye(6)
        return torch.distributions.MultivariateNormal(self.bias, covariance).log_prob(x.flatten(1)).double()


X = torch.randn(25, 1, 2, 3, generator=torch.Generator().manual_seed(1))


def test_one_code_is_enough_with_the_exact_posterior():
    model = LinearGaussian()
    assert importance_log_px(model, X, 1).numpy() == pytest.approx(model.exact(X).numpy(), abs=2e-5)


def test_many_codes_come_close_with_another_posterior():
    model = LinearGaussian(off=(0.2, 1.5))
    few, many = importance_log_px(model, X, 1), importance_log_px(model, X, 4000)
    assert many.numpy() == pytest.approx(model.exact(X).numpy(), abs=0.06)
    assert few.mean() < model.exact(X).mean()  # one code gives the evidence lower bound on average


def test_chunks_and_shapes_do_not_matter(monkeypatch):
    monkeypatch.setattr(likelihood, "CODES", 40)
    model = PooledConvVAE().eval()
    x = (torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(2)) > 0.5).float()
    z = torch.randn(3, 90, 100, generator=torch.Generator().manual_seed(3))
    values = log_px(model, x.flatten(1), z)
    with torch.no_grad():
        mean, log_var = model.encode(x)
        weights = [
            model.log_likelihood(x, code) + standard_normal_log_prob(code) - gaussian_log_density(code, mean, log_var)
            for code in z.unbind(1)
        ]
    twin = torch.stack(weights).double().logsumexp(0) - math.log(90)
    assert values.tolist() == pytest.approx(twin.tolist(), abs=2e-3)


def test_codes_of_a_wrong_shape_are_refused():
    with pytest.raises(ValueError, match="K, 3"):
        log_px(LinearGaussian(), X, torch.zeros(25, 5, 4))


def test_the_linear_layers_are_the_convolutions_of_the_assignment():
    model = PooledConvVAE().eval()
    down, up = model.encoder[7], model.decoder[2]
    features, code = torch.randn(2, 64, 5, 5), torch.randn(2, 256)
    conv = nn.functional.conv2d(features, down.weight.view(256, 64, 5, 5), down.bias)
    assert torch.allclose(conv.flatten(1), down(features.flatten(1)), atol=1e-5)
    # Padding 4 around one pixel: output (i, j) sees it through weight (4 − i, 4 − j).
    weight = up.weight.view(64, 5, 5, 256).flip(1, 2).permute(0, 3, 1, 2)
    wide = nn.functional.conv2d(code[:, :, None, None], weight, padding=4)
    assert torch.allclose(wide.flatten(1) + up.bias, up(code), atol=1e-5)


def test_bounds_rise_with_k_to_the_exact_value():
    model = LinearGaussian(off=(0.3, 2.0))
    z = torch.randn(1, 4096, 3, generator=torch.Generator().manual_seed(4))
    mean, log_var = model.encode(X[:1])
    weights = log_weights(model, X[:1], mean + (0.5 * log_var).exp() * z)[0]
    values, deviations = bounds(weights, [1, 4, 16, 64, 256, 4096])
    assert values == sorted(values)
    assert values[-1] == pytest.approx(model.exact(X[:1]).item(), abs=0.05)
    assert values[0] == pytest.approx(weights.mean().item(), abs=1e-9)
    assert deviations[:5] == sorted(deviations[:5], reverse=True)
    assert math.isnan(deviations[-1])
