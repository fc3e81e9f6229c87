"""A recipe over several seeds: what is trained, what is kept, and how it is shown."""

import dataclasses
import types

import numpy as np
import pytest

import checkpoints
from checkpoints import recorded
from data import DataError
from evaluate import Evaluation
from tests import toy_training
from tests.apptest import opened
from train.studies import seeds as training
from train.studies import study
from ui.evaluate import studies

TOY = dataclasses.replace(toy_training.RECIPES[0], epochs=1)


@pytest.fixture
def recipe(monkeypatch):
    """The toy, with its own card; its metric distinguishes the weights."""
    card = types.SimpleNamespace(
        metrics={"weight": 1.5, "each": [1, 2]}, run={"seconds": 2.0, "command": "python -m toy"}
    )
    monkeypatch.setattr(checkpoints, "read", lambda name: card)

    def evaluate(model, splits):
        assert not model.training
        return Evaluation({"weight": next(model.parameters()).sum().item(), "each": [0]}, {})

    return dataclasses.replace(TOY, evaluate=evaluate)


def test_the_card_is_the_first_run_and_every_seed_is_another_training(recipe):
    found = [key | train() for key, train in training.plan(recipe)]
    assert [run["seed"] for run in found] == [TOY.seed, *training.SEEDS]
    assert found[0] == {"seed": TOY.seed, "metrics": {"weight": 1.5}, "seconds": 2.0}
    assert len({run["metrics"]["weight"] for run in found}) == 3
    again = training.run(dataclasses.replace(recipe, seed=1), bf16=False)
    assert again["metrics"] == found[2]["metrics"]  # a seed decides everything


def test_no_file_is_written_without_data(recipe, monkeypatch, tmp_path):
    def missing():
        raise DataError("The train images of toy are missing.")

    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    without = dataclasses.replace(recipe, data=missing)
    with pytest.raises(DataError):
        study("seeds_toy", "python -m toy", {}, training.plan(without))
    assert not recorded.has("seeds_toy")


def test_all_seeds_are_trained_without_a_checkpoint(recipe, monkeypatch):
    def missing(name):
        raise checkpoints.CheckpointError(f"There is no model called “{name}”.")

    monkeypatch.setattr(checkpoints, "read", missing)
    with pytest.raises(checkpoints.CheckpointError):
        list(training.plan(recipe))
    unshipped = dataclasses.replace(recipe, unshipped="too large")
    assert [key for key, _ in training.plan(unshipped)] == [{"seed": seed} for seed in (TOY.seed, *training.SEEDS)]


RUNS = [{"seed": seed, "metrics": {"mig": mig, "only": 1.0}} for seed, mig in ((42, 0.5), (0, 0.7))]


def test_table():
    runs = [*RUNS, {"seed": 1, "metrics": {"mig": 0.6}}]
    found = studies.seeds_table(runs)
    assert found["metric"].tolist() == ["mig"]
    assert found["mean"][0] == pytest.approx(0.6)
    assert found["± over seeds"][0] == pytest.approx(np.std([0.5, 0.7, 0.6], ddof=1))
    assert found[["seed 42", "seed 0", "seed 1"]].values.tolist() == [[0.5, 0.7, 0.6]]


@pytest.mark.parametrize("broken", [False, True])
def test_the_models_page_shows_the_seeds(own_caches, monkeypatch, tmp_path, broken):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    file = recorded.write("seeds_mnist_gan", {"runs": RUNS})
    if broken:
        file.write_text(file.read_text()[:20])
    card = dataclasses.replace(checkpoints.read("mnist_gan"), metrics={"mig": 0.5})
    app = opened("evaluate/models", model="mnist_gan")
    assert ("The same with other seeds" in [s.label for s in app.tabs]) is not broken
    assert any("cannot be read" in w.value for w in app.warning) is broken
    if not broken:
        assert studies.over_seeds(card, "mig") == "0.60 ± 0.14 over 2 seeds (0.50, 0.70)"
