"""The registry of trained models is this folder: NAME.safetensors, NAME.json (the card), NAME.atlas.safetensors,
and NAME.PART.onnx, the parts that browsers run (checkpoints/parts.py).

    card   = read("fashion_vae")       the card: recipe, data set, figures
    model  = load("fashion_vae")       the network, in eval mode, weights checked against the card
    arrays = preview("fashion_vae")    shown by the app before it loads the network: codes, maps, a first picture

Reading cards and previews does not import torch. `python -m checkpoints` prints the results table of the README.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import data
from checkpoints import files, form, visits
from checkpoints.errors import CheckpointError, Section
from checkpoints.families import FAMILIES, Family

if TYPE_CHECKING:
    import numpy as np
    from torch import nn

FOLDER = Path(__file__).parent
SUFFIXES = (".safetensors", ".atlas.safetensors", ".json")  # in the order in which they are replaced


__all__ = ["FAMILIES", "Card", "CheckpointError", "Family", "gallery", "load", "preview", "read", "save"]
OWN = "own_"  # prefix of the names of visitors' own data sets
SECTIONS = ("recipe", "dataset", "metrics", "protocol", "history", "run")  # of a card; their entries may be missing


@dataclass(frozen=True)
class Card:
    """Everything about a checkpoint except its weights. One JSON section per line, so that a diff shows what changed.

    Raises ValueError for an unknown family (see checkpoints/families.py). A missing entry of a section raises a
    CheckpointError that is also a KeyError.
    """

    name: str
    family: str  # "vae", "classifier", ...
    title: str
    summary: str
    model: str  # a class below `models.`
    arguments: dict  # of that class
    latent: int | None  # dimensions of a code, None without codes
    shape: tuple[int, int, int]  # (C, H, W) of one picture
    recipe: dict
    dataset: dict
    metrics: dict  # name -> number or list of numbers
    protocol: dict  # name of a metric, or "history" -> how it was measured
    history: dict = field(repr=False)  # column -> one value per epoch
    run: dict  # command, seconds, device, versions, commit, uncommitted, recipe_sha256, built_on
    sha256: str  # of the weights
    preview: str = ""  # sha256 of the preview; empty if there is none, or one that is not checked
    parts: dict = field(default_factory=dict)  # of NAME.PART.onnx: see checkpoints/parts.py
    aim: dict = field(default_factory=dict)  # see checkpoints/aims.py
    steered: str = ""  # one sentence: what was chosen by the pictures that its figures are measured on

    def __post_init__(self):
        if self.family not in FAMILIES:
            raise ValueError(f"there is no family {self.family}")
        for name in SECTIONS:
            absent = f"The card of {self.name} has no {{}} in its {name}; restore {self.name}.json from the repository."
            object.__setattr__(self, name, Section(getattr(self, name), absent))

    @property
    def kind(self) -> Family:
        """The abilities of this family."""
        return FAMILIES[self.family]

    @property
    def encodes(self) -> bool:
        """Whether it encodes pictures; a generator only decodes codes."""
        return self.kind.encodes

    @property
    def generates(self) -> bool:
        """Whether it generates pictures from codes z ~ N(0, I)."""
        return self.kind.generates

    @property
    def finds_codes(self) -> bool:
        """Whether it can find the code of a picture: by an encoder, or by following the path backwards."""
        return self.kind.encodes or self.kind.reversible

    @property
    def code_length(self) -> int:
        """Length of a code z; raises CheckpointError for a network without codes."""
        if self.latent is None:
            raise CheckpointError(f"{self.title} has no codes; choose a model that makes pictures from codes.")
        return self.latent

    @property
    def own(self) -> bool:
        """Whether it was trained on a visitor's own pictures."""
        return self.dataset["name"].startswith(OWN)

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes of its data set, () if there are none; does not need its pictures."""
        return tuple(self.dataset.get("classes", ())) if self.own else data.class_names(self.dataset["name"])

    @property
    def picture_word(self) -> str:
        """The word for its numbered pictures on pages; of a visitor's own pictures, some were trained on."""
        return "your picture" if self.own else "test image"

    @property
    def code_word(self) -> str:
        """The word for its recorded codes, which are those of the same pictures."""
        return "picture code" if self.own else "test code"

    @property
    def dead(self) -> list[int]:
        """Indices of latent dimensions that carry less than 0.01 nats."""
        return [i for i, nats in enumerate(self.metrics.get("kl_per_dimension", ())) if nats < 0.01]


