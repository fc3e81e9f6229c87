"""Pure functions on tensors: what a number means is written where it is computed."""
