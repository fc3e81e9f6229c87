"""Computations of the pages about distances: exact curves, and trainings that advance in steps."""
