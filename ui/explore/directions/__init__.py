"""The page Directions: two groups of codes become a slider, which is named, kept, saved, shared and measured."""
