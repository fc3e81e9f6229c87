"""Offline training: one recipe, one command, one checkpoint, one row of the results table, one entry in the app."""

from pathlib import Path

__path__.append(str(Path(__file__).parent / "moved"))  # keeps commands working under their former names
