"""Several trainings that are compared: searches, seeds, ablations, costs."""
