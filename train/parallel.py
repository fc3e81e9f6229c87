"""Data-parallel training under torchrun, on any backend. Without torchrun every function here is the identity.

The permutation of a step and the noise that `randn` gives are drawn for the whole batch by every process from the same
seed, and each takes its share, which is as large for all (train/loop.py sees to that). The averaged gradients are then
those of one process on the whole batch, up to rounding and up to what stays local to a process: BatchNorm's statistics,
random changes of pictures, places of a gradient penalty, and what an objective estimates within its batch.
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
    """The mean over the processes of a detached tensor of any shape, element by element: all get the same."""
    if world() > 1:
        value = value.clone()
        dist.all_reduce(value)
        value /= world()
    return value


def wait() -> None:
    """Go on when all processes have come here, so that no message between them is on its way any more."""
    if dist.is_initialized():
        dist.barrier()


def finish() -> None:
    """Leave the process group."""
    if dist.is_initialized():
        dist.destroy_process_group()


def leave() -> None:
    """End this process at once where torchrun launched it; all that it writes has been written.

    The interpreter's own end stops threads of torch that wait for it, and now and then that was an abort
    ("terminate called without an active exception"), with which torchrun calls a finished training failed.
    """
    if "RANK" in os.environ:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
