"""Small convolutional classifiers of small pictures; their hidden layer is a feature space for metrics."""

import torch
from torch import nn


class ConvClassifier(nn.Module):
    """Three blocks of two 3×3 convolutions, BatchNorm and ReLU; pooled to features; a linear layer of logits.

    x (N, *shape) in [0, 1] -> logits (N, classes). `features(x)` returns the pooled activations (N, channels[-1]).
    """

    def __init__(self, classes=10, channels=(32, 64, 128), dropout=0.25, shape=(1, 28, 28)):
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

    def features(self, x):
        return self.body(x)

    def forward(self, x):
        return self.head(self.features(x))


class SpriteClassifier(nn.Module):
    """Reads the factors of a dSprites picture: three strided convolutions, not pooled, so that features know the place.

    x (N, 1, 64, 64) in [0, 1] -> logits (N, 3) of the shape; `factors(x)` gives those of shape, scale, x and y.
    `features(x)` returns the hidden layer (N, hidden) from which all of them are read.
    """

    def __init__(self, channels=(16, 32, 32), hidden=64, sizes=(3, 6, 32, 32)):
        super().__init__()
        self.shape, self.sizes, self.classes = (1, 64, 64), tuple(sizes), sizes[0]
        layers, width = [], 1
        for out in channels:
            layers += [nn.Conv2d(width, out, 4, 2, 1), nn.ReLU()]  # 32×32, 16×16, 8×8
            width = out
        # Features of variance 1, so that a distance between them has a scale that does not depend on the training.
        scaled = nn.BatchNorm1d(hidden, affine=False)
        self.body = nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * width, hidden), nn.ReLU(), scaled)
        self.head = nn.Linear(hidden, sizes[0])
        self.others = nn.Linear(hidden, sum(sizes[1:]))

    def features(self, x):
        return self.body(x)

    def forward(self, x):
        return self.head(self.features(x))

    def factors(self, x):
        """Logits of every factor: a tuple of (N, classes)."""
        seen = self.features(x)
        return torch.cat([self.head(seen), self.others(seen)], 1).split(self.sizes, 1)
