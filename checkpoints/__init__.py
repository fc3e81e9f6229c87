"""The registry of trained models is this folder: NAME.safetensors, NAME.json (the card), NAME.atlas.safetensors.

    card  = read("fashion_vae")        what it is, how it was made, what it reaches
    model = load("fashion_vae")        the network, in eval mode, weights checked against the card
    preview = preview("fashion_vae")       arrays recorded for the app: codes, maps, a first picture

Reading cards and previews does not import torch. `python -m checkpoints` prints the results table of the README.
"""

import dataclasses
import hashlib
import importlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent


class CheckpointError(Exception):
    """A checkpoint that is missing or not what its card says; the text is one sentence for the person."""


@dataclass(frozen=True)
class Card:
    """Everything about a checkpoint but its weights. One JSON section per line, so that a diff shows what changed."""

    name: str
    family: str  # "vae", "classifier", ...
    title: str
    summary: str
    model: str  # a class below `models.`
    arguments: dict  # of that class
    latent: int | None
    shape: tuple[int, ...]  # (C, H, W) of one picture
    recipe: dict
    dataset: dict
    metrics: dict  # name -> number or list of numbers
    protocol: dict  # name of a metric, or "history" -> how it was measured
    history: dict = field(repr=False)  # column -> one value per epoch
    run: dict  # command, seconds, device, versions, commit
    sha256: str

    @property
    def encodes(self):
        """Whether it gives codes to pictures; a generator makes pictures of codes only."""
        return self.family == "vae"

    @property
    def dead(self):
        """Indices of latent dimensions that carry less than 0.01 nats."""
        return [i for i, nats in enumerate(self.metrics.get("kl_per_dimension", ())) if nats < 0.01]


def path(name, suffix):
    """File of a checkpoint. A name comes from links, so only the characters that our own names have are allowed."""
    if not re.fullmatch(r"[a-z0-9_]{1,80}", name):
        raise CheckpointError(f"There is no model called “{name[:40]}”; pick one from the list.")
    return FOLDER / f"{name}{suffix}"


def read(name):
    """The card of a checkpoint; CheckpointError when it is missing or cannot be read."""
    file = path(name, ".json")
    try:
        fields = json.loads(file.read_text())
        return Card(**{**fields, "shape": tuple(fields["shape"])})
    except FileNotFoundError:
        raise CheckpointError(f"There is no model called “{name}”; pick one from the list.") from None
    except (ValueError, TypeError, KeyError) as error:
        raise CheckpointError(
            f"The card {file.name} cannot be read ({error}); restore it from the repository."
        ) from None


def gallery(*families):
    """Cards of all checkpoints of the given families (all of them without arguments), by name.

    A card that cannot be read is left out here; `read` says what is wrong with it.
    """
    cards = []
    for file in sorted(FOLDER.glob("*.json")):
        try:
            cards.append(read(file.stem))
        except CheckpointError:
            continue
    return [card for card in cards if not families or card.family in families]


def load(name):
    """The network of a checkpoint in eval mode, on the CPU.

    Raises CheckpointError when the weights are missing, differ from the card's sha256 by as little as one byte, do not
    fit the class exactly, or when the card names a class outside `models.`.
    """
    import safetensors.torch

    card = read(name)
    try:
        raw = path(name, ".safetensors").read_bytes()
    except FileNotFoundError:
        raise CheckpointError(f"The weights of {name} are missing; restore them from the repository.") from None
    if hashlib.sha256(raw).hexdigest() != card.sha256:
        raise CheckpointError(
            f"The weights of {name} are not those its card describes (the sha256 differs), so they were not loaded; "
            "restore the file from the repository or train the model again."
        )
    model = model_class(card)(**card.arguments)
    try:
        model.load_state_dict(safetensors.torch.load(raw), strict=True)
    except Exception as error:
        raise CheckpointError(f"The weights of {name} do not fit {card.model} ({type(error).__name__}).") from error
    return model.eval()


def model_class(card):
    """The class that a card names; only classes below `models.` are ever imported."""
    module, _, cls = card.model.rpartition(".")
    if not module.startswith("models."):
        raise CheckpointError(f"The card of {card.name} names {card.model}, which is not one of our models.")
    return getattr(importlib.import_module(module), cls)


def preview(name):
    """Arrays that the app draws from without torch: {key: numpy array}; {} for a checkpoint without one."""
    from safetensors.numpy import load_file

    file = path(name, ".atlas.safetensors")
    return load_file(file) if file.exists() else {}


def save(model, card, arrays=None):
    """Write weights, card and preview; returns the card with the sha256 of the weights.

    Weights are stored as they are (float32), but those of a GAN as float16, half the bytes: all they make are pictures
    of 256 grey levels. card: a Card whose sha256 is ignored. arrays: the preview, {key: numpy array}.
    """
    import safetensors.torch
    import torch

    def stored(tensor):
        tensor = tensor.detach().cpu().contiguous()
        return tensor.to(torch.float16) if card.family == "gan" and tensor.is_floating_point() else tensor

    raw = safetensors.torch.save({k: stored(v) for k, v in model.state_dict().items()})
    card = dataclasses.replace(card, sha256=hashlib.sha256(raw).hexdigest())
    path(card.name, ".safetensors").write_bytes(raw)
    path(card.name, ".json").write_text(to_json(card))
    if arrays:
        save_preview(card.name, arrays)
    return card


def add_figures(name, metrics, protocol, **run):
    """Write figures that were measured after the training into a card, and what is new in its run; the new Card."""
    card = read(name)
    card = dataclasses.replace(
        card, metrics=card.metrics | metrics, protocol=card.protocol | protocol, run=card.run | run
    )
    path(name, ".json").write_text(to_json(card))
    return card


def save_preview(name, arrays):
    """Write the preview of a checkpoint, {key: numpy array}."""
    import numpy
    import safetensors.numpy

    arrays = {k: numpy.ascontiguousarray(v) for k, v in arrays.items()}
    path(name, ".atlas.safetensors").write_bytes(safetensors.numpy.save(arrays))


def to_json(card):
    """A card as JSON with one section per line."""
    lines = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in dataclasses.asdict(card).items())
    return "{\n" + ",\n".join(lines) + "\n}\n"
