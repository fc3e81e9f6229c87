"""The linear baseline of every autoencoder: projection on the principal components of the train set."""

import numpy as np
from numpy.typing import ArrayLike
from sklearn.decomposition import PCA


def pca_mse(train: ArrayLike, test: ArrayLike, components: int) -> float:
    """Mean squared error per pixel of test pictures projected on `components` principal components of the train ones.

    Arrays (N, pixels) in [0, 1]. A projection is clamped to these bounds, as the picture of a decoder is. Both solvers
    are exact, so that the value has no seed; that of the covariance takes ten times as long for few pictures of many
    pixels.
    """
    train, test = np.asarray(train, np.float64), np.asarray(test, np.float64)
    few = len(train) < train.shape[1] / 2
    pca = PCA(components, svd_solver="full" if few else "covariance_eigh").fit(train)
    projected = pca.inverse_transform(pca.transform(test)).clip(0, 1)
    return float(np.square(projected - test).mean())
