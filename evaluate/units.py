"""Responses of the units of a network's layers to many inputs: which input activates a unit most, which are dead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from models.layers import Layer, activations, layers, of_units

BRIGHT = 0.995  # share of a layer's values within the colour scale
SAMPLE = 20_000  # values of a layer in a chunk from which the quantile is estimated
CHUNK = 100  # inputs at once: a layer of dSprites has 32,768 values for each


@dataclass(frozen=True)
class Answers:
    """Responses of all layers, in order, to N inputs.

    layers: their descriptions. units: for each layer (N, units) float32, for a channel the mean over positions. low,
    high (layers,): smallest and largest value of a layer over all inputs and positions. bounds (layers, 2): quantiles
    BRIGHT of the negative and the positive values, for colours; 0 if there are none. dead: for each layer the indices
    of the units that are 0 for every input and position.
    """

    layers: list[Layer]
    units: list[np.ndarray]
    low: np.ndarray
    high: np.ndarray
    bounds: np.ndarray
    dead: list[list[int]]

    def highest(self, layer: int, unit: int, count: int) -> list[tuple[int, float]]:
        """(index of the input, the unit's value) of the `count` inputs that activate a unit most."""
        values = self.units[layer][:, unit]
        rows = np.argsort(-values, kind="stable")[:count]
        return [(int(row), float(values[row])) for row in rows]


def answers(model: Any, part: str, inputs: np.ndarray) -> Answers:
    """Responses of a part of a network to inputs: codes (N, latent) float32, or pictures (N, C, H, W) uint8.

    Raises LayerError if the network does not have this part.
    """
    every = layers(model, part)
    units: list[list[np.ndarray]] = [[] for _ in every]
    low, high = np.full(len(every), np.inf), np.full(len(every), -np.inf)
    largest = [np.zeros(layer.units) for layer in every]
    samples: list[list[torch.Tensor]] = [[] for _ in every]
    generator = torch.Generator().manual_seed(0)
    with torch.inference_mode():
        for start in range(0, len(inputs), CHUNK):
            x = as_input(inputs[start : start + CHUNK])
            for k, output in enumerate(activations(model, part, x, every)):
                samples[k].append(output.flatten()[torch.randint(output.numel(), (SAMPLE,), generator=generator)])
                units[k].append(of_units(output).numpy())
                low[k], high[k] = min(low[k], output.min().item()), max(high[k], output.max().item())
                most = output.abs().reshape(len(x), every[k].units, -1).amax((0, 2))
                largest[k] = np.maximum(largest[k], most.numpy())
    dead = [np.flatnonzero(most == 0).tolist() for most in largest]
    bounds = np.array([_bounds(torch.cat(each).numpy()) for each in samples])
    return Answers(every, [np.concatenate(each) for each in units], low, high, bounds, dead)


def _bounds(numbers):
    negative, positive = numbers[numbers < 0], numbers[numbers > 0]
    return (
        float(np.quantile(negative, 1 - BRIGHT)) if len(negative) else 0.0,
        float(np.quantile(positive, BRIGHT)) if len(positive) else 0.0,
    )


def as_input(inputs: np.ndarray) -> torch.Tensor:
    """Codes (N, latent) as they are, pictures (N, C, H, W) uint8 in [0, 1], both float32."""
    x = torch.from_numpy(np.array(inputs, np.float32))
    return x / 255 if inputs.dtype == np.uint8 else x
