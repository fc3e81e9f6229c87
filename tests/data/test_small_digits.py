"""The small digits of scikit-learn."""

import numpy as np

from data import small_digits


def test_digits_have_8x8_pixels_17_grey_levels_and_balanced_classes():
    pictures, digits = small_digits.small_digits()
    assert pictures.shape == (1797, small_digits.SIDE**2)
    assert pictures.dtype == np.uint8
    assert (pictures.min(), pictures.max()) == (0, small_digits.GREYS)
    counts = np.bincount(digits, minlength=10)
    assert counts.sum() == 1797
    assert (counts > 170).all()
    assert (counts < 190).all()


def test_pictures_of_a_digit_resemble_each_other():
    pictures, digits = small_digits.small_digits()
    learned, means = pictures[:1000].astype(float), []
    for digit in range(10):
        means.append(learned[digits[:1000] == digit].mean(0))
    distances = ((pictures[1000:, None] - np.array(means)) ** 2).sum(-1)
    assert (distances.argmin(1) == digits[1000:]).mean() > 0.8  # the nearest mean
