"""The time, in one place, so that tests can set it."""

import time


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())
