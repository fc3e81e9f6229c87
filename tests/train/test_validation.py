"""Settings chosen on validation pictures: what is trained, the unused test set, and that choices are stored."""

import dataclasses

import pytest
import torch

from checkpoints import recorded
from data.splits import Split, Splits
from models.classifier import MLPClassifier
from train import monitor
from train.catalogue import RECIPES
from train.state import ResumeError
from train.studies import validation

GRID_NAMES = [name for name in validation.GRIDS if recorded.has(f"validation_{name}")]


class Untouched(Split):
    """A test set that must not be looked at."""

    @property
    def images(self):
        pytest.fail("the test set was looked at")

    def __init__(self):
        pass

    def __len__(self):
        return 5


def blocks(choosing=False):
    """Pictures of two classes, one bright above and one below: 60 to train on, 20 to validate."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.arange(80) % 2
    images = torch.randint(60, (80, 1, 4, 4), generator=generator)
    images[labels == 0, :, :2] += 150
    images[labels == 1, :, 2:] += 150
    parts = [Split(images[part].to(torch.uint8), labels[part]) for part in (slice(60), slice(60, None))]
    assert choosing, "a study trains on a part of the train set"
    return Splits("blocks", "made up", parts[0], Untouched(), valid=parts[1], classes=("above", "below"))


TOY = dataclasses.replace(
    RECIPES["rps_mlp_1"],
    name="toy",
    data=blocks,
    arguments={"hidden": [8], "classes": 2, "shape": [1, 4, 4]},
    epochs=3,
    batch=10,
)


@pytest.fixture
def toy(monkeypatch, tmp_path):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    monkeypatch.setitem(RECIPES, "toy", TOY)
    return tmp_path


@pytest.mark.slow
def test_a_validation_recipe_has_its_own_settings(toy):
    found = validation.validate("toy", runs=toy)
    assert (found.seeds, found.stages, len(found.runs)) == ([42, 0, 1], [3], 3)
    assert (found.batches, found.learning_rates) == ([10], [1e-3])
    assert found.dataset == blocks(choosing=True).describe()
    assert [len(run.valid_loss) for run in found.runs] == [3] * 3
    assert len({run.loss[0] for run in found.runs}) == 3, "every seed is another training"
    assert [file.suffix for file in toy.iterdir()] == [".json"], "no state of a finished training is left"


def test_a_grid_has_every_batch_and_rate(toy, monkeypatch):
    monkeypatch.setattr(validation, "GRIDS", ("toy",))
    monkeypatch.setattr(validation, "BATCHES", (10, 30))
    monkeypatch.setattr(validation, "RATES", (1e-4, 1e-2))
    monkeypatch.setattr(validation, "STAGES", (1, 2))
    found = validation.validate("toy", 1, toy)
    assert {(run.batch, run.learning_rate) for run in found.runs} == {(b, r) for b in (10, 30) for r in (1e-4, 1e-2)}
    assert len(found.settings) == 8
    best = found.of(found.best.batch, found.best.learning_rate)
    assert len(found.runs) == 4 + 2, "the best has three seeds"
    assert [run.seed for run in best] == [42, 0, 1]
    # The chosen settings do not make it another study; its seeds are these and the missing ones.
    monkeypatch.setitem(RECIPES, "toy", dataclasses.replace(TOY, batch=30, learning_rate=1e-2, epochs=2))
    whole = validation.validate("toy", 2, toy)
    assert len(whole.runs) in (8 + 1, 8 + 2)
    assert all(run in whole.runs for run in found.runs)
    again = validation.validate("toy", 1, toy)
    assert {run.seed for run in again.runs} == {42, 0, 1}
    assert len(again.runs) >= len(whole.runs), "nothing is thrown away"


def test_a_state_of_another_training_is_reported_in_one_sentence(monkeypatch):
    def refused(*arguments):
        raise ResumeError("toy.pt was written by another recipe.")

    monkeypatch.setattr(validation, "validate", refused)
    monkeypatch.setattr("sys.argv", ["validation", validation.NAMES[0]])
    with pytest.raises(SystemExit, match=r"^toy\.pt was written by another recipe\.$"):
        validation.main()


def test_curves_are_measured_on_validation_pictures(toy):
    parts = blocks(choosing=True)
    torch.manual_seed(0)
    model = MLPClassifier(**TOY.arguments)
    values = monitor.Validation(TOY, parts)(model)
    logits = model(parts.valid.images.float() / 255)
    right = (logits.argmax(1) == parts.valid.labels).float().mean().item()
    nats = -logits.log_softmax(1)[torch.arange(20), parts.valid.labels].mean().item()
    assert values == {"valid_loss": pytest.approx(nats, abs=1e-5), "valid_accuracy": pytest.approx(right)}
    with pytest.raises(ValueError, match="no validation images"):
        monitor.Validation(TOY, dataclasses.replace(parts, valid=None))


@pytest.mark.parametrize("name", GRID_NAMES)
def test_recipes_have_the_chosen_settings(name):
    best, recipe = recorded.validation(name).best, RECIPES[name]
    assert (recipe.batch, recipe.learning_rate, recipe.epochs) == best


@pytest.mark.parametrize("name", [name for name in validation.NAMES if recorded.has(f"validation_{name}")])
def test_the_validated_recipe_is_the_current_one(name):
    """Except for the settings chosen by the grid, and the seed."""
    found, recipe = recorded.validation(name), RECIPES[name]
    assert found.recipe.items() <= recipe.to_dict().items()
    assert found.dataset["name"] == recipe.data.__name__
