"""Pure functions on tensors. Each docstring says what its number means."""

from pathlib import Path

__path__.append(str(Path(__file__).parent / "moved"))  # keeps `python -m metrics.score` working
