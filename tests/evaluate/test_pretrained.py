"""Pretrained backbones: where weights come from, what is refused, and that head and backbone work end to end.

Weights are random here but where a test says that it takes the published ones. torchvision is imported by the tests
that need it: it takes two seconds, which every worker would pay for.
"""

import dataclasses
import functools
import hashlib
import pickle

import numpy as np
import pytest
import torch
from sklearn.datasets import load_sample_image

import checkpoints
from checkpoints import parts
from evaluate import export, pretrained
from evaluate.pretrained import Backbone, PretrainedError
from models.classifier import FeatureHead
from models.efficientnet import EfficientNetLite0
from tests import unchecked
from tests.toy_card import toy_card

NAMES = tuple(pretrained.SOURCES)


@pytest.fixture(autouse=True)
def places(monkeypatch, tmp_path):
    """A machine without weights: torch.hub's cache is a folder of its own."""
    for name in NAMES:
        monkeypatch.delenv(f"LATENT_LAB_{name.upper()}", raising=False)
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path / "hub"))
    return tmp_path


@pytest.fixture
def without_package(monkeypatch):
    monkeypatch.setattr(pretrained.importlib.util, "find_spec", lambda name: None)


def random_weights(name):
    """Weights of the right names and shapes, and random numbers, in a new dictionary."""
    return dict(_random_weights(name))


@functools.cache
def _random_weights(name):
    import torchvision

    torch.manual_seed(0)
    network = EfficientNetLite0() if name == "efficientnet_lite0" else torchvision.models.resnet50(weights=None)
    return network.state_dict()


def published(monkeypatch, name, file, content):
    """Let bytes be the published weights of a network in a named file."""
    file.write_bytes(content)
    source = pretrained.SOURCES[name]
    digest = hashlib.sha256(content).hexdigest()
    monkeypatch.setitem(pretrained.SOURCES, name, dataclasses.replace(source, sha256=digest))
    monkeypatch.setenv(f"LATENT_LAB_{name.upper()}", str(file))


@pytest.mark.parametrize("name", NAMES)
def test_features_of_random_weights(name):
    backbone = Backbone(name, random_weights(name), side=40)
    x = torch.rand(2, 3, 28, 28)
    features = backbone.features(x)
    assert features.shape == (2, pretrained.SOURCES[name].width)
    assert not features.requires_grad
    assert torch.allclose(backbone.features(x[1:]), features[1:], atol=1e-4), "no picture changes another's features"
    grey = x[:, :1]
    assert torch.equal(backbone.features(grey), backbone.features(grey.expand(-1, 3, -1, -1)))


@pytest.mark.parametrize("name", NAMES)
def test_inputs_are_resized_and_normalised(name):
    backbone = Backbone(name, random_weights(name), side=32)
    source = pretrained.SOURCES[name]
    white = backbone.normalised(torch.ones(1, 1, 9, 9))
    assert white.shape == (1, 3, 32, 32)
    expected = [(1 - mean) / deviation for mean, deviation in zip(source.mean, source.deviation, strict=True)]
    assert white.mean((0, 2, 3)).tolist() == pytest.approx(expected, abs=1e-5)
    x = torch.rand(1, 3, 32, 32)
    assert torch.allclose(backbone.normalised(x), (x - backbone.mean) / backbone.deviation), "no resizing"


def test_resnet_is_normalised_as_torchvision_does_it():
    import torchvision

    transform = torchvision.models.ResNet50_Weights.IMAGENET1K_V2.transforms()
    source = pretrained.SOURCES["resnet50"]
    assert (list(source.mean), list(source.deviation)) == (transform.mean, transform.std)
    url = torchvision.models.ResNet50_Weights.IMAGENET1K_V2.url
    assert url.endswith(f"resnet50-{source.sha256}.pth")


@pytest.mark.parametrize("name", NAMES)
def test_missing_weights_are_reported_in_one_sentence(name, without_package, monkeypatch):
    import torchvision

    def offline(*_, **__):
        raise OSError("no network")

    monkeypatch.setattr(torchvision.models.ResNet50_Weights.IMAGENET1K_V2.__class__, "get_state_dict", offline)
    assert pretrained.find(name) is None
    with pytest.raises(PretrainedError) as error:
        pretrained.weights(name)
    text = str(error.value)
    assert pretrained.SOURCES[name].title in text
    assert text.endswith(".")
    assert "requirements-pretrained.txt" in text or "no network" in text


