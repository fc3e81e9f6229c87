"""What the neighbourhoods of a latent space know about classes."""

from sklearn.neighbors import KNeighborsClassifier


def knn_accuracy(train_codes, train_labels, test_codes, test_labels, k=5):
    """Share of test codes whose class a vote of their k nearest train codes (Euclidean) gives. Arrays (N, D), (N,)."""
    return float(KNeighborsClassifier(k).fit(train_codes, train_labels).score(test_codes, test_labels))
