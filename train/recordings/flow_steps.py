"""Record a flow's Fréchet distance against its number of steps: python -m train.recordings.flow_steps

For every stored flow with a classifier of its data set, for every solver, with equally many samples of each class; for
comparison, the first VAE and the first GAN of the data set. Each distance comes with the time of one picture on one CPU
thread. Written to checkpoints/recorded/flow_steps.json. Distances already in the file for the same weights are kept;
times are measured again, so that all are from one machine. Needs the full data sets; uses a GPU if there is one.
"""

from __future__ import annotations

import functools
import statistics
import time
from collections.abc import Callable
from typing import Any

import torch

import checkpoints
import data
from checkpoints import Card, recorded
from evaluate import feature_networks, references
from evaluate.command import Command
from evaluate.features import features
from evaluate.samples import Generator, of_each_class, over_seeds, pictures
from metrics.frechet import Moments, frechet_distance, moments
from models.flow import Flow
from models.latent_flow import LatentFlow
from models.ode import SOLVERS, evaluations
from train.recordings import store

NAME = "flow_steps"
STEPS = (1, 2, 4, 8, 16)  # per path
SAMPLES, SEEDS = 1000, 5
TIMED = 10  # pictures at once


def ways() -> list[tuple[str, int]]:
    """[(solver, steps)] for all STEPS; Euler also with twice the largest. The last step of every solver is an Euler
    step, so that a single step is the same for all of them."""
    return [
        (name, steps)
        for name in SOLVERS
        for steps in (STEPS if name != "euler" else (*STEPS, 2 * STEPS[-1]))
        if name == "euler" or steps > 1
    ]


def distances(drawn: Callable[[int], torch.Tensor], network: Any, real: Moments, seeds: int) -> dict[str, float]:
    """{"frechet", "frechet_spread"} by `over_seeds`. drawn(seed): pictures (N, C, H, W) uint8. real: moments of
    features."""
    tables = (features(network, drawn(seed)) for seed in range(1, seeds + 1))
    return over_seeds("frechet", (frechet_distance(moments([table]), real) for table in tables))[0]


@torch.no_grad()
def milliseconds(model: Generator, repeats: int = 5, **way: Any) -> float:
    """Time per picture, for TIMED at once, on one thread of this CPU: the median of `repeats` repetitions.

    Only the thread's CPU time counts, so that a busy machine gives nearly the same result. way: solver and steps of a
    flow, whose pictures are then of requested classes if it has classes.
    """
    threads, z, seconds = torch.get_num_threads(), torch.randn(TIMED, model.latent), []
    draw: Callable[[], Any] = functools.partial(model.picture, z)
    if way:
        assert isinstance(model, Flow | LatentFlow)
        labels = torch.arange(TIMED) % model.classes if model.classes else None
        draw = functools.partial(model.picture, z, labels, **way)
    torch.set_num_threads(1)
    try:
        draw()  # the first call allocates
        for _ in range(repeats):
            began = time.thread_time()
            draw()
            seconds.append(time.thread_time() - began)
    finally:
        torch.set_num_threads(threads)
    return 1000 * statistics.median(seconds) / TIMED


def of_flow(card: Card, samples: int, seeds: int, known: dict[str, Any] | None = None) -> dict:
    """The row of one flow, see `record`. known: its former row, whose distances are kept for equal weights."""
    before = known if known and known["sha256"] == card.sha256 else {"ways": [], "beside": {}}
    kept = {(row["solver"], row["steps"]): row for row in before["ways"]}
    name = feature_networks.CLASSIFIERS[card.dataset["name"]]
    network, split = checkpoints.load(name), data.load(card.dataset["name"], "test")
    real = moments([features(network, split.images)])
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = checkpoints.load(card.name)
    assert isinstance(model, Flow)
    times = {(solver, steps): milliseconds(model, solver=solver, steps=steps) for solver, steps in ways()}
    model.to(device)
    rows = []
    for solver, steps in ways():
        if (row := kept.get((solver, steps))) is None:
            drawn = functools.partial(of_each_class, model, samples, steps=steps, solver=solver)
            found = distances(drawn, network, real, seeds)
            passes = evaluations(solver, steps, limited=model.limit is not None)
            row = {"solver": solver, "steps": steps, "evaluations": passes, **found}
        rows.append(row | {"milliseconds": times[solver, steps]})
        print(card.name, rows[-1], flush=True)
    beside = {}
    for other in references.beside(card):
        generator = checkpoints.load(other.name)
        row = before["beside"].get(other.name)
        if row is None or row["sha256"] != other.sha256:
            row = distances(functools.partial(pictures, generator, samples), network, real, seeds)
        beside[other.name] = row | {"sha256": other.sha256, "milliseconds": milliseconds(generator)}
        print(other.name, beside[other.name], flush=True)
    return {
        "sha256": card.sha256,
        "network": name,
        "against": len(split.images),
        "ways": rows,
        "beside": beside,
    }


def record(samples: int = SAMPLES, seeds: int = SEEDS) -> dict:
    """{"samples", "seeds", "seconds", "flows": {name: {"sha256", "network", "against",
    "ways": [{"solver", "steps", "evaluations", "frechet", "frechet_spread", "milliseconds"}],
    "beside": {name of a VAE or a GAN: {"sha256", "milliseconds", "frechet", …}}}}}."""
    cards = feature_networks.measurable(checkpoints.gallery("flow"))
    common, started = {"samples": samples, "seeds": seeds}, time.perf_counter()
    known = recorded.read(NAME) if recorded.has(NAME) else {}
    if not common.items() <= known.items():
        known = {"flows": {}, "seconds": 0}
    flows = {name: of_flow(card, samples, seeds, known["flows"].get(name)) for name, card in cards.items()}
    seconds = known["seconds"] + time.perf_counter() - started  # including those of kept distances
    return common | {"seconds": round(seconds, 1), "flows": flows}


def main() -> None:
    parser = Command("train.recordings.flow_steps", __doc__)
    parser.add_argument("--samples", type=int, default=SAMPLES, help=f"samples of each way (default {SAMPLES:,})")
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"seeds of the samples (default {SEEDS}, at least 2)")
    options = parser.parse_args()
    if min(options.samples, options.seeds) < 2:
        parser.error("--samples and --seeds must be at least 2, for a distance and its spread")
    store(NAME, parser.prog, lambda: record(options.samples, options.seeds))


if __name__ == "__main__":
    main()
