"""How closely two ways to compute the same number agree, in words."""

import math

FINEST = 12  # decimals: smaller differences are rounding errors


def within(difference: float) -> str:
    """ "to N decimals", for the largest difference (≥ 0) between the two ways."""
    decimals = FINEST if difference < 0.5 * 10**-FINEST else max(0, math.floor(-math.log10(2 * difference)))
    return f"to {decimals} decimals"
