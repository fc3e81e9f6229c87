"""Computations of the pages about latent spaces: codes and the pictures around them, planes, paths, pairs of models."""
