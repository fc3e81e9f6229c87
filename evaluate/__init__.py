"""What is measured of a trained model. A module for each family has

    evaluate(model, splits) -> Evaluation(metrics, protocol, preview)

which the family's recipes name; `generated`, `flow`, `fid`, `prior`, `preview` and `score` are commands as well.
"""

from typing import NamedTuple


class Evaluation(NamedTuple):
    """What a training adds to its checkpoint: metrics {name: number or list}, protocol {name: how it was measured}, and
    the arrays {name: numpy array} that the app draws before it loads the network."""

    metrics: dict
    protocol: dict
    preview: dict = {}  # noqa: RUF012  never written to
