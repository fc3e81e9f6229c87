"""Pure functions on tensors: what a number means is written where it is computed."""

from pathlib import Path

__path__.append(str(Path(__file__).parent / "moved"))  # `python -m metrics.score` goes on working
