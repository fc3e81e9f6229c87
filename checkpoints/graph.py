"""Names inside an ONNX file, without the `onnx` library: which tensor is the output of which module.

The exporter names every node by its modules, such as "/decoder/decoder.0/Gemm". Only the necessary part of the file's
format (Protocol Buffers) is implemented: the fields of messages, and the content of length-delimited ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checkpoints.errors import CheckpointError

GRAPH, NODE = 7, 1  # field of the model, and of the graph in it
OUTPUT, NAME = 2, 3  # fields of a node
VARINT, EIGHT, BYTES, FOUR = 0, 1, 2, 5  # wire types of fields


def outputs(content: bytes) -> dict[str, str]:
    """{name of a node: name of its first output} of an ONNX file, in the order in which they are computed.

    Raises CheckpointError if the bytes are not an ONNX file.
    """
    try:
        graph = next(value for field, value in _fields(memoryview(content)) if field == GRAPH)
        nodes = [dict(reversed(list(_fields(value)))) for field, value in _fields(graph) if field == NODE]
        return {bytes(node[NAME]).decode(): bytes(node[OUTPUT]).decode() for node in nodes if NAME in node}
    except (StopIteration, IndexError, KeyError, ValueError, TypeError):
        raise CheckpointError(
            "A network for browsers is not an ONNX file; python -m evaluate.export writes it."
        ) from None


def tensors(content: bytes, modules: Iterable[str]) -> list[str]:
    """Names, in an ONNX file, of the outputs of these modules, given by their dotted names in the network.

    Raises CheckpointError if the bytes are not an ONNX file, or if it has no node of a module.
    """
    last = {name.rpartition("/")[0]: output for name, output in outputs(content).items()}
    try:
        return [last[_scope(module)] for module in modules]
    except KeyError as error:
        raise CheckpointError(f"The network for browsers has no output of {error.args[0]}.") from None


def _scope(module: str) -> str:
    """ "generator.3.residual.0" as the exporter writes it, with the name before each number repeated."""
    names: list[str] = []
    for name in module.split("."):
        names.append(f"{names[-1]}.{name}" if name.isdecimal() else name)
    return "".join(f"/{name}" for name in names)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """(number, content) of every field of a message, except varints."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        field, kind = key >> 3, key & 7
        if kind == VARINT:
            at = _varint(message, at)[1]
            continue
        length = {EIGHT: 8, FOUR: 4}.get(kind)
        if kind == BYTES:
            length, at = _varint(message, at)
        if length is None or at + length > len(message):
            raise ValueError(f"a field of kind {kind}")
        yield field, message[at : at + length]
        at += length


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and the position after it."""
    value = shift = 0
    while True:
        byte = message[at]
        value, at, shift = value | (byte & 127) << shift, at + 1, shift + 7
        if byte < 128:
            return value, at
