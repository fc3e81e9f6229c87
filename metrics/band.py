"""The band in which a figure of real data lies."""

from collections.abc import Sequence
from statistics import mean, stdev

WIDE = 2  # half width, in standard deviations


def band(values: Sequence[float]) -> tuple[float, float]:
    """(low, high) of a figure that was measured on several splits of real data: mean ± WIDE standard deviations."""
    return mean(values) - WIDE * stdev(values), mean(values) + WIDE * stdev(values)
