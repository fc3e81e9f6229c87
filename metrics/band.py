"""The band in which the figures of real data lie."""

from collections.abc import Sequence
from statistics import mean, stdev

WIDE = 2  # half width of the band, in standard deviations


def band(values: Sequence[float]) -> tuple[float, float]:
    """(low, high) for a figure measured on several splits of real data: mean ± WIDE standard deviations."""
    return mean(values) - WIDE * stdev(values), mean(values) + WIDE * stdev(values)
