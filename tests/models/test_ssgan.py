"""The networks of the self-supervised GAN from their specification, and spectral norm by singular values."""

import pytest
import torch

from models.ssgan import SSGAN


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)


def test_ssgan_has_the_specified_layers():
    """Parameters counted by hand at width 8: the generator, and the discriminator with half as many channels."""
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


def test_every_convolution_has_spectral_norm_one():
    model = SSGAN(latent=6, width=8).train()
    for _ in range(50):  # each pass is one step of the power iteration
        model.discriminate(torch.randn(2, 1, 28, 28))
    weights = [m.weight for m in model.eval().discriminator.modules() if isinstance(m, torch.nn.Conv2d)]
    assert len(weights) == 10
    for weight in weights:
        assert torch.linalg.matrix_norm(weight.flatten(1), 2).item() == pytest.approx(1, abs=1e-3)
