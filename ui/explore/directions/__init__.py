"""The page Directions: two groups of codes define a slider, which can be named, kept, saved, shared and measured."""
