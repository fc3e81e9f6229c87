"""The live chain: the models that share a drawing, the state of a visit, and what the server computes."""
