"""Trainings that pages run and show: critics of two distributions, one step at a time."""
