"""Hostile input for the real app and the real trainers: python -m tests.campaign (not part of `make test`).

    python -m tests.campaign                                 all kinds, with the full number of cases: some hours
    python -m tests.campaign pictures=500 damage=60          these kinds, with this many cases of each

pictures  files of pictures, intact and damaged, with every preset and switch
links     links of every page with hostile values
damage    a checkpoint with damaged files and cards, on the pages that show it
saves     processes that are killed while they write a checkpoint
kills     trainings that are killed and resumed: the weights equal those of an uninterrupted training
replicas  servers that are killed while visitors use them: each visitor continues on another one, with the same state

Prints a table of cases and failures; the exit status is 1 after a failure. --seed selects other cases.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

Try = Callable[[], None]  # raises if the case fails


class Case(NamedTuple):
    """words: a description with which the case can be repeated. attempt: raises if it fails."""

    words: str
    attempt: Try


Cases = Iterator[Case]
