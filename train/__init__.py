"""Offline training: one recipe, one command, one checkpoint, one row of the results table, one entry in the app."""
