"""The parts that browsers run: each file matches its card and gives the outputs of PyTorch."""

import functools
import sys

import numpy as np
import pytest

import checkpoints
from checkpoints import parts
from evaluate import export
from models.vae import MLPVAE
from tests import unchecked
from tests.toy_card import toy_card
from tests.toy_training import RECIPES as TOYS
from train import cli

CARDS = checkpoints.gallery()
STORED = [pytest.param(card, name, id=f"{card.name}-{name}") for card in CARDS for name in card.parts]
ARGUMENTS = {"latent": 3, "hidden": 200, "shape": [1, 4, 4]}
LARGEST = {"float16": 1 / 255, "float32": 1e-4}  # a grey level; rounding errors in the units of logits and means


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    return tmp_path


@pytest.fixture
def toy(folder):
    checkpoints.save(MLPVAE(**ARGUMENTS), toy_card(arguments=ARGUMENTS))
    return folder


@pytest.fixture
def without_onnx(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnx", None)


load = functools.cache(checkpoints.load)


def large(card):
    """Whether the weights, as they are stored, are more than a part may have."""
    return checkpoints.path(card.name, ".safetensors").stat().st_size > export.MOST


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_network_has_exported_parts(card):
    lacking = export.parts_of(load(card.name)).keys() - card.parts.keys()
    assert not lacking or (large(card) and lacking == {"classifier"})
    stored = {file.name for file in checkpoints.FOLDER.glob(f"{card.name}.*.onnx")}
    assert stored == {f"{card.name}.{name}.onnx" for name in card.parts}


def test_families_have_the_parts_that_pages_use():
    for card in CARDS:
        assert ("decoder" in card.parts) == card.generates
        assert ("encoder" in card.parts) == card.encodes
        assert ("classifier" in card.parts) == (card.kind.classifies and not large(card))
        assert {"locator", "informed"} <= card.parts.keys() or card.family != "denoiser"


@pytest.mark.parametrize(("card", "name"), STORED)
def test_a_part_matches_its_card_and_the_outputs_of_pytorch(card, name):
    content, facts, part = parts.read(card, name), card.parts[name], export.PARTS[name]
    assert len(content) == facts["bytes"]
    unchecked.onnx()
    inputs = export.draw(part, load(card.name), 64, seed=2)
    expected, got = export.reference(part, load(card.name), inputs), export.ran(content, inputs)
    assert [array.shape for array in got] == [array.shape for array in expected]
    assert export.difference(got, expected) < LARGEST[facts["storage"]]
    assert facts["difference"] < LARGEST[facts["storage"]]
    if part.picture:
        grey = [np.round(255 * arrays[0]) for arrays in (got, expected)]
        assert np.abs(grey[0] - grey[1]).max() <= 1


@pytest.mark.parametrize("place", [0, 1])
def test_a_nan_in_any_output_is_an_infinite_difference(place):
    sound = [np.zeros((2, 3), np.float32), np.ones((2, 5), np.float32)]
    broken = [array.copy() for array in sound]
    broken[place][1, 2] = np.nan
    assert export.difference(broken, sound) == np.inf
    assert export.difference(sound, sound) == 0


def test_pictures_are_stored_in_half_precision_and_computed_in_float32(toy):
    onnx = unchecked.onnx()
    facts = export.write("toy").parts
    assert {name: part["storage"] for name, part in facts.items()} == {"decoder": "float16", "encoder": "float32"}
    graph = onnx.load_from_string(parts.read(checkpoints.read("toy"), "decoder")).graph
    halves = {tensor.name for tensor in graph.initializer if tensor.data_type == onnx.TensorProto.FLOAT16}
    casts = {node.input[0] for node in graph.node if node.op_type == "Cast"}
    assert halves <= casts
    assert halves


def test_float32_is_kept_if_float16_would_change_a_grey_level(toy):
    """Weights of a hundred times the size: what float16 rounds off moves the sigmoid."""
    unchecked.onnx()
    model = checkpoints.load("toy")
    for layer in model.decoder:
        if hasattr(layer, "weight"):
            layer.weight.data *= 100
    checkpoints.save(model, checkpoints.read("toy"))
    assert export.write("toy").parts["decoder"]["storage"] == "float32"


def test_one_changed_byte_is_detected(toy):
    unchecked.onnx()
    card = export.write("toy")
    file = toy / "toy.decoder.onnx"
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)
    with pytest.raises(checkpoints.CheckpointError, match="not the one that its card describes"):
        parts.read(card, "decoder")
    file.unlink()
    with pytest.raises(checkpoints.CheckpointError, match="is missing"):
        parts.read(card, "decoder")
    with pytest.raises(checkpoints.CheckpointError, match="no part “rotation”"):
        parts.read(card, "rotation")


def test_new_weights_have_no_parts_until_they_are_exported(toy):
    unchecked.onnx()
    card = export.write("toy")
    assert set(card.parts) == {"decoder", "encoder"}
    assert checkpoints.save(checkpoints.load("toy"), card).parts == {}
    assert checkpoints.read("toy").parts == {}


def test_a_training_exports_the_parts(folder, tmp_path, capsys):
    unchecked.onnx()
    cli.main(TOYS, ["toy", "--runs", str(tmp_path), "--device", "cpu"])
    assert "toy decoder: 0.0" in capsys.readouterr().out
    assert set(checkpoints.read("toy").parts) == {"decoder", "encoder"}


def test_a_missing_onnx_package_is_reported_in_one_sentence(folder, tmp_path, capsys, without_onnx):
    cli.main(TOYS, ["toy", "--runs", str(tmp_path), "--device", "cpu"])
    assert "pip install -r requirements-export.txt, then python -m evaluate.export toy" in capsys.readouterr().out
    assert checkpoints.read("toy").parts == {}
