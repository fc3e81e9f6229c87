"""A recorded search: what it stores, and how the page of the models shows it."""

import dataclasses
import json

import pytest
import torch

from checkpoints import recorded
from models.adversarial import NonSaturatingR1
from models.gan import MLPGAN
from tests.apptest import opened
from tests.toy_training import stripes
from tests.train.test_gan import TOY
from train.adversarial import adam_without_momentum
from train.monitor import Monitor
from train.studies import search
from ui.evaluate import studies

TRIAL = {
    "loss": "NonSaturating()",
    "learning_rate": 2e-4,
    "batch": 128,
    "optimiser": "train.adversarial.adam",
    "seconds": 60.0,
}


class Counted(Monitor):
    """Replaces the Fréchet distance: the number of epochs so far."""

    def __init__(self, recipe, splits, samples, real):
        self.calls = 0

    def __call__(self, model):
        assert isinstance(model, MLPGAN)
        self.calls += 1
        return {"frechet": float(self.calls)}


def test_every_trial_differs_only_by_its_change(monkeypatch):
    monkeypatch.setattr(search, "Watch", Counted)
    recipe = dataclasses.replace(TOY, data=stripes)
    changes = ({"learning_rate": 1e-4}, {"learning_rate": 1e-4, "optimiser": adam_without_momentum})
    one, other = (key | train() for key, train in search.plan(recipe, changes))
    assert one["frechet"] == other["frechet"] == [1.0, 2.0]
    assert one["learning_rate"] == other["learning_rate"] == 1e-4
    assert [t["optimiser"].rpartition(".")[2] for t in (one, other)] == ["adam", "adam_without_momentum"]


def test_trials_in_bfloat16_are_a_separate_search(monkeypatch, tmp_path):
    """They are added neither to the float32 trials of the file nor to its command."""
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    monkeypatch.setattr(search, "Watch", Counted)
    monkeypatch.setattr(search, "RECIPES", {"toy": dataclasses.replace(TOY, data=stripes)})
    monkeypatch.setattr(search, "SEARCHES", {"toy": ({"epochs": 1}, ({"batch": 16},))})
    asked = []

    def fit(*arguments, bf16, monitor):
        asked.append(bf16)
        return {"frechet": [1.0]}, 1.0

    monkeypatch.setattr(search, "fit", fit)
    found = []
    for bf16 in (False, True, True):  # the last one finds its trial in the file
        search.search("toy", bf16)
        found.append(recorded.read("search_toy"))
    assert asked == [False, True]
    assert [one.get("bf16") for one in found] == [None, True, True]
    command = "python -m train.studies.search toy"
    assert [one["command"] for one in found] == [command, f"{command} --bf16", f"{command} --bf16"]


def test_a_trial_starts_as_its_recipe_says(monkeypatch):
    """With the weights of another checkpoint, where the recipe names one."""
    weights = MLPGAN(**TOY.arguments)
    monkeypatch.setattr("checkpoints.load", lambda name: weights)
    monkeypatch.setattr(search, "Watch", Counted)
    begun = []

    def fit(model, *arguments, **options):
        begun.append(model)
        return {"frechet": [1.0]}, 1.0

    monkeypatch.setattr(search, "fit", fit)
    search.run(dataclasses.replace(TOY, data=stripes, start="another"), bf16=False)
    for name, value in begun[0].state_dict().items():
        assert torch.equal(value, weights.state_dict()[name])


def test_the_table_has_the_best_trial_first():
    worse, better = TRIAL | {"frechet": [9.0, 3.0]}, TRIAL | {"batch": 64, "frechet": [8.0, 2.0]}
    found = studies.trials_table([worse, better])
    assert found["Fréchet"].tolist() == [2.0, 3.0]
    assert found["settings"][0] == "Adam (0.5, 0.999), rate 0.0002, batches of 64"
    penalised = studies.settings(TRIAL | {"loss": repr(NonSaturatingR1())})
    assert penalised == "Adam (0.5, 0.999), rate 0.0002, batches of 128, penalty R₁"


@pytest.mark.parametrize("broken", [False, True])
def test_the_models_page_shows_the_search_of_its_model(own_caches, monkeypatch, tmp_path, broken):
    values = {"command": "python -m train.studies.search mnist_gan", "pictures": 1000, "samples": 10, "trials": []}
    values["trials"] = [TRIAL | {"frechet": [9.0, 3.0]}]
    text = json.dumps(values)
    (tmp_path / "search_mnist_gan.json").write_text(text[:40] if broken else text)
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    app = opened("evaluate/models", model="mnist_gan")
    assert ("How its settings were found" in [s.label for s in app.tabs]) is not broken
    assert any("cannot be read" in w.value for w in app.warning) is broken
    assert any(c.value == values["command"] for c in app.code) is not broken
