"""What is wrong with a checkpoint, as a sentence."""

from collections.abc import Mapping
from typing import Any


class CheckpointError(Exception):
    """A checkpoint that is missing or not what its card says; the text is one sentence for the person."""


class AbsentError(CheckpointError, KeyError):
    """An entry that a card or a preview does not hold."""

    __str__ = Exception.__str__  # a KeyError would quote the sentence


class Section(dict):
    """A section of a card, or the arrays of a preview: asking for an entry that it does not hold is an AbsentError.

    absent: that sentence, with {} for the entry.
    """

    def __init__(self, entries: Mapping[str, Any], absent: str = "There is no {} in it.") -> None:
        super().__init__(entries)
        self.absent = absent

    def __missing__(self, key):
        raise AbsentError(self.absent.format(key))
