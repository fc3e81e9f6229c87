"""ONNX files that a browser runs: python -m evaluate.export NAME [NAME …], or --all.

    decoder      z (N, latent)                            -> picture (N, C, H, W) in [0, 1], as drawn while dragging
    encoder      x (N, C, H, W) in [0, 1]                 -> mean, log_var (N, latent)
    classifier   x                                        -> logits (N, classes), features (N, width)
    rotation     x                                        -> logits (N, 4) of the four quarter turns
    locator      noisy (N, 1, 28, 28)                     -> logits (N, 441) of the places of the noise
    informed     noisy, place (N,) int32                  -> picture, for a known place
    velocity     x (N, C, H, W), t (N,), label (N,) int32 -> velocity (N, C, H, W), see lib/flow.js

For an unknown place, the denoiser's answer is a sum over places, computed from the outputs of `locator` and `informed`
(ui/components/denoiser/answers.js), so that the restorer's weights, by far the most, are stored only once.

A checkpoint gets the parts for which its network has methods, except parts larger than MOST. N is free; opset 17, by
torch's TorchScript exporter, which needs only `onnx`. `onnxruntime` runs every file before it is stored, and the card
holds the largest difference.
"""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import torch
from torch import nn
from torch.nn.utils import parametrize

import checkpoints
from checkpoints import Card, parts
from checkpoints.parts import Exported
from evaluate import command

OPSET = 17
INPUTS = 64  # number of inputs in a comparison with PyTorch
LARGE = 256  # smaller arrays are not worth storing in half precision
GREY_LEVEL = 1 / 255
MOST = 8 * 2**20  # bytes of a part: browsers would have to wait for larger ones, which therefore run on the server

MISSING = (
    "The parts for browsers were not written, since onnx and onnxruntime are not installed: the app shows stored "
    "pictures of this model. Next: pip install -r requirements-export.txt, then python -m evaluate.export {name}"
)


class Function(nn.Module):
    """A function of a network as a module, which the exporter needs.

    Inputs and outputs are those of the part (see PARTS), each (N, …) for N pictures or codes.
    """

    def __init__(self, model: nn.Module, function: Callable):
        super().__init__()
        self.model, self.function = model, function

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, ...]:
        return self.function(self.model, *inputs)


@dataclass(frozen=True)
class Part:
    """method: of networks that have this part. inputs: {name: kind}, see `draw`. picture: whether the output is a
    picture, so that half-precision weights suffice if they change no pixel by more than a grey level."""

    method: str
    function: Callable
    inputs: dict[str, str]
    outputs: tuple[str, ...]
    picture: bool = False


PARTS = {
    "decoder": Part("picture", lambda model, z: model.sketch(z), {"z": "code"}, ("picture",), picture=True),
    "encoder": Part("encode", lambda model, x: model.encode(x), {"x": "picture"}, ("mean", "log_var")),
    "classifier": Part("features", lambda model, x: _classified(model, x), {"x": "picture"}, ("logits", "features")),
    "rotation": Part("rotation", lambda model, x: model.rotation(2 * x - 1), {"x": "picture"}, ("logits",)),
    "locator": Part("locate", lambda model, noisy: model.locate(noisy), {"noisy": "picture"}, ("logits",)),
    "informed": Part(
        "restore",
        lambda model, noisy, place: model(noisy, place.long()),
        {"noisy": "picture", "place": "place"},
        ("picture",),
        picture=True,
    ),
    "velocity": Part(
        "velocity",
        lambda model, x, t, label: model.velocity(x, t, label.long()),
        {"x": "noise", "t": "time", "label": "class"},
        ("velocity",),
    ),
}


def _classified(model, x):
    features = model.features(x)
    return model.head(features), features


def parts_of(model: nn.Module) -> dict[str, Part]:
    """The parts {name: Part} of a network of pictures in eval mode; {} for a network of points in the plane."""
    if len(getattr(model, "shape", ())) != 3:
        return {}
    return {name: part for name, part in PARTS.items() if callable(getattr(model, part.method, None))}


def draw(part: Part, model: Any, count: int = INPUTS, seed: int = 0) -> dict[str, torch.Tensor]:
    """`count` random inputs of a part by name: codes from the prior (N, latent), mostly dark pictures (N, *shape) in
    [0, 1], places of a patch (N,); for a flow noise (N, *shape), times in [0, 1) and classes (N,)."""
    generator = torch.Generator().manual_seed(seed)
    drawn = {
        "code": lambda: torch.randn(count, model.latent, generator=generator),
        "picture": lambda: torch.rand(count, *model.shape, generator=generator) ** 4,
        "noise": lambda: torch.randn(count, *model.shape, generator=generator),
        "time": lambda: torch.rand(count, generator=generator),
        "class": lambda: torch.randint(model.classes + 1, (count,), generator=generator, dtype=torch.int32),
        "place": lambda: torch.randint(441, (count,), generator=generator, dtype=torch.int32),
    }
    return {name: drawn[kind]() for name, kind in part.inputs.items()}


def reference(part: Part, model: nn.Module, inputs: dict[str, torch.Tensor]) -> list[np.ndarray]:
    """PyTorch's outputs (N, …) of a part, in the order of `part.outputs`, for inputs (N, …) from `draw`."""
    with torch.inference_mode():
        outputs = part.function(model, *inputs.values())
    return [output.numpy() for output in (outputs if isinstance(outputs, tuple) else (outputs,))]


