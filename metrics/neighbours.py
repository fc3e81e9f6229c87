"""How well the classes are separated in a latent space, by its neighbourhoods."""

from numpy.typing import ArrayLike
from sklearn.neighbors import KNeighborsClassifier


def knn_accuracy(
    train_codes: ArrayLike, train_labels: ArrayLike, test_codes: ArrayLike, test_labels: ArrayLike, k: int = 5
) -> float:
    """Share of test codes that a vote of their k nearest train codes (Euclidean) classifies correctly.

    Codes (N, D), labels (N,).
    """
    return float(KNeighborsClassifier(k).fit(train_codes, train_labels).score(test_codes, test_labels))
