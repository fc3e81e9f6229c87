"""Errors of work that was handed over, with sentences as texts."""


class TaskError(Exception):
    """Work that could not be carried out; the text is one sentence for the user."""


class StoppedError(TaskError):
    """Nobody wants this work any more."""


class ClusterError(TaskError):
    """The cluster cannot take or finish work that this process can do; the text is a clause without a full stop."""
