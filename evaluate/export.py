"""ONNX files of what a browser runs: python -m evaluate.export NAME [NAME …], or --all.

    decoder      z (N, latent)                            -> picture (N, C, H, W) in [0, 1], as a moving hand gets it
    encoder      x (N, C, H, W) in [0, 1]                 -> mean, log_var (N, latent)
    classifier   x                                        -> logits (N, classes), features (N, width)
    rotation     x                                        -> logits (N, 4) of the four quarter turns
    locator      noisy (N, 1, 28, 28)                     -> logits (N, 441) of the places of the noise
    informed     noisy, place (N,) int32                  -> picture, the place being known
    velocity     x (N, C, H, W), t (N,), label (N,) int32 -> velocity (N, C, H, W), see lib/flow.js

The answer of a denoiser that does not know the place is a sum over places of what these two give
(ui/components/denoiser/answers.js), so the restorer's weights, by far the most, are stored once.

A checkpoint gets the parts that its network has methods for, but none above MOST. N is free; opset 17, by torch's
TorchScript exporter, which needs `onnx` alone. `onnxruntime` runs every file before it is stored, and the card holds
the largest difference.
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
INPUTS = 64  # a comparison with PyTorch
LARGE = 256  # numbers from which an array is worth being stored as half-precision floats
GREY_LEVEL = 1 / 255
MOST = 8 * 2**20  # bytes of a part: a browser would wait for more, so that a larger network answers from the server

MISSING = (
    "The parts for browsers were not written, since onnx and onnxruntime are not installed: the app shows stored "
    "pictures of this model. Next: pip install -r requirements-export.txt, then python -m evaluate.export {name}"
)


class Function(nn.Module):
    """A function of a network as a module of its own, which is what the exporter takes.

    Inputs and outputs are those of the part (see PARTS), each with the pictures or codes first, (N, …).
    """

    def __init__(self, model: nn.Module, function: Callable):
        super().__init__()
        self.model, self.function = model, function

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, ...]:
        return self.function(self.model, *inputs)


@dataclass(frozen=True)
class Part:
    """method: of a network that has this part. inputs: kinds by name, see `draw`. picture: whether the output is
    one, so that half-precision weights are enough where no pixel changes by more than a grey level."""

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
    """{name: Part} that a network of pictures in eval mode has; {} for one of points in the plane."""
    if len(getattr(model, "shape", ())) != 3:
        return {}
    return {name: part for name, part in PARTS.items() if callable(getattr(model, part.method, None))}


def draw(part: Part, model: Any, count: int = INPUTS, seed: int = 0) -> dict[str, torch.Tensor]:
    """`count` random inputs of a part by name: codes of the prior (N, latent), pictures of few bright pixels
    (N, *shape) in [0, 1], places of a patch (N,); noise (N, *shape), times in [0, 1) and classes (N,) of a flow."""
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
    """PyTorch's outputs (N, …) of a part, in the order of `part.outputs`, for inputs (N, …) as `draw` gives them."""
    with torch.inference_mode():
        outputs = part.function(model, *inputs.values())
    return [output.numpy() for output in (outputs if isinstance(outputs, tuple) else (outputs,))]


def ran(content: bytes, inputs: dict[str, torch.Tensor]) -> list[np.ndarray]:
    """The outputs of an ONNX file, by onnxruntime on one thread of the CPU: as `reference` gives them, each (N, …)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return [np.asarray(output) for output in session.run(None, {name: x.numpy() for name, x in inputs.items()})]


def difference(one: list[np.ndarray], other: list[np.ndarray]) -> float:
    """The largest absolute difference of two lists of arrays of equal shapes; inf where one has a NaN."""
    largest = np.max([np.abs(a - b).max() for a, b in zip(one, other, strict=True)])  # Python's max loses a later NaN
    return float(largest) if np.isfinite(largest) else np.inf


def in_float32(part: Part, model: nn.Module) -> bytes:
    """The ONNX file of a part."""
    names, file = [*part.inputs, *part.outputs], io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # that there is a newer exporter, and what tracing takes for a constant
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
    """The same network with numbers for weights: what spectral norm computes of them is computed once, in place."""
    for layer in model.modules():
        if parametrize.is_parametrized(layer):
            for name in list(cast(nn.ModuleDict, layer.parametrizations)):
                parametrize.remove_parametrizations(layer, name)
    return model


def in_float16(content: bytes, exactly: bool = False) -> bytes:
    """The same file with large arrays stored as float16, each behind a node that casts it to float32.

    exactly: only those that lose nothing, such as the weights of a checkpoint that is stored as float16 itself.
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
        with np.errstate(over="ignore"):  # to infinity, which the comparison with PyTorch sees
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
    """A part as it is stored.

    traced: the network that the exporter gets, `model` itself where it is plain. codes (M, latent): more inputs of a
    decoder at which float16 has to be good enough.
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
    traced = plain(checkpoints.load(name))  # not a copy, which would share the class that a parametrisation makes
    written = {each: exported(part, model, traced, codes) for each, part in wanted.items()}
    written = {each: part for each, part in written.items() if len(part.content) <= MOST}
    return parts.save(name, written) if written or card.parts else card


def main(name: str) -> None:
    """Write the parts of one checkpoint, and print what they are."""
    for part, facts in write(name).parts.items():
        size = f"{facts['bytes'] / 2**20:.2f} MiB, {facts['storage']}"
        print(f"{name} {part}: {size}, largest difference to PyTorch {facts['difference']:.1e}")


if __name__ == "__main__":
    every = [card.name for card in checkpoints.gallery()]
    sys.argv[1:] = [each for word in sys.argv[1:] for each in (every if word == "--all" else [word])]
    command.run("evaluate.export", __doc__, main)