def path(name: str, suffix: str) -> Path:
    """A file of a checkpoint. Names come from links, so only the characters of our own names are allowed.

    Raises CheckpointError for any other name.
    """
    if not re.fullmatch(r"[a-z0-9_]{1,80}", name):
        raise CheckpointError(f"There is no model called “{name[:40]}”; pick one from the list.")
    return (visits.folder_of(name) or FOLDER) / f"{name}{suffix}"


def _current(name: str, suffix: str) -> Path:
    """The file with the valid content, even if a `save` was interrupted."""
    return files.current(path(name, suffix), path(name, SUFFIXES[0]), path(name, SUFFIXES[-1]))


def read(name: str) -> Card:
    """The card of a checkpoint; raises CheckpointError if it is missing or cannot be read."""
    try:
        return _card(name, _current(name, ".json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CheckpointError(f"There is no model called “{name}”; pick one from the list.") from None
    except (ValueError, TypeError, KeyError, RecursionError, OSError) as error:
        raise CheckpointError(
            f"The card {path(name, '.json').name} cannot be read ({error}); restore it from the repository."
        ) from None


@functools.lru_cache(128)  # pages read all cards in every run; cached by content, since files may be replaced
def _card(name, text):
    fields = json.loads(text)
    form.check(name, fields)
    return Card(**{**fields, "shape": tuple(fields["shape"])})


def gallery(*families: str) -> list[Card]:
    """Cards of all checkpoints of these families (by default all), by name.

    A card that cannot be read is left out; `unreadable` says what is wrong with it.
    """
    return [card for card in _each()[0] if not families or card.family in families]


def unreadable() -> list[str]:
    """One sentence for every card that cannot be read."""
    return _each()[1]


def _each():
    cards, problems = [], []
    for name in sorted(file.stem for file in FOLDER.glob("*.json")):
        try:
            cards.append(read(name))
        except CheckpointError as error:
            problems.append(str(error))
    return cards, problems


def load(name: str) -> Any:
    """The network of a checkpoint, an nn.Module of the class named in its card, in eval mode, on the CPU.

    Raises CheckpointError if the weights are missing, do not have the card's sha256 or do not fit the class exactly, or
    if the card names a class outside `models.`.
    """
    import torch

    card, raw = read(name), _weights(name)
    if hashlib.sha256(raw).hexdigest() != card.sha256:
        raise CheckpointError(
            f"The weights of {name} are not those its card describes (the sha256 differs), so they were not loaded; "
            "restore the file from the repository or train the model again."
        )
    with torch.inference_mode(False):  # the first caller may be in inference mode, but others need gradients
        return _network(card, raw)


def _network(card, raw):
    import safetensors.torch

    name, network = card.name, model_class(card)
    try:
        model = network(**card.arguments)
    except Exception as error:
        raise CheckpointError(
            f"The card of {name} has arguments that {card.model} does not take ({type(error).__name__}); restore "
            f"{name}.json from the repository."
        ) from error
    try:
        model.load_state_dict(safetensors.torch.load(raw), strict=True)
    except Exception as error:
        raise CheckpointError(f"The weights of {name} do not fit {card.model} ({type(error).__name__}).") from error
    if getattr(model, "latent", card.latent) != card.latent or tuple(getattr(model, "shape", card.shape)) != card.shape:
        raise CheckpointError(
            f"The card of {name} has another size of code or picture than its network; restore {name}.json from the "
            "repository."
        )
    return model.eval()


def _weights(name):
    try:
        return _current(name, ".safetensors").read_bytes()
    except FileNotFoundError:
        raise CheckpointError(f"The weights of {name} are missing; restore them from the repository.") from None
    except OSError as error:
        raise CheckpointError(f"The weights of {name} cannot be read ({error.strerror}).") from None


def model_class(card: Card) -> type[nn.Module]:
    """The class named in a card; raises CheckpointError if it is not below `models.`, as nothing else is imported."""
    module, _, cls = card.model.rpartition(".")
    if not module.startswith("models."):
        raise CheckpointError(f"The card of {card.name} names {card.model}, which is not one of our models.")
    from torch import nn

    try:
        found = getattr(importlib.import_module(module), cls, None)
    except ImportError:
        found = None
    if not (isinstance(found, type) and issubclass(found, nn.Module) and found.__module__ == module):
        raise CheckpointError(
            f"The card of {card.name} names {card.model}, and there is no such network; restore {card.name}.json from "
            "the repository."
        )
    return found


def preview(name: str) -> dict[str, np.ndarray]:
    """Arrays that the app shows without torch (see evaluate/preview.py); {} for a checkpoint without any.

    Raises CheckpointError if the file is missing, does not have the card's digest or cannot be read, and for an array
    that it does not hold.
    """
    import safetensors.numpy

    card = read(name)
    again = f"restore {name}.atlas.safetensors from the repository or train the model again."
    absent = f"The preview of {name} has no {{}}; {again}"
    try:
        raw = _current(name, ".atlas.safetensors").read_bytes()
        fits = not card.preview or hashlib.sha256(raw).hexdigest() == card.preview
        arrays = Section(safetensors.numpy.load(raw) if fits else {}, absent)
    except FileNotFoundError:
        if card.preview:
            raise CheckpointError(f"The preview of {name} is missing; {again}") from None
        return Section({}, absent)
    except (safetensors.SafetensorError, ValueError, TypeError, KeyError, OSError):
        raise CheckpointError(f"The preview of {name} is cut or damaged; {again}") from None
    if not fits or ("codes" in arrays and arrays["codes"].shape[1:] != (card.latent,)):
        raise CheckpointError(f"The preview of {name} is not the one that its card describes; {again}")
    return arrays


def preview_to_extend(name: str) -> dict[str, np.ndarray]:
    """The arrays of a preview to which others will be added: {} if it is missing or damaged."""
    try:
        return preview(name)
    except CheckpointError:
        return {}


def save(model: nn.Module, card: Card, arrays: dict[str, np.ndarray] | None = None) -> Card:
    """Write weights, card and preview, all or none of them; returns the card with the sha256 of the weights.

    Weights are stored as float32, or as float16 if half precision is enough for the family or the network's class.
    card: its digests are ignored, and its parts, which belong to other weights, are dropped; the files of former parts
    are removed. arrays: the preview; without it, the existing one is kept.
    """
    import safetensors.torch
    import torch

    half = stored_as_half(model, card.kind)

    def stored(tensor):
        tensor = tensor.detach().cpu().contiguous()
        return tensor.to(torch.float16) if half and tensor.is_floating_point() else tensor

    raw = safetensors.torch.save({k: stored(v) for k, v in model.state_dict().items()})
    former = _former(card.name)
    card = _replace(dataclasses.replace(card, parts={}), raw, arrays)
    for part in former.parts if former else ():
        path(card.name, f".{part}.onnx").unlink(missing_ok=True)
    return card


def _replace(card, raw, arrays):
    """Write weights, preview and card; returns the card with their digests."""
    drawn = _bytes(arrays) if arrays else None
    if drawn is not None:
        digest = hashlib.sha256(drawn).hexdigest()
    else:  # the preview stays
        former = _former(card.name)
        digest = former.preview if former else ""
    card = dataclasses.replace(card, sha256=hashlib.sha256(raw).hexdigest(), preview=digest)
    contents = (raw, drawn, to_json(card).encode())
    files.replace({path(card.name, suffix): content for suffix, content in zip(SUFFIXES, contents, strict=True)})
    return card


def _former(name):
    """The existing card before it is replaced; None if there is none or it cannot be read."""
    try:
        return read(name)
    except CheckpointError:
        return None


def stored_as_half(model: nn.Module, kind: Family) -> bool:
    """Whether `save` stores a network's weights as float16."""
    return kind.half_precision or getattr(model, "half_precision", False)


def round_as_stored(model: nn.Module, kind: Family) -> None:
    """Round a network's weights as `save` will store them, so that the stored network is the one that is measured."""
    import torch

    if stored_as_half(model, kind):
        with torch.no_grad():
            for tensor in model.state_dict().values():  # shares its memory with the network
                if tensor.is_floating_point():
                    tensor.copy_(tensor.half())


def add_figures(name: str, metrics: dict, protocol: dict, **run) -> Card:
    """Write figures measured after the training into a card, with new entries of its run; returns the new Card."""
    card = read(name)
    card = dataclasses.replace(
        card, metrics=card.metrics | metrics, protocol=card.protocol | protocol, run=card.run | run
    )
    rewrite(card)
    return card


def rewrite(card: Card) -> None:
    """Replace the card of a checkpoint."""
    files.finish(path(card.name, each) for each in SUFFIXES)
    files.rewrite(path(card.name, ".json"), to_json(card).encode())


def save_preview(name: str, arrays: dict[str, np.ndarray]) -> None:
    """Write the preview of a checkpoint, and its digest into the card; CheckpointError without weights or card."""
    card = read(name)
    _replace(card, _weights(name), arrays)


def _bytes(arrays: dict[str, np.ndarray]) -> bytes:
    import numpy
    import safetensors.numpy

    return safetensors.numpy.save({k: numpy.ascontiguousarray(v) for k, v in arrays.items()})


def to_json(card: Card) -> str:
    """A card as JSON with one section per line."""
    lines = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in dataclasses.asdict(card).items())
    return "{\n" + ",\n".join(lines) + "\n}\n"
