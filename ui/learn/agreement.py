"""How well two ways to compute the same number agree, in words."""

import math

FINEST = 12  # decimals: what is left below is rounding


def within(difference: float) -> str:
    """ "to N decimals", N counted from the largest difference (≥ 0) of the two ways."""
    decimals = FINEST if difference < 0.5 * 10**-FINEST else max(0, math.floor(-math.log10(2 * difference)))
    return f"to {decimals} decimals"
