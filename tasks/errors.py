"""Errors of tasks, as sentences."""


class TaskError(Exception):
    """A task that could not be run; the text is one sentence for the person."""


class StoppedError(TaskError):
    """Nobody is waiting for this task any more."""


class ClusterError(TaskError):
    """The cluster cannot take or finish a task that this process can; the text is a clause without a full stop."""
