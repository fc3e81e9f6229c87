"""Work in this process, which advances while somebody waits for it."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Generator
from typing import Any


class Local:
    """function() is called by the first `advance`; the values it yields are its progress, its return value the result.

    Several users may wait for the same one: each advances it in turn.
    """

    remote, settled = False, True

    def __init__(self, function: Callable[[], Any], note: str | None = None) -> None:
        self.note = note
        self.askers: weakref.WeakSet = weakref.WeakSet()
        self.done = False
        self.progress: Any = None
        self._function = function
        self._value: Any = None
        self._error: Exception | None = None
        self._steps: Generator | None = None
        self._turn = threading.Lock()

    @property
    def failed(self) -> bool:
        return self._error is not None

    def advance(self, seconds: float) -> None:
        """Continue for about this long, at least one step. Raises the function's errors."""
        until = time.perf_counter() + seconds
        with self._turn:
            while not (self.done or self._error):
                self._step()
                if time.perf_counter() > until:
                    break
        if self._error:
            raise self._error

    def result(self) -> Any:
        """The function's result; works until it is available. Raises the function's errors."""
        self.advance(float("inf"))
        return self._value

    def forget(self) -> None:
        """Nothing to do: the result is freed with the last Task."""

    def cancel(self) -> None:
        """Nothing to do: it advances only while somebody waits."""

    def _step(self):
        try:
            if self._steps is None:
                value = self._function()
                if not isinstance(value, Generator):
                    self._value, self.done = value, True
                    return
                self._steps = value
            self.progress = next(self._steps)
        except StopIteration as end:
            self._value, self.done = end.value, True
        except Exception as error:
            self._error = error
        except BaseException:  # Ctrl-C, or the end of a page's run
            self._steps = None  # an interrupted generator cannot continue; a new one starts again
            raise
