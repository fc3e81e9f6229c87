"""Memory of finished pages is collected and returned soon, and never while a page runs."""

import gc
import threading
import weakref

import pytest

from ui import memory


class Cycle:
    def __init__(self):
        self.itself = self


@pytest.mark.slow
def test_memory_in_reference_cycles_is_freed(monkeypatch):
    """used() returns at once; the thread collects after the pause, as often as pages have run."""
    monkeypatch.setattr(memory, "PAUSE", 0.0)
    returned = threading.Event()
    monkeypatch.setattr(memory, "give_back", lambda: (gc.collect(), returned.set()))
    for _ in range(2):
        cycle = Cycle()
        left = weakref.ref(cycle)
        del cycle
        returned.clear()
        memory.used()
        assert returned.wait(60)
        assert left() is None


def test_free_memory_is_returned():
    if memory._libc() is None:
        pytest.skip("give memory back: Linux with glibc")
    assert memory.limit_arenas()

    def resident():
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096

    kept = [bytearray(100_000) for _ in range(2000)]  # below the size that malloc asks the machine for on its own
    last = bytearray(100_000)  # above all of them, so that malloc cannot shorten its heap
    before = resident()
    del kept
    memory.give_back()
    assert resident() < before - 100_000_000
    assert len(last) == 100_000


def test_other_systems_are_left_alone(monkeypatch):
    monkeypatch.setattr(memory, "_libc", lambda: None)
    assert not memory.limit_arenas()
    memory.give_back()
