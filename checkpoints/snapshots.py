"""Snapshots of a training, NAME.stages.safetensors next to its card: pictures from the same noise over time.

    kept = save("emoji_dcgan", frames, steps)     frames (T, H, W) or (T, H, W, 3) uint8, steps (T,)
    kept = read("emoji_dcgan")                    kept.steps (T,), kept.pictures: T WebP files, kept.frames

Every snapshot is a separate WebP file, so that the server can send any of them without decoding. An animated WebP would
be no smaller (successive grids of a GAN share few pixels) and would merge equal snapshots.
Needs numpy and Pillow, not torch.
"""

import hashlib
import io
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image

from checkpoints import CheckpointError, files, path

SUFFIX = ".stages.safetensors"
LARGEST, LARGEST_GREY = 3_000_000, 1_000_000  # bytes of a model's snapshots, in colour and in grey
QUALITIES = (100, 95, 90, 85, 80, 70, 60, 50)  # of lossy WebP, tried in this order if lossless does not fit
MIME = "image/webp"
ARRAYS = ("steps", "lengths", "size", "pictures")


@dataclass(frozen=True)
class Snapshots:
    """steps (T,) int64, rising; pictures: T grids as WebP files; size: (height, width) of a grid in pixels.

    lossless: whether the frames are bit for bit those that were saved; grey: whether they were (T, H, W).
    """

    steps: np.ndarray
    pictures: list[bytes] = field(repr=False)
    size: tuple[int, int]
    grey: bool
    lossless: bool

    def __len__(self) -> int:
        return len(self.steps)

    def frame(self, index: int) -> np.ndarray:
        """One grid as uint8, (H, W) or (H, W, 3)."""
        with Image.open(io.BytesIO(self.pictures[index])) as image:
            return np.asarray(image.convert("L" if self.grey else "RGB"))

    @cached_property
    def frames(self) -> np.ndarray:
        """All grids, (T, H, W) or (T, H, W, 3) uint8."""
        return np.stack([self.frame(index) for index in range(len(self))])

    def at(self, step: int) -> int:
        """Index of the latest snapshot recorded at or before `step`; 0 before the first one."""
        return max(0, int(np.searchsorted(self.steps, step, "right")) - 1)


def has(name: str) -> bool:
    """Whether there are snapshots of a checkpoint; `read` says whether they are damaged."""
    return path(name, SUFFIX).exists()


def save(name: str, frames: np.ndarray, steps: ArrayLike, limit: int | None = None) -> Snapshots:
    """Write the snapshots of a checkpoint in at most `limit` bytes (by default LARGEST or LARGEST_GREY); returns the
    same Snapshots as `read`.

    frames: (T, H, W) or (T, H, W, 3) uint8, one tiled grid per snapshot; steps: (T,) increasing ints. Lossless if that
    fits, otherwise the best quality that does; raises ValueError if none does or the arrays do not match.
    """
    import safetensors.numpy

    frames, steps = np.asarray(frames), np.asarray(steps, np.int64)
    if frames.dtype != np.uint8 or frames.ndim not in (3, 4) or frames.shape[3:] not in ((), (3,)):
        raise ValueError(f"frames are (T, H, W) or (T, H, W, 3) uint8, not {frames.shape} {frames.dtype}")
    if steps.shape != frames.shape[:1] or not len(steps) or (np.diff(steps) <= 0).any():
        raise ValueError("steps are one rising number for every frame")
    limit = limit or (LARGEST_GREY if frames.ndim == 3 else LARGEST)
    room = limit - 4096 - 16 * len(steps)  # the header, the lengths and the steps
    for quality in (None, *QUALITIES):
        pictures = _encoded(frames, quality, room)
        if pictures is not None:
            break
    else:
        raise ValueError(f"{len(frames)} frames of {frames.shape[1:]} do not fit into {limit:,} bytes")
    raw = b"".join(pictures)
    arrays = {
        "steps": steps,
        "lengths": np.array([len(picture) for picture in pictures], np.int64),
        "pictures": np.frombuffer(raw, np.uint8),
        "size": np.array(frames.shape[1:3], np.int64),
    }
    kind = {"grey": str(frames.ndim == 3), "lossless": str(quality is None), "sha256": _sha256(arrays)}
    files.rewrite(path(name, SUFFIX), safetensors.numpy.save(arrays, kind))
    return read(name)


def _encoded(frames: np.ndarray, quality: int | None, room: int) -> list[bytes] | None:
    """The frames as WebP files, lossless if quality is None; None as soon as they need more than `room` bytes."""
    options = {"lossless": True, "quality": 60} if quality is None else {"quality": quality}
    pictures = []
    for frame in frames:
        buffer = io.BytesIO()
        Image.fromarray(frame).save(buffer, "WEBP", method=4, **options)
        pictures.append(buffer.getvalue())
        room -= len(pictures[-1])
        if room < 0:
            return None
    return pictures


def _sha256(arrays: dict[str, np.ndarray]) -> str:
    return hashlib.sha256(b"".join(arrays[key].tobytes() for key in ARRAYS)).hexdigest()


def read(name: str) -> Snapshots:
    """The Snapshots of a checkpoint. Raises CheckpointError with one sentence if they are missing or damaged."""
    import safetensors

    file = path(name, SUFFIX)
    if not file.exists():
        raise CheckpointError(f"No snapshots of its training were recorded for {name}, so there is nothing to play.")
    try:
        with safetensors.safe_open(file, "np") as opened:
            kind = opened.metadata()
            arrays = {key: opened.get_tensor(key) for key in ARRAYS}
        if _sha256(arrays) != kind["sha256"]:
            raise ValueError("its bytes are not those that were written")
        raw, ends = arrays["pictures"].tobytes(), np.cumsum(arrays["lengths"])
        pictures = [raw[end - length : end] for end, length in zip(ends, arrays["lengths"], strict=True)]
        height, width = arrays["size"].tolist()
        return Snapshots(arrays["steps"], pictures, (height, width), kind["grey"] == "True", kind["lossless"] == "True")
    except (safetensors.SafetensorError, ValueError, TypeError, KeyError, OSError):
        raise CheckpointError(
            f"The recorded snapshots of {name} are cut or damaged; restore {file.name} from the repository."
        ) from None
