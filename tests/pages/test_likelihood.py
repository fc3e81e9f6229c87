"""The Likelihood page through app.py: its numbers against the metric, and pictures of a person."""

import functools

import numpy as np
import pytest

import checkpoints
import data
from metrics.likelihood import importance_log_px
from tests import apptest
from tests.pages.test_reconstruct import photograph
from ui.evaluate import likelihoods

CARD = checkpoints.read("binarized_mnist_vae")


opened = functools.partial(apptest.opened, "evaluate/likelihood")


def test_the_value_is_that_of_importance_sampling():
    import torch

    image = data.sample("binarized_mnist").images[3]
    result = likelihoods.likelihood(CARD, image, 0)
    other = importance_log_px(checkpoints.load(CARD.name), torch.from_numpy(image[None]).float() / 255, 2000, seed=7)
    assert result.log_px == pytest.approx(other.item(), abs=1.5)  # two draws of 2,000 codes
    assert result.elbo == pytest.approx(result.reconstruction - result.kl, abs=1e-6)
    assert result.log_px > result.elbo
    assert result.kl == pytest.approx(result.kl_per_dimension.sum(), rel=1e-5)
    assert np.diff(result.bound[:8]).min() > -0.5


def test_a_test_image_has_numbers_and_a_seed_gives_them_again():
    app = opened(digit="3")
    values = [m.value for m in app.metric]
    assert len(values) == 3
    assert [m.value for m in opened(digit="3").metric] == values
    assert [m.value for m in opened(digit="3", codes_seed="5").metric] != values


def test_a_photograph_is_made_black_and_white_and_judged():
    app = opened(digit_from="upload")
    assert not app.metric
    app.file_uploader[0].upload("digit.png", photograph(5), "image/png").run()
    assert not app.exception
    assert len(app.metric) == 3
    before = [m.value for m in app.metric]
    app.file_uploader[0].upload("notes.png", b"no picture", "image/png").run()
    assert len(app.error) == 1
    assert [m.value for m in app.metric] == before
