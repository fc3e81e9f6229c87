"""A process that is killed while it stores a checkpoint leaves a consistent one: killed here at every step."""

import json
import os

import numpy as np
import pytest
import torch

import checkpoints
from checkpoints import files, parts
from models.vae import MLPVAE
from tests.toy_card import toy_card

ARGUMENTS = {"latent": 3, "hidden": 8, "shape": [1, 4, 4]}


class Killed(BaseException):
    """Represents the end of the process: no code of ours catches it."""


class Steps:
    """Counts the writes, renames and removals of checkpoints/files.py and dies in the one with this number.

    half: a write dies in the middle of the file instead of before it.
    """

    def __init__(self, monkeypatch, last=None, half=False):
        self.count, self.last, self.half = 0, last, half
        write, replace, unlink = files.write, os.replace, files.Path.unlink
        monkeypatch.setattr(files, "write", lambda file, content: self._write(write, file, content))
        monkeypatch.setattr(files.os, "replace", self._counted(replace))
        monkeypatch.setattr(files.Path, "unlink", self._counted(unlink))

    def _write(self, write, file, content):
        if self.count == self.last and self.half:
            write(file, content[: len(content) // 2])
        self._counted(write)(file, content)

    def _counted(self, function):
        def step(*arguments, **options):
            if self.count == self.last:
                raise Killed
            self.count += 1
            return function(*arguments, **options)

        return step


def model(seed):
    torch.manual_seed(seed)
    return MLPVAE(**ARGUMENTS)


def save(seed):
    return checkpoints.save(model(seed), toy_card(title=f"seed {seed}"), {"seed": np.array([seed])})


def stored():
    """The seed of the stored checkpoint; fails unless weights, card and preview are from one training."""
    card, network, arrays = checkpoints.read("toy"), checkpoints.load("toy"), checkpoints.preview("toy")
    seed = int(arrays["seed"][0])
    assert card.title == f"seed {seed}"
    expected = model(seed).state_dict()
    assert all(torch.equal(value, expected[name]) for name, value in network.state_dict().items())
    return seed


@pytest.mark.parametrize("half", [False, True], ids=["before", "within"])
@pytest.mark.parametrize("step", range(9))
def test_a_kill_leaves_the_old_or_the_new_checkpoint(folder, monkeypatch, step, half):
    save(0)
    with monkeypatch.context() as patch:
        steps = Steps(patch)
        save(0)
        assert steps.count == 9  # three removals, three writes, three renames
    with monkeypatch.context() as patch:
        Steps(patch, last=step, half=half)
        with pytest.raises(Killed):
            save(1)
    assert stored() == (1 if step > 6 else 0)
    assert [card.name for card in checkpoints.gallery()] == ["toy"]
    save(2)
    assert stored() == 2
    assert sorted(file.name for file in folder.iterdir()) == ["toy.atlas.safetensors", "toy.json", "toy.safetensors"]


@pytest.mark.parametrize("step", range(9))
def test_files_of_a_killed_save_are_not_part_of_the_next_one(folder, monkeypatch, step):
    """The next one has no preview, so a part left by the first would be used instead."""
    save(0)
    with monkeypatch.context() as patch:
        Steps(patch, last=step)
        with pytest.raises(Killed):
            save(1)
    before = stored()
    card = checkpoints.save(model(before), toy_card(title=f"seed {before}"))
    with monkeypatch.context() as patch:
        Steps(patch, last=6)  # before its last rename
        with pytest.raises(Killed):
            checkpoints.save(model(before), toy_card(title=f"seed {before}", summary="again"))
    assert stored() == before
    assert checkpoints.read("toy").sha256 == card.sha256


@pytest.mark.parametrize("step", [7, 8])
def test_figures_can_be_added_to_the_card_of_a_killed_save(folder, monkeypatch, step):
    save(0)
    with monkeypatch.context() as patch:
        Steps(patch, last=step)
        with pytest.raises(Killed):
            save(1)
    checkpoints.add_figures("toy", {"fid": 1.0}, {"fid": "for tests"})
    assert stored() == 1
    assert json.loads((folder / "toy.json").read_text())["metrics"] == {"fid": 1.0}
    checkpoints.save_preview("toy", {"seed": np.array([1]), "codes": np.zeros((2, 3))})
    assert stored() == 1
    assert set(checkpoints.preview("toy")) == {"seed", "codes"}


@pytest.mark.parametrize("step", [0, 1])
def test_a_kill_while_figures_are_added_keeps_the_card(folder, monkeypatch, step):
    save(0)
    with monkeypatch.context() as patch:
        Steps(patch, last=step, half=True)
        with pytest.raises(Killed):
            checkpoints.add_figures("toy", {"fid": 1.0}, {})
    assert stored() == 0
    assert checkpoints.read("toy").metrics == {}


def test_an_unknown_family_is_refused(folder):
    save(0)
    file = folder / "toy.json"
    file.write_text(file.read_text().replace('"vae"', '"diffusion"'))
    with pytest.raises(checkpoints.CheckpointError, match="no family diffusion"):
        checkpoints.read("toy")
    assert checkpoints.gallery() == []


def test_parts_of_other_weights_are_removed(folder):
    save(1)
    parts.save("toy", {"encoder": parts.Exported(b"old", "float32", 0.0)})
    assert (folder / "toy.encoder.onnx").exists()
    checkpoints.save_preview("toy", {"seed": np.array([1])})  # the same weights
    assert checkpoints.read("toy").parts
    assert (folder / "toy.encoder.onnx").exists()
    save(2)
    assert checkpoints.read("toy").parts == {}
    assert {file.name for file in folder.iterdir()} == {"toy.json", "toy.safetensors", "toy.atlas.safetensors"}
