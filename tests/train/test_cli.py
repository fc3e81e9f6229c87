"""The command: every recipe by name, the list of all, old names, and what is refused in one sentence."""

import dataclasses
import json
import runpy
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import torch

import checkpoints
import train
from evaluate import Evaluation
from tests.toy_training import RECIPES as TOYS
from train import catalogue, cli
from train.catalogue import RECIPES
from train.listing import listing
from train.monitor import Watch

ROOT = Path(__file__).parent.parent.parent
MOVED = sorted(file.stem for file in (ROOT / "train" / "moved").glob("*.py"))
FILES = ("classifier", "moroney", "vae", "denoiser", "dsprites", "gan", "ssgan", "flow")
TOY = TOYS[0]


@pytest.mark.parametrize("card", checkpoints.gallery(), ids=lambda card: card.name)
def test_every_card_can_be_trained_again(card, capsys):
    cli.main(RECIPES.values(), [card.name, "--dry-run"])
    assert json.loads(capsys.readouterr().out) == card.recipe


def test_no_name_lists_all_recipes_with_cost_and_aim(capsys):
    cli.main(RECIPES.values(), [])
    text = capsys.readouterr().out
    lines = {line.split()[0]: line for line in text.splitlines() if line[0] != " "}
    assert list(lines) == list(RECIPES)
    assert lines["fashion_vae"].split(maxsplit=3)[1:] == ["0.7", "min", RECIPES["fashion_vae"].title]
    assert "21.1 PFLOP" in lines["mnist_ssgan_full"]
    assert all(f"aim: {recipe.aim.words}" in text for recipe in RECIPES.values() if recipe.aim)
    assert all(f"no checkpoint: {recipe.unshipped}" in text for recipe in RECIPES.values() if recipe.unshipped)


def test_an_unmeasured_recipe_has_no_cost():
    assert listing([TOY]).split()[:2] == ["toy", "–"]


def test_names_are_unique():
    files = [getattr(catalogue, name) for name in (*FILES, "toy_gan")]
    assert len(RECIPES) == sum(len(file.RECIPES) for file in files)


@pytest.fixture
def command(monkeypatch, capsys):
    """command(module, *arguments): what `python -m module` prints, run in this process, where torch is loaded."""

    def run(module, *arguments):
        monkeypatch.setattr(sys, "argv", [module, *arguments])
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", ".* found in sys.modules", RuntimeWarning)
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("name", MOVED)
def test_former_commands_name_the_present_command(name, command, capsys):
    """`python -m train.NAME` runs the module that it moved to, whose usage names the present command."""
    with pytest.raises(SystemExit) as end:
        command(f"train.{name}", "--help")
    assert not end.value.code
    assert "usage: python -m" in capsys.readouterr().out


@pytest.mark.parametrize("name", FILES)
def test_the_file_of_a_family_is_a_command_for_its_recipes(name, command):
    recipe = getattr(catalogue, name).RECIPES[-1]
    assert json.loads(command(f"train.{name}", recipe.name, "--dry-run")) == json.loads(recipe.to_json())


@pytest.mark.slow
def test_the_command_works_in_a_separate_process():
    """Former and present names, as a user types them."""
    both = [
        subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, stdout=subprocess.PIPE)
        for arguments in (("train", "fashion_vae", "--dry-run"), ("train.vae", "fashion_vae", "--dry-run"))
    ]
    printed = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [json.loads(text)["name"] for text in printed] == ["fashion_vae"] * 2


def test_moved_commands_do_not_hide_a_file():
    flat = {file.stem for file in (ROOT / "train").glob("*.py")}
    assert not flat & set(MOVED)
    assert str(ROOT / "train" / "moved") in train.__path__


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["no_such_recipe"], "invalid choice"),
        (["fashion_vae", "--epochs", "0"], "--epochs must be at least 1"),
        (["parabola_gan", "--resume"], "parabola_gan takes minutes"),
        (["parabola_gan", "--bf16"], "parabola_gan takes minutes"),
    ],
)
def test_impossible_arguments_are_refused(arguments, reason, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(RECIPES.values(), arguments)
    assert end.value.code == 2
    assert reason in capsys.readouterr().err


def test_a_finished_training_has_a_card_and_no_state(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    cli.main(TOYS, ["toy", "--epochs", "1", "--device", "cpu", "--runs", str(tmp_path / "runs")])
    card = checkpoints.read("toy")
    assert card.family == "vae"
    assert card.metrics == {"test_images": 256}
    assert card.recipe == json.loads(dataclasses.replace(TOY, epochs=1).to_json())
    assert card.run["command"] == "python -m train toy"
    assert card.run["device"].startswith("cpu, ")
    assert set(card.history) == {"loss", "reconstruction", "kl"}
    assert "checkpoints/toy.json: test_images 256" in capsys.readouterr().out
    assert list((tmp_path / "runs").iterdir()) == []


def test_a_recipe_without_an_evaluation_is_stored(tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    recipe = dataclasses.replace(TOY, epochs=1, evaluate=None)
    card = cli.train(recipe, torch.device("cpu"), runs=tmp_path)
    assert (card.metrics, card.protocol) == ({}, {})


def test_figures_are_measured_with_the_stored_weights(tmp_path, monkeypatch):
    """A family that is stored as float16 is rounded before its figures are taken."""
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    seen = {}

    def evaluate(model, splits):
        seen.update({name: value.clone() for name, value in model.state_dict().items()})
        return Evaluation({}, {})

    recipe = dataclasses.replace(TOY, family="gan", epochs=1, evaluate=evaluate)
    cli.train(recipe, torch.device("cpu"), runs=tmp_path / "runs")
    stored = checkpoints.load("toy").state_dict()
    assert all(torch.equal(stored[name], value) for name, value in seen.items())


def test_a_monitored_training_uses_fewer_pictures_and_its_card_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    recipe = dataclasses.replace(TOY, epochs=1, watched=48)
    assert recipe.train_images == 2000
    card = cli.train(recipe, torch.device("cpu"), runs=tmp_path / "runs")
    assert card.dataset["train_images"] == 2000
    assert card.dataset["note"] == "made up; 48 train pictures held out for what is watched"
    assert card.recipe["watched"] == 48


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.name)
def test_untrained_gan_recipes_hold_out_pictures_for_monitoring(recipe):
    """Recipes with a checkpoint keep their train set, so that the training can be reproduced."""
    watches = Watch in (recipe.monitor, getattr(recipe.monitor, "func", None))
    assert not (watches and recipe.unshipped and recipe.family == "gan") or recipe.watched >= 5000
