"""The command: see tests/campaign/__init__.py."""

import argparse
import sys
import time

import numpy as np
import streamlit.logger

from tests import campaign
from tests.campaign import damage, kills, links, pictures, replicas, saves

KINDS = {  # what generates cases, and how many are tried
    "pictures": (pictures.cases, 10_000),
    "links": (links.cases, 2_000),
    "damage": (damage.cases, 400),
    "saves": (saves.cases, 20),
    "kills": (kills.cases, 100),
    "replicas": (replicas.cases, 20),
}
SHOWN = 20  # failures of a kind


def tried(name: str, count: int, seed: int) -> tuple[int, list[str], float]:
    """(tried, what failed, seconds) of one kind."""
    started, failures, number = time.perf_counter(), [], 0
    for number, case in enumerate(KINDS[name][0](count, np.random.default_rng(seed)), 1):
        try:
            case.attempt()
        except Exception as error:  # every kind of failure is counted
            failures.append(f"{case.words}: {type(error).__name__}: {str(error).strip()[:300]}")
        if sys.stderr.isatty():
            print(f"\r{name} {number:,} of {count:,}, {len(failures)} failed", end="", file=sys.stderr, flush=True)
    return number, failures, time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=campaign.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND[=COUNT]", help=", ".join(KINDS))
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    streamlit.logger.set_log_level("error")  # it warns of every page that runs without a server
    parts = [kind.partition("=") for kind in options.kinds or KINDS]
    wanted: dict[str, str] = {name: count for name, _, count in parts}
    if unknown := wanted.keys() - KINDS:
        parser.error(f"there is no kind {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    if wrong := [count for count in wanted.values() if count and not count.isdecimal()]:
        parser.error(f"“{wrong[0]}” is no number of cases")
    results = {name: tried(name, int(count or KINDS[name][1]), options.seed) for name, count in wanted.items()}
    print(f"\n{'kind':10} {'tried':>7} {'failed':>7} {'seconds':>8}")
    for name, (number, failures, seconds) in results.items():
        print(f"{name:10} {number:7,} {len(failures):7,} {seconds:8,.0f}")
    for name, (_, failures, _) in results.items():
        for failure in failures[:SHOWN]:
            print(f"{name}: {failure}")
    sys.exit(any(failures for _, failures, _ in results.values()))


if __name__ == "__main__":
    main()
