"""Spreads of metrics, computed on demand."""

import numpy as np
import pytest
import torch

import checkpoints
import data
from evaluate.feature_metrics import FEATURE_METRICS, FeatureExtractor
from evaluate.measurement import Measurement
from evaluate.results import Results


def drawn(n, seed, scale=1.0, shift=0.0):
    return torch.randn(n, 16, generator=torch.Generator().manual_seed(seed)) * scale + shift


@pytest.mark.parametrize("name", ["frechet", "frechet_infinite"])
def test_the_spread_is_close_to_that_of_new_samples(name, monkeypatch):
    """Of 16 features that are wider than those of real pictures; a line through subsets that overlap has less."""

    def no_floor(*_):
        return float("nan"), ""
        yield

    monkeypatch.setattr(Measurement, "_floor", no_floor)
    extractor, real = FeatureExtractor("none", None, 1), drawn(2000, 1000)
    pictures = data.Images("made up", "test", np.zeros((2000, 1, 1, 1), np.uint8), None, (), "full", "")
    spreads, values = [], []
    for seed in range(24):
        ours = drawn(400, seed, 1.3, 0.1)
        values.append(FEATURE_METRICS[name].measure(None, ours, real)[0])
        if seed < 8:
            results = Results()
            measurement = Measurement(results, checkpoints.read("mnist_vae"), (name,), 400, samples=None)
            for _ in measurement._measured(name, extractor, ours, real, real, pictures):
                pass
            assert results.scores[0].value == pytest.approx(values[-1])
            spreads.append(results.scores[0].spread)
    assert np.sqrt(np.mean(np.square(spreads))) == pytest.approx(np.std(values, ddof=1), rel=0.4)
