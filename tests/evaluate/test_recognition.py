"""Recognition on probabilities, counted by hand."""

import pytest
import torch

from metrics.recognition import class_shares, effective_classes, recognised, sureness


def rows(*sure):
    return torch.tensor([[s, 1 - s] for s in sure])


def test_the_share_counts_samples_above_the_least_certain_real_pictures():
    real = rows(*torch.linspace(0.6, 1.0, 101).tolist())  # the 5 % quantile is 0.62
    assert recognised(rows(0.9, 0.61, 0.63, 0.55), real) == pytest.approx(0.5)
    assert recognised(real, real) == pytest.approx(96 / 101)
    assert recognised(rows(0.61), real, least=0.0) == 1.0


@pytest.mark.parametrize("least", [0.0, 0.05, 0.3, 1.0])
def test_the_threshold_is_interpolated_between_sorted_real_pictures(least):
    """Against the definition: the place least · (M − 1) in the sorted list, between two neighbours in proportion."""
    generator = torch.Generator().manual_seed(0)
    sure, real = (0.5 + torch.rand(n, generator=generator).double() / 2 for n in (400, 33))
    place, ordered = least * 32, real.sort().values
    low = int(place)
    bar = ordered[low] + (place - low) * (ordered[min(low + 1, 32)] - ordered[low])
    both = (torch.stack([x, 1 - x], 1) for x in (sure, real))
    assert recognised(*both, least=least) == pytest.approx((sure >= bar).double().mean().item())
    own = recognised(*(torch.stack([real, 1 - real], 1) for _ in range(2)), least=least)
    assert own == pytest.approx(1 - least, abs=1 / 33)


def test_equal_certainties_are_all_recognised():
    equal = rows(*[0.8] * 50)
    assert recognised(equal, equal) == 1
    assert sureness(equal, equal, 3).tolist() == [0, 0, 1]
    tied = rows(*[0.7] * 10, *[0.9] * 10)  # the 5 % quantile is that of the first ten
    assert recognised(tied, tied) == 1
    assert recognised(tied, tied, least=0.6) == pytest.approx(0.5)


def test_certainty_of_equal_samples_is_a_straight_line_and_of_guesses_a_step():
    real = rows(*torch.linspace(0.6, 1.0, 101).tolist())
    assert sureness(real, real, 5).tolist() == pytest.approx([0, 25 / 101, 50 / 101, 75 / 101, 1])
    assert sureness(rows(0.55, 0.55, 0.9), real, 3).tolist() == pytest.approx([2 / 3, 2 / 3, 1])
    assert sureness(rows(1.0), real, 3).tolist() == [0, 0, 1]


def test_shares_and_effective_classes():
    shares = class_shares(torch.eye(4)[[0, 0, 1, 1]])
    assert shares.tolist() == [0.5, 0.5, 0, 0]
    assert effective_classes(shares) == pytest.approx(2)
    assert effective_classes(torch.full((10,), 0.1, dtype=torch.float64)) == pytest.approx(10)


def test_an_empty_set_of_samples_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        recognised(torch.empty(0, 2), rows(0.9))
    with pytest.raises(ValueError, match="at least one"):
        sureness(rows(0.9), torch.empty(0, 2))
