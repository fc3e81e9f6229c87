"""What the pages about theory compute: the ELBO, losses and divergences, clipped critics, PixelShuffle."""
