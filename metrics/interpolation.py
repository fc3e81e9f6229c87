"""Does a path between two codes stay in the class of its ends?"""

import torch

from models.interpolation import lerp


def class_pairs(labels, count, *, same, seed):
    """`count` random pairs of different images with equal (same=True) or different labels: (count, 2) indices.

    labels (N,). Pairs are drawn uniformly over ordered pairs of images and kept when they fit, so every fitting
    pair is equally likely.
    """
    generator = torch.Generator().manual_seed(seed)
    pairs = torch.empty(0, 2, dtype=torch.long)
    while len(pairs) < count:
        drawn = torch.randint(len(labels), (40 * count, 2), generator=generator)
        fits = (labels[drawn[:, 0]] == labels[drawn[:, 1]]) == same
        pairs = torch.cat([pairs, drawn[fits & (drawn[:, 0] != drawn[:, 1])]])
    return pairs[:count]


@torch.no_grad()
def interpolation_rows(model, a, b, between=7):
    """The assignment's figure: rows of a, `between` decoded lerps of the two codes, b.

    a and b are (N, C, H, W) in [0, 1]; returns (N, between + 2, C, H, W).
    """
    times = torch.linspace(0, 1, between + 2)[1:-1]
    codes_a, codes_b = model.encode(a)[0], model.encode(b)[0]
    codes = torch.stack([lerp(p, q, times) for p, q in zip(codes_a, codes_b, strict=True)])
    decoded = model.picture(codes.flatten(0, 1)).unflatten(0, codes.shape[:2])
    return torch.cat([a[:, None], decoded, b[:, None]], dim=1)


@torch.no_grad()
def rows_kept(classifier, rows, labels):
    """Share of rows in which the classifier gives every picture the row's label. rows (N, T, C, H, W), labels (N,)."""
    predicted = classifier(rows.flatten(0, 1)).argmax(1).unflatten(0, rows.shape[:2])
    return (predicted == labels[:, None]).all(1).double().mean().item()
