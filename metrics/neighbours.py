"""How well classes are separated in a latent space, by nearest neighbours."""

from numpy.typing import ArrayLike
from sklearn.neighbors import KNeighborsClassifier


def knn_accuracy(
    train_codes: ArrayLike, train_labels: ArrayLike, test_codes: ArrayLike, test_labels: ArrayLike, k: int = 5
) -> float:
    """Share of test codes classified correctly by a vote of their k nearest train codes (Euclidean).

    Codes (N, D), labels (N,).
    """
    return float(KNeighborsClassifier(k).fit(train_codes, train_labels).score(test_codes, test_labels))
