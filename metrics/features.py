"""Features of pictures from a classifier of ours: where images become points that a distance can compare."""

import torch


@torch.no_grad()
def features(classifier, images, batch=500):
    """(N, width) float32 of uint8 pictures (N, C, H, W), numpy or torch, by `classifier.features`."""
    images = torch.as_tensor(images)
    return torch.cat([classifier.features(part.float().div(255)) for part in images.split(batch)])


@torch.no_grad()
def probabilities(classifier, images, batch=500):
    """(N, classes) of uint8 pictures, rows that sum to 1."""
    images = torch.as_tensor(images)
    return torch.cat([classifier(part.float().div(255)).softmax(1) for part in images.split(batch)])


def halves(table, seed=0):
    """Two random halves of the rows: a distance between them is the floor that nothing real goes below by much."""
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    middle = len(table) // 2
    return table[order[:middle]], table[order[middle : 2 * middle]]
