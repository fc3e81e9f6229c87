"""The time, in one place, so that tests can set it, and the lifetimes of rooms."""

import time

HOUR = 3600
LIFE = 6 * HOUR  # of a room, after which nobody can join, answer or steer
KEPT = 24 * HOUR  # after its end, for the teacher's download


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())
