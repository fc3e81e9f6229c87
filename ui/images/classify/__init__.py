"""Computations of the page Classify: data sets with classifiers, a visit's picture, answers, mistakes, gradients."""
