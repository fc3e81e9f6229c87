"""Errors of checkpoints, each as one sentence."""

from collections.abc import Mapping
from typing import Any


class CheckpointError(Exception):
    """A checkpoint is missing or does not match its card; the text is one sentence for the person."""


class AbsentError(CheckpointError, KeyError):
    """A card or a preview does not have an entry."""

    __str__ = Exception.__str__  # a KeyError would quote the sentence


class Section(dict):
    """A section of a card, or the arrays of a preview: a missing entry raises AbsentError.

    absent: the sentence of that error, with {} for the entry.
    """

    def __init__(self, entries: Mapping[str, Any], absent: str = "There is no {} in it.") -> None:
        super().__init__(entries)
        self.absent = absent

    def __missing__(self, key):
        raise AbsentError(self.absent.format(key))
