"""Inside a network: the outputs of its layers, inputs that activate a unit, and the state of a visit."""
