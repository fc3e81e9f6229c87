"""Parameters of a test: `make test` runs some of them, and `make slow` the others."""

from collections.abc import Iterable
from typing import Any

import pytest


def all_but(quick: Iterable[Any], values: Iterable[Any]) -> list[Any]:
    """The values for `pytest.mark.parametrize`, of which all but the quick ones are slow. A tuple is the parameters of
    one case. Raises ValueError for a quick value that is not among them: nothing of the test would be quick."""
    quick, values = list(quick), list(values)
    if unknown := [value for value in quick if value not in values]:
        raise ValueError(f"no such parameters: {unknown}")
    return [value if value in quick else _slow(value) for value in values]


def _slow(value):
    return pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.slow)
