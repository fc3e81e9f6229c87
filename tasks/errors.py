"""What can be wrong with work that was handed over, as sentences."""


class TaskError(Exception):
    """A piece of work that could not be carried out; the text is one sentence for the person."""


class StoppedError(TaskError):
    """Nobody wants this piece of work any more."""


class ClusterError(TaskError):
    """The cluster cannot take or finish a piece of work that this process can; the text is a clause, without a stop."""
