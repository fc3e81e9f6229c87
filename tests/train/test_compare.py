"""Recipes that are compared over seeds: what is trained and kept, and the text of the page."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from checkpoints import recorded
from data import DataError
from tests.tasks.pieces import first_weight
from tests.toy_card import toy_card
from tests.toy_training import RECIPES, fresh
from train import studies as studies_of_train
from train.graph import captured
from train.loop import fit
from train.objectives import elbo
from train.provenance import digest
from train.studies import compare
from train.studies.comparisons import COMPARISONS
from train.studies.variants import Comparison, Variant
from ui.evaluate import studies

SHORT = dataclasses.replace(RECIPES[0], epochs=1)
BROKEN = dataclasses.replace(SHORT, learning_rate=1e30)


TOY = Comparison(
    "Which is better?",
    "toy",
    "weight",
    False,
    first_weight,
    {"one": Variant(SHORT, "one epoch"), "two": Variant(dataclasses.replace(SHORT, epochs=2), "two epochs")},
    seeds=(0, 1),
)


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)


@pytest.mark.slow
def test_every_variant_is_trained_from_every_seed_like_a_normal_training():
    runs = compare.record("toy", TOY)
    assert [(run["variant"], run["seed"]) for run in runs] == [("one", 0), ("two", 0), ("one", 1), ("two", 1)]
    recipe = dataclasses.replace(SHORT, epochs=2, seed=1)
    model = fresh(recipe)
    fit(model, recipe, recipe.splits().train, quiet=True)
    assert runs[-1]["metrics"] == first_weight(model, None)
    assert runs[-1]["recipe_sha256"] == digest(recipe.to_dict())


def test_several_trainings_at_once_give_the_same_results_and_existing_ones_are_kept(monkeypatch):
    one_by_one = compare.record("toy", dataclasses.replace(TOY, seeds=(0,)))
    with ThreadPoolExecutor(1) as pool:  # one: trainings of threads share torch's generator
        together = compare.record("toy", TOY, pool=pool)
    assert together[:2] == one_by_one
    monkeypatch.setattr(compare, "run", pytest.fail)  # nothing is trained again
    assert compare.record("toy", TOY) == together


def test_selected_variants_are_trained_and_the_others_are_kept():
    compare.record("toy", TOY, only=("two",))
    runs = compare.record("toy", dataclasses.replace(TOY, seeds=(0, 1)), only=("one",))
    assert [(run["variant"], run["seed"]) for run in runs] == [("one", 0), ("two", 0), ("one", 1), ("two", 1)]
    assert recorded.read("compare_toy")["runs"] == runs


def test_a_diverged_training_has_its_own_row():
    broken = dataclasses.replace(TOY, variants=TOY.variants | {"two": Variant(BROKEN, "broken")})
    runs = compare.record("toy", broken)
    assert "diverged" in runs[1]["failed"]
    assert "metrics" not in runs[1]
    table = studies.comparison_table(recorded.read("compare_toy"))
    assert table["each seed"][1] == "diverged"


def test_weights_are_kept_on_request(tmp_path):
    compare.record("toy", TOY, keep=tmp_path / "kept", only=("one",))
    assert {file.name for file in (tmp_path / "kept").iterdir()} == {"toy_one_0.safetensors", "toy_one_1.safetensors"}


def test_a_bfloat16_comparison_is_labelled_and_its_weights_differ():
    exact, half = (compare.run(SHORT, first_weight, bf16=bf16) for bf16 in (False, True))
    assert half["device"] == f"{exact['device']}, bfloat16"
    assert half["metrics"]["weight"] != exact["metrics"]["weight"]
    assert half["metrics"]["weight"] == pytest.approx(exact["metrics"]["weight"], abs=0.05)


def test_missing_data_are_reported_in_one_sentence():
    def main():
        raise DataError("The train images of toy are missing.")

    with pytest.raises(SystemExit, match=r"^The train images of toy are missing\.$"):
        studies_of_train.in_one_sentence()(main)()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--device", "nothing"), "There is no device “nothing”"), (("--only", "short", "tall"), "choose from short")],
)
def test_impossible_requests_are_refused(monkeypatch, capsys, arguments, words):
    monkeypatch.setattr(compare, "record", pytest.fail)
    monkeypatch.setattr("sys.argv", ["compare", "gaps", *arguments])
    with pytest.raises(SystemExit) as end:
        compare.main()
    assert words in f"{end.value.code}{capsys.readouterr().err}"


def test_a_comparison_needs_two_trained_variants(monkeypatch):
    monkeypatch.setattr(studies.recordings, "read", lambda _, name: recorded.read(name))  # without the cache
    card = dataclasses.replace(toy_card(), name=TOY.card)
    compare.record("toy", TOY, only=("two",))
    assert TOY.question not in studies.of(card)
    compare.record("toy", dataclasses.replace(TOY, seeds=(0,)))
    assert TOY.question in studies.of(card)


def test_the_table_pairs_runs_with_the_same_seed():
    runs = [
        {"variant": name, "seed": seed, "words": name, "metrics": {"mig": value}}
        for name, values in {"first": (0.2, 0.3, 0.4), "second": (0.3, 0.4, 0.5)}.items()
        for seed, value in enumerate(values)
    ]
    table = studies.comparison_table({"metric": "mig", "runs": runs})
    assert table["mean"].tolist() == pytest.approx([0.3, 0.4])
    assert table["±"].tolist() == pytest.approx([0.1, 0.1])
    assert table["against the first (95%)"].tolist() == ["", "+0.1 (+0.1 to +0.1), higher"]


@pytest.mark.parametrize("name", [name for name in COMPARISONS if recorded.has(f"compare_{name}")])
def test_recorded_runs_match_the_recipes_in_the_code(name, monkeypatch):
    monkeypatch.undo()
    keys = [key for key, _ in compare.plan(name, COMPARISONS[name])]
    for key in keys:
        key.pop("built_on", None)  # a study of an earlier training of those stays; its command trains anew
    for run in recorded.read(f"compare_{name}")["runs"]:
        assert any(key.items() <= run.items() for key in keys)


def test_steps_are_not_captured_without_a_gpu():
    model = fresh()
    optimiser = torch.optim.Adam(model.parameters())

    def step(x, y):
        return {}

    assert captured(step, optimiser) is step
    assert elbo(model, RECIPES[0], 10)[1]["optimiser"].param_groups[0]["lr"] == RECIPES[0].learning_rate
