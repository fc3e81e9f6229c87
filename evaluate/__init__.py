"""Measurements of trained models. A module for each family has

    evaluate(model, splits) -> Evaluation(metrics, protocol, preview)

which the family's recipes refer to; `generated`, `flow`, `fid`, `prior`, `preview` and `score` are also commands.
"""

from typing import NamedTuple


class Evaluation(NamedTuple):
    """What a training adds to its checkpoint: metrics {name: number or list}, protocol {name: how it was measured}, and
    preview, the arrays {name: numpy array} that the app shows before it loads the network."""

    metrics: dict
    protocol: dict
    preview: dict = {}  # noqa: RUF012  never written to
