"""Whether a path between two codes stays in the class of its ends."""

from collections.abc import Callable

import torch

from models.flow import Flow
from models.interpolation import lerp
from models.vae import VAE


def class_pairs(labels: torch.Tensor, count: int, *, same: bool, seed: int) -> torch.Tensor:
    """`count` random pairs of different images with equal (same=True) or different labels: (count, 2) indices.

    labels (N,). All ordered pairs that meet the condition are equally likely (rejection sampling). Raises ValueError
    if there is no such pair.
    """
    counts = labels.unique(return_counts=True)[1]
    if not ((counts > 1).any() if same else len(counts) > 1):
        raise ValueError(f"There are no two pictures of {'the same class' if same else 'different classes'}.")
    generator = torch.Generator().manual_seed(seed)
    pairs = torch.empty(0, 2, dtype=torch.long)
    while len(pairs) < count:
        candidates = torch.randint(len(labels), (40 * count, 2), generator=generator)
        a, b = candidates.T
        pairs = torch.cat([pairs, candidates[((labels[a] == labels[b]) == same) & (a != b)]])
    return pairs[:count]


@torch.no_grad()
def interpolation_rows(
    model: VAE | Flow, a: torch.Tensor, b: torch.Tensor, between: int = 7, path: Callable = lerp
) -> torch.Tensor:
    """Rows of picture a, `between` pictures on the straight line between the two codes, and picture b.

    a and b are (N, C, H, W) in [0, 1]; returns (N, between + 2, C, H, W). path: a function of models/interpolation.py.
    """
    times = torch.linspace(0, 1, between + 2)[1:-1]
    codes_a, codes_b = model.code(a), model.code(b)
    codes = torch.stack([path(p, q, times) for p, q in zip(codes_a, codes_b, strict=True)])
    decoded = model.sketch(codes.flatten(0, 1)).unflatten(0, codes.shape[:2])
    return torch.cat([a[:, None], decoded, b[:, None]], dim=1)


@torch.no_grad()
def rows_kept(classifier: Callable[[torch.Tensor], torch.Tensor], rows: torch.Tensor, labels: torch.Tensor) -> float:
    """Share of rows in which the classifier gives every picture the row's label.

    rows (N, T, C, H, W), labels (N,); classifier: pictures (M, C, H, W) -> logits (M, classes).
    """
    predicted = classifier(rows.flatten(0, 1)).argmax(1).unflatten(0, rows.shape[:2])
    return (predicted == labels[:, None]).all(1).double().mean().item()
