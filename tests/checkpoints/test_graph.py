"""Names in ONNX files are those that `onnx` reads; the tensors of layers match PyTorch's layers."""

import numpy as np
import pytest
import torch

import checkpoints
from checkpoints import graph, parts
from models import layers
from tests import unchecked

ANY = checkpoints.gallery("vae", "gan")
# Convolutions with batch norm, dense layers stored as float16, a GAN, residual blocks.
COMPARED = [
    ("kmnist_vae", "decoder", 1e-5),
    ("kmnist_vae", "encoder", 1e-5),
    ("fashion_vae", "decoder", 2e-3),
    ("emoji_dcgan", "decoder", 1e-4),
    ("mnist_ssgan", "decoder", 5e-3),
]


def with_outputs(content, names):
    """The file with inner tensors as further outputs, by the `onnx` library."""
    onnx = pytest.importorskip("onnx")
    network = onnx.load_from_string(content)
    network.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    return network.SerializeToString()


@pytest.mark.parametrize(("name", "part"), [("mnist_ssgan", "decoder"), ("mnist_vae", "encoder")])
def test_names_match_those_read_by_onnx(name, part):
    unchecked.onnx()
    import onnx

    content = parts.read(checkpoints.read(name), part)
    nodes = onnx.load_from_string(content).graph.node
    assert graph.outputs(content) == {node.name: node.output[0] for node in nodes if node.name}


@pytest.mark.parametrize("card", ANY, ids=lambda card: card.name)
def test_every_layer_of_a_checkpoint_has_a_tensor(card):
    model = checkpoints.load(card.name)
    for part in layers.PARTS:
        if layers.has(model, part):
            modules = [layer.module for layer in layers.layers(model, part)]
            assert len(set(graph.tensors(parts.read(card, part), modules))) == len(modules)


@pytest.mark.parametrize(("name", "part", "tolerance"), COMPARED)
def test_tensors_match_the_outputs_of_the_layers(name, part, tolerance):
    """Within `tolerance` of a layer's largest number: weights that are stored as float16 are rounded."""
    unchecked.onnx()
    import onnxruntime

    card, model = checkpoints.read(name), checkpoints.load(name)
    rows = layers.layers(model, part)
    tensors = graph.tensors(parts.read(card, part), [layer.module for layer in rows])
    torch.manual_seed(0)
    x = torch.randn(3, model.latent) if part == "decoder" else torch.rand(3, *model.shape) ** 4
    session = onnxruntime.InferenceSession(with_outputs(parts.read(card, part), tensors))
    with torch.no_grad():
        wanted = layers.activations(model, part, x)
    for got, output in zip(session.run(tensors, {session.get_inputs()[0].name: x.numpy()}), wanted, strict=True):
        assert np.abs(got.reshape(output.shape) - output.numpy()).max() < tolerance * output.abs().max()


@pytest.mark.parametrize("content", [b"", b"\x08", b"\x3a\xff", b"no network at all", bytes(100)])
def test_a_damaged_file_is_reported_in_one_sentence(content):
    with pytest.raises(checkpoints.CheckpointError, match="is not an ONNX file"):
        graph.outputs(content)


def test_a_module_without_an_output_is_reported_in_one_sentence():
    content = parts.read(checkpoints.read("mnist_vae"), "decoder")
    with pytest.raises(checkpoints.CheckpointError, match=r"has no output of /decoder/decoder\.99"):
        graph.tensors(content, ["decoder.99"])
