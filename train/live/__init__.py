"""Trainings that pages run and show step by step: critics of two distributions."""
