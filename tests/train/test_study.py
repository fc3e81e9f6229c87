"""Trainings that are compared: what is run, what is kept, what is written and when."""

import pytest

from checkpoints import recorded
from train.recordings import store
from train.studies import in_one_sentence, study

COMMON = {"width": 16}


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)


def plan(*seeds, broken=None):
    def train(seed):
        if seed == broken:
            raise KeyboardInterrupt
        return {"frechet": [seed + 0.5], "seconds": 2.0}

    return [({"seed": seed}, lambda seed=seed: train(seed)) for seed in seeds]


def kept():
    return [run["seed"] for run in recorded.read("toy")["runs"]]


def test_a_study_is_written_with_its_shared_data():
    runs = study("toy", "python -m toy", COMMON, plan(3, 1))
    assert runs == [{"seed": seed, "frechet": [seed + 0.5], "seconds": 2.0} for seed in (3, 1)]
    found = recorded.read("toy")
    assert (found["command"], found["seconds"], found["width"], found["runs"]) == ("python -m toy", 4.0, 16, runs)
    assert {"python", "torch"} <= set(found["versions"])


def test_a_stopped_study_continues_after_its_last_complete_run(capsys):
    with pytest.raises(KeyboardInterrupt):
        study("toy", "python -m toy", COMMON, plan(0, 1, 2, broken=2))
    assert kept() == [0, 1]
    capsys.readouterr()
    study("toy", "python -m toy", COMMON, plan(5, 0, 1, 2, broken=0))  # 0 is not run again
    assert kept() == [5, 0, 1, 2]
    said = capsys.readouterr().out
    assert ("'seed': 5" in said, "'seed': 0" in said) == (True, False)


def test_the_command_of_a_stopped_study_says_that_it_continues():
    with pytest.raises(SystemExit, match="Every whole training is kept; the same command goes on"):
        in_one_sentence()(study)("toy", "python -m toy", COMMON, plan(0, 1, broken=1))
    assert kept() == [0]


def test_runs_of_another_study_are_dropped():
    study("toy", "python -m toy", COMMON, plan(0, 1))
    with pytest.raises(KeyboardInterrupt):
        study("toy", "python -m toy", {"width": 32}, plan(0, broken=0))
    study("toy", "python -m toy", {"width": 32}, plan(0))
    assert kept() == [0]


def test_a_run_that_changed_is_replaced():
    study("toy", "python -m toy", COMMON, [({"seed": 1, "mig": 0.2, "seconds": 1.0}, dict)])
    study("toy", "python -m toy", COMMON, [({"seed": 1, "mig": 0.4, "seconds": 1.0}, dict)])
    assert [run["mig"] for run in recorded.read("toy")["runs"]] == [0.4]


@pytest.mark.parametrize(
    "work",
    [
        lambda: in_one_sentence()(study)("toy", "python -m toy", COMMON, plan(0)),
        lambda: store("toy", "python -m toy", lambda: {"steps": 1}),
    ],
)
def test_a_recording_that_cannot_be_written_is_reported_in_one_sentence(monkeypatch, tmp_path, work):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path / "nothing")
    with pytest.raises(SystemExit, match=r"toy\.json\.\w+\.new\.part: No such file or directory\.$"):
        work()
