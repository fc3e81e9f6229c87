"""python -m train own: from a folder or a zip to a checkpoint, and what is refused in one sentence."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

import checkpoints
from checkpoints import snapshots
from data.own.sets import splits
from tests.data.own_files import of_pictures, packed, picture
from train import loop, own, own_gan, own_recipe

SMALL = ("--epochs", "2", "--device", "cpu", "--channels", "4", "--latent", "3", "--pixels", "32")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A separate registry, with the network from which trainings on few pictures start."""
    registry = tmp_path / "checkpoints"
    registry.mkdir()
    for suffix in (".json", ".safetensors"):
        shutil.copy(checkpoints.FOLDER / f"mnist_vae{suffix}", registry)
    monkeypatch.setattr(checkpoints, "FOLDER", registry)
    (tmp_path / "spots.zip").write_bytes(of_pictures(24, ("round", "wide")))
    return tmp_path


def train(folder, *arguments, images="spots.zip"):
    own.main(["--images", str(folder / images), "--name", "spots", "--runs", str(folder / "runs"), *arguments])


def test_a_zip_becomes_a_checkpoint(folder, capsys):
    train(folder, *SMALL, "--title", "My <b>spots</b>")
    card = checkpoints.read("spots")
    assert (card.own, card.classes, card.shape, card.latent) == (True, ("round", "wide"), (1, 32, 32), 3)
    assert card.title == "My b spots b"
    assert card.dataset["name"] == "own_inverted_spots"
    assert (card.dataset["train_images"], card.dataset["test_images"]) == (22, 2)
    assert card.metrics.keys() >= {"test_mse", "test_mse_pca3", "train_mse", "knn5_accuracy"}
    assert card.history.keys() == {"loss", "reconstruction", "kl", "error", "held_out_error"}
    assert snapshots.read("spots").steps.tolist() == [25, 50]
    assert checkpoints.load("spots").variance == card.arguments["variance"]
    assert "24 pictures, 32×32 pixels in grey" in capsys.readouterr().out


def test_a_folder_and_a_table_are_read(folder):
    (folder / "many").mkdir()
    for k in range(12):
        (folder / "many" / f"{k}.png").write_bytes(picture(k))
    (folder / "classes.csv").write_text("file,class\n" + "".join(f"{k}.png,{'ab'[k % 2]}\n" for k in range(12)))
    train(folder, *SMALL, "--labels", str(folder / "classes.csv"), images="many")
    assert checkpoints.read("spots").classes == ("a", "b")


@pytest.mark.slow
def test_a_gan_can_be_trained_by_the_command(folder):
    train(folder, *SMALL, "--model", "gan")
    card = checkpoints.read("spots")
    assert (card.own, card.family, card.shape, card.latent) == (True, "gan", (1, 32, 32), 3)
    assert card.title == "GAN of “spots”"
    assert card.metrics.keys() == {"nearest_train", "nearest_train_of_test"}  # no classifier takes that size
    assert snapshots.read("spots").steps.tolist() == [100, 200]
    assert snapshots.read("spots").size == (128, 256)
    assert set(card.parts) == {"decoder"}


@pytest.mark.slow
@pytest.mark.parametrize("model", ["vae", pytest.param("gan", marks=pytest.mark.slow)])
def test_resume_continues_only_with_the_same_pictures(folder, monkeypatch, model):
    steps, arguments = loop.steps, (*SMALL, "--model", model)
    monkeypatch.setattr(own_gan, "INTERVAL", 25)

    def killed(*arguments, **options):
        for taken, total, history in steps(*arguments, **options):
            yield taken, total, history
            if taken == 30:
                raise KeyboardInterrupt

    monkeypatch.setattr(loop, "steps", killed)
    with pytest.raises(SystemExit, match="The last whole epoch is kept"):
        train(folder, *arguments)
    monkeypatch.setattr(loop, "steps", steps)
    (folder / "others.zip").write_bytes(of_pictures(23))
    with pytest.raises(SystemExit, match="another recipe"):
        train(folder, *arguments, "--resume", images="others.zip")
    train(folder, *arguments, "--resume")
    resumed = checkpoints.load("spots").state_dict()
    train(folder, *arguments, "--replace")
    whole = checkpoints.load("spots").state_dict()
    assert all(torch.equal(resumed[name], value) for name, value in whole.items())


