"""What the page Classify computes: data sets with classifiers, the picture of a visit, answers, mistakes, gradients."""
