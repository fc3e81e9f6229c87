"""Imports go one way, read from the syntax tree; and the first paint does not wait for torch."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ["app", "pages", "ui", "train", "checkpoints", "metrics", "data", "models"]  # from the top down
COMMANDS = {ROOT / "metrics" / "score.py"}  # stands on top of the layers like a script, and nothing imports it
FILES = [ROOT / "app.py", *(f for layer in LAYERS[1:] for f in sorted((ROOT / layer).rglob("*.py")))]


def imported(file):
    """Top-level names of everything that a file imports, at any depth of its code."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            yield node.module.split(".")[0]


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_imports_go_down(file):
    layer = LAYERS.index(file.relative_to(ROOT).parts[0].removesuffix(".py"))
    for name in imported(file):
        if name in LAYERS and file not in COMMANDS:
            assert LAYERS.index(name) >= layer, f"{LAYERS[layer]} must not import {name}"
        if name == "streamlit":
            assert layer <= LAYERS.index("ui"), f"{LAYERS[layer]} must not know streamlit"
        if file.is_relative_to(ROOT / "models"):
            assert name in {"models", "math", "torch", "dataclasses", "collections"}


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_nothing_imports_a_command(file):
    for command in COMMANDS:
        dotted = ".".join(command.relative_to(ROOT).with_suffix("").parts)
        assert dotted not in file.read_text() or file in COMMANDS


def test_page_stems_are_unique():
    stems = [file.stem for file in (ROOT / "pages").rglob("*.py")]
    assert len(stems) == len(set(stems))


def test_cards_and_atlases_do_not_import_torch():
    code = (
        "import sys, checkpoints, data, data.pictures\n"
        "for card in checkpoints.gallery(): checkpoints.atlas(card.name)\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
