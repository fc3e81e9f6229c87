"""Computations for the pages about metrics: catalogue, job, counterexamples, reactions, likelihoods, studies."""
