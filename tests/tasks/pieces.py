"""Tasks for the tests: functions of a module that a worker can import."""

import os
import signal
import time
from pathlib import Path

import data
from tasks.errors import StoppedError
from tasks.worker import report


def note(file, word):
    """Add a line to a file, in one write."""
    with open(file, "a") as log:
        log.write(f"{word}\n")


def noted(file):
    return Path(file).read_text().split() if Path(file).exists() else []


def square(x):
    return x * x


def steps(file, count, gate=None):
    """Yields 1 to `count`; the last one comes when the file `gate` is there. Returns count². The file says what
    happened: began, ended, stopped."""
    note(file, "began")
    try:
        yield from range(1, count)
        while gate and not Path(gate).exists():
            time.sleep(0.01)
            yield count - 1
        yield count
    except GeneratorExit:
        note(file, "stopped")
        raise
    note(file, "ended")
    return count**2


def reporting(file):
    """Not a generator: reports progress until nobody waits for it."""
    note(file, "began")
    try:
        for step in range(10_000):
            report(step)
            time.sleep(0.01)
    except StoppedError:
        note(file, "stopped")
        raise


def dying(file, times):
    """Kills its process the first `times` times, like a system that is out of memory."""
    note(file, os.getpid())
    yield "here"
    if len(noted(file)) <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def out_of_memory():
    raise MemoryError


def no_number():
    raise FloatingPointError("That is no number.")


def without_pictures(elsewhere):
    """Only the process `elsewhere` has the pictures."""
    if os.getpid() != elsewhere:
        raise data.DataError("There are no real pictures of mnist here.")
    return "with pictures"


def of_torch(seed):
    """Sums whose last bits depend on the number of threads, and the number of threads."""
    import torch

    torch.manual_seed(seed)
    x = torch.randn(3, 400, 300)
    return (x.transpose(1, 2) @ x).sum(0).double().sum().item(), torch.get_num_threads()


class Eyes:
    """Replaces Inception: features that can be checked."""

    def features(self, x):
        import torch

        return torch.nn.functional.adaptive_avg_pool2d(x, 2).flatten(1)


def seen(images):
    """Features of pictures by the task that FID uses, with another network."""
    from evaluate import measured

    return measured.inception_features(images, network=Eyes)


def first_weight(model, splits):
    """The metric by which toy trainings are compared."""
    return {"weight": next(model.parameters()).flatten()[0].item()}


def quick():
    return {"seconds": 0.1}
