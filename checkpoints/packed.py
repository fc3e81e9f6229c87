"""A checkpoint as one zip for another installation, and checkpoints from others, which are checked and added.

    raw  = pack(card, "roses")              NAME.safetensors, .json, .atlas.safetensors, .stages.safetensors, .PART.onnx
    card = add(gathered([Path("roses.zip")]))

Anybody may have made up the files: they are first written to a temporary folder and must pass all checks of a stored
checkpoint, the class before anything is built, the size before anything is allocated.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import checkpoints
from checkpoints import Card, CheckpointError, files, parts, snapshots, visits
from data import DataError, bounded

CARD, WEIGHTS, PREVIEW = ".json", ".safetensors", ".atlas.safetensors"
FILE = re.compile(
    r"([a-z0-9_]{1,60})(\.json|\.safetensors|\.atlas\.safetensors|\.stages\.safetensors|\.[a-z]{1,20}\.onnx)"
)
PART = re.compile(r"[a-z]{1,20}")
LARGEST = 200 * 2**20  # bytes of one file
MOST = 20  # files of one checkpoint


def pack(card: Card, name: str) -> bytes:
    """A zip with all files of a checkpoint under another name. Raises CheckpointError if one is damaged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix, content in contents(card, name).items():
            archive.writestr(f"{name}{suffix}", content)
    return buffer.getvalue()


def contents(card: Card, name: str) -> dict[str, bytes]:
    """{suffix: content} of all files of a checkpoint under another name, the card last."""
    found = {
        suffix: file.read_bytes()
        for suffix in _suffixes(card)
        if (file := checkpoints.path(card.name, suffix)).exists()
    }
    return found | {CARD: checkpoints.to_json(renamed(card, name)).encode()}


def _suffixes(card):
    """Suffixes of the files that a checkpoint may have in addition to its card."""
    return [WEIGHTS, PREVIEW, snapshots.SUFFIX, *(f".{part}.onnx" for part in card.parts)]


def renamed(card: Card, name: str) -> Card:
    """The same card for files of another name."""
    return dataclasses.replace(card, name=name, recipe=dict(card.recipe) | {"name": name})


def gathered(paths: Iterable[Path]) -> dict[str, bytes]:
    """{file's name: content} of files and zips at these paths; raises CheckpointError for any other file."""
    found: dict[str, bytes] = {}
    try:
        for path in paths:
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    names = archive.namelist()[: MOST + 1]
                    found |= {name: bounded.member(archive, name, LARGEST, path) for name in names if name[-1:] != "/"}
            else:
                with path.open("rb") as opened:
                    found[path.name] = bounded.read(opened, LARGEST, path)
    except OSError as error:
        raise CheckpointError(f"{error.filename or path} cannot be read ({error.strerror or error}).") from None
    except DataError as error:
        raise CheckpointError(str(error)) from None
    except Exception as error:  # zlib, lzma and others raise their own errors on a damaged zip
        raise CheckpointError(f"{path} cannot be read: {error}") from None
    unknown = [name for name in found if not FILE.fullmatch(name)]
    if unknown or len(found) > MOST:
        raise CheckpointError(
            f"“{(unknown or list(found))[0][:60]}” is not a file of a checkpoint, so nothing was added."
        )
    return found


def add(contents: Mapping[str, bytes], replace: bool = False) -> Card:
    """Check the files of one checkpoint and add them to the registry; returns the card.

    replace: whether it may replace all files of an existing checkpoint of the same name, which must be one of a
    visitor's own pictures. Raises CheckpointError, and then nothing was added.
    """
    by_suffix: dict[str, bytes] = {}
    names = set()
    for file, content in contents.items():
        name, suffix = file[: file.index(".")], file[file.index(".") :]
        names.add(name)
        by_suffix[suffix] = content
    if len(names) != 1 or not {CARD, WEIGHTS} <= by_suffix.keys():
        raise CheckpointError("A checkpoint is NAME.json and NAME.safetensors, with what else begins with NAME.")
    name = names.pop()
    check_free(name, replace)
    before = _suffixes(checkpoints.read(name)) if checkpoints.path(name, CARD).exists() else ()
    token = visits.token()
    try:
        card = _checked(name, by_suffix, visits.named(token, "added"), visits.folder(token))
    finally:
        visits.delete(token)
    by_suffix[CARD] = checkpoints.to_json(card).encode()
    for suffix in sorted(by_suffix.keys() - {*checkpoints.SUFFIXES}):
        files.rewrite(checkpoints.path(name, suffix), by_suffix[suffix])
    files.replace({checkpoints.path(name, suffix): by_suffix.get(suffix) for suffix in checkpoints.SUFFIXES})
    for suffix in {*before} - by_suffix.keys():
        checkpoints.path(name, suffix).unlink(missing_ok=True)
    return card


def check_free(name: str, replace: bool) -> None:
    """Raise CheckpointError if a name is taken, unless it is a visitor's own checkpoint and `replace` is set."""
    if visits.folder_of(name):
        raise CheckpointError(f"{name} is a name of a visit; rename the files and the card.")
    if not checkpoints.path(name, CARD).exists():
        return
    if not replace or not checkpoints.read(name).own:
        raise CheckpointError(f"There is a checkpoint called {name} already, so nothing was written.")


def _checked(name, contents, aside, folder):
    """The card, after checking that the files match it. aside: their temporary name in `folder`."""
    import safetensors.torch
    import torch

    try:
        fields = json.loads(contents[CARD])
        if fields["name"] != name:
            raise CheckpointError(f"{name}.json is the card of another model.")
        fields["name"] = aside
    except (ValueError, TypeError, KeyError, RecursionError):
        raise CheckpointError(f"{name}.json is not the card of a model.") from None
    for suffix, content in contents.items():
        (folder / f"{aside}{suffix}").write_bytes(json.dumps(fields).encode() if suffix == CARD else content)
    try:
        card = checkpoints.read(aside)
        network = checkpoints.model_class(card)
        try:
            with torch.device("meta"):  # only sizes: the network of a card may exceed the machine's memory
                sizes = {key: value.shape for key, value in network(**card.arguments).state_dict().items()}
            stored = {key: value.shape for key, value in safetensors.torch.load(contents[WEIGHTS]).items()}
        except Exception as error:
            raise CheckpointError(
                f"The weights or arguments of {name} cannot be read ({type(error).__name__})."
            ) from None
        if sizes != stored:
            raise CheckpointError(f"The weights of {name} do not fit {card.model}.")
        checkpoints.load(aside)
        checkpoints.preview(aside)
        for part in card.parts:
            if not PART.fullmatch(part):
                raise CheckpointError(f"The card of {name} names a part “{part[:20]}” that no network has.")
            parts.read(card, part)
        if snapshots.SUFFIX in contents:
            snapshots.read(aside)
    except CheckpointError as error:
        raise CheckpointError(str(error).replace(aside, name)) from None
    return renamed(card, name)
