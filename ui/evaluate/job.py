"""Metrics computed for one person, a little on every run of the page: pictures, features, then the numbers."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from ui import inception_weights, networks
from ui.evaluate.catalogue import METRICS, judge, likeness, missing, real
from ui.explore import priors
from ui.jobs import Job

CHUNK = 250  # pictures between two looks at the clock
MOST = 3000  # pictures among which neighbours are looked for
LEAST, LIMIT = 10, 10_000  # samples
QUICK, FULL = 1000, 10_000
FIRST = 50  # samples of the first running estimate; every other one has half as many again
CODES = 200  # K of log p(x)


@dataclass(frozen=True)
class Score:
    """One number: value ± spread, what it was measured on, and the value of real pictures (NaN where there is none)."""

    model: str
    metric: str
    value: float
    spread: float
    floor: float
    protocol: str


@dataclass(frozen=True)
class Eye:
    """A network that turns pictures into features: its name, the network, and how many pictures it takes at once."""

    name: str
    network: Any
    chunk: int
    slow: bool = False


def classifier_eye(card):
    """The classifier that knows a model's pictures."""
    return Eye(judge(card).name, networks.model(judge(card)), CHUNK // 2)


def inception_eye(_card=None):
    """Inception, which needs a fifth of a second per picture."""
    return Eye("Inception (pytorch-fid)", inception_weights.network(), 2, slow=True)


def forget():
    """Throw away this person's results; a computation that is under way goes on."""
    st.session_state["scores"] = {}
    run = st.session_state.get("metrics run")
    if run is not None and not run.going:
        st.session_state["metrics run"] = None


@st.cache_resource(max_entries=8, show_spinner=False)
def _shelf(eye, source, count):
    """Features of real pictures as far as anybody has computed them, shared by all: a list of tables."""
    return []


@dataclass
class Run(Job):
    """A computation of `metrics` for a model with n samples of a seed; ValueError for what cannot be computed.

    Metrics that a model has not are left out: `notes` says why in a sentence each. done and total count pictures.
    trail: running estimates {metric: [(samples, value), …]}. Everything happens in the steps of one generator, each of
    at most about half a second, so that cancelling and other people never wait for long.
    """

    card: object
    metrics: tuple
    n: int
    seed: int
    source: str = "prior"  # of the codes, see ui/explore/priors.py
    done: int = 0
    total: int = 0
    scores: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    trail: dict = field(default_factory=dict)
    finished: bool = False

    def __post_init__(self):
        if not self.metrics:
            raise ValueError("Choose at least one metric.")
        if not LEAST <= self.n <= LIMIT:
            raise ValueError(f"The number of samples must lie between {LEAST} and {LIMIT:,}, not {self.n:,}.")
        self.notes = missing(self.card, self.metrics)
        self.metrics = tuple(name for name in METRICS if name in self.metrics and not METRICS[name].missing(self.card))
        if not self.metrics:
            raise ValueError(" ".join(self.notes))
        self._steps = self._all()

    @property
    def progress(self):
        return min(1.0, self.done / self.total) if self.total else 0.0

    def work(self, until):
        """Go on until about then, at least one step."""
        while not self.finished:
            self.finished = next(self._steps, "end") == "end"
            if time.perf_counter() > until:
                return

    def _all(self):
        """Every step of the work, in order: metrics on the same features together, the quick ones first."""
        alone = [name for name in self.metrics if name in ALONE]
        groups = {}
        for name in self.metrics:
            if name in LOOKED:
                groups.setdefault(LOOKED[name].eye, []).append(name)
        self.total = self.n * len(groups) + sum(len(self._known()) for _ in alone)
        for open_eye in (classifier_eye, inception_eye):
            if open_eye in groups:
                while open_eye is inception_eye and not inception_weights.loaded():
                    time.sleep(0.02)
                    yield
                yield from self._seen(open_eye(self.card), groups[open_eye])
        for name in alone:
            yield from ALONE[name](self, name)

    def _seen(self, eye, metrics):
        """Metrics on one network's features: those of real pictures, then of samples, then the numbers."""
        import torch

        from evaluate.features import features, halves

        pictures, tables, seen, due = real(likeness(self.card)), [], 0, FIRST
        truth = yield from self._real(eye, pictures)
        for start in range(0, self.n, CHUNK):
            for part in torch.from_numpy(self._samples(start, min(CHUNK, self.n - start))).split(eye.chunk):
                tables.append(features(eye.network, part))
                seen, self.done = seen + len(part), self.done + len(part)
                yield
                if due <= seen < self.n:
                    due = 1.5 * seen
                    for name in (m for m in metrics if LOOKED[m].running):
                        self._trail(name, seen, LOOKED[name].measure(eye, torch.cat(tables), truth)[0])
                        yield
        ours, (one, other) = torch.cat(tables), halves(truth)
        for name in metrics:
            yield from self._measured(name, eye, ours, truth, one, other, pictures.name)

    def _measured(self, name, eye, ours, truth, one, other, source):
        """The number itself, with its spread and its floor."""
        import torch

        how = LOOKED[name]
        value, spread = how.measure(eye, ours, truth)
        yield
        if how.resamples:
            generator, again = torch.Generator().manual_seed(self.seed), []
            for _ in range(how.resamples):
                rows = torch.randint(len(ours), (len(ours),), generator=generator)
                again.append(how.measure(eye, ours[rows], truth)[0])
                yield
            spread = torch.tensor(again).std()
        # The Inception Score compares with nothing, but depends on the number: as many real pictures as samples.
        floor, _ = how.measure(eye, *((one, other) if how.compares else (truth[: max(100, len(ours))], None)))
        against = f" against {len(truth):,} {source} pictures" if how.compares else ""
        drawn = "" if self.source == "prior" else " of the second stage"
        words = f"{len(ours):,} samples{drawn}{against}, features of {eye.name}{how.words}"
        self._add(name, value, spread, floor, words)
        self._trail(name, len(ours), float(value))
        yield

    def _samples(self, start, count):
        """Samples start to start + count, (count, C, H, W) uint8."""
        codes = priors.draw(self.card, self.source, np.random.default_rng([self.seed, start]), count)
        return networks.decode(self.card, codes)

    def _real(self, eye, pictures):
        """Features of the real pictures. Inception looks at as many as there are samples, and they are kept on disk."""
        import torch

        from evaluate import inception_cache
        from evaluate.features import features

        images = pictures.images[: max(self.n, 4)] if eye.slow else pictures.images
        shelf = _shelf(eye.name, (pictures.name, pictures.split, pictures.source), len(images))
        if eye.slow and not shelf and (kept := inception_cache.read(images)) is not None:
            shelf.append(kept)
        before = sum(map(len, shelf))
        self.total += len(images) - before
        while (start := sum(map(len, shelf))) < len(images):
            shelf.append(features(eye.network, images[start : start + eye.chunk]))
            self.done += len(shelf[-1])  # others may add to the shelf as well: then it goes faster than announced
            yield
        if eye.slow and before < len(images):
            inception_cache.write(images, torch.cat(list(shelf)))
        return torch.cat(list(shelf))

    def _known(self):
        """Pictures of the model's own set (N, C, H, W) uint8: n of them, or as many as there are."""
        return real(self.card.dataset["name"]).images[: self.n]

    def _parts(self):
        """The same as floats in [0, 1], CHUNK after CHUNK."""
        import torch

        for part in torch.from_numpy(self._known()).split(CHUNK):
            yield part.float() / 255

    def _reconstructed(self, name):
        """Errors of reconstructions, picture by picture."""
        import torch

        from metrics import reconstruction
        from models.vae import reconstruct

        values, network = [], networks.model(self.card)
        for x in self._parts():
            values.append(getattr(reconstruction, name)(x, reconstruct(network, x)))
            self.done += len(x)
            yield
        self._average(name, torch.cat(values), "")

    def _elbo(self, name):
        import torch

        from metrics.likelihood import elbo_figures, elbo_parts

        parts, x = [], torch.cat(list(self._parts()))
        for part in elbo_parts(networks.model(self.card), x, batch=CHUNK):
            parts.append(part)
            self.done += len(part[0])
            yield
        figures = elbo_figures(parts)
        self._add(name, figures["elbo"], figures["standard_error"], math.nan, f"{self._of()}, one code each")

    def _log_px(self, name):
        import torch

        from metrics.likelihood import importance_parts

        network, values, due = networks.model(self.card), [], FIRST
        if network.variance is not None:
            self.notes.append(
                f"Not for this model: {METRICS[name].title}, since its likelihood is a Gaussian of fixed variance, a "
                "density with no scale of its own."
            )
            self.done += len(self._known())
            return
        for part in importance_parts(network, torch.cat(list(self._parts())), CODES):
            values.append(part)
            self.done += len(part)
            yield
            if sum(map(len, values)) >= due:
                due = 1.5 * sum(map(len, values))
                self._trail(name, sum(map(len, values)), torch.cat(values).mean().item())
        self._average(name, torch.cat(values), f", K = {CODES}")

    def _average(self, name, values, words):
        """The mean of one value per picture, with its standard error."""
        values = values.double()
        self._add(name, values.mean(), values.std() / math.sqrt(len(values)), math.nan, self._of() + words)

    def _of(self):
        """What a VAE was shown, in words; where n asks for more than there are, it says so."""
        pictures, count = real(self.card.dataset["name"]), len(self._known())
        most = f", all that are here instead of {self.n:,}" if count < self.n else ""
        which = "shipped" if pictures.source == "sample" else pictures.split
        return f"{count:,} {which} {pictures.name} pictures{most}"

    def _trail(self, name, samples, value):
        self.trail.setdefault(name, []).append((samples, value))

    def _add(self, name, value, spread, floor, protocol):
        """Keep a number; FloatingPointError for what is none."""
        if not math.isfinite(value):
            raise FloatingPointError(f"{METRICS[name].title} is no number here ({value}): the network is broken.")
        self.scores.append(Score(self.card.name, name, float(value), float(spread), float(floor), protocol))


def _frechet(eye, ours, truth):
    from metrics.frechet import frechet_of_features

    return frechet_of_features(ours, truth), math.nan


def _extrapolated(eye, ours, truth):
    from metrics.frechet import extrapolated

    return extrapolated(ours, truth)


def _kid(eye, ours, truth):
    from metrics.kid import kid

    value, deviation = kid(ours, truth, subsets=20, size=min(1000, len(ours) // 2))
    return value, deviation / math.sqrt(20)


def _inception_score(eye, ours, truth):
    import torch

    from metrics.inception_score import inception_score

    with torch.inference_mode():
        return inception_score(eye.network.head(ours).softmax(1), splits=10 if len(ours) >= 100 else 1)


def _recognised(eye, ours, truth):
    import torch

    from metrics.recognition import recognised

    with torch.inference_mode():
        share = recognised(*(eye.network.head(table).softmax(1) for table in (ours, truth)))
    return share, math.sqrt(share * (1 - share) / len(ours))  # binomial


def _density(eye, ours, truth):
    from metrics.coverage import density_and_coverage

    return density_and_coverage(truth[:MOST], ours[:MOST])[0], math.nan


def _coverage(eye, ours, truth):
    from metrics.coverage import density_and_coverage

    return density_and_coverage(truth[:MOST], ours[:MOST])[1], math.nan


@dataclass(frozen=True)
class Looked:
    """A metric on features: whose, measure(eye, samples, real) -> (value, spread), and how it is reported."""

    eye: Callable
    measure: Callable
    words: str = ""
    resamples: int = 0  # for a spread, where the measure itself has none
    running: bool = True  # cheap enough, and sensible, while samples are still coming
    compares: bool = True  # with real pictures


LOOKED = {
    "frechet": Looked(classifier_eye, _frechet, resamples=8),
    "frechet_infinite": Looked(classifier_eye, _extrapolated, ", 8 subsets extrapolated", running=False),
    "fid": Looked(inception_eye, _frechet, resamples=4),
    "kid": Looked(classifier_eye, _kid),
    "inception_score": Looked(classifier_eye, _inception_score, compares=False),
    "recognised": Looked(classifier_eye, _recognised),
    "density": Looked(classifier_eye, _density, f", 5 neighbours among at most {MOST:,}"),
    "coverage": Looked(classifier_eye, _coverage, f", 5 neighbours among at most {MOST:,}"),
}
ALONE = {
    "mse": Run._reconstructed,
    "psnr": Run._reconstructed,
    "cosine": Run._reconstructed,
    "elbo": Run._elbo,
    "log_px": Run._log_px,
}
