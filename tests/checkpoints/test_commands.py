"""The commands of checkpoints that pages show work with the current code."""

import importlib.util
import re
from pathlib import Path

import pytest

import checkpoints
import train
from checkpoints import commands, recorded
from train.catalogue import RECIPES

MOVED = Path(train.__file__).parent / "moved"
CARDS = sorted(file.stem for file in checkpoints.FOLDER.glob("*.json"))
STUDIES = [name for file in recorded.FOLDER.glob("*.json") if "command" in recorded.read(name := file.stem)]


@pytest.mark.parametrize("name", CARDS)
def test_the_command_of_a_card_trains_its_recipe(name):
    first, *then = commands.of_card(checkpoints.read(name)).splitlines()
    assert re.fullmatch(rf"python -m train {name}( --bf16)?", first)
    assert name in RECIPES
    for command in then:
        module = re.fullmatch(rf"python -m (\S+) {name}", command)[1]
        assert module.startswith("evaluate.")
        assert importlib.util.find_spec(module)


@pytest.mark.parametrize("name", STUDIES)
def test_the_command_of_a_recording_names_a_current_module(name):
    module = commands.current(recorded.read(name)["command"]).split()[2]
    found = Path(importlib.util.find_spec(module).origin)
    assert MOVED not in found.parents


def test_moved_modules_are_found_by_their_former_names():
    moved = {f"train.{file.stem}": re.search("`python -m (.+)`", file.read_text())[1] for file in MOVED.glob("*.py")}
    assert moved == commands.MOVED


def test_options_are_kept():
    assert commands.current("python -m train.gan mnist_gan --bf16") == "python -m train mnist_gan --bf16"
    assert commands.current("python -m train.toy_gan --only parabola_gan") == "python -m train parabola_gan"
    assert commands.current("python -m train rps_cnn") == "python -m train rps_cnn"
    assert commands.current("make") == "make"
