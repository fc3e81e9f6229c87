"""The batched sweep over θ compared with a plain loop over 21 networks × 2, one after another.

    python -m benchmarks.sweep [--threads 1] [--steps 1000]

Three ways to compute the same 42 numbers, in one process: a loop of nn.Sequential networks with the exercise's settings
(see docs/systems.md: three layers, SGD 1e-3, batch 512, 1,000 steps; all 42 are trained), the batched model with the
same settings, and the batched model with ours. Prints seconds, the ratio to the loop, and the largest errors over θ.
--steps shortens the exercise's training for a quick look; the ratio that counts has 1,000. The batched model always
uses one thread; --threads is for the loop.
"""

import argparse
import dataclasses
import math
import os
import statistics
import time

import numpy as np
import torch
from torch import nn
from torch.nn.functional import softplus

from checkpoints.recorded.critic_settings import Settings
from checkpoints.recorded.sweep_snapshots import THETAS
from data.toy import line
from metrics.divergence import curves
from train.live.theta_sweep import EVALUATION, Sweep

EXERCISE = Settings(
    steps=1000,
    batch=512,
    width=64,
    hidden=2,
    learning_rate=1e-3,
    activation="relu",
    optimiser="sgd",
    decay=False,
    standardise=False,
    zero_start=False,
)


def network(settings):
    """The three-layer perceptron of EXERCISE."""
    width = settings.width
    return nn.Sequential(nn.Linear(2, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))


def draw(x, n, rng):
    """n independent points (x, U[0, 1]), as in the exercise's sampler."""
    return torch.from_numpy(np.column_stack([np.full(n, x), rng.random(n)]).astype(np.float32))


def jsd_value(net, x, y):
    return math.log(2) - 0.5 * softplus(-net(x)).mean() - 0.5 * softplus(net(y)).mean()


def gradient_norm(net, x, y):
    a = torch.rand(len(x), 1)
    z = (a * x + (1 - a) * y).requires_grad_()
    (gradient,) = torch.autograd.grad(net(z).sum(), z, create_graph=True)
    return gradient.norm(dim=1)


def train(theta, settings, rng, objective):
    """One network, trained as in textbooks."""
    net = network(settings)
    optimiser = torch.optim.SGD(net.parameters(), settings.learning_rate)
    for _ in range(settings.steps):
        loss = -objective(net, draw(0.0, settings.batch, rng), draw(theta, settings.batch, rng))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return net


def plain_loop(settings):
    """(jsd, corrected) of 21 discriminators and 21 critics, trained one after another: two arrays (21,)."""
    rng, (jsd, corrected) = np.random.default_rng(settings.seed), ([], [])
    torch.manual_seed(settings.seed)

    def wasserstein(net, x, y):
        penalty = (gradient_norm(net, x, y) - 1).square().mean()
        return net(x).mean() - net(y).mean() - settings.penalty * penalty

    for theta in THETAS:
        net = train(theta, settings, rng, jsd_value)
        x, y = draw(0.0, EVALUATION, rng), draw(theta, EVALUATION, rng)
        jsd.append(jsd_value(net, x, y).item())
        net = train(theta, settings, rng, wasserstein)
        raw = net(x).mean() - net(y).mean()
        corrected.append((raw / gradient_norm(net, x, y).mean()).item())
    return np.array(jsd), np.array(corrected)


def batched(settings):
    def strokes(n, rng):
        # Independent points for the exercise's settings, stratified ones for ours.
        return line().sample(n, rng, stratified=settings.standardise)

    snapshot = Sweep(strokes, strokes, settings=settings).run()
    return snapshot.mean("jsd"), snapshot.mean("corrected")


def timed(estimate, settings):
    """(seconds, largest JSD error, largest Wasserstein error)."""
    started = time.perf_counter()
    jsd, corrected = estimate(settings)
    seconds = time.perf_counter() - started
    truth = curves(line(), line(), THETAS)
    return seconds, np.abs(jsd - truth["jsd"]).max(), np.abs(corrected - truth["wasserstein"]).max()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", type=int, default=EXERCISE.steps)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    theirs, ours = dataclasses.replace(EXERCISE, steps=options.steps), Settings()
    batched(dataclasses.replace(ours, steps=5))  # the first steps of a process are slow
    print(f"loop with {options.threads} threads, load {os.getloadavg()[0]:.1f}")
    # Ours three times before the loop and three times after, to reveal changes of the machine's load.
    before = [timed(batched, ours)[0] for _ in range(3)]
    loop = timed(plain_loop, theirs)
    same = timed(batched, theirs)
    again = [timed(batched, ours) for _ in range(3)]
    seconds = sorted(before + [run[0] for run in again])
    rows = [
        ("loop, exercise's settings", loop, theirs),
        ("batched, exercise's settings", same, theirs),
        ("batched, our settings, median", (statistics.median(seconds), *again[0][1:]), ours),
    ]
    for name, (taken, jsd, w), s in rows:
        how = f"{s.optimiser} {s.learning_rate:g}, {s.steps} × {s.batch}, {s.hidden} × {s.width} {s.activation}"
        print(f"{name:31} {taken:7.2f} s {loop[0] / taken:6.1f} ×   largest error: JSD {jsd:.1e}, W {w:.1e}   ({how})")
    print(f"our six runs took {seconds[0]:.2f} to {seconds[-1]:.2f} s; load {os.getloadavg()[0]:.1f}")
