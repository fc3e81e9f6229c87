"""Networks that run in the browser: what a component needs to load them, and the files that the app serves.

    given(card, "decoder")     {part, url, sha256, bytes, runtime}, for network() in ui/components/lib/onnx.js
    ROUTES                     for st.App: networks/DIGEST/FILE

Every address contains a digest of the content, so browsers may cache a file for a year. Addresses are relative to the
page's, so they also work behind a proxy and below `server.baseUrlPath`.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import hashlib
import threading
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import checkpoints
from checkpoints import Card, parts
from ui import recorded_codes
from ui.components import esm

RUNTIME = esm.VENDOR / "onnxruntime-web"
SCRIPT, WASM = "ort.wasm.bundle.min.mjs", "ort-wasm-simd-threaded.wasm"
WORKER = "worker.js"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}
YEAR = "public, max-age=31536000, immutable"
_compressing = threading.Lock()


def given(card: Card, part: str) -> dict[str, Any] | None:
    """What network() in lib/onnx.js needs to run a part of a checkpoint; None if the checkpoint lacks the part."""
    facts = card.parts.get(part)
    if facts is None:
        return None
    folder = f"networks/{_runtime()}"
    return {
        "part": part,
        "url": f"networks/{facts['sha256']}/{card.name}.{part}.onnx",
        "sha256": facts["sha256"],
        "bytes": facts["bytes"],
        "runtime": {
            "worker": f"{folder}/{WORKER}",
            "script": f"{folder}/{SCRIPT}",
            "wasm": {"url": f"{folder}/{WASM}", "sha256": _sums()[WASM]},
        },
    }


def all_given(card: Card, *names: str) -> dict[str, dict[str, Any]] | None:
    """{part: result of `given`}; None if the checkpoint lacks one of them."""
    every = {name: network for name in names if (network := given(card, name)) is not None}
    return every if len(every) == len(names) else None


@functools.cache
def _sums() -> dict[str, str]:
    """{file of the vendored runtime: sha256}."""
    lines = (line.split() for line in (esm.VENDOR / "SHA256SUMS").read_text().splitlines())
    return {Path(file).name: digest for digest, file in lines if Path(file).parent.name == RUNTIME.name}


@functools.cache
def _worker() -> bytes:
    return esm.bundle(Path(esm.__file__).parent / "lib" / "network_worker.js").encode()


@functools.cache
def _runtime() -> str:
    """Digest of the runtime with our worker."""
    return hashlib.sha256(b"".join([_worker(), *(_sums()[file].encode() for file in (SCRIPT, WASM))])).hexdigest()


def content(digest: str, file: str) -> bytes | None:
    """The bytes of networks/DIGEST/FILE; None if it does not exist, or no longer."""
    if digest == _runtime():
        if file == WORKER:
            return _worker()
        return (RUNTIME / file).read_bytes() if file in (SCRIPT, WASM) else None
    name, _, part = file.removesuffix(".onnx").partition(".")
    try:
        if file.endswith(recorded_codes.SUFFIX):
            return recorded_codes.content(digest, file)
        card = checkpoints.read(name)
        return parts.read(card, part) if card.parts.get(part, {}).get("sha256") == digest else None
    except checkpoints.CheckpointError:
        return None


@functools.lru_cache(64)  # errors are not cached: a restored file is found again
def _compressed(digest: str, file: str) -> bytes:
    raw = content(digest, file)
    if raw is None:
        raise checkpoints.CheckpointError(
            f"{file} is missing or not the one that its card describes; restore it from the repository."
        )
    return gzip.compress(raw, 6)


def forget() -> None:
    """Drop all compressed files: some may belong to deleted models."""
    with _compressing:
        _compressed.cache_clear()


def compressed(address: str) -> bytes:
    """The file at an address of `given`, gzipped. Raises CheckpointError if it does not exist, or no longer."""
    _, digest, file = address.split("/")
    with _compressing:
        return _compressed(digest, file)


def serve(request: Request) -> Response:
    """Answer networks/DIGEST/FILE; called in a thread. Every file is compressed only once."""
    digest, file = request.path_params["digest"], request.path_params["file"]
    accepted = "gzip" in request.headers.get("accept-encoding", "")
    body = None
    with contextlib.suppress(checkpoints.CheckpointError):
        # If a whole class opens the app at the same time, the file is compressed once and the others wait for it.
        body = compressed(f"networks/{digest}/{file}") if accepted else content(digest, file)
    if body is None:
        return PlainTextResponse("There is no such file.", 404)
    headers = {"Cache-Control": YEAR, "Vary": "Accept-Encoding"} | ({"Content-Encoding": "gzip"} if accepted else {})
    return Response(body, media_type=TYPES.get(Path(file).suffix, "application/octet-stream"), headers=headers)


ROUTES = [Route("/{base:path}networks/{digest}/{file}", serve)]
