"""What the explore pages compute for their screens: codes, planes, paths, pairs of models."""
