"""Features of pictures from a network: where images become points that a distance can compare."""

import sys

import torch
from tqdm import tqdm

from evaluate import inception_cache

BATCH = 50  # pictures at once: what a classifier of ours makes of them stays in the processor's cache


@torch.no_grad()
def features(network, images, batch=None, progress=lambda count: None):
    """(N, width) float32 of uint8 pictures (N, C, H, W), numpy or torch, by `network.features`.

    batch: pictures at once; `network.batch` unless told, where the network says what suits it.
    progress(number of pictures) is called after every batch.
    """
    tables = []
    for part in torch.as_tensor(images).split(batch or getattr(network, "batch", BATCH)):
        tables.append(network.features(part.float().div(255)))
        progress(len(part))
    return torch.cat(tables)


def looked_at(judge, images, what):
    """Features of pictures, with a progress bar where somebody watches."""
    with tqdm(total=len(images), desc=what, unit=" pictures", disable=not sys.stderr.isatty(), leave=False) as bar:
        return features(judge, images, progress=bar.update)


def real_features(judge, images):
    """The same of real pictures, whose Inception features are kept for the next time."""
    if judge.shape:
        return looked_at(judge, images, "real pictures")
    table = inception_cache.read(images)
    if table is None:
        table = looked_at(judge, images, "real pictures")
        inception_cache.write(images, table)
    return table


@torch.no_grad()
def probabilities(classifier, images, batch=BATCH):
    """(N, classes) of uint8 pictures, rows that sum to 1."""
    images = torch.as_tensor(images)
    return torch.cat([classifier(part.float().div(255)).softmax(1) for part in images.split(batch)])


def halves(table, seed=0):
    """Two random halves of the rows: a distance between them is the floor that nothing real goes below by much."""
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    middle = len(table) // 2
    return table[order[:middle]], table[order[middle : 2 * middle]]