@pytest.mark.parametrize(
    ("files", "arguments", "words"),
    [
        ({"a.txt": b"hello"}, (), "Only 0 different pictures"),
        ({f"{k}.png": picture(k) for k in range(12)} | {"x.png": b"x"}, ("--strict",), "1 files cannot be used"),
        ({f"{k}.png": picture(1) for k in range(12)}, (), "All 12 pictures give the same input"),
    ],
)
def test_unusable_pictures_are_refused(folder, files, arguments, words):
    (folder / "bad.zip").write_bytes(packed(files))
    with pytest.raises(SystemExit, match=words):
        train(folder, *arguments, images="bad.zip")


def test_a_file_with_a_name_that_is_not_utf_8_is_named(folder, capsys):
    (folder / "many").mkdir()
    for k in range(12):
        (folder / "many" / f"{k}.png").write_bytes(picture(k))
    (folder / "many" / os.fsdecode(b"caf\xe9.png")).write_bytes(b"x")
    train(folder, "--dry-run", images="many")
    assert "caf?.png: The file is" in capsys.readouterr().out


def test_an_unreadable_zip_is_reported(folder, monkeypatch):
    def forbidden(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(SystemExit, match=r"spots\.zip cannot be read \(Permission denied\)\.$"):
        train(folder)


def test_a_shipped_checkpoint_is_not_overwritten(folder):
    with pytest.raises(SystemExit, match="There is a checkpoint called mnist_vae already"):
        own.main(["--images", str(folder / "spots.zip"), "--name", "mnist_vae", "--replace"])


def test_a_missing_folder_is_reported(folder):
    with pytest.raises(SystemExit, match="There is no folder"):
        train(folder, images="nothing")


@pytest.mark.parametrize("wrong", [("--name", "Rosen!"), ("--latent", "1"), ("--pixels", "30"), ("--epochs", "0")])
def test_impossible_options_are_refused(folder, wrong):
    with pytest.raises(SystemExit) as end:
        train(folder, *wrong)
    assert end.value.code == 2


def made(count, shape, **changes):
    images = np.random.default_rng(0).integers(256, size=(count, *shape), dtype=np.uint8)
    pictures = splits("own_grey_some", images, np.zeros(count, np.int64), ("picture",), "")
    return own_recipe.recipe("some", pictures, **changes)


@pytest.mark.parametrize(
    ("count", "shape", "start", "latent", "steps"),
    [
        (50, (1, 28, 28), "mnist_vae", 16, 700),
        (400, (1, 28, 28), "mnist_vae", 16, 700),
        (600, (1, 28, 28), None, 16, 2000),
        (50, (3, 32, 32), None, 8, 1000),
        (400, (3, 28, 28), None, 16, 2000),
        (3500, (1, 28, 28), None, 16, 3000),
    ],
)
def test_the_recipe_depends_on_the_pictures(count, shape, start, latent, steps):
    recipe = made(count, shape)
    assert (recipe.start, recipe.arguments["latent"], recipe.epochs * recipe.steps_per_epoch(0)) == (
        start,
        latent,
        steps,
    )
    assert recipe.arguments.get("normed", False) == (start is None)
    recipe.begun()  # the weights of `start` fit


@pytest.mark.parametrize(
    ("arguments", "start"), [({"latent": 8}, None), ({"channels": 32}, None), ({"latent": 16}, "mnist_vae")]
)
def test_a_network_of_another_size_starts_with_random_weights(arguments, start):
    recipe = made(50, (1, 28, 28), arguments=arguments)
    assert recipe.start == start
    assert arguments.items() <= recipe.arguments.items()
    recipe.begun()
