"""Small convolutional classifiers of small pictures; their hidden layer is a feature space for metrics."""

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
