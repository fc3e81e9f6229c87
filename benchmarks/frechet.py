"""Fréchet distance: ours compared with pytorch-fid's and torchmetrics', and their errors against a QR-based oracle.

    python -m benchmarks.frechet [--dimensions 2048 --samples 5000] [--threads 2]

Times are for the distance from two means and covariances of the same features, in which the implementations differ.
torchmetrics is not a requirement of this project, and is left out if it is not installed.
"""

import argparse
import os
import time

import numpy as np
import torch
from pytorch_fid.fid_score import calculate_frechet_distance

from metrics.frechet import frechet_distance, moments


def features(n, d, seed):
    """Correlated features (n, d) with a falling spectrum like that of image networks."""
    rng = np.random.default_rng(seed)
    mixing = np.linalg.qr(rng.standard_normal((d, d)))[0] * np.geomspace(1, 1e-2, d)
    return np.maximum(0, rng.standard_normal((n, d)) @ mixing + 0.1)  # as after a ReLU


def oracle(x, y):
    roots = [np.linalg.qr(t - t.mean(0), mode="r") / np.sqrt(len(t) - 1) for t in (x, y)]
    nuclear = np.linalg.svd(roots[0] @ roots[1].T, compute_uv=False).sum()
    return ((x.mean(0) - y.mean(0)) ** 2).sum() + sum((r**2).sum() for r in roots) - 2 * nuclear


def torchmetrics_formula():
    """torchmetrics' distance from moments (the sum of the square roots of complex eigenvalues), or None without it."""
    try:
        from torchmetrics.image.fid import _compute_fid
    except ImportError:
        return None
    return lambda a, b: _compute_fid(a.mean, a.covariance, b.mean, b.covariance).item()


def timed(function):
    started = time.perf_counter()
    return function(), time.perf_counter() - started


def main(n, d):
    x, y = features(n, d, 0), features(n, d, 1)
    a, b = moments([x]), moments([y])
    frechet_distance(moments([x[:, :64]]), moments([y[:, :64]]))  # load libraries, which happens on first use
    value, seconds = timed(lambda: frechet_distance(a, b))
    theirs = [t.numpy() for t in (a.mean, a.covariance, b.mean, b.covariance)]
    truth = oracle(x, y)
    print(f"{d} dimensions, {n} samples, load {os.getloadavg()[0]:.1f}")
    print(f"ours          {seconds:8.2f} s   relative deviation from the oracle {abs(value / truth - 1):.1e}")
    peers = {"pytorch-fid": lambda: calculate_frechet_distance(*theirs)}
    if formula := torchmetrics_formula():
        peers["torchmetrics"] = lambda: formula(a, b)
    for name, peer in peers.items():
        found, took = timed(peer)
        line = f"relative deviation from the oracle {abs(found / truth - 1):.1e}   {took / seconds:.1f} × our time"
        print(f"{name:12}  {took:8.2f} s   {line}")
    if formula is None:
        print("torchmetrics  left out, it is not installed")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dimensions", type=int, default=2048)
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    main(options.samples, options.dimensions)
