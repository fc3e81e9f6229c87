"""Data-parallel training under torchrun, on any backend. Without torchrun every function here is the identity.

Every process draws the permutation of a step, and the noise of `randn`, for the whole batch from the same seed, and
takes its share; all shares are equal (train/loop.py ensures this). The averaged gradients are then those of one process
on the whole batch, up to rounding and except for what is local to a process: BatchNorm's statistics, augmentation,
the points of a gradient penalty, and estimates within a batch.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import torch
import torch.distributed as dist
from torch import Tensor, nn


def start(device: torch.device) -> torch.device:
    """Join the process group if torchrun launched us; returns this process's device."""
    if "RANK" not in os.environ:
        return device
    cuda = device.type == "cuda"
    dist.init_process_group("nccl" if cuda else "gloo")
    if cuda:
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    return device


def world() -> int:
    """How many processes train together."""
    return dist.get_world_size() if dist.is_initialized() else 1


def rank() -> int:
    """This process's number, 0 for the one that writes."""
    return dist.get_rank() if dist.is_initialized() else 0


def share(batch: Tensor) -> Tensor:
    """This process's rows of a tensor (N, …) that covers the whole batch: (N / world, …)."""
    return batch[rank() :: world()]


def randn(rows: int, columns: int, device: torch.device | str) -> Tensor:
    """N(0, I) noise for this process's `rows` rows of the batch, (rows, columns) on `device`."""
    if world() == 1:
        return torch.randn(rows, columns, device=device)
    return share(torch.randn(rows * world(), columns, device=device))


def average_gradients(parameters: Iterable[nn.Parameter]) -> None:
    """Replace every gradient by its mean over the processes, in one message."""
    if world() == 1:
        return
    gradients = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([g.flatten() for g in gradients])
    dist.all_reduce(flat)
    flat /= world()
    for gradient, piece in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(piece.view_as(gradient))


def mean(value: Tensor) -> Tensor:
    """The elementwise mean over the processes of a detached tensor of any shape; every process gets it."""
    if world() > 1:
        value = value.clone()
        dist.all_reduce(value)
        value /= world()
    return value


def wait() -> None:
    """Wait until all processes are here, so that no message between them is still in transit."""
    if dist.is_initialized():
        dist.barrier()


def finish() -> None:
    """Leave the process group."""
    if dist.is_initialized():
        dist.destroy_process_group()


def leave() -> None:
    """End this process at once if torchrun launched it; all its files have been written.

    A normal exit of the interpreter sometimes aborts in waiting threads of torch ("terminate called without an active
    exception"), and torchrun then reports a finished training as failed.
    """
    if "RANK" in os.environ:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
