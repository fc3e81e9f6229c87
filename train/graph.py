"""A training step as a CUDA graph: a small network's kernels are launched at once instead of one by one.

A captured step is replayed unchanged: it must not depend on Python numbers that change from step to step, and must not
wait for the device (https://docs.pytorch.org/docs/stable/notes/cuda.html#cuda-graphs).
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.optim import Optimizer

from train import parallel

Step = Callable[[Tensor, Tensor], dict[str, Tensor]]  # pictures (B, C, H, W) and labels (B,) -> {name: scalar}
EAGER = 3  # steps before the capture, in which optimisers and libraries make their one-time allocations


def captured(step: Step, *optimisers: Optimizer) -> Step:
    """`step` as a graph if its optimisers' weights are on a GPU; unchanged on other devices and with several processes.

    Also unchanged with an optimiser that is not torch's, which may count its steps in Python. Learning rates become
    tensors on the device, which a schedule then changes in place.
    """
    groups = [group for optimiser in optimisers for group in optimiser.param_groups]
    repeatable = all(type(optimiser).__module__.startswith("torch.") for optimiser in optimisers)
    if parallel.world() > 1 or not repeatable or not all(group["params"][0].is_cuda for group in groups):
        return step
    for group in groups:
        group["capturable"] = True
        group["lr"] = torch.tensor(group["lr"], device=group["params"][0].device)
    return Captured(step)


class Captured:
    """step(x, y): the first EAGER calls run it, the next one captures it, all others replay the graph.

    All tensors are on one GPU, and inputs keep the shapes they had at the capture. Raises ValueError for another number
    of inputs, RuntimeError for an input that cannot be copied into the captured one. Scalars are returned as copies,
    which the next call does not change.
    """

    def __init__(self, step: Step) -> None:
        self.step, self.calls = step, 0
        self.graph = torch.cuda.CUDAGraph()
        self.inputs: tuple[Tensor, ...] = ()
        self.scalars: dict[str, Tensor] = {}

    def __call__(self, *inputs: Tensor) -> dict[str, Tensor]:
        self.calls += 1
        if self.calls <= EAGER:
            return self._beside(*inputs)
        if self.calls == EAGER + 1:
            self.inputs = tuple(tensor.clone() for tensor in inputs)
            with torch.cuda.graph(self.graph):
                self.scalars = self.step(*self.inputs)
        for held, given in zip(self.inputs, inputs, strict=True):
            held.copy_(given)
        self.graph.replay()
        return {name: value.clone() for name, value in self.scalars.items()}

    def _beside(self, *inputs):
        """Run the step on a side stream, as required before a capture."""
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            scalars = self.step(*inputs)
        torch.cuda.current_stream().wait_stream(stream)
        return scalars
