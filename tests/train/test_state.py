"""A training whose state or checkpoint cannot be written or read: a sentence, and nothing is lost."""

import errno
import os

import pytest
import torch

import checkpoints
from checkpoints import files
from tests.toy_training import RECIPES, fresh, stripes
from train import cli
from train.loop import ResumeError, fit

TOY = RECIPES[0]


@pytest.fixture
def command(tmp_path, monkeypatch):
    """command(*arguments): `python -m train toy --epochs 1` with checkpoints in a folder of its own."""
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    monkeypatch.setattr(checkpoints, "FOLDER", folder)
    runs = str(tmp_path / "runs")
    return lambda *arguments: cli.main(RECIPES, ["toy", "--epochs", "1", "--device", "cpu", "--runs", runs, *arguments])


def full_disk(monkeypatch, suffix):
    """Files with that end of their name cannot be written, from the second byte on."""
    opened = open

    class Full:
        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def write(self, content):
            self.file.write(content[:1])
            raise OSError(errno.ENOSPC, "No space left on device")

    def limited(file, *arguments, **options):
        whole = opened(file, *arguments, **options)
        return Full(whole) if str(file).endswith(suffix) else whole

    monkeypatch.setattr(files, "open", limited, raising=False)


@pytest.mark.parametrize("place", ["a file", "a file/below"])
def test_an_unwritable_folder_is_named_before_the_training(tmp_path, command, place):
    (tmp_path / "a file").write_text("")
    with pytest.raises(SystemExit, match=r"state of the training cannot be kept in .*a file.*name another folder"):
        command("--runs", str(tmp_path / place))
    assert list(checkpoints.FOLDER.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nonsense", "There is no device “nonsense”; --device takes cpu, cuda, mps"),
        ("meta", "There is no device “meta”"),
        ("cuda:99", "This machine has no device cuda:99"),
        ("cuda:x", "This machine has no device cuda:x"),
        ("cpu:1", "This machine has no device cpu:1"),
    ],
)
def test_an_unknown_device_is_refused(command, name, words):
    with pytest.raises(SystemExit, match=words):
        command("--device", name)


def test_an_available_device_is_accepted():
    assert cli.device_of("cpu") == torch.device("cpu")


@pytest.mark.parametrize("number", ["0", "-3", "1000000"])
def test_an_impossible_number_of_threads_is_refused(command, capsys, number):
    before = torch.get_num_threads()
    with pytest.raises(SystemExit):
        command("--threads", number)
    assert "--threads must be from 1 to 1024" in capsys.readouterr().err
    assert torch.get_num_threads() == before


def test_a_full_disk_does_not_end_a_training(tmp_path, monkeypatch, capsys):
    """The previous state is kept, no partial file is left, and the weights are those of an undisturbed training."""
    file, model = tmp_path / "toy.pt", fresh()
    file.write_bytes(b"of before")
    full_disk(monkeypatch, ".new.part")
    fit(model, TOY, stripes().train, state_file=file, quiet=True)
    assert capsys.readouterr().out.count("No space left on device); the training goes on") == TOY.epochs
    assert [each.name for each in tmp_path.iterdir()] == ["toy.pt"]
    assert file.read_bytes() == b"of before"
    undisturbed = fresh()
    fit(undisturbed, TOY, stripes().train, quiet=True)
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), undisturbed.parameters(), strict=True))


@pytest.mark.parametrize("suffix", ["toy.safetensors.part", "toy.json.part"])
def test_a_checkpoint_that_could_not_be_written_is_written_by_resume(command, monkeypatch, suffix):
    with monkeypatch.context() as patch:
        full_disk(patch, suffix)
        with pytest.raises(SystemExit, match=f"{suffix} cannot be written .No space left.*go on with --resume"):
            command()
    assert list(checkpoints.FOLDER.iterdir()) == []
    command("--resume")
    assert checkpoints.load("toy").latent == 2


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_a_truncated_state_is_reported_in_one_sentence(tmp_path, cut):
    file = tmp_path / "toy.pt"
    fit(fresh(), TOY, stripes().train, state_file=file, quiet=True)
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(ResumeError, match=r"toy.pt is cut or damaged \(\w+\); remove it"):
        fit(fresh(), TOY, stripes().train, state_file=file, resume=True, quiet=True)


@pytest.mark.parametrize(
    "saved", [[1], {}, {"recipe": TOY.to_json()}, {"recipe": TOY.to_json(), "state": {"model": {}}}]
)
def test_a_file_that_is_not_a_state_is_reported_in_one_sentence(tmp_path, saved):
    torch.save(saved, tmp_path / "toy.pt")
    with pytest.raises(ResumeError, match="cut or damaged"):
        fit(fresh(), TOY, stripes().train, state_file=tmp_path / "toy.pt", resume=True, quiet=True)


def test_a_state_of_another_kind_of_device_is_reported_in_one_sentence(tmp_path):
    file = tmp_path / "toy.pt"
    fit(fresh(), TOY, stripes().train, state_file=file, quiet=True)
    saved = torch.load(file, weights_only=True)
    assert saved["device"] == "cpu"
    torch.save(saved | {"device": "cuda"}, file)
    with pytest.raises(ResumeError, match=r"written by a training on cuda; go on there"):
        fit(fresh(), TOY, stripes().train, state_file=file, resume=True, quiet=True)
    torch.save({name: value for name, value in saved.items() if name != "device"}, file)  # as it was written before
    fit(fresh(), TOY, stripes().train, state_file=file, resume=True, quiet=True)


def test_a_training_without_git_is_stored(command, monkeypatch):
    monkeypatch.setenv("PATH", os.devnull)
    command()
    assert checkpoints.read("toy").run["commit"] is None
