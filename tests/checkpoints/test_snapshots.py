"""Recorded snapshots: round trips within the size limit, and one sentence for each damaged file."""

import subprocess
import sys

import numpy as np
import pytest

import checkpoints
from checkpoints import snapshots


def grids(count, *shape, seed=0):
    """Smooth random pictures: noise that no codec can shorten would be no picture."""
    noise = np.random.default_rng(seed).standard_normal((count, *shape)).cumsum(1).cumsum(2)
    return (127 + 80 * np.tanh(noise / 8)).astype(np.uint8)


@pytest.mark.parametrize("shape", [(28, 56), (32, 64, 3)], ids=["grey", "colour"])
def test_the_round_trip_is_exact_if_it_fits(folder, shape):
    frames = grids(5, *shape)
    frames[3] = frames[2]  # equal snapshots stay two snapshots
    written = snapshots.save("toy", frames, [200, 400, 600, 800, 1000])
    assert snapshots.has("toy")
    assert not snapshots.has("other")
    for found in (written, snapshots.read("toy")):
        assert found.lossless
        assert (found.size, len(found)) == (shape[:2], 5)
        assert np.array_equal(found.frames, frames)
        assert np.array_equal(found.frame(4), frames[4])
        assert found.steps.tolist() == [200, 400, 600, 800, 1000]
    assert [found.at(step) for step in (0, 200, 399, 400, 5000)] == [0, 0, 0, 1, 4]


def test_pictures_are_stored_at_the_best_quality_that_fits(folder):
    frames = grids(6, 96, 96, 3)
    exact = snapshots.save("exact", frames, range(6))
    limit = sum(map(len, exact.pictures)) // 2 + 5000
    close = snapshots.save("close", frames, range(6), limit=limit)
    assert not close.lossless
    assert (folder / "close.stages.safetensors").stat().st_size <= limit
    error = np.abs(close.frames.astype(int) - frames).mean()
    assert 0 < error < 12
    with pytest.raises(ValueError, match="do not fit"):
        snapshots.save("never", frames, range(6), limit=5000)
    assert not snapshots.has("never")


@pytest.mark.parametrize(
    ("frames", "steps"),
    [
        (np.zeros((2, 4, 4)), [1, 2]),
        (np.zeros((2, 4, 4, 2), np.uint8), [1, 2]),
        (np.zeros((2, 4, 4), np.uint8), [1]),
        (np.zeros((2, 4, 4), np.uint8), [2, 1]),
        (np.zeros((0, 4, 4), np.uint8), []),
    ],
    ids=["floats", "two channels", "too few steps", "falling steps", "nothing"],
)
def test_inconsistent_arrays_are_refused(folder, frames, steps):
    with pytest.raises(ValueError, match=r"^(frames|steps) are"):
        snapshots.save("toy", frames, steps)


@pytest.mark.parametrize("where", [0, 7, 100, 0.5, 0.99], ids=str)
def test_a_truncated_recording_is_reported_in_one_sentence(folder, where):
    snapshots.save("toy", grids(4, 28, 28), range(4))
    file = folder / "toy.stages.safetensors"
    raw = file.read_bytes()
    file.write_bytes(raw[: where if isinstance(where, int) else int(len(raw) * where)])
    with pytest.raises(checkpoints.CheckpointError, match="cut or damaged; restore toy"):
        snapshots.read("toy")


def test_one_changed_byte_is_detected(folder):
    snapshots.save("toy", grids(4, 28, 28), range(4))
    file = folder / "toy.stages.safetensors"
    raw = bytearray(file.read_bytes())
    raw[-40] ^= 1
    file.write_bytes(raw)
    with pytest.raises(checkpoints.CheckpointError, match="cut or damaged"):
        snapshots.read("toy")


def test_missing_and_forged_names_are_reported(folder):
    with pytest.raises(checkpoints.CheckpointError, match="No snapshots"):
        snapshots.read("toy")
    with pytest.raises(checkpoints.CheckpointError, match="no model called"):
        snapshots.has("../secret")


def test_reading_needs_no_torch():
    code = "import sys; from checkpoints import snapshots; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
