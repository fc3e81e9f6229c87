"""Variety within a class: against numpy's variances, and what is refused."""

import numpy as np
import pytest
import torch

from metrics.variety import within_classes


def test_variety_is_the_mean_of_the_summed_variances_within_classes():
    table = np.random.default_rng(0).normal(size=(60, 5)) * np.arange(1, 6)
    labels = np.repeat([0, 1, 3], [10, 20, 30])
    wanted = np.mean([np.cov(table[labels == label].T).trace() for label in (0, 1, 3)])
    assert within_classes(table, torch.from_numpy(labels)) == pytest.approx(wanted)


def test_variety_ignores_class_means_and_scales_with_the_square_of_the_deviation():
    table, labels = torch.randn(200, 4, dtype=torch.float64), torch.arange(200) % 2
    moved = table + 100 * labels[:, None]
    assert within_classes(moved, labels) == pytest.approx(within_classes(table, labels))
    assert within_classes(table / 2, labels) == pytest.approx(within_classes(table, labels) / 4)


def test_a_class_with_one_row_is_skipped():
    table = torch.randn(9, 3, dtype=torch.float64)
    labels = torch.tensor([0] * 8 + [1])
    assert within_classes(table, labels) == pytest.approx(within_classes(table[:8], labels[:8]))


@pytest.mark.parametrize(
    ("labels", "sentence"), [([0, 1, 2], "a class of two rows"), ([0, 0], "3 rows of features have 2 labels")]
)
def test_labels_without_a_variance_are_refused(labels, sentence):
    with pytest.raises(ValueError, match=sentence):
        within_classes(torch.zeros(3, 2), torch.tensor(labels))
