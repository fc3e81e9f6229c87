"""Computations of the pages for a visitor's own pictures: intake, reconstruction, denoising."""
