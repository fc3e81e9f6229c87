"""EfficientNet-Lite0: inverted residual blocks without squeeze-and-excitation, ReLU6 (Tan & Le 2019; Liu 2020)."""

import torch
import torch.nn.functional as F
from torch import nn

# For each stage: blocks, kernel, stride of the first block, expansion, channels.
STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
STEM, WIDTH, CLASSES = 32, 1280, 1000
EPSILON = 1e-3  # BatchNorm's, as in TensorFlow's network


class SameConv(nn.Conv2d):
    """A convolution with TensorFlow's "SAME" padding, which puts an odd pixel at the bottom and right.

    (N, C, H, W) -> (N, outputs, H/stride, W/stride), rounded up.
    """

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        edges = []
        for size, kernel, stride in zip(input.shape[:1:-1], self.kernel_size[::-1], self.stride[::-1], strict=True):
            needed = max((-(-size // stride) - 1) * stride + kernel - size, 0)
            edges += [needed // 2, needed - needed // 2]  # left, right, top, bottom
        return F.conv2d(F.pad(input, edges), self.weight, self.bias, self.stride, groups=self.groups)


def layer(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> list[nn.Module]:
    """A convolution without bias and its BatchNorm."""
    convolution = SameConv(inputs, outputs, kernel, stride, groups=groups, bias=False)
    return [convolution, nn.BatchNorm2d(outputs, eps=EPSILON)]


class Block(nn.Module):
    """1×1 to `expansion` times the channels, a depthwise convolution, 1×1 back; plus the input if the shapes are equal.
    (N, inputs, H, W) -> (N, outputs, H/stride, W/stride), rounded up."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = inputs * expansion
        expand = [*layer(inputs, wide, 1), nn.ReLU6()] if expansion > 1 else []
        alone = [*layer(wide, wide, kernel, stride, groups=wide), nn.ReLU6()]
        self.body = nn.Sequential(*expand, *alone, *layer(wide, outputs, 1))
        self.added = stride == 1 and inputs == outputs

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.body(x) if self.added else self.body(x)


class EfficientNetLite0(nn.Module):
    """x (N, 3, H, W) as (grey level − 127) / 128 -> logits (N, 1000) of ImageNet's classes; trained on 224×224."""

    def __init__(self) -> None:
        super().__init__()
        blocks, width = [], STEM
        for count, kernel, stride, expansion, outputs in STAGES:
            for index in range(count):
                blocks.append(Block(width, outputs, kernel, stride if index == 0 else 1, expansion))
                width = outputs
        self.body = nn.Sequential(
            *layer(3, STEM, 3, 2), nn.ReLU6(), *blocks, *layer(width, WIDTH, 1), nn.ReLU6(), nn.AdaptiveAvgPool2d(1)
        )
        self.head = nn.Linear(WIDTH, CLASSES)

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """Pooled activations (N, 1280) before the last layer."""
        return self.body(x).flatten(1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(x))
