"""Studies of settings: an example by hand, and every stored one."""

import dataclasses

import pytest

import checkpoints
from checkpoints import recorded
from checkpoints.recorded.validation_runs import Setting, Validation

STORED = sorted(file.stem.removeprefix("validation_") for file in recorded.FOLDER.glob("validation_*.json"))


def run(batch, rate, seed, valid):
    """Curves of two epochs."""
    curves = {"loss": [1.0, 0.5], "accuracy": [0.5, 1.0], "valid_loss": [1 - valid[0], 1 - valid[1]]}
    return {"batch": batch, "learning_rate": rate, "seed": seed, **curves, "valid_accuracy": valid, "seconds": 1.0}


RUNS = [
    run(8, 0.1, 42, [0.5, 0.75]),
    run(8, 0.01, 42, [0.6, 0.7]),
    run(32, 0.1, 42, [0.8, 0.8]),
    run(8, 0.1, 0, [0.5, 0.25]),
    run(8, 0.01, 0, [0.9, 0.7]),
    run(32, 0.1, 0, [0.7, 0.5]),
]


def study(runs=RUNS, stages=(1, 2)):
    return Validation.from_dict(
        {"recipe": {}, "dataset": {}, "stages": list(stages), "command": "python", "runs": [*runs], "commit": "abc"}
    )


def test_by_hand():
    found = study()
    assert (found.batches, found.learning_rates, found.seeds) == ([8, 32], [0.01, 0.1], [42, 0])
    assert found.settings[:2] == [Setting(8, 0.01, 1), Setting(8, 0.01, 2)]
    assert len(found.settings) == 6
    assert found.values(Setting(8, 0.1, 2)) == [0.75, 0.25]
    assert found.mean(Setting(8, 0.1, 2)) == pytest.approx(0.5)
    assert found.deviation(Setting(8, 0.1, 2)) == pytest.approx(0.5 / 2**0.5)
    assert found.mean(Setting(32, 0.1, 1), "valid_loss") == pytest.approx(0.25)
    assert study(RUNS[:3]).deviation(Setting(8, 0.1, 2)) is None


def test_more_seeds_for_one_cell_do_not_change_the_choice():
    worse = run(32, 0.1, 1, [0.0, 0.0])
    assert study([*RUNS[:3], worse]).best == study(RUNS[:3]).best == Setting(32, 0.1, 1)
    assert study([*RUNS[:3], worse]).values(Setting(32, 0.1, 1)) == [0.8, 0.0]


def test_the_best_is_the_mean_over_seeds_and_then_the_loss():
    assert study().best == Setting(8, 0.01, 1)  # of 0.75 in two settings…
    lower = dataclasses.replace(study().runs[2], valid_loss=[0.0, 0.5])
    assert dataclasses.replace(study(), runs=[*study().runs[:2], lower, *study().runs[3:]]).best == Setting(32, 0.1, 1)


@pytest.mark.parametrize(
    "values",
    [
        {"runs": []},
        {"runs": RUNS, "stages": [3]},
        {"runs": [RUNS[0] | {"loss": [1.0]}]},
        {"runs": [{k: v for k, v in RUNS[0].items() if k != "seed"}]},
    ],
)
def test_a_damaged_file_is_reported_in_one_sentence(values, monkeypatch, tmp_path):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    whole = {"recipe": {}, "dataset": {}, "stages": [1, 2], "command": "python", "runs": RUNS}
    recorded.write("validation_toy", whole)
    assert recorded.validation("toy") == study()
    recorded.write("validation_toy", whole | values)
    with pytest.raises(checkpoints.CheckpointError, match="cannot be read"):
        recorded.validation("toy")


@pytest.mark.parametrize("name", STORED)
def test_stored_runs_match_the_data(name):
    found = recorded.validation(name)
    sizes = {"rock_paper_scissors": (1800, 720), "horses_or_humans": (834, 193)}[found.dataset["name"]]
    assert (found.dataset["train_images"], found.dataset["valid_images"]) == sizes
    for each in found.runs:  # a share of the validation pictures
        assert all(abs(value * sizes[1] - round(value * sizes[1])) < 0.01 for value in each.valid_accuracy)
    assert len({(run.batch, run.learning_rate, run.seed) for run in found.runs}) == len(found.runs)
    assert len(found.values(found.best)) == len(found.seeds) == 3
