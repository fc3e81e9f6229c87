"""Computations for the pages about latent spaces: codes and pictures around them, planes, paths, pairs of models."""
