"""Figures of classifiers: of a network with known answers, and of every stored card against its recorded answers."""

import numpy as np
import pytest
import torch
from torch import nn

import checkpoints
import data
from checkpoints import recorded
from data.splits import Split, Splits, named
from evaluate import classification, pretrained
from tests import unchecked

CARDS = [card for card in checkpoints.gallery("classifier", "pretrained") if "test_confusion" in card.metrics]
NEW = [card for card in CARDS if card.dataset["name"] in ("rock_paper_scissors", "horses_or_humans")]
by_name = {"ids": lambda card: card.name}


class ByBrightness(nn.Module):
    """Names a picture by its first pixel: 0, 1 or 2 of 255."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(255.0))

    def forward(self, x):
        number = (x.flatten(1)[:, :1] * self.scale).round()
        return -((number - torch.arange(3)) ** 2)


def split(named, labels):
    pictures = torch.tensor(named, dtype=torch.uint8).view(-1, 1, 1, 1).expand(-1, 1, 2, 2).contiguous()
    return Split(pictures, torch.tensor(labels))


def test_figures_of_a_network_with_known_answers():
    test, sample = split([0, 1, 1, 2, 2, 0], [0, 1, 1, 2, 0, 0]), split([1, 1], [1, 2])
    metrics, protocol, preview = classification.evaluate(ByBrightness(), Splits("toy", "", test, test, sample=sample))
    assert metrics["test_confusion"] == [[2, 0, 1], [0, 2, 0], [0, 0, 1]]
    assert metrics["test_accuracy"] == pytest.approx(5 / 6)
    assert metrics["sample_accuracy"] == 0.5
    assert {"test_sensitivity", "test_specificity", "test_f1", "test_confusion"} <= protocol.keys()
    assert preview["test_labels"].tolist() == [0, 1, 1, 2, 0, 0]
    assert preview["test_probabilities"].argmax(1).tolist() == [0, 1, 1, 2, 2, 0]
    assert preview["test_probabilities"].dtype == np.float16


def test_the_batch_size_does_not_change_the_answers():
    test = split([0, 1, 2] * 30, [0, 1, 1] * 30)
    whole, small = (classification.logits(ByBrightness(), test, batch) for batch in (100, 7))
    assert torch.equal(whole, small)


@pytest.mark.parametrize("card", CARDS, **by_name)
def test_figures_of_a_card_match_its_recorded_answers(card):
    preview, table = checkpoints.preview(card.name), np.array(card.metrics["test_confusion"])
    labels, answers = preview["test_labels"], preview["test_probabilities"].astype(float)
    assert answers.shape == (card.dataset["test_images"], len(table))
    assert answers.sum(1) == pytest.approx(1, abs=4e-3)
    assert table.sum() == len(labels)
    named = answers.argmax(1)
    size = range(len(table))
    counted = np.array([[((labels == row) & (named == column)).sum() for column in size] for row in size])
    assert np.abs(counted - table).sum() <= 2, "but for one picture whose probabilities are equal in half precision"
    assert card.metrics["test_accuracy"] == pytest.approx(np.trace(table) / table.sum())
    for name in ("sensitivity", "specificity", "f1"):
        assert card.metrics[f"test_{name}"] == pytest.approx(np.mean(card.metrics[f"test_{name}_per_class"]))
        assert card.protocol[f"test_{name}"]


@pytest.mark.parametrize("card", NEW, **by_name)
def test_figures_recomputed_from_the_stored_weights_match_the_card(card):
    """Stored as half-precision numbers, the weights give the figures of the card."""
    if not data.available(card.dataset["name"]):
        unchecked.without_full_data()
    if card.family == "pretrained":
        if not pretrained.find(card.arguments["backbone"]):
            pytest.skip(unchecked.PRETRAINED)
        model = pretrained.load(card.name)
    else:
        model = checkpoints.load(card.name)
    test = named(card.recipe["data"]).test
    few = torch.arange(0, len(test), 1 if card.family == "classifier" else 16)
    logits = classification.logits(model, Split(test.images[few], test.labels[few]))
    stored = checkpoints.preview(card.name)["test_probabilities"][few].astype(float)
    assert np.abs(logits.softmax(1).numpy() - stored).max() < 0.02
    assert (logits.argmax(1).numpy() != stored.argmax(1)).sum() <= 1


@pytest.mark.parametrize("card", NEW, **by_name)
def test_cards_describe_the_pictures(card):
    side = {"rock_paper_scissors": "28×28 colour", "horses_or_humans": "96×96 grey"}[card.dataset["name"]]
    assert card.dataset["pictures"].startswith(side)
    assert card.dataset["classes"] == list(data.class_names(card.dataset["name"]))


@pytest.mark.parametrize("card", [card for card in NEW if recorded.has(f"seeds_{card.name}")], **by_name)
def test_the_first_seed_is_the_training_of_the_card(card):
    runs = recorded.read(f"seeds_{card.name}")["runs"]
    assert runs[0]["metrics"]["test_accuracy"] == card.metrics["test_accuracy"]
    assert len({run["seed"] for run in runs}) == 3