def ran(content: bytes, inputs: dict[str, torch.Tensor]) -> list[np.ndarray]:
    """The outputs of an ONNX file, each (N, …) as from `reference`, by onnxruntime on one CPU thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return [np.asarray(output) for output in session.run(None, {name: x.numpy() for name, x in inputs.items()})]


def difference(one: list[np.ndarray], other: list[np.ndarray]) -> float:
    """The largest absolute difference between two lists of arrays of equal shapes; inf if there is a NaN."""
    largest = np.max([np.abs(a - b).max() for a, b in zip(one, other, strict=True)])  # Python's max loses a later NaN
    return float(largest) if np.isfinite(largest) else np.inf


def in_float32(part: Part, model: nn.Module) -> bytes:
    """The ONNX file of a part in float32."""
    names, file = [*part.inputs, *part.outputs], io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # about the newer exporter, and values that tracing treats as constants
        torch.onnx.export(
            Function(model, part.function),
            tuple(draw(part, model, 2).values()),
            file,  # pyright: ignore[reportArgumentType]  this exporter takes an open file, too
            input_names=list(part.inputs),
            output_names=list(part.outputs),
            dynamic_axes={name: {0: "n"} for name in names},
            opset_version=OPSET,
            dynamo=False,
        )
    return file.getvalue()


def plain(model: nn.Module) -> nn.Module:
    """The same network, changed in place to plain weights: spectral norm is computed once and removed."""
    for layer in model.modules():
        if parametrize.is_parametrized(layer):
            for name in list(cast(nn.ModuleDict, layer.parametrizations)):
                parametrize.remove_parametrizations(layer, name)
    return model


def in_float16(content: bytes, exactly: bool = False) -> bytes:
    """The same file with large arrays stored as float16, each followed by a node that casts it to float32.

    exactly: only arrays that lose nothing, such as the weights of a checkpoint that is itself stored as float16.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    network = onnx.load_from_string(content)
    graph, casts = network.graph, []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < LARGE:
            continue
        name = tensor.name
        with np.errstate(over="ignore"):  # an overflow gives infinity, which the comparison with PyTorch finds
            half = values.astype(np.float16)
        if exactly and not np.array_equal(half, values):
            continue
        tensor.CopyFrom(numpy_helper.from_array(half, f"{name} float16"))
        casts.append(helper.make_node("Cast", [f"{name} float16"], [name], to=TensorProto.FLOAT))
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(casts + nodes)
    return network.SerializeToString()


def exported(
    part: Part, model: nn.Module, traced: nn.Module | None = None, codes: torch.Tensor | None = None
) -> Exported:
    """A part in the form in which it is stored.

    traced: the network for the exporter, by default `model` itself. codes (M, latent): more inputs of a decoder for
    which float16 has to be good enough.
    """
    inputs = draw(part, model)
    expected, content = reference(part, model, inputs), in_float32(part, traced or model)
    if part.picture:
        more = {"z": codes} if codes is not None and "z" in part.inputs else draw(part, model, 8 * INPUTS, seed=1)
        half = in_float16(content)
        worst = max(difference(ran(half, x), reference(part, model, x)) for x in (inputs, more))
        if worst < GREY_LEVEL:
            return Exported(half, "float16", difference(ran(half, inputs), expected))
    if getattr(model, "half_precision", False):
        half = in_float16(content, exactly=True)
        return Exported(half, "float16", difference(ran(half, inputs), expected))
    return Exported(content, "float32", difference(ran(content, inputs), expected))


def write(name: str) -> Card:
    """Write the parts of a stored checkpoint and note them on its card; returns the new Card.

    Raises CheckpointError for a checkpoint that cannot be loaded, MissingError without onnx and onnxruntime.
    """
    model, card = checkpoints.load(name), checkpoints.read(name)
    wanted = parts_of(model)
    if wanted:
        try:
            import onnx  # noqa: F401
            import onnxruntime  # noqa: F401
        except ImportError:
            raise command.MissingError(MISSING.format(name=name)) from None
    recorded = checkpoints.preview(name).get("codes")
    codes = None if recorded is None else torch.from_numpy(recorded[: 8 * INPUTS].astype(np.float32))
    traced = plain(checkpoints.load(name))  # not a deep copy, which would share the parametrised class
    written = {each: exported(part, model, traced, codes) for each, part in wanted.items()}
    written = {each: part for each, part in written.items() if len(part.content) <= MOST}
    return parts.save(name, written) if written or card.parts else card


def main(name: str) -> None:
    """Write the parts of one checkpoint, and print them."""
    for part, facts in write(name).parts.items():
        size = f"{facts['bytes'] / 2**20:.2f} MiB, {facts['storage']}"
        print(f"{name} {part}: {size}, largest difference to PyTorch {facts['difference']:.1e}")


if __name__ == "__main__":
    every = [card.name for card in checkpoints.gallery()]
    sys.argv[1:] = [each for word in sys.argv[1:] for each in (every if word == "--all" else [word])]
    command.run("evaluate.export", __doc__, main)
