"""A model's pictures are named by the classifier of its data set, in the order of its labels."""

import dataclasses

import pytest
import torch

import checkpoints
import data
from ui import browser_networks, classifiers

CARDS = [card for card in checkpoints.gallery() if card.latent and len(card.shape) == 3]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_pictures_of_a_model_match_its_classifier(card):
    classifier, given = classifiers.of(card), classifiers.given(card)
    if card.dataset["name"] == "emoji":  # which have no classes
        assert classifier is None
        assert given is None
        return
    assert classifier.shape == card.shape
    assert given["network"] == browser_networks.given(classifier, "classifier")
    assert len(given["classes"]) == checkpoints.load(classifier.name).classes
    assert 0.9 < given["accuracy"] <= 1


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist", "street_digits"])
def test_names_are_in_the_order_of_the_labels(name):
    sample = data.sample(name)
    card = next(card for card in CARDS if card.dataset["name"] == name)
    with torch.inference_mode():
        logits = checkpoints.load(classifiers.of(card).name)(torch.from_numpy(sample.images[:200]) / 255)
    names = classifiers.given(card)["classes"]
    right = [names[k] == sample.classes[label] for k, label in zip(logits.argmax(1), sample.labels[:200], strict=True)]
    assert sum(right) >= 180


def test_a_missing_classifier_is_none():
    card = dataclasses.replace(checkpoints.read("street_vae"), dataset={"name": "svhn"})
    if not any(each.name == "svhn_classifier" for each in checkpoints.gallery("classifier")):
        assert classifiers.given(card) is None
    assert classifiers.given(dataclasses.replace(card, dataset={"name": "nothing"})) is None
