"""Aims of checkpoints: bounds that are numbers, other figures or values of real pictures; and the aims in cards."""

import dataclasses
import math

import pytest

import checkpoints
from checkpoints import aims, floors, recorded
from checkpoints.aims import Aim
from tests.checkpoints.test_checkpoints import CARDS, named
from tests.toy_card import toy_card
from train.catalogue import RECIPES


@pytest.mark.parametrize(
    ("aim", "expected"),
    [
        (Aim("", "kid", most=0.2), True),
        (Aim("", "kid", most=0.1), True),
        (Aim("", "kid", most=0.09), False),
        (Aim("", "kid", least=0.2), False),
        (Aim("", "kid", most=0.5, of="test_mse"), True),
        (Aim("", "kid", least=0.5, of="test_mse"), False),
        (Aim("", "kid", most=2, of="floor"), True),
        (Aim("", "kid", most=1, of="floor"), False),
        (Aim("", "missing", most=1), None),
        (Aim("", "kid", most=1, of="nobody.kid"), None),
        (Aim("", "frechet_toy_10k", most=3, of="floor"), None),
    ],
)
def test_a_figure_is_compared_with_its_bound(aim, expected):
    card = toy_card(metrics={"kid": 0.1, "kid_floor": 0.06, "test_mse": 0.3}, dataset={"name": "toy"})
    assert aim.reached(card) is expected
    assert aims.of_card(dataclasses.replace(card, aim=aim.to_dict())) == aim


def test_the_mean_over_training_seeds_is_compared(monkeypatch, tmp_path):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    card = toy_card(metrics={"mig": 0.6})
    aim = Aim("", "mig", least=0.5)
    assert aim.reached(card) is True
    recorded.write("seeds_toy", {"runs": [{"metrics": {"mig": value}} for value in (0.6, 0.2)]})
    assert aim.reached(card) is False


@pytest.mark.parametrize(
    ("aim", "own", "expected"),
    [
        (Aim("", "kid", most=0.5, pairs="toys.a.b"), (0.3, 0.7, 1.3), "yes"),  # bounds 0.5, 1, 1.5
        (Aim("", "kid", most=0.5, pairs="toys.a.b"), (0.9, 1.3, 1.8), "no"),
        (Aim("", "kid", most=0.5, pairs="toys.a.b"), (0.3, 1.2, 1.3), "undecided"),
        (Aim("", "kid", least=0.5, pairs="toys.a.b"), (0.9, 1.3, 1.8), "yes"),
        (Aim("", "kid", least=0.5, pairs="toys.a.b"), (0.3, 0.7, 1.3), "no"),
        (Aim("", "kid", most=0.5, pairs="toys.a.nobody"), (0.3, 0.7, 1.3), "unknown"),
        (Aim("", "kid", most=0.5, pairs="nothing.a.b"), (0.3, 0.7, 1.3), "unknown"),
        (Aim("", "kid", most=0.2), (0.3, 0.7, 1.3), "yes"),  # the card alone
    ],
)
def test_an_order_is_decided_by_pairs_of_trainings(monkeypatch, tmp_path, aim, own, expected):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    runs = [
        {"variant": name, "seed": seed, "metrics": {"fid": value}}
        for name, values in (("a", (1, 2, 3)), ("b", own))
        for seed, value in enumerate(values)
    ]
    recorded.write("compare_toys", {"metric": "fid", "runs": runs[::-1]})
    assert aim.verdict(toy_card(metrics={"kid": 0.1})) == expected


def test_a_training_that_diverged_decides_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    runs = [
        {"variant": name, "seed": seed, "metrics": {"fid": value}}
        for name, value in (("a", 1.0), ("b", 0.1))
        for seed in range(3)
    ]
    del runs[-1]["metrics"]
    recorded.write("compare_toys", {"metric": "fid", "runs": runs})
    assert recorded.by_seed(recorded.read("compare_toys"))["a"] == {0: 1.0, 1: 1.0, 2: 1.0}
    assert math.isnan(recorded.by_seed(recorded.read("compare_toys"))["b"][2])
    aim = Aim("", "kid", most=0.5, of="other.kid", pairs="toys.a.b")
    assert aim.verdict(toy_card(metrics={"kid": 0.1})) == "unknown"


@pytest.mark.parametrize("bounds", [{}, {"least": 1, "most": 2}])
def test_an_aim_has_one_bound(bounds):
    with pytest.raises(ValueError, match="one bound"):
        Aim("", "kid", **bounds)


@pytest.mark.parametrize("card", CARDS, **named)
def test_a_card_says_what_its_recipe_says(card):
    """`python -m train.cards` writes both."""
    recipe = RECIPES[card.name]
    assert aims.of_card(card) == recipe.aim
    assert card.steered == recipe.steered
    assert recipe.aim is None or recipe.aim.verdict(card) != "unknown"


def test_a_multiple_of_the_floor_uses_the_same_number_of_samples_as_the_figure():
    card = checkpoints.read("mnist_gan")
    aim = aims.of_card(card)
    assert aim.bound(card) == 3 * floors.at("mnist", 10_000, 10_000, "frechet").value


def test_an_older_card_without_an_aim_loads(folder):
    text = checkpoints.to_json(toy_card())
    lines = [line for line in text.splitlines() if not line.startswith(('"aim"', '"steered"', '"parts"', '"preview"'))]
    (folder / "toy.json").write_text("\n".join(lines).replace('"sha256": "",', '"sha256": ""'))
    card = checkpoints.read("toy")
    assert (card.aim, card.steered, card.parts) == ({}, "", {})
    assert aims.of_card(card) is None
