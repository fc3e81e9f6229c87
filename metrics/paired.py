"""How much two recipes differ, from trainings with the same seeds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats


class Difference(NamedTuple):
    """Mean of second − first over pairs, and the ends of its confidence interval."""

    mean: float
    low: float
    high: float

    @property
    def decided(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0 or self.high < 0


def difference(first: Sequence[float], second: Sequence[float], level: float = 0.95) -> Difference:
    """Mean of second − first over pairs of the same seed, with the interval of Student's paired t-test.

    Raises ValueError if the lengths differ, and for fewer than two pairs or values that are not finite.
    """
    pairs = np.array([first, second], dtype=float) if len(first) == len(second) else np.empty((2, 0))
    if pairs.shape[1] < 2 or not np.isfinite(pairs).all():
        raise ValueError("A paired interval needs two or more pairs of finite numbers.")
    each = pairs[1] - pairs[0]
    count = len(each)
    half = float(stats.t.ppf(0.5 + level / 2, count - 1)) * float(each.std(ddof=1)) / math.sqrt(count)
    mean = float(each.mean())
    return Difference(mean, mean - half, mean + half)
