"""What the pages about training compute: recordings, ControlVAE and the self-supervised GAN."""
