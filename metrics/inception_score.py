"""Inception Score: whether a classifier, of any kind, is certain about the pictures and all classes occur."""

import torch

from metrics.frechet import Table


def inception_score(probabilities: Table, *, splits: int = 10) -> tuple[float, float]:
    """exp E KL(p(y|x) ‖ p(y)), from 1 (no information) to the number of classes (Salimans et al. 2016).

    probabilities (N, classes), rows that sum to 1. Returns (mean, standard deviation) over `splits` equal parts.
    Raises ValueError for fewer samples than splits, and for rows that are not probabilities.
    """
    p = torch.as_tensor(probabilities).double()
    if p.ndim != 2 or not torch.isfinite(p).all() or (p < 0).any() or ((p.sum(1) - 1).abs() > 1e-4).any():
        raise ValueError("The Inception Score needs rows of probabilities that sum to 1.")
    if len(p) < splits:
        raise ValueError(f"{len(p)} samples cannot be divided into {splits} parts.")
    values = torch.stack([_score(part) for part in p.tensor_split(splits)])
    return values.mean().item(), values.std().item() if splits > 1 else 0.0


def _score(p: torch.Tensor) -> torch.Tensor:
    kl = torch.special.entr(p.mean(0)).sum() - torch.special.entr(p).sum(1).mean()
    return kl.exp()
