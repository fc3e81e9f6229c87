"""Discriminators and critics in one batched model, and the objectives they maximise."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import torch
from torch.nn.functional import softplus

from checkpoints.recorded.critic_settings import Settings
from models.batched import BatchedMLP


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Use one torch thread inside the context, and the previous number afterwards.

    Matrix products this small gain nothing from a second thread, and on a busy machine waiting for it is costly (a
    sweep of 1.6 s took 49 s at a load of 7). One thread also makes results independent of the number of cores.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


class Values(NamedTuple):
    """Per member: jsd (discriminators,), nats; raw, penalty and gradient_norm (critics,), in units of the samples."""

    jsd: torch.Tensor
    raw: torch.Tensor
    penalty: torch.Tensor
    gradient_norm: torch.Tensor


class Critics:
    """The first `discriminators` members maximise the Jensen-Shannon objective, the others the Wasserstein one.

        log 2 + ½ E_p log D(x) + ½ E_q log(1 − D(y))            Goodfellow et al. 2014; its maximum is JSD(p, q)
        E_p T(x) − E_q T(y) − λ E (‖∇T(z)‖ − 1)²                Gulrajani et al. 2017, z on the segments from x to y

    x, y (members, n, d): a first sample of both sides, used only for its location and scale. generator: torch's, for
    the initial weights. Nothing outside the instance is read or changed.
    """

    def __init__(
        self,
        x: torch.Tensor,
        y: torch.Tensor,
        discriminators: int,
        settings: Settings,
        generator: torch.Generator,
    ) -> None:
        self.settings, self.discriminators = settings, discriminators
        members, _, dimension = x.shape
        sizes = (dimension, *[settings.width] * settings.hidden, 1)
        self.net = BatchedMLP(members, sizes, settings.activation, generator)
        if settings.zero_start:
            torch.nn.init.zeros_(self.net.weights[-1])
            torch.nn.init.zeros_(self.net.biases[-1])
        self._scale_inputs(torch.cat([x, y], 1))
        rate = settings.learning_rate
        # β₂ = 0.99 instead of 0.999, to forget the large initial gradients within these few hundred steps.
        self.optimiser = (
            torch.optim.Adam(self.net.parameters(), rate, betas=(0.9, 0.99), fused=True)
            if settings.optimiser == "adam"
            else torch.optim.SGD(self.net.parameters(), rate)
        )
        self.steps_done = 0

    def _scale_inputs(self, pooled):
        """A discriminator may scale each axis separately; a critic's slope has units, so its axes share one scale."""
        self.centre = torch.zeros_like(pooled[:, :1])
        self.scale = torch.ones_like(self.centre)
        if self.settings.standardise:
            deviation, self.centre = torch.std_mean(pooled, 1, keepdim=True)
            common = deviation[self.discriminators :].square().mean(2, keepdim=True).sqrt()
            scale = torch.cat([deviation[: self.discriminators], common.expand_as(deviation[self.discriminators :])])
            self.scale = torch.where(scale > 1e-6, scale, 1.0)  # leave an axis without spread as it is
        # (critics, 1): outputs are scaled like inputs, which preserves slopes.
        self.height = self.scale[self.discriminators :, :, 0]

    def logits(self, x: torch.Tensor) -> torch.Tensor:
        """Logits of D on x (discriminators, n, d) -> (discriminators, n)."""
        chosen = slice(self.discriminators)
        return self.net((x - self.centre[chosen]) / self.scale[chosen], chosen)

    def values(self, x: torch.Tensor, y: torch.Tensor, z: torch.Tensor | None = None) -> Values:
        """Values on samples x, y (members, n, d) and penalty points z (critics, n, d); differentiable.

        Without critics, z is not needed and the last three values are empty.
        """
        n, k = x.shape[1], self.discriminators
        outputs = self.net((torch.cat([x, y], 1) - self.centre) / self.scale)
        real, fake = outputs[:k, :n], outputs[:k, n:]
        # log D = −softplus(−logit) and log(1 − D) = −softplus(logit), exact even where D rounds to 0 or 1.
        jsd = math.log(2) - 0.5 * softplus(-real).mean(1) - 0.5 * softplus(fake).mean(1)
        raw = (outputs[k:, :n].mean(1) - outputs[k:, n:].mean(1)) * self.height[:, 0]
        if k == len(self.scale):
            return Values(jsd, raw, raw, raw)
        critics = slice(k, None)
        assert z is not None, "critics need the points of their penalty"
        _, gradient = self.net.value_and_gradient((z - self.centre[critics]) / self.scale[critics], critics)
        norm = torch.linalg.vector_norm(gradient, dim=2)
        if self.settings.one_sided:
            norm = norm.clamp(min=1)  # slopes below 1 cost nothing, so that a critic's slope may change its sign
        return Values(jsd, raw, (norm - 1).square().mean(1), norm.mean(1))

    def step(self, x: torch.Tensor, y: torch.Tensor, z: torch.Tensor | None = None) -> None:
        """One update of every member on samples x, y (members, n, d) and penalty points z (critics, n, d)."""
        if self.settings.decay:
            progress = self.steps_done / self.settings.steps
            self.optimiser.param_groups[0]["lr"] = (
                self.settings.learning_rate * 0.5 * (1 + math.cos(math.pi * progress))
            )
        values = self.values(x, y, z)
        objective = values.jsd.sum() + (values.raw - self.settings.penalty * values.penalty).sum()
        self.optimiser.zero_grad(set_to_none=True)
        (-objective).backward()
        self.optimiser.step()
        self.steps_done += 1


class CriticTraining:
    """A training of Critics that can be run in parts.

    A subclass sets `settings` and `_critics`, and defines _batch(), the arguments of the next step, and snapshot().
    """

    settings: Settings
    _critics: Critics

    def snapshot(self) -> Any:
        """The current results."""
        raise NotImplementedError

    def _batch(self) -> tuple[torch.Tensor, ...]:
        raise NotImplementedError

    @property
    def step(self) -> int:
        """Steps taken so far."""
        return self._critics.steps_done

    @property
    def finished(self) -> bool:
        return self.step >= self.settings.steps

    @one_thread()
    def run(self, steps: int | None = None) -> Any:
        """Take up to `steps` more steps (by default all that remain) and return a snapshot.

        The weights do not depend on how the steps are divided into runs. Raises FloatingPointError with one sentence if
        the training diverged.
        """
        left = self.settings.steps - self.step
        for _ in range(left if steps is None else min(steps, left)):
            self._critics.step(*self._batch())
        return self.snapshot()

    def _streams(self, purpose):
        """A numpy Generator for each seed, independent for different purposes."""
        first, count = self.settings.seed, self.settings.seeds
        return [np.random.default_rng([seed, purpose]) for seed in range(first, first + count)]
