"""Computations of the pages about metrics: catalogue, job, counterexamples, reactions, likelihoods and studies."""
