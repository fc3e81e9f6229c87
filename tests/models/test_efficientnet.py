"""EfficientNet-Lite0: its number of weights, its padding, and its shapes."""

import pytest
import torch
import torch.nn.functional as F

from models.efficientnet import EfficientNetLite0, SameConv


def test_the_number_of_weights_is_that_of_the_paper():
    """4.652 million, as https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite has them."""
    assert sum(p.numel() for p in EfficientNetLite0().parameters()) == 4_652_008


@pytest.mark.parametrize("kernel", [3, 5])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("side", [7, 8])
def test_padding_matches_tensorflow(kernel, stride, side):
    """Output side = ⌈side / stride⌉; of an odd number of padded pixels the larger part is at the right and below."""
    torch.manual_seed(0)
    layer, x = SameConv(2, 3, kernel, stride), torch.randn(1, 2, side, side)
    out = -(-side // stride)
    total = max((out - 1) * stride + kernel - side, 0)
    padded = torch.zeros(1, 2, side + total, side + total)
    padded[:, :, total // 2 : total // 2 + side, total // 2 : total // 2 + side] = x
    assert torch.allclose(layer(x), F.conv2d(padded, layer.weight, layer.bias, stride), atol=1e-6)
    assert layer(x).shape[2:] == (out, out)


def test_shapes_for_any_side():
    model = EfficientNetLite0().eval()
    for side in (32, 65):
        x = torch.rand(1, 3, side, side)
        assert model.features(x).shape == (1, 1280)
        assert model(x).shape == (1, 1000)
    inner = model.body[:-1](torch.rand(1, 3, 65, 65))
    assert inner.shape == (1, 1280, 3, 3)
