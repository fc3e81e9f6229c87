"""What a card says about its code: commit, uncommitted changes, digest of the recipe."""

import dataclasses
import json
import subprocess

import pytest

import checkpoints
from tests.toy_card import toy_card
from tests.toy_training import RECIPES as TOYS
from train import origin, provenance
from train.catalogue import RECIPES

CARDS = checkpoints.gallery()


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with one commit, of one module that prints a recipe."""
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    for name, value in (("AUTHOR", "a"), ("COMMITTER", "a")):
        monkeypatch.setenv(f"GIT_{name}_NAME", value)
        monkeypatch.setenv(f"GIT_{name}_EMAIL", f"{value}@example.org")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "old.py").write_text('print(\'{"epochs": 3, "objective": "train.old.elbo", "title": "before"}\')\n')
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "commit", "-qm", "one"], cwd=tmp_path, check=True)
    return tmp_path


def test_uncommitted_code_is_marked_and_other_files_are_not(repository):
    clean = provenance.versions()
    assert (len(clean["commit"]) >= 7, clean["uncommitted"]) == (True, False)
    (repository / "README.md").write_text("words")
    assert provenance.versions() == clean
    (repository / "new.py").write_text("x = 1\n")
    assert provenance.versions() == clean | {"uncommitted": True}
    (repository / "new.py").unlink()
    (repository / "old.py").write_text("x = 1\n")
    assert provenance.versions()["uncommitted"] is True


def test_there_is_no_commit_without_a_repository(tmp_path, monkeypatch):
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    found = provenance.versions()
    assert (found["commit"], found["uncommitted"]) == (None, None)


def test_a_digest_covers_the_values_that_determine_weights_in_any_order():
    recipe = TOYS[0].to_dict()
    turned = dict(reversed(recipe.items()))
    assert provenance.digest(recipe) == provenance.digest(turned) == provenance.digest(json.loads(json.dumps(recipe)))
    for name in recipe:
        same = provenance.digest(recipe | {name: "other"}) == provenance.digest(recipe)
        assert same == (name in ("title", "summary"))


def test_a_new_card_has_the_digest_of_its_recipe():
    recipe = TOYS[0]
    card = recipe.card(
        recipe.model(**recipe.arguments), {"seconds": 1}, dataset={}, metrics={}, protocol={}, history={}
    )
    assert card.run == {"seconds": 1, "recipe_sha256": provenance.digest(card.recipe)}


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        ({"epochs": 3, "objective": "train.objectives.elbo", "title": "now"}, []),
        ({"epochs": 4, "objective": "train.objectives.elbo"}, ["epochs"]),
        ({"epochs": 3, "objective": "train.objectives.iwae"}, ["objective"]),
        ({"epochs": 3, "objective": "train.objectives.elbo", "watched": 0}, []),  # a field of later, with its default
        ({"epochs": 3, "objective": "train.objectives.elbo", "watched": 5}, ["watched"]),
        ({"objective": "train.objectives.elbo"}, ["epochs"]),
    ],
)
def test_the_recipe_of_a_card_is_read_from_its_commit(repository, recipe, expected):
    commit = provenance.versions()["commit"]
    (repository / "old.py").write_text("raise SystemExit(1)\n")  # what counts is the commit
    card = toy_card(recipe=recipe, run={"command": "python -m old toy --bf16", "commit": commit})
    found = origin.in_commit(card, {"watched": 0})
    assert found == {"recipe_in_commit": not expected, "recipe_differs": expected}


def test_a_commit_whose_code_does_not_run_gives_no_recipe(repository):
    commit = provenance.versions()["commit"]
    card = toy_card(run={"command": "python -m missing toy", "commit": commit})
    assert origin.in_commit(card, {}) == {"recipe_in_commit": None, "recipe_differs": ["code"]}
    with pytest.raises(ValueError, match="not in this repository"):
        origin.in_commit(dataclasses.replace(card, run=card.run | {"commit": "0000000"}), {})


def test_an_old_commit_that_does_not_finish_gives_no_recipe(repository, monkeypatch):
    monkeypatch.setattr(origin, "SECONDS", 0.01)
    card = toy_card(run={"command": "python -m old toy", "commit": provenance.versions()["commit"]})
    assert origin.in_commit(card, {}) == {"recipe_in_commit": None, "recipe_differs": ["code"]}


def test_names_without_a_card_or_a_recipe_are_reported_in_one_sentence_each(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["origin", "nothing", CARDS[0].name])
    monkeypatch.setattr(origin, "RECIPES", {})
    origin.main()
    assert capsys.readouterr().out.splitlines() == [
        "There is no model called “nothing”; pick one from the list.",
        f"{CARDS[0].name} is no recipe of this code, so there is none to compare.",
    ]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_field_of_a_cards_recipe_matches_the_code(card):
    """Field by field; a field that is newer than the card has its default in the code."""
    code = json.loads(RECIPES[card.name].to_json())
    written = RECIPES[card.name].defaults() | card.recipe
    assert set(card.recipe) <= set(code)
    for name, value in code.items():
        assert json.loads(json.dumps(written[name])) == value, name


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_card_says_whether_its_commit_has_its_recipe(card):
    if "recipe_sha256" in card.run:  # written by the training itself
        assert card.run["recipe_sha256"] == provenance.digest(card.recipe)
        assert "uncommitted" in card.run
    else:
        assert card.run["recipe_in_commit"] in (True, False, None)
        assert bool(card.run["recipe_differs"]) == (card.run["recipe_in_commit"] is not True)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_the_checkpoints_that_a_training_used_are_shipped(card):
    """Another training of the VAE would need another one of the flow on its codes."""
    assert card.run.get("built_on", {}) == RECIPES[card.name].foundations()


def test_some_trainings_use_other_checkpoints():
    assert {card.name for card in CARDS if "built_on" in card.run} == {"binarized_mnist_iwae", "kmnist_latent_flow"}
