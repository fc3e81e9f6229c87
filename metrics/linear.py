"""The linear baseline of every autoencoder: projection on the principal components of the train set."""

import numpy as np
from numpy.typing import ArrayLike
from sklearn.decomposition import PCA


def pca_mse(train: ArrayLike, test: ArrayLike, components: int) -> float:
    """Mean squared error per pixel of test pictures projected on `components` principal components of the train ones.

    Arrays (N, pixels) in [0, 1]. The exact solver on the covariance, so that the value has no seed.
    """
    pca = PCA(components, svd_solver="covariance_eigh").fit(np.asarray(train, np.float64))
    test = np.asarray(test, np.float64)
    return float(np.square(pca.inverse_transform(pca.transform(test)) - test).mean())
