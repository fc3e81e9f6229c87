"""Classifiers of small pictures: head(features(x)) gives logits; metrics compare pictures by their features."""

import math
from collections.abc import Sequence

import torch
from torch import nn
from torch.nn.utils import fuse_conv_bn_eval


class Classifier(nn.Module):
    """A body and a head: x (N, *shape) in [0, 1] -> logits (N, classes)."""

    body: nn.Sequential
    head: nn.Module

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """The head's input, (N, width), for pictures (N, *shape) in [0, 1]."""
        return self.body(x)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(x))


class ConvClassifier(Classifier):
    """For each number of channels a block of two 3×3 convolutions, BatchNorm and ReLU; global pooling, a linear layer.

    In the style of VGG (Simonyan & Zisserman 2015). Features: the pooled activations, (N, channels[-1]).
    """

    def __init__(
        self,
        classes: int = 10,
        channels: Sequence[int] = (32, 64, 128),
        dropout: float = 0.25,
        shape: Sequence[int] = (1, 28, 28),
    ):
        super().__init__()
        self.shape, self.classes = tuple(shape), classes
        layers, width = [], self.shape[0]
        for index, out in enumerate(channels):
            for _ in range(2):
                layers += [nn.Conv2d(width, out, 3, padding=1, bias=False), nn.BatchNorm2d(out), nn.ReLU()]
                width = out
            layers.append(nn.MaxPool2d(2) if index + 1 < len(channels) else nn.AdaptiveAvgPool2d(1))
        self.body = nn.Sequential(*layers, nn.Flatten())
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(width, classes))

    @torch.no_grad()
    def folded(self) -> nn.Sequential:
        """A copy that computes the `features` of eval mode, equal up to rounding, in half the time.

        Every BatchNorm is folded into the convolution before it, and maps are channels-last, which is faster on a CPU.
        Later changes to the weights do not reach the copy.
        """
        layers = []
        for layer in self.body:
            if isinstance(layer, nn.BatchNorm2d):
                layers[-1] = fuse_conv_bn_eval(layers[-1], layer)
            else:
                layers.append(layer)
        return nn.Sequential(*layers).to(memory_format=torch.channels_last)


class SpriteClassifier(Classifier):
    """Classifies the factors of a dSprites picture by three strided convolutions without pooling, which keep positions.

    x (N, 1, 64, 64) in [0, 1] -> logits (N, 3) of the shape; `factors(x)` gives the logits of shape, scale, x and y,
    whose numbers of classes are `sizes`. Features: the hidden layer, (N, hidden), each with variance 1.
    """

    def __init__(self, channels: Sequence[int] = (16, 32, 32), hidden: int = 64, sizes: Sequence[int] = (3, 6, 32, 32)):
        super().__init__()
        self.shape, self.sizes, self.classes = (1, 64, 64), tuple(sizes), sizes[0]
        layers, width = [], 1
        for out in channels:
            layers += [nn.Conv2d(width, out, 4, 2, 1), nn.ReLU()]  # 32×32, 16×16, 8×8
            width = out
        # Unit variance, so that the scale of distances between features does not depend on the training.
        scaled = nn.BatchNorm1d(hidden, affine=False)
        self.body = nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * width, hidden), nn.ReLU(), scaled)
        self.head = nn.Linear(hidden, sizes[0])
        self.others = nn.Linear(hidden, sum(sizes[1:]))

    def factors(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Logits of every factor: (N, classes) each."""
        features = self.features(x)
        return torch.cat([self.head(features), self.others(features)], 1).split(self.sizes, 1)


class MLPClassifier(Classifier):
    """Linear layers with ReLU on the pixels, and a head. Features: the last hidden layer, (N, hidden[-1])."""

    half_precision = True  # stored as float16

    def __init__(
        self, classes: int = 3, hidden: Sequence[int] = (32, 64, 128), shape: Sequence[int] = (3, 28, 28)
    ) -> None:
        super().__init__()
        self.shape, self.classes = tuple(shape), classes
        layers, width = [nn.Flatten()], math.prod(self.shape)
        for out in hidden:
            layers += [nn.Linear(width, out), nn.ReLU()]
            width = out
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(width, classes)


class PoolingClassifier(Classifier):
    """For each number of channels a 3×3 convolution, BatchNorm, ReLU and 2×2 max pooling; a wide hidden layer, a head.

    Pictures have at least 2 ** len(channels) pixels a side. Features: the hidden layer, (N, hidden), which holds almost
    all weights: 128 · (H / 16) · (W / 16) · 1000.
    """

    half_precision = True

    def __init__(
        self,
        classes: int = 3,
        channels: Sequence[int] = (16, 32, 64, 128),
        hidden: int = 1000,
        shape: Sequence[int] = (3, 28, 28),
    ) -> None:
        super().__init__()
        self.shape, self.classes = tuple(shape), classes
        layers, (width, height, across) = [], self.shape
        for out in channels:
            # "Same" padding; the convolution keeps its bias, as Keras' and torch's layers do, though BatchNorm
            # subtracts it again.
            layers += [nn.Conv2d(width, out, 3, padding=1), nn.BatchNorm2d(out), nn.ReLU(), nn.MaxPool2d(2)]
            width, height, across = out, height // 2, across // 2
        self.body = nn.Sequential(*layers, nn.Flatten(), nn.Linear(width * height * across, hidden), nn.ReLU())
        self.head = nn.Linear(hidden, classes)


class FeatureHead(nn.Module):
    """A linear layer on the features of a backbone that was trained on other pictures and is not stored with this head.

    backbone: its name in evaluate/pretrained.py. side: pixels of the squares to which its input is enlarged.
    x (N, width) features -> logits (N, outputs). shape: (C, H, W) of a picture.
    """

    half_precision = False

    def __init__(
        self, backbone: str, width: int, outputs: int = 3, shape: Sequence[int] = (3, 28, 28), side: int = 224
    ) -> None:
        super().__init__()
        self.backbone, self.width, self.outputs, self.side = backbone, width, outputs, side
        self.shape = tuple(shape)
        # Every feature gets mean 0 and variance 1 over the train pictures, so that one learning rate suits them all.
        self.scaled = nn.BatchNorm1d(width, affine=False)
        self.head = nn.Linear(width, outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.scaled(x))
