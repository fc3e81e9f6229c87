"""Parameters of a test of which `make test` takes some, and `make slow` the others."""

from collections.abc import Iterable
from typing import Any

import pytest


def all_but(quick: Iterable[Any], values: Iterable[Any]) -> list[Any]:
    """The values for `pytest.mark.parametrize`, of which all but the quick ones are slow. A tuple is the parameters of
    one case."""
    quick = list(quick)
    return [value if value in quick else _slow(value) for value in values]


def _slow(value):
    return pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.slow)
