"""Recorded critics with clipped weights, as plain values, so that they can be read without torch."""

from dataclasses import dataclass
from typing import Self

import numpy as np

NEAR = 0.99  # share of the clip value from which a weight counts as being at the bound


@dataclass(frozen=True)
class ClippedCritics:
    """K critics with weights in [−c, c], and a last one with a gradient penalty (see train/live/clipping.py).

    clips (K,); grid (G,); critics (K + 1, G): T on the grid; weights (K + 1, W); values (K + 1,): E_p T − E_q T.
    """

    clips: tuple[float, ...]
    grid: np.ndarray
    critics: np.ndarray
    weights: np.ndarray
    values: np.ndarray

    @property
    def slopes(self) -> np.ndarray:
        """The largest |T'| between neighbouring grid points, (K + 1,)."""
        return np.abs(np.diff(self.critics) / np.diff(self.grid)).max(1)

    @property
    def at_ends(self) -> np.ndarray:
        """Share of the weights at ±c for every clipped critic, (K,)."""
        return (np.abs(self.weights[:-1]) > NEAR * np.array(self.clips)[:, None]).mean(1)

    def to_dict(self, digits: int = 5) -> dict:
        """JSON values with `digits` significant digits; from_dict(to_dict()) restores the critics, rounded."""

        def rounded(values: np.ndarray) -> list[float]:
            return [float(f"{value:.{digits}g}") for value in values]

        return {
            "clips": list(self.clips),
            "grid": rounded(self.grid),
            "values": rounded(self.values),
            "critics": [rounded(critic) for critic in self.critics],
            "weights": [rounded(weights) for weights in self.weights],
        }

    @classmethod
    def from_dict(cls, values: dict) -> Self:
        """The critics of the JSON values of to_dict."""
        arrays = {name: np.array(values[name], dtype=float) for name in ("grid", "critics", "weights", "values")}
        return cls(tuple(values["clips"]), **arrays)
