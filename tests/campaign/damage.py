"""A checkpoint with damaged files: a sentence on the pages that show it, and no effect on others."""

import functools
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import checkpoints
from checkpoints import snapshots
from tests import apptest
from tests.campaign import Case, Cases
from ui import networks

SHIPPED = checkpoints.FOLDER
# A model of every family, and the pages that show it
SHOWN = {
    "mnist_vae": (
        "explore/latent_space",
        "explore/latent_map",
        "explore/interpolation",
        "explore/inside",
        "explore/live_chain",
    ),
    "mnist_gan": (
        "explore/latent_space",
        "explore/compare",
        "explore/vae_gan",
        "evaluate/metrics",
    ),
    "mnist_ssgan": ("training/ssgan", "explore/latent_space", "training/playback"),
    "dsprites_vae": ("training/control_vae", "images/reconstruct", "evaluate/likelihood"),
    "mnist_classifier": ("images/classify", "evaluate/reactions", "explore/live_chain"),
    "mnist_patch_denoiser": ("images/denoise",),
    "rps_pretrained": ("images/classify",),
    "fashion_wgan": ("learn/wgan", "training/playback"),
    "parabola_gan": ("training/toy_gan",),
}
SUFFIXES = (".json", ".safetensors", ".atlas.safetensors", snapshots.SUFFIX, ".decoder.onnx", ".classifier.onnx")
OTHERS = (None, True, 0, -1, 3.5, "", "x", [], [1], {}, {"x": 1}, {"x": [None]}, "models.vae.Nothing", 10**9)


def spoiled(raw: bytes, rng: np.random.Generator) -> Iterator[tuple[str, bytes | None]]:
    """(how, content or None) of every kind of damage."""
    yield "missing", None
    yield "empty", b""
    yield "zeros", bytes(len(raw))
    yield "noise", rng.bytes(len(raw))
    for place in (1, 7, 8, len(raw) // 2, len(raw) - 1):
        yield f"cut at {place}", raw[:place]
    yield "longer", raw + b"\0"
    for place in (0, 3, 8, 9, *rng.integers(len(raw), size=4)):
        yield f"byte {place} changed", raw[:place] + bytes([raw[place] ^ int(rng.integers(1, 256))]) + raw[place + 1 :]


def other_cards(raw: bytes, rng: np.random.Generator) -> Iterator[tuple[str, bytes | None]]:
    """Cards that are JSON, with a field or an entry of another kind or without it."""
    card = json.loads(raw)
    for field in card:
        value = OTHERS[int(rng.integers(len(OTHERS)))]
        yield f"{field} = {value!r}", json.dumps(card | {field: value}).encode()
        yield f"no {field}", json.dumps({key: card[key] for key in card if key != field}).encode()
        if isinstance(card[field], dict) and card[field]:
            entry = str(rng.choice(list(card[field])))
            value = OTHERS[int(rng.integers(len(OTHERS)))]
            yield f"{field}.{entry} = {value!r}", json.dumps(card | {field: card[field] | {entry: value}}).encode()
            without = {key: card[field][key] for key in card[field] if key != entry}
            yield f"no {field}.{entry}", json.dumps(card | {field: without}).encode()


def cases(count: int, rng: np.random.Generator) -> Cases:
    """Damages in random order, each on one page that shows the model and on Models."""
    every = []
    for name in SHOWN:
        for suffix in SUFFIXES:
            file = SHIPPED / f"{name}{suffix}"
            if file.exists():
                raw = file.read_bytes()
                every += [(file, how, content) for how, content in spoiled(raw, rng)]
                if suffix == ".json":
                    every += [(file, how, content) for how, content in other_cards(raw, rng)]
    for place in rng.permutation(len(every))[:count]:
        file, how, content = every[place]
        name = file.name.partition(".")[0]
        pages = (str(rng.choice(SHOWN[name])), "evaluate/models")
        words = f"{file.name} {how} on {' and '.join(pages)}"
        yield Case(words, functools.partial(attempt, file, content, name, pages))


def attempt(file: Path, content: bytes | None, name: str, pages: tuple[str, ...]) -> None:
    """Open pages of the app with one file of its checkpoints changed."""
    folder = Path(tempfile.mkdtemp())
    try:
        for shipped in SHIPPED.iterdir():
            if shipped.is_file() and shipped.suffix != ".py" and shipped != file:
                (folder / shipped.name).symlink_to(shipped)
        if content is not None:
            (folder / file.name).write_bytes(content)
        with apptest.with_checkpoints(folder):
            networks._preview.cache_clear()  # a key of it is the digest that a damaged file should have
            for page in pages:
                apptest.opened(page, model=name, toy=name, models=name)
    finally:
        networks._preview.cache_clear()
        shutil.rmtree(folder)
