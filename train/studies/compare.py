"""Compare recipes over several training seeds: python -m train.studies.compare rotation

python -m train.studies.compare gaps rotation --device cuda --workers 12     several trainings at once

Every variant of a comparison (train/studies/comparisons.py) is trained from the same seeds, to distinguish a difference
from chance. Recorded in checkpoints/recorded/compare_NAME.json after every training; a stopped command resumes after
the last one. The interval of a difference comes from pairs with the same seed (metrics.paired).
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from data.splits import Splits
from evaluate.command import Command, device_of
from train.cli import add_bf16
from train.provenance import device_name, digest
from train.recipe import Recipe
from train.studies import Plan, add_cluster, cluster, in_one_sentence, processes, study
from train.studies.comparisons import COMPARISONS
from train.studies.trained import trained
from train.studies.variants import Comparison


def run(
    recipe: Recipe,
    measure: Callable[[Any, Splits], dict[str, float]],
    device: str = "cpu",
    keep: Path | None = None,
    bf16: bool = False,
) -> dict[str, Any]:
    """One training from the recipe's seed: {"metrics", "seconds", "device"}, or {"failed", "seconds"} if it diverged.

    keep: a file for the weights, which a comparison does not need.
    """
    try:
        model, splits, _, seconds = trained(recipe, device, bf16=bf16)
    except FloatingPointError as error:
        return {"failed": str(error), "seconds": 0.0}
    if keep:
        keep.parent.mkdir(parents=True, exist_ok=True)
        save_file({name: value.contiguous().cpu() for name, value in model.state_dict().items()}, keep)
    with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):  # TF32 is too inexact for measurements
        metrics = measure(model, splits)
    where = device_name(torch.device(device)) + (", bfloat16" if bf16 else "")
    return {"metrics": metrics, "seconds": round(seconds, 1), "device": where}


def plan(
    name: str,
    comparison: Comparison,
    device: str = "cpu",
    keep: Path | None = None,
    only: Collection[str] = (),
    bf16: bool = False,
) -> Plan:
    """Pairs (key, train), seed by seed with all variants in turn. only: variants to train, by default all."""
    for seed in comparison.seeds:
        for variant, entry in comparison.variants.items():
            recipe = dataclasses.replace(entry.recipe, seed=seed)
            key = {"variant": variant, "seed": seed, "words": entry.words, "recipe_sha256": digest(recipe.to_dict())}
            key |= recipe.built_on()  # if these are trained again, it is another study
            weights = keep / f"{name}_{variant}_{seed}.safetensors" if keep else None
            train = functools.partial(run, recipe, comparison.measure, device, weights, bf16)
            yield key, None if only and variant not in only else train


def record(name: str, comparison: Comparison, **options: Any) -> list[dict[str, Any]]:
    """All runs of a comparison; those missing in its recording are trained. options: those of `plan`, and a pool."""
    pool = options.pop("pool", None)
    names = ("question", "card", "metric", "lower")
    common = {field: getattr(comparison, field) for field in names}
    command = f"python -m train.studies.compare {name}"
    return study(f"compare_{name}", command, common, plan(name, comparison, **options), pool=pool)


@in_one_sentence()
def main() -> None:
    parser = Command("train.studies.compare", __doc__)
    parser.add_argument("names", nargs="+", choices=sorted(COMPARISONS), metavar="NAME")
    parser.add_argument("--device", default="cpu", help="cpu, cuda, mps")
    add_bf16(parser)
    parser.add_argument("--workers", type=int, default=1, help="trainings at once, each in a process of its own")
    parser.add_argument("--keep", type=Path, help="folder for the weights of every training")
    parser.add_argument("--only", nargs="+", default=(), metavar="VARIANT", help="not all of the variants")
    add_cluster(parser)
    options = parser.parse_args()
    if options.cluster and options.keep:
        parser.error("--keep would leave the weights on the workers of --cluster; choose one of the two")
    variants = {variant: None for name in options.names for variant in COMPARISONS[name].variants}
    if unknown := [variant for variant in options.only if variant not in variants]:
        parser.error(f"no variant is called {', '.join(unknown)}; choose from {', '.join(variants)}")
    workers = cluster(parser, options, threads=1, device=options.device)
    if workers is None:
        device_of(options.device)  # raises ValueError now rather than in the first training
    with (
        processes(options.workers) as pool,
        ThreadPoolExecutor(len(options.names)) as studies,
    ):
        running = [
            studies.submit(
                record,
                name,
                COMPARISONS[name],
                device=options.device,
                keep=options.keep,
                only=options.only,
                bf16=options.bf16,
                pool=workers or pool,
            )
            for name in options.names
        ]
        for one in running:
            one.result()


if __name__ == "__main__":
    main()
