"""Two estimators of ∂/∂μ and ∂/∂σ of E f(z), z ~ N(μ, σ²), from samples, and their exact expectation.

An estimate uses one sample ε ~ N(0, 1) with z = μ + σε; the mean of n estimates has the same expectation and a standard
deviation smaller by a factor of √n. All arrays are numpy's.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(160)  # exact for polynomials, to 1e-12 for the app's sines
WEIGHTS = WEIGHTS / math.sqrt(2 * math.pi)


class Differentiable(Protocol):
    """An elementwise function f of arrays of any shape, and its derivative."""

    def __call__(self, z: np.ndarray) -> np.ndarray: ...

    def slope(self, z: np.ndarray) -> np.ndarray:
        """f'(z)."""
        ...


Estimator = Callable[[Differentiable, float, float, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Quadratic:
    """f(z) = constant + linear z + square z², for z of any shape."""

    constant: float
    linear: float
    square: float

    def __call__(self, z: np.ndarray) -> np.ndarray:
        return self.constant + self.linear * z + self.square * z**2

    def slope(self, z: np.ndarray) -> np.ndarray:
        """f'(z)."""
        return self.linear + 2 * self.square * z

    def gradient(self, mean: float, sd: float) -> tuple[float, float]:
        """(∂/∂μ, ∂/∂σ) of E f(z) = constant + linear μ + square (μ² + σ²)."""
        return self.linear + 2 * self.square * mean, 2 * self.square * sd


@dataclass(frozen=True)
class Sine:
    """f(z) = sin kz with k = frequency, for z of any shape."""

    frequency: float

    def __call__(self, z: np.ndarray) -> np.ndarray:
        return np.sin(self.frequency * z)

    def slope(self, z: np.ndarray) -> np.ndarray:
        """f'(z)."""
        return self.frequency * np.cos(self.frequency * z)

    def gradient(self, mean: float, sd: float) -> tuple[float, float]:
        """(∂/∂μ, ∂/∂σ) of E f(z) = exp(−k²σ²/2) sin kμ, the imaginary part of the characteristic function."""
        k = self.frequency
        left = math.exp(-((k * sd) ** 2) / 2)
        return k * left * math.cos(k * mean), -(k**2) * sd * left * math.sin(k * mean)


def reparameterised(f: Differentiable, mean: float, sd: float, noise: np.ndarray) -> np.ndarray:
    """f'(z) ∂z/∂(μ, σ) = f'(z) (1, ε): noise (n,) -> (2, n) (Kingma & Welling 2013, section 2.4)."""
    slope = f.slope(mean + sd * noise)
    return np.stack([slope, slope * noise])


def score_function(f: Differentiable, mean: float, sd: float, noise: np.ndarray) -> np.ndarray:
    """f(z) ∂ log q(z)/∂(μ, σ) = f(z) (ε, ε² − 1) / σ: noise (n,) -> (2, n) (Williams 1992, REINFORCE).

    log q(z) is differentiated at fixed z: no derivative of f is needed.
    """
    value = f(mean + sd * noise) / sd
    return np.stack([value * noise, value * (noise**2 - 1)])


def moments(estimator: Estimator, f: Differentiable, mean: float, sd: float) -> tuple[np.ndarray, np.ndarray]:
    """(mean (2,), standard deviation (2,)) of a single estimate, by Gauss-Hermite quadrature over ε."""
    each = estimator(f, mean, sd, NODES)
    middle = each @ WEIGHTS
    return middle, np.sqrt(np.maximum((each - middle[:, None]) ** 2 @ WEIGHTS, 0))
