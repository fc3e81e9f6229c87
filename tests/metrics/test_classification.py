"""Shares of correct answers against a table by hand and a count picture by picture."""

import numpy as np
import pytest

from metrics import classification

# Five of class 0, two of them named 2; one of class 1, named so; four of class 2, one named 0 and three named 1.
LABELS = [0, 0, 0, 0, 0, 1, 2, 2, 2, 2]
NAMED = [0, 0, 0, 2, 2, 1, 0, 1, 1, 1]


def test_by_hand():
    found = classification.figures(LABELS, NAMED, 3)
    assert found["confusion"] == [[3, 0, 2], [0, 1, 0], [1, 3, 0]]
    assert found["accuracy"] == pytest.approx(0.4)
    assert found["sensitivity_per_class"] == pytest.approx([3 / 5, 1, 0])
    assert found["specificity_per_class"] == pytest.approx([4 / 5, 6 / 9, 4 / 6])
    # F1 = 2 TP / (2 TP + FP + FN)
    assert found["f1_per_class"] == pytest.approx([6 / (6 + 1 + 2), 2 / (2 + 3 + 0), 0])
    for name in ("sensitivity", "specificity", "f1"):
        assert found[name] == pytest.approx(np.mean(found[f"{name}_per_class"]))


def test_against_a_count_of_every_picture():
    rng = np.random.default_rng(0)
    labels, named = rng.integers(0, 5, 400), rng.integers(0, 5, 400)
    found = classification.figures(labels, named, 5)
    for each in range(5):
        true, said = labels == each, named == each
        assert found["sensitivity_per_class"][each] == pytest.approx((true & said).sum() / true.sum())
        assert found["specificity_per_class"][each] == pytest.approx((~true & ~said).sum() / (~true).sum())
        precision, recall = (true & said).sum() / said.sum(), (true & said).sum() / true.sum()
        assert found["f1_per_class"][each] == pytest.approx(2 * precision * recall / (precision + recall))
        assert found["confusion"][each] == [((labels == each) & (named == column)).sum() for column in range(5)]


def test_a_perfect_class_and_a_class_that_is_never_predicted():
    assert classification.figures([0, 1, 1], [0, 1, 1], 2)["f1"] == 1
    found = classification.figures([0, 1, 1], [1, 1, 1], 2)
    assert (found["sensitivity"], found["specificity"], found["f1_per_class"]) == (0.5, 0.5, [0, pytest.approx(0.8)])
    assert classification.specificity([[4]]).tolist() == [1], "there are no others"
