"""Answers of units to many inputs: against a loop over single inputs, dead units, and colours' bounds."""

import numpy as np
import pytest
import torch

from evaluate import units
from models import layers
from models.vae import ConvVAE


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(0)
    model = ConvVAE(4, 3, 8).eval()
    with torch.no_grad():
        model.decoder[0].bias[2] = -1e3  # dead, whatever the code
        model.decoder[5].weight[:, 1] = 0
        model.decoder[5].bias[1] = -1
    return model


CODES = np.random.default_rng(0).normal(size=(230, 4)).astype(np.float32)


@pytest.fixture(scope="module")
def answers(model):
    return units.answers(model, "decoder", CODES)


def test_answers_match_those_of_single_inputs(model, answers):
    for row in (0, 99, 100, 229):
        with torch.no_grad():
            outputs = layers.activations(model, "decoder", torch.from_numpy(CODES[row : row + 1]))
        for output, got in zip(outputs, answers.units, strict=True):
            wanted = output.reshape(len(got[row]), -1).mean(1).numpy()
            assert got[row] == pytest.approx(wanted, rel=1e-4, abs=1e-6)


def test_extremes_quantiles_and_dead_units_match_a_computation_on_all_outputs(model, answers):
    with torch.no_grad():
        outputs = [output.numpy() for output in layers.activations(model, "decoder", torch.from_numpy(CODES))]
    for k, output in enumerate(outputs):
        assert (answers.low[k], answers.high[k]) == pytest.approx((output.min(), output.max()), rel=1e-5)
        flat = output.reshape(*output.shape[:2], -1)
        assert answers.dead[k] == [u for u in range(output.shape[1]) if not flat[:, u].any()]
        positive, negative = output[output > 0], output[output < 0]
        wanted = [np.quantile(negative, 0.005) if len(negative) else 0, np.quantile(positive, 0.995)]
        assert answers.bounds[k] == pytest.approx(wanted, rel=0.05, abs=0.01)
    assert 2 in answers.dead[0]
    assert answers.dead[2] == [1]


def test_the_highest_activations_are_found(answers):
    values = answers.units[1][:, 2]
    found = answers.highest(1, 2, 8)
    assert [value for _, value in found] == sorted(values.tolist(), reverse=True)[:8]
    assert all(values[row] == np.float32(value) for row, value in found)


def test_pictures_are_scaled_to_the_unit_interval():
    x = units.as_input(np.array([[0, 255]], np.uint8))
    assert x.tolist() == [[0, 1]]
    assert units.as_input(np.array([[0.5, 255]], np.float32)).tolist() == [[0.5, 255]]
