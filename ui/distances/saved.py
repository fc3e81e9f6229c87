"""JSD and Wasserstein distance to take home: the page as one file, with its curves and the estimates shown on it."""

from __future__ import annotations

import dataclasses

from checkpoints.recorded.critic_settings import Settings
from checkpoints.recorded.sweep_snapshots import SweepSnapshot
from checkpoints.table import Figure
from ui import standalone
from ui.components.shift import message
from ui.distances import pairs

HOW = "largest |estimate − exact| over the 21 values of θ, of the mean over {} seeds, step {:,} of {:,}"


def page(
    pair: pairs.Pair, snapshot: SweepSnapshot | None, settings: Settings | None, theta: float, *, recorded: bool
) -> bytes:
    """The page at θ, with the estimates of a snapshot, if there is one, that was trained with these settings.

    recorded: whether the snapshot is the last one of the recording.
    """
    p, q = ((pairs.PLANE | pairs.LINE)[kind] for kind in (pair.p, pair.q))
    deviations = "".join(
        f", σ of {name} = {std:g}"
        for name, kind, std in (("p", pair.p, pair.p_std), ("q", pair.q, pair.q_std))
        if kind == "gaussian"
    )
    details = [("The curves", f"Exact: p is {p}; q is {q}, moved by θ{deviations}.")]
    figures = ()
    if snapshot is not None:
        seeds = 0 if snapshot.jsd is None else len(snapshot.jsd)
        errors, how = pairs.errors(pair, snapshot), HOW.format(seeds, snapshot.step, snapshot.steps)
        figures = (
            Figure("Error of the JSD", pairs.amount(errors["jsd"], "nats"), "", how),
            Figure("Error of Wasserstein, corrected", pairs.amount(errors["corrected"], "units of x"), "", how),
            Figure("Error of Wasserstein, raw", pairs.amount(errors["raw"], "units of x"), "", how),
        )
        if settings is not None:
            values = dataclasses.replace(settings, seeds=seeds)
            details.append(("The points: networks trained with", standalone.settings(dataclasses.asdict(values))))
        if recorded:
            details.append(("Recorded by", "python -m train.recordings.theta_sweep"))
    about = standalone.About(
        title="JSD and Wasserstein distance",
        lead="Drag θ: q moves away from p.",
        look="the slopes: where p and q do not overlap, the Jensen-Shannon divergence (JSD) is flat and gives a "
        "generator no direction; the Wasserstein distance still gives one.",
        figures=figures,
        details=tuple(details),
    )
    return standalone.page("shift", message(**pairs.content(pair, snapshot, theta)), about)
