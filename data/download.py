"""stub"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Remote:
    path: object
    urls: tuple
    algorithm: str
    checksum: str


def fetch(file, progress=None):
    raise NotImplementedError
