"""The linear baseline of every autoencoder: projection onto the principal components of the train set."""

import numpy as np
from numpy.typing import ArrayLike
from sklearn.decomposition import PCA


def pca_mse(train: ArrayLike, test: ArrayLike, components: int) -> float:
    """Mean squared error per pixel of test pictures projected onto `components` principal components of train pictures.

    Arrays (N, pixels) in [0, 1]. Projections are clamped to [0, 1], as a decoder's pictures are. Both solvers are
    exact, so the value has no seed; the covariance solver takes ten times as long for few pictures of many pixels.
    """
    train, test = np.asarray(train, np.float64), np.asarray(test, np.float64)
    few = len(train) < train.shape[1] / 2
    pca = PCA(components, svd_solver="full" if few else "covariance_eigh").fit(train)
    projected = pca.inverse_transform(pca.transform(test)).clip(0, 1)
    return float(np.square(projected - test).mean())
