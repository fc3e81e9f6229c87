"""The score command: agrees with pytorch-fid on the same features; bad folders are one sentence and exit code 2."""

import os

import numpy as np
import pytest
import torch
from PIL import Image

import checkpoints
import data
from evaluate import inception, inception_cache, score
from evaluate.features import features
from metrics.frechet import frechet_of_features


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Two folders of 150 shipped digits each."""
    sample = data.sample("mnist").images
    paths = []
    for name, images in (("a", sample[:150]), ("b", sample[150:300])):
        paths.append(tmp_path_factory.mktemp(name))
        for i, image in enumerate(images):
            Image.fromarray(image[0]).save(paths[-1] / f"{i:04}.png")
    return paths


def test_the_score_agrees_with_pytorch_fid_on_the_same_features(folders, capsys):
    from pytorch_fid.fid_score import calculate_frechet_distance  # brings torchvision, which no other worker needs

    score.main([str(folders[0]), "--against", str(folders[1])])
    told = capsys.readouterr().out
    sample = data.sample("mnist").images
    classifier = checkpoints.load("mnist_classifier")
    tables = [features(classifier, part).double().numpy() for part in (sample[:150], sample[150:300])]
    moments = [value for table in tables for value in (table.mean(0), np.cov(table.T))]
    assert float(told.split()[1]) == pytest.approx(calculate_frechet_distance(*moments), rel=1e-5)  # printed digits
    value, floor, _ = score.score(folders[0], str(folders[1]), "mnist_classifier")
    assert value == pytest.approx(calculate_frechet_distance(*moments), rel=1e-6)
    assert floor > 0
    assert "150 pictures" in told


def test_a_damaged_file_with_a_name_that_is_not_utf_8_is_named(folders, tmp_path, capsys):
    folder = spoiled(folders[0], tmp_path, "whole")
    (folder / os.fsdecode(b"caf\xe9.png")).write_bytes(b"x")
    score.main([str(folder), "--against", str(folders[1]), "--skip-broken"])
    assert "left out as damaged: caf?.png" in capsys.readouterr().out


def spoiled(folder, tmp_path, kind):
    for file in list(folder.iterdir())[:5]:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    match kind:
        case "empty":
            for file in tmp_path.iterdir():
                file.unlink()
        case "size":
            Image.new("L", (30, 28)).save(tmp_path / "0002.png")
        case "broken":
            (tmp_path / "0002.png").write_bytes(b"\x89PNG\r\n\x1a\n cut")
        case "one":
            for file in sorted(tmp_path.iterdir())[1:]:
                file.unlink()
        case "text":
            for file in sorted(tmp_path.iterdir()):
                file.rename(file.with_suffix(".txt"))
    return tmp_path


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("empty", "no pictures"),
        ("size", "30×28"),
        ("broken", "Damaged or no pictures"),
        ("one", "at least 2"),
        ("text", "no pictures"),
    ],
)
def test_a_bad_folder_is_reported_in_one_sentence_with_exit_code_2(folders, tmp_path, capsys, kind, words):
    with pytest.raises(SystemExit) as ended:
        score.main([str(spoiled(folders[0], tmp_path, kind)), "--against", str(folders[1])])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told


def test_a_damaged_file_can_be_skipped_and_is_named(folders, tmp_path, capsys):
    score.main([str(spoiled(folders[0], tmp_path, "broken")), "--against", str(folders[1]), "--skip-broken"])
    assert "0002.png" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["nowhere"], ["nowhere", "--features", "fashion_vae"]])
def test_missing_files_are_reported_in_one_sentence(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        score.main(arguments)
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_all_damaged_files_are_named(folders, tmp_path, capsys):
    spoiled(folders[0], tmp_path, "broken")
    (tmp_path / "0009.png").write_bytes(b"")
    with pytest.raises(SystemExit) as ended:
        score.main([str(tmp_path), "--against", str(folders[1])])
    assert ended.value.code == 2
    assert "0002.png, 0009.png" in capsys.readouterr().err


class Averages:
    """Stands in for Inception."""

    shape = None

    def features(self, x):
        return torch.nn.functional.adaptive_avg_pool2d(x, 2).flatten(1)


def test_inception_takes_any_size_and_prints_fid(folders, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(inception, "load", lambda named: Averages())
    monkeypatch.setattr(inception_cache, "cache", lambda: tmp_path / "cache")
    score.main([str(folders[0]), "--against", str(folders[1]), "--features", "inception"])
    told = capsys.readouterr().out
    sample = data.sample("mnist").images.repeat(3, axis=1)
    expected = frechet_of_features(*(features(Averages(), part) for part in (sample[:150], sample[150:300])))
    assert float(told.split()[1]) == pytest.approx(expected, rel=1e-6)
    assert told.startswith("FID")


def test_pictures_of_two_sizes_are_reported_in_one_sentence(folders, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(inception, "load", lambda named: Averages())
    arguments = [str(spoiled(folders[0], tmp_path, "size")), "--against", str(folders[1]), "--features", "inception"]
    with pytest.raises(SystemExit) as ended:
        score.main(arguments)
    assert ended.value.code == 2
    assert "all pictures must have that size" in capsys.readouterr().err


def test_missing_inception_weights_are_reported_in_one_sentence(folders, tmp_path, capsys):
    missing = str(tmp_path / "weights.pth")
    with pytest.raises(SystemExit) as ended:
        score.main([str(folders[0]), "--features", "inception", "--weights", missing])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "There is no file" in told
    assert len(told.splitlines()) == 1
