"""Computations of the pages about theory: the ELBO, losses and divergences, clipped critics, PixelShuffle."""
