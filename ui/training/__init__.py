"""What the pages about training compute: recorded trainings, ControlVAE, the self-supervised GAN, the toy GAN."""
