"""The data with which commands evaluate a stored model."""

import dataclasses

import pytest
import torch

import checkpoints
from data import splits
from data.splits import Split, Splits
from evaluate import command


def pictures(count):
    return Split(torch.randint(256, (count, 1, 2, 2), dtype=torch.uint8), torch.zeros(count, dtype=torch.int64))


@pytest.mark.parametrize("watched", [0, 12])
def test_evaluation_holds_out_the_same_pictures_as_training(monkeypatch, watched):
    whole = Splits("toy", "", pictures(40), pictures(10))
    monkeypatch.setattr(splits, "named", {"data.splits.toy": whole}.__getitem__)
    recipe = {"data": "data.splits.toy"} | ({"watched": watched} if watched else {})
    found = command.splits_of(dataclasses.replace(checkpoints.read("mnist_gan"), recipe=recipe))
    assert len(found.train) == 40 - watched
    if watched:
        assert torch.equal(found.train.images, whole.holding(watched).train.images)
        assert torch.equal(found.valid.images, whole.holding(watched).valid.images)
    else:
        assert found is whole


def test_figures_that_cannot_be_written_are_printed(monkeypatch, capsys):
    def full(*arguments, **run):
        raise OSError(28, "No space left on device", "toy.json.new.part")

    monkeypatch.setattr(checkpoints, "add_figures", full)
    monkeypatch.setattr("sys.argv", ["test", "toy"])
    with pytest.raises(SystemExit, match=r"^toy\.json\.new\.part: No space left on device\.$"):
        command.run("test", "", lambda name: command.added(name, {"kid": 0.25}, {}))
    assert capsys.readouterr().out == "kid 0.25\n"


def test_a_system_error_without_a_file_name_is_raised(monkeypatch):
    def lost(name):
        raise ConnectionError("lost")

    monkeypatch.setattr("sys.argv", ["test", "toy"])
    with pytest.raises(ConnectionError, match="lost"):
        command.run("test", "", lost)


def test_a_stopped_command_says_which_files_it_left(monkeypatch):
    def stopped(name):
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.argv", ["test", "toy"])
    with pytest.raises(SystemExit, match=r"^\nStopped\. The card of toy has no new figures\.$"):
        command.run("test", "", stopped)
