"""Trainings recorded for the app, NAME.json each, which pages show before anyone trains. Reading needs no torch.

settings, snapshots = theta_sweep()       written by `python -m train.recordings.theta_sweep`
grid, runs = density()                    written by `python -m train.recordings.density`
run = toy_gan("mode_collapse")            written by `python -m train mode_collapse`
critics = clipping()                      written by `python -m train.recordings.clipping`
study = validation("rps_cnn")             written by `python -m train.studies.validation rps_cnn`
search = read("search_mnist_gan")         written by `python -m train.studies.search mnist_gan`
"""

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, Self, TypeVar

import numpy as np

from checkpoints import CheckpointError, files
from checkpoints.recorded import toy_runs
from checkpoints.recorded.clipped_critics import ClippedCritics
from checkpoints.recorded.critic_settings import Settings
from checkpoints.recorded.density_snapshots import DensitySnapshot
from checkpoints.recorded.sweep_snapshots import SweepSnapshot
from checkpoints.recorded.validation_runs import Validation

FOLDER = Path(__file__).parent


class Storable(Protocol):
    """A snapshot that can be built from JSON values."""

    @classmethod
    def from_dict(cls, values: dict) -> Self: ...


Result = TypeVar("Result")
Snapshot = TypeVar("Snapshot", bound=Storable)


def theta_sweep() -> tuple[Settings, list[SweepSnapshot]]:
    """(Settings, [SweepSnapshot, …] in the order of their steps) of p = (0, U[0, 1]) against q_θ = (θ, U[0, 1])."""
    return _from("theta_sweep", lambda values: _run(values, SweepSnapshot))


def density() -> tuple[np.ndarray, list[tuple[Settings, list[DensitySnapshot]]]]:
    """(grid (G,), [(Settings, [DensitySnapshot, …]), …]) of tanh(2z + 1) + 0.75 z, the smallest network first."""
    return _from(
        "density", lambda values: (np.array(values["grid"]), [_run(run, DensitySnapshot) for run in values["runs"]])
    )


def toy_gan(name: str) -> toy_runs.Run:
    """A recorded toy GAN with its snapshots in the order of their steps."""
    return _from(f"toy_{name}", toy_runs.Run.from_dict)


def clipping() -> ClippedCritics:
    """ClippedCritics of data.toy's TWO_GAUSSIANS against MIDDLE_GAUSSIAN."""
    return _from("clipping", ClippedCritics.from_dict)


def validation(name: str) -> Validation:
    """The trainings by which the settings of a classifier's recipe were chosen."""
    return _from(f"validation_{name}", Validation.from_dict)


def read(name: str) -> dict:
    """The values of a file, {"command", "seconds", "versions", …}. Raises CheckpointError if missing or damaged."""
    return _from(name, dict)


def by_seed(comparison: dict) -> dict[str, dict[int, float]]:
    """{variant: {seed: the deciding figure}} of a recorded comparison, in its order; NaN for a training that
    diverged."""
    found: dict[str, dict[int, float]] = {}
    for run in comparison["runs"]:
        found.setdefault(run["variant"], {})[run["seed"]] = run.get("metrics", {}).get(comparison["metric"], math.nan)
    return found


def has(name: str) -> bool:
    """Whether there is a recording of this name; `read` says whether it is damaged."""
    return _file(name).exists()


def names(start: str) -> list[str]:
    """Names of the recordings that begin with `start`, sorted."""
    return sorted(file.stem for file in FOLDER.glob(f"{start}*.json"))


def write(name: str, values: dict) -> Path:
    """Write JSON values under a name, one snapshot per line; returns the path of the file."""
    file = _file(name)
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    files.rewrite(file, (text.replace('{"step"', '\n{"step"').replace('{"batch"', '\n{"batch"') + "\n").encode())
    return file


def _run(values: dict, kind: type[Snapshot]) -> tuple[Settings, list[Snapshot]]:
    return Settings(**values["settings"]), [kind.from_dict(snapshot) for snapshot in values["snapshots"]]


def _from(name: str, build: Callable[[dict], Result]) -> Result:
    try:
        return build(json.loads(_file(name).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise CheckpointError(f"The recorded training {name} is missing; restore it from the repository.") from None
    except (ValueError, TypeError, KeyError, RecursionError, OSError) as error:
        raise CheckpointError(
            f"The recorded training {name} cannot be read ({error}); restore it from the repository."
        ) from None


def _file(name: str) -> Path:
    if not re.fullmatch(r"[a-z0-9_]{1,80}", name):
        raise CheckpointError(f"There is no recorded training called “{name[:40]}”.")
    return FOLDER / f"{name}.json"
