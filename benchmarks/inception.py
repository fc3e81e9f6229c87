"""Inception features: ours compared with pytorch-fid's original network in batches of 50, and their difference.

    python -m benchmarks.inception [--pictures 100] [--threads 1]

Needs Inception's weights; if there are none, it says where they are searched for.
"""

import argparse
import itertools
import os
import sys
import time

import torch

import data
from evaluate import inception
from evaluate.features import features

TURNS = 3  # of each, alternating; the best counts


def main(count):
    try:
        ours = inception.load()
    except inception.InceptionError as error:
        sys.exit(str(error))
    theirs = inception.Inception(inception.build(inception.read(inception.find())))
    images = data.sample("mnist").images[:count]
    ways = {"ours": lambda: features(ours, images), "pytorch-fid": lambda: features(theirs, images, batch=50)}
    tables, best = {}, dict.fromkeys(ways, float("inf"))
    for _, (name, way) in itertools.product(range(TURNS), ways.items()):
        started = time.perf_counter()
        tables[name] = way()
        best[name] = min(best[name], time.perf_counter() - started)
    print(f"{count} digits, load {os.getloadavg()[0]:.1f}")
    for name, seconds in best.items():
        print(f"{name:12}  {1000 * seconds / count:6.0f} ms a picture   {seconds / best['ours']:.2f} × our time")
    far = (tables["ours"] - tables["pytorch-fid"]).abs().max().item()
    print(f"features differ by {far:.1e} at most; the largest is {tables['ours'].max().item():.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    with torch.inference_mode():
        main(options.pictures)
