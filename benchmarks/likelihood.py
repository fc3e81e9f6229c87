"""log p(x) of binarised MNIST with K codes each: ours, in batches of pictures, compared with a loop over images.

    python -m benchmarks.likelihood [--images 10000] [--codes 200] [--threads 2] [--loop 200]

The loop follows the formula: encode one image, draw K codes, decode them, log-sum-exp. It processes only the first
--loop images (0: all), since its time per image is constant; both get the same noise, so that the values can be
compared. Uses the test set if the full data is there, otherwise the shipped digits (1,000).
"""

import argparse
import math
import os
import time

import torch

import checkpoints
import data
from evaluate import references
from metrics.likelihood import importance_log_px
from models.probability import bernoulli_log_prob, gaussian_log_density, standard_normal_log_prob


@torch.no_grad()
def loop(model, images, codes, seed):
    """One image after the other; noise as in importance_log_px, which draws it for ten images at a time."""
    generator, values = torch.Generator().manual_seed(seed), []
    for start in range(0, len(images), 10):
        noise = torch.randn(len(images[start : start + 10]), codes, model.latent, generator=generator)
        for x, e in zip(images[start : start + 10].split(1), noise, strict=True):
            mean, log_var = model.encode(x)
            z = mean + (0.5 * log_var).exp() * e
            joint = bernoulli_log_prob(model.decode(z), x.expand(codes, -1, -1, -1)) + standard_normal_log_prob(z)
            weights = (joint - gaussian_log_density(z, mean, log_var)).double()
            values.append(torch.logsumexp(weights, 0) - math.log(codes))
    return torch.stack(values)


def timed(function):
    started = time.perf_counter()
    return function(), time.perf_counter() - started


def main(count, codes, looped):
    name = "binarized_mnist"
    pictures = data.load(name, "test") if data.available(name, "test") else data.sample(name)
    images = torch.from_numpy(references.some(pictures.images, count)).float() / 255
    plain, ours = checkpoints.load("binarized_mnist_vae"), checkpoints.load("binarized_mnist_vae")
    ours.to(memory_format=torch.channels_last)  # as for every network of the app
    importance_log_px(ours, images[:10], codes)  # load libraries, which happens on first use
    values, seconds = timed(lambda: importance_log_px(ours, images, codes))
    looped = min(looped or len(images), len(images))
    print(f"{len(images):,} images, K = {codes}, {torch.get_num_threads()} threads, load {os.getloadavg()[0]:.1f}")
    print(f"ours                 {1000 * seconds / len(images):8.1f} ms an image, {seconds:.1f} s for all")
    for words, model in (("plain loop", plain), ("loop, our layout", ours)):
        found, took = timed(lambda model=model: loop(model, images[:looped], codes, 0))
        ratio = took / looped / (seconds / len(images))
        deviation = (values[:looped] - found).abs().max().item()
        print(f"{words:20} {1000 * took / looped:8.1f} ms an image, {ratio:.2f} × ours; deviation {deviation:.0e} nats")
    print(f"mean log p(x)        {values.mean():8.2f} nats")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=10_000)
    parser.add_argument("--codes", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--loop", type=int, default=200)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    main(options.images, options.codes, options.loop)
