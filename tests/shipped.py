"""Features of the shipped pictures, which several tests compare with: computed once for each worker."""

import functools

import torch

import data
from evaluate import feature_networks
from evaluate.features import features


@functools.cache
def features_of(name: str) -> torch.Tensor:
    """Features (N, width) of the shipped pictures of a data set by its classifier."""
    return features(feature_networks.load(name), data.sample(name).images)
