"""The table of costs: operations against a count by hand, and every recipe in train/README.md against its card."""

import re
from pathlib import Path

import pytest

import checkpoints
from checkpoints.table import between
from models.vae import MLPVAE
from tests.toy_training import RECIPES
from train import catalogue, toy_gan
from train.studies import costs

README = Path(__file__).parent.parent.parent / "train" / "README.md"


def test_operations_by_hand():
    """An MLP's step: each weight multiplies and adds once forwards and twice backwards, but for the first layer, of
    whose input no gradient is asked."""
    found = costs.measure(RECIPES[0])
    pixels, hidden, latent, batch = 64, 64, 2, 64
    once = pixels * hidden + hidden * 2 * latent + latent * hidden + hidden * pixels
    assert found["operations"] == 2 * batch * (3 * once - pixels * hidden)
    assert found["weights"] == sum(p.numel() for p in MLPVAE(latent, hidden, (1, 8, 8)).parameters())
    assert found["steps"] == 6 * 32


def test_every_recipe_is_in_the_file_with_the_time_of_its_card():
    text = README.read_text()
    rows = dict(re.findall(r"^\| `(\w+)` (.*)$", text.partition(costs.BEGIN)[2], re.MULTILINE))
    assert set(rows) == set(costs.RECIPES) == set(catalogue.RECIPES) - {recipe.name for recipe in toy_gan.RECIPES}
    for name, cells in rows.items():
        try:
            seconds = checkpoints.read(name).run["seconds"]
        except checkpoints.CheckpointError:
            seconds = None
        assert cells.split(" | ")[5] == ("–" if seconds is None else f"{seconds / 60:.1f} min")


@pytest.mark.parametrize("before", ["", "old rows\n"])
def test_only_the_part_between_the_markers_changes(before):
    text = f"above\n{costs.BEGIN}\n{before}{costs.END}\nbelow\n"
    assert between(text, costs.BEGIN, costs.END, "rows\n") == f"above\n{costs.BEGIN}\nrows\n{costs.END}\nbelow\n"


def test_a_file_without_the_markers_is_named_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(costs, "table", pytest.fail)
    for content, words in ((None, "No such file"), (costs.BEGIN, "no markers")):
        file = tmp_path / "README.md"
        if content is not None:
            file.write_text(content)
        monkeypatch.setattr("sys.argv", ["costs", str(file)])
        with pytest.raises(SystemExit, match=words):
            costs.main()
    assert file.read_text() == costs.BEGIN
