"""The toy GAN's training in the browser: its duration, and ten people who train at once.

    python -m benchmarks.toy_gan [--people 10] [--steps 20000]

First one person alone, compared with PyTorch's steps of the same training in this process, then all together, each in
their own browser context. The browsers share this machine's cores, so together they are slower than a class with
laptops; what counts is that every one of them finishes without an error. Run it on a quiet machine.
"""

import argparse
import dataclasses
import functools
import statistics
import time

import torch

from benchmarks import browser
from train.catalogue import RECIPES
from train.live.toy_gan import Training

PEER = 1000  # steps of PyTorch


async def person(page, url, number, steps):
    """(seconds of the training, its final message) of one person's visit."""
    await page.goto(f"{url}/toy_gan?toy=own&steps={steps}&toy_seed={number}")
    train, caption = page.locator(".toy .train"), page.locator(".toy .caption")
    await train.wait_for()
    await page.wait_for_timeout(2000)  # a user looks first
    started = time.perf_counter()
    await train.click()
    await caption.filter(has_text=f"step {steps:,}").wait_for()
    return time.perf_counter() - started, await caption.inner_text()


def together(people, steps):
    """Print the results of this many people at once; returns the median of their seconds, NaN if nobody finished."""
    found, errors = browser.crowd(functools.partial(person, steps=steps), people)
    print(f"{people} at once, {steps:,} steps each:")
    browser.tell(errors)
    if not any(found):
        return float("nan")
    seconds, words = zip(*filter(None, found), strict=True)
    middle = statistics.median(seconds)
    print(f"  median {middle:.1f} s, slowest {max(seconds):.1f} s; one ended with: {words[0]}", flush=True)
    return middle


def peer(steps):
    """Seconds that PyTorch would take for these steps with one start, extrapolated from a shorter run."""
    torch.set_num_threads(1)
    training = Training(dataclasses.replace(RECIPES["parabola_gan"], members=1))
    training.run(20)
    started = time.perf_counter()
    training.run(PEER)
    return (time.perf_counter() - started) * steps / PEER


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--steps", type=int, default=20_000)
    arguments = parser.parse_args()
    alone, torch_seconds = together(1, arguments.steps), peer(arguments.steps)
    print(f"PyTorch: {torch_seconds:.1f} s for as many steps; the browser is {torch_seconds / alone:.1f} × as fast")
    together(arguments.people, arguments.steps)
