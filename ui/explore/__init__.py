"""What the pages about latent spaces compute: codes and the pictures around them, planes, paths, pairs of models."""
