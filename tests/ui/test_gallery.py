"""The order and the names of models in lists."""

import itertools

import pytest

import checkpoints
from ui import gallery


def test_models_are_grouped_by_data_set_and_failures_are_the_last_of_their_group():
    cards = gallery.cards()
    assert {card.name for card in cards} == {card.name for card in checkpoints.gallery()}
    groups = itertools.groupby(cards, key=lambda card: card.dataset["name"])
    groups = [(name, [card.name in gallery.FAILURES for card in group]) for name, group in groups]
    assert len(groups) == len({name for name, _ in groups})
    assert all(failures == sorted(failures) for _, failures in groups)
    assert gallery.cards("vae", "gan")[0].name == gallery.FIRST


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("mnist_vae", "MNIST: Convolutional VAE"),
        ("mnist_classifier", "MNIST: Convolutional classifier"),
        ("dsprites_control_vae_8", "dSprites: ControlVAE, KL held at 8 nats"),
        ("emoji_dcgan_plus", "Emojis: DCGAN with augmentation and averaged weights"),
        ("binarized_mnist_vae", "Binarised MNIST: Bernoulli VAE"),
        ("parabola_gan", "Toy GAN on a parabola"),
        ("fashion_wgan", "Fashion-MNIST: MLP WGAN"),
        ("mnist_ssgan_shortcut", "MNIST: Self-supervised GAN, with the shortcut (see it fail)"),
    ],
)
def test_an_entry_starts_with_the_data_set(name, entry):
    assert gallery.entry(checkpoints.read(name)) == entry


def test_models_have_readable_names():
    said = gallery.with_titles("features of fashion_classifier, beside mnist_vae and of_nothing")
    assert said == "features of the Fashion-MNIST classifier, beside “Convolutional VAE on MNIST” and of_nothing"


def test_a_summary_names_models_by_their_titles():
    summary = gallery.summary(checkpoints.read("street_vae"))
    assert summary.startswith("The generator of “WGAN-GP on synthetic street numbers” with an encoder")


def test_every_failure_is_an_existing_model():
    assert set(gallery.FAILURES) <= {card.name for card in checkpoints.gallery()}
