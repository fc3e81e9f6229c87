"""Many hostile things, tried on the real app and the real trainers: python -m tests.campaign (no part of `make test`).

    python -m tests.campaign                                 all kinds, in their full numbers: some hours
    python -m tests.campaign pictures=500 damage=60          these kinds, so many of each

pictures  files of pictures, whole and spoiled, through every preset and switch
links     links of every page with hostile values
damage    a checkpoint with damaged files and cards, on the pages that show it
saves     processes that are killed while they write a checkpoint
kills     trainings that are killed and go on: the weights are those of a training that nobody killed
replicas  servers that are killed while somebody is there, who goes on at another one with what was there

Prints one table of tried and failed, and ends with 1 where something failed. --seed tries others.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

Try = Callable[[], None]  # raises where what is tried fails


class Case(NamedTuple):
    """words: what is tried, enough to try it again. attempt: raises where it fails."""

    words: str
    attempt: Try


Cases = Iterator[Case]
