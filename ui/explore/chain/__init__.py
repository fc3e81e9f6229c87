"""The live chain: the models that share a drawing, where a visit is, and what the server computes."""