@pytest.mark.parametrize("name", NAMES)
def test_other_files_are_never_opened(name, monkeypatch, tmp_path):
    file = tmp_path / "evil.pth"
    file.write_bytes(pickle.dumps(print))
    monkeypatch.setenv(f"LATENT_LAB_{name.upper()}", str(file))
    monkeypatch.setattr(torch, "load", lambda *_, **__: pytest.fail("opened"))
    with pytest.raises(PretrainedError, match="sha256 differs"):
        pretrained.weights(name)
    monkeypatch.setenv(f"LATENT_LAB_{name.upper()}", str(tmp_path / "nowhere.pth"))
    with pytest.raises(PretrainedError, match="There is no file"):
        pretrained.weights(name)


def test_a_weights_file_cannot_run_code(monkeypatch, tmp_path):
    published(monkeypatch, "resnet50", tmp_path / "w.pth", pickle.dumps(print))
    with pytest.raises(Exception, match=r"weights_only|Weights only|magic"):
        pretrained.weights("resnet50")


@pytest.mark.parametrize("name", NAMES)
def test_weights_of_a_wrong_shape_are_refused(name):
    state = random_weights(name)
    state[next(iter(state))] = torch.zeros(1)
    with pytest.raises(PretrainedError, match="do not fit"):
        Backbone(name, state)


def test_unknown_networks_are_refused():
    with pytest.raises(PretrainedError, match="no pretrained network vgg; there are efficientnet_lite0, resnet50"):
        pretrained.find("vgg")


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_head_finds_its_backbone(name, monkeypatch, tmp_path):
    """From pictures to classes, with random weights in the place of the published ones."""
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    state = random_weights(name)
    torch.save(state, tmp_path / "random.pth")
    published(monkeypatch, name, tmp_path / "random.pth", (tmp_path / "random.pth").read_bytes())
    arguments = {"backbone": name, "width": pretrained.SOURCES[name].width, "outputs": 3, "side": 32}
    head = FeatureHead(**arguments).eval()
    fields = {"family": "pretrained", "model": "models.classifier.FeatureHead", "arguments": arguments}
    checkpoints.save(head, toy_card(**fields, latent=None, shape=(3, 28, 28)))
    assert pretrained.find(name)
    whole, x = pretrained.load("toy"), torch.rand(2, 3, 28, 28)
    assert not whole.training
    assert torch.equal(whole(x), head(Backbone(name, state, 32).features(x)))
    stored = (tmp_path / "toy.safetensors").stat().st_size
    assert stored < 5 * 4 * (3 + 2) * arguments["width"], "the backbone is not stored with its head"
    assert export.parts_of(checkpoints.load("toy")) == {}
    assert parts.file("toy", "classifier").exists() is False
    monkeypatch.delenv(f"LATENT_LAB_{name.upper()}")
    monkeypatch.setattr(pretrained.importlib.util, "find_spec", lambda _: None)
    assert not pretrained.find(name)


def test_only_heads_have_a_backbone():
    with pytest.raises(PretrainedError, match="stands on no pretrained network"):
        pretrained.load("mnist_classifier")


def test_the_published_weights_classify_two_photographs():
    """Two photographs of scikit-learn; the classes of ImageNet by their numbers."""
    if pretrained.find("efficientnet_lite0") is None:
        pytest.skip(unchecked.PRETRAINED)
    backbone = Backbone("efficientnet_lite0", pretrained.weights("efficientnet_lite0"))
    for name, number in (("flower.jpg", 985), ("china.jpg", 698)):  # daisy, palace
        photograph = torch.from_numpy(np.array(load_sample_image(name))).permute(2, 0, 1)[None] / 255
        photograph = photograph[..., 107:534]  # the middle square
        with torch.no_grad():
            logits = backbone.network(backbone.normalised(photograph))
        assert logits.argmax(1).item() == number
