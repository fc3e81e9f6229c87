"""Neural estimates of divergences, one network per objective, θ and seed, all trained together.

sweep = Sweep(line(), line())                    42 networks: 21 θ × 2 objectives
for snapshot in sweep.snapshots(every=20):       break out of the loop at any time, as the stop button does
    print(snapshot.progress, snapshot.mean("jsd"))
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence

import numpy as np
import torch

from checkpoints.recorded.critic_settings import Settings, check_work
from checkpoints.recorded.sweep_snapshots import THETAS, SweepSnapshot
from data import toy
from metrics.divergence import curves
from train.live.critics import Critics, CriticTraining, one_thread

Sampler = Callable[[int, np.random.Generator], np.ndarray]
OBJECTIVES = 2  # a discriminator's and a critic's
EVALUATION = 4096  # points on each side for the last snapshot
RUNNING = 512  # and for the earlier ones


class Sweep(CriticTraining):
    """Estimates of JSD(p, q_θ) and W₁(p, q_θ), where q_θ is q shifted by θ along the first axis.

    p, q: samplers (n, rng) -> array (n, d) of finite numbers, rng a numpy Generator; a data.toy.Distribution is one.
    Every instance has its own random numbers, weights and optimiser, so any number of them can train side by side.

    With the squared penalty a critic overshoots: for two points θ apart, its raw difference is θ + θ²/2λ and its
    objective θ + θ²/4λ. `corrected` divides the raw difference by the mean gradient norm, here 1 + θ/2λ.
    `extrapolated` is 2 objective − raw: at the penalised optimum the raw difference is W + B/λ + O(1/λ²) and the
    objective has half of that bias, so this cancels it for any p and q, but only once the critic has converged.

    The JSD is a lower bound up to sampling noise, and may be below 0.
    Samples of a step are shared by all θ and both objectives of a seed (common random numbers).
    Raises ValueError with one sentence for samplers that do not fit, a θ that is not finite, or too much work.
    """

    def __init__(
        self,
        p: Sampler,
        q: Sampler,
        thetas: Sequence[float] | np.ndarray = THETAS,
        settings: Settings | None = None,
    ) -> None:
        self.settings = settings = settings or Settings()
        self.p, self.q = p, q
        self.thetas = np.atleast_1d(np.asarray(thetas, dtype=float))
        if not 1 <= self.thetas.size <= 201 or not (np.abs(self.thetas) <= 1000).all():
            raise ValueError("θ must be 1 to 201 finite numbers between −1,000 and 1,000.")
        check_work(settings, OBJECTIVES * settings.seeds * self.thetas.size)
        # Separate streams for training and evaluation, so that a snapshot does not change the training.
        self._training = self._streams(0)
        shape = (OBJECTIVES, settings.seeds, self.thetas.size)
        self._theta = torch.tensor(self.thetas, dtype=torch.float32).expand(shape)
        self._held_out = self._draw(RUNNING, self._streams(1))
        self._discriminators = settings.seeds * self.thetas.size
        x, y, _ = self._members(self._draw(1024, self._streams(2)), self._theta)
        self._critics = Critics(x, y, self._discriminators, settings, torch.Generator().manual_seed(settings.seed))

    def snapshots(self, every: int = 20) -> Iterator[SweepSnapshot]:
        """Yield a SweepSnapshot before the first step, after every `every` steps and after the last."""
        if every < 1:
            raise ValueError(f"A snapshot every {every} steps is not possible; take 1 or more.")
        yield self.snapshot()
        while not self.finished:
            yield self.run(every)

    @one_thread()
    def snapshot(self) -> SweepSnapshot:
        """The current estimates on a sample that was not trained on; on a larger one after the last step.

        Raises FloatingPointError with one sentence if the training diverged.
        """
        parts = self._draw(EVALUATION, self._streams(3)) if self.finished else self._held_out
        n, members = parts[0].shape[1], self._theta.numel()
        piece = max(64, 8_000_000 // (members * self.settings.width))  # bounds the memory of an activation
        totals = torch.zeros(())
        for chunk in zip(*(part.split(piece, 1) for part in parts), strict=True):
            totals = totals + self._evaluate(chunk) * (chunk[0].shape[1] / n)
        if not torch.isfinite(totals).all():
            raise FloatingPointError(f"The training diverged before step {self.step}; choose a smaller learning rate.")
        return self._report(totals.double().numpy())

    def _batch(self):
        return self._members(self._draw(self.settings.batch, self._training), self._theta)

    def _draw(self, n, streams):
        """x, y (seeds, n, d) and a (seeds, n, 1), float32: samples of p and q, and penalty positions between them."""
        x = np.stack([_checked(self.p, n, rng) for rng in streams])
        y = np.stack([_checked(self.q, n, rng) for rng in streams])
        if x.shape != y.shape:
            raise ValueError(
                f"The samples have {x.shape[2]} and {y.shape[2]} coordinates; choose two of the same dimension."
            )
        a = np.stack([rng.random((n, 1)) for rng in streams])
        return tuple(torch.from_numpy(part.astype(np.float32)) for part in (x, y, a))

    def _members(self, drawn, theta):
        """x, y (members, n, d) and z (critics, n, d); theta (OBJECTIVES, seeds, thetas), one value per member."""
        x, y, a = drawn
        along = torch.zeros(x.shape[2])
        along[0] = 1.0
        x = x[:, None].expand(*theta.shape, *x.shape[1:]).flatten(0, 2)
        y = (y[:, None] + theta[..., None, None] * along).flatten(0, 2)
        critics = slice(self._discriminators, None)
        a = a[:, None].expand(*theta.shape, *a.shape[1:]).flatten(0, 2)[critics]
        return x, y, a * x[critics] + (1 - a) * y[critics]

    def _evaluate(self, drawn):
        """(6, members of one objective): jsd, raw, penalty, gradient_norm, and the derivatives of jsd and raw in θ."""
        theta = self._theta.clone().requires_grad_()
        values = self._critics.values(*self._members(drawn, theta))
        # Each member has its own θ, so one backward pass of the sum gives all derivatives at fixed weights.
        (slopes,) = torch.autograd.grad(values.jsd.sum() + values.raw.sum(), theta)
        return torch.stack([row.detach() for row in (*values, *slopes.flatten(1))])

    def _report(self, totals):
        rows = totals.reshape(len(totals), self.settings.seeds, self.thetas.size)
        jsd, raw, penalty, norm, jsd_gradient, raw_gradient = rows
        objective = raw - self.settings.penalty * penalty
        slope = np.maximum(norm, 1e-6)  # before the first step, a critic that starts at 0 has slope 0
        return SweepSnapshot(
            step=self.step,
            steps=self.settings.steps,
            thetas=self.thetas,
            jsd=jsd,
            jsd_gradient=jsd_gradient,
            raw=raw,
            objective=objective,
            corrected=raw / slope,
            extrapolated=2 * objective - raw,
            gradient_norm=norm,
            wasserstein_gradient=raw_gradient / slope,
        )


Side = tuple[str, float]  # name of a distribution and its standard deviation, as data.toy.named takes them
State = tuple[SweepSnapshot, dict[str, list]]
MOMENTS = 60  # snapshots per training


def train(p: Side, q: Side, thetas: Sequence[float], settings: Settings) -> Generator[State, None, State]:
    """A sweep as one task (tasks/): yields the current snapshot and the columns {"step", "jsd", "corrected", "raw"}.

    The columns hold the steps of all snapshots so far, and the largest error of each estimate over θ. Raises
    ValueError and FloatingPointError as Sweep does.
    """
    of_p, of_q = toy.named(*p), toy.named(*q)
    sweep, truth = Sweep(of_p, of_q, thetas, settings), curves(of_p, of_q, np.asarray(thetas))
    history: dict[str, list] = {name: [] for name in ("step", "jsd", "corrected", "raw")}
    every = max(1, settings.steps // MOMENTS)
    snapshot = sweep.snapshot()
    while True:
        errors = snapshot.errors(truth) | {"step": snapshot.step}
        for name, column in history.items():
            column.append(errors[name])
        yield snapshot, history
        if sweep.finished:
            return snapshot, history
        snapshot = sweep.run(every)


def _checked(sampler, n, rng):
    sample = np.asarray(sampler(n, rng), dtype=float)
    if sample.ndim != 2 or len(sample) != n or not 1 <= sample.shape[1] <= 64:
        raise ValueError(
            f"A sampler must return {n} rows of 1 to 64 coordinates, not an array of shape {sample.shape}."
        )
    if not np.isfinite(sample).all():
        raise ValueError("A sampler returned numbers that are not finite.")
    return sample
