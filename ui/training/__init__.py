"""Computations of the pages about training: recorded trainings, ControlVAE, the self-supervised GAN, the toy GAN."""
