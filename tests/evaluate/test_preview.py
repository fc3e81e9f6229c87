"""The preview of a generator: its shapes, its pictures, and the order of its dimensions."""

import pytest
import torch

from evaluate import preview
from models.gan import DCGAN, MLPGAN, PixelShuffleGAN


@pytest.mark.parametrize("build", [lambda: MLPGAN(latent=8, widths=(16, 32)), lambda: DCGAN(8, 4), PixelShuffleGAN])
def test_atlas_of_a_generator(build):
    torch.manual_seed(0)
    model = build().eval()
    made = preview.of_generator(model, codes=120)
    shape = model.shape
    assert made["prior"].shape == (100, *shape)
    assert made["codes"].shape == (120, model.latent)
    with torch.no_grad():
        decoded = (model.picture(torch.from_numpy(made["codes"][3:4])) * 255).round().to(torch.uint8).numpy()[0]
    assert abs(decoded.astype(int) - made["prior"][3]).max() <= 1
    assert (made["effect"][made["order"]][:-1] >= made["effect"][made["order"]][1:]).all()
    assert made["components"] @ made["components"].T == pytest.approx(torch.eye(2).numpy(), abs=1e-5)
    assert made["sheet"].reshape(-1, *shape).shape[0] == min(16, model.latent) * preview.STEPS
