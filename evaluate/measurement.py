"""Metrics of a stored model, computed in steps: samples, their features, running estimates, then the numbers.

    results = Results()
    for _ in Measurement(results, card, ("frechet", "kid"), 1000, samples=…).steps():
        print(results.progress)

A step takes at most about half a second, so that the caller can stop soon.
"""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import nn

import checkpoints
from checkpoints import floors
from data.titles import TITLES
from evaluate import inception_cache, references
from evaluate.catalogue import METRICS
from evaluate.feature_metrics import FEATURE_METRICS, EncoderFeatures, FeatureExtractor
from evaluate.features import features, floor
from evaluate.results import Results, Score
from metrics import reconstruction
from metrics.likelihood import elbo_figures, elbo_parts, importance_parts
from models.vae import reconstruct

CHUNK = 250  # pictures per step
FIRST = 50  # samples of the first running estimate; each later one has 1.5 times as many
CODES = 200  # K of log p(x)


@functools.lru_cache(maxsize=16)
def known_features(network: tuple[str, str], source: tuple, count: int) -> list[torch.Tensor]:
    """The features of real pictures computed so far, shared by all measurements.

    network: name and weights of the FeatureExtractor. A growing list of tables (n, width) float32, in the order of the
    pictures.
    """
    return []


class Measurement:
    """`metrics` (names from evaluate.catalogue) of a model with n samples, written into `results`.

    samples(start, count): that part of the model's samples, (count, C, H, W) uint8. of_samples: how the protocol
    describes them. network(card): a stored network in eval mode. inception(): Inception's network, or None while it is
    being loaded. seed: of the resamples that give a spread.
    """

    def __init__(
        self,
        results: Results,
        card: checkpoints.Card,
        metrics: tuple[str, ...],
        n: int,
        *,
        samples: Callable[[int, int], np.ndarray],
        of_samples: str = "",
        seed: int = 0,
        network: Callable[[checkpoints.Card], Any] = lambda card: checkpoints.load(card.name),
        inception: Callable[[], nn.Module | None] = lambda: None,
    ):
        self.results, self.card, self.metrics, self.n, self.seed = results, card, metrics, n, seed
        self.samples, self.of_samples, self.network, self.inception = samples, of_samples, network, inception

    def steps(self) -> Iterator[None]:
        """All steps in order: metrics on the same features together, quick ones first.

        Raises FloatingPointError for a value that is not finite, ValueError if no classifier knows such pictures, and
        the errors of `samples`, `network` and `inception`.
        """
        per_image = [name for name in self.metrics if name in PER_IMAGE_METRICS]
        groups = {"classifier": [], "inception": []}
        for name in self.metrics:
            if name in FEATURE_METRICS:
                groups[FEATURE_METRICS[name].network].append(name)
        sampled = self.n * sum(bool(names) for names in groups.values())
        self.results.total = sampled + sum(len(self._real_images()) for _ in per_image)
        if names := groups["classifier"]:
            yield from self._of_samples(self._extractor(), names)
        if names := groups["inception"]:
            while (network := self.inception()) is None:
                time.sleep(0.02)
                yield
            yield from self._of_samples(FeatureExtractor("Inception (pytorch-fid)", network, 2, slow=True), names)
        for name in per_image:
            self.results.begin("real pictures", len(self._real_images()))
            yield from PER_IMAGE_METRICS[name](self, name)

    def _extractor(self):
        """A classifier for these pictures; for a visitor's own, if none takes their size, the VAE's encoder."""
        card = references.classifier(self.card)
        if card is not None:
            return FeatureExtractor(card.name, self.network(card), CHUNK // 2, weights=card.sha256)
        if self.card.own and self.card.encodes:
            return FeatureExtractor("its own encoder", EncoderFeatures(self.network(self.card)), CHUNK // 2)
        raise ValueError(f"No classifier here measures pictures like those of {self.card.title}.")

    def _of_samples(self, extractor, names):
        """Metrics on one network's features: features of real pictures, then of samples, then the numbers."""
        images = references.required(references.alike(self.card), self.card)
        tables, seen, due = [], 0, FIRST
        real = yield from self._real_features(extractor, images)
        held = {name: FEATURE_METRICS[name].held(real) for name in names}
        self.results.begin("samples", self.n)
        chunk = max(1, CHUNK // self.card.kind.passes)
        for start in range(0, self.n, chunk):
            part = torch.from_numpy(self.samples(start, min(chunk, self.n - start)))
            for batch in part.split(extractor.batch):
                tables.append(features(extractor.network, batch))
                seen += len(batch)
                self.results.looked(len(batch))
                yield
                if due <= seen < self.n:
                    due = 1.5 * seen
                    for name in (name for name in names if FEATURE_METRICS[name].running):
                        value, _ = FEATURE_METRICS[name].measure(extractor.network, torch.cat(tables), held[name])
                        self._trace(name, seen, value)
                        yield
        for name in names:
            yield from self._measured(name, extractor, torch.cat(tables), real, held[name], images)

    def _measured(self, name, extractor, ours, real, held, pictures):
        """The number itself, with its spread and its floor. held: real, in the form that the metric takes."""
        metric, network = FEATURE_METRICS[name], extractor.network
        if metric.of_rows:
            (value, of_rows), spread = metric.of_rows(ours, held), math.nan
        else:
            (value, spread), of_rows = metric.measure(network, ours, held), None
        yield
        if metric.resamples:
            generator, again = torch.Generator().manual_seed(self.seed), []
            for _ in range(metric.resamples):
                rows = torch.randint(len(ours), (len(ours),), generator=generator)
                again.append(of_rows(rows) if of_rows else metric.measure(network, ours[rows], held)[0])
                yield
            spread = torch.tensor(again).std().item()
        against = ""
        if metric.compares:
            against = f" against {len(real):,} {_called(pictures)} pictures"
        lowest, of_floor = yield from self._floor(name, extractor, real, held, pictures)
        words = f"{len(ours):,} samples{self.of_samples}{against}, features of {extractor.name}{metric.words}"
        self._add(name, value, spread, lowest, words, of_floor)
        self._trace(name, len(ours), float(value))
        yield

    def _floor(self, name, extractor, real, held, pictures):
        """(value, words) of real pictures instead of samples: as many others, or halves if there are too few."""
        metric, count = FEATURE_METRICS[name], self.n
        if not extractor.slow:
            if known := floors.at(pictures.name, len(real), count, name):
                return known.value, known.words
            others = references.more(self.card, count)
            if others is not None:
                table = yield from self._features_of_others(extractor, pictures, others)
                value, _ = metric.measure(extractor.network, table, held)
                return value, floors.in_place(count, len(real))
        if not metric.compares:
            value, _ = metric.measure(extractor.network, real[: max(100, count)], None)
            return value, f"{min(len(real), max(100, count)):,} of them"
        half = len(real) // 2
        words = f"only {half:,} against {half:,} others: as many as there are samples would be closer"
        return floor(lambda one, other: metric.measure(extractor.network, one, other)[0], real)[0], words

    def _features_of_others(self, extractor, pictures, others):
        """Features of other real pictures, kept like those of the real ones."""
        known = self._known(extractor, pictures, "others", count=len(others))
        before = sum(map(len, known))
        self.results.total += len(others) - before
        self.results.begin("other real pictures", len(others), before)
        while (start := sum(map(len, known))) < len(others):
            known.append(features(extractor.network, others[start : start + extractor.batch]))
            self.results.looked(len(known[-1]))
            yield
        return torch.cat(list(known))

    def _real_features(self, extractor, pictures):
        """Features of the real pictures; for Inception only as many as there are samples, cached on disk."""
        images = references.some(pictures.images, max(self.n, 4)) if extractor.slow else pictures.images
        known = self._known(extractor, pictures, count=len(images))
        on_disk = extractor.slow and not self.card.own
        if on_disk and not known and (kept := inception_cache.read(images)) is not None:
            known.append(kept)
        before = sum(map(len, known))
        self.results.total += len(images) - before
        self.results.begin("real pictures", len(images), before)
        while (start := sum(map(len, known))) < len(images):
            known.append(features(extractor.network, images[start : start + extractor.batch]))
            self.results.looked(len(known[-1]))  # other measurements may add features, too, and shorten the work
            yield
        if on_disk and before < len(images):
            inception_cache.write(images, torch.cat(list(known)))
        return torch.cat(list(known))

    def _known(self, extractor, pictures, *which, count):
        """The features of these pictures known so far; nothing is kept for a visitor's own pictures."""
        if self.card.own:
            return []
        network = (extractor.name, extractor.weights)
        return known_features(network, (pictures.name, pictures.split, pictures.source, *which), count)

    def _tested(self):
        return references.required(references.tested(self.card), self.card)

    def _real_images(self):
        """Pictures of the model's own set (N, C, H, W) uint8: n random ones, or all if there are fewer."""
        return references.some(self._tested().images, self.n)

    def _chunks(self):
        """The same as floats in [0, 1], in chunks of CHUNK."""
        for part in torch.from_numpy(self._real_images()).split(CHUNK):
            yield part.float() / 255

    def _reconstructed(self, name):
        """Errors of reconstructions, picture by picture."""
        values, network = [], self.network(self.card)
        for x in self._chunks():
            values.append(getattr(reconstruction, name)(x, reconstruct(network, x)))
            self.results.looked(len(x))
            yield
        self._average(name, torch.cat(values), "")

    def _elbo(self, name):
        parts, x = [], torch.cat(list(self._chunks()))
        for part in elbo_parts(self.network(self.card), x, batch=CHUNK):
            parts.append(part)
            self.results.looked(len(part[0]))
            yield
        figures = elbo_figures(parts)
        words = f"{self._which_images()}, one code each"
        self._add(name, figures["elbo"], figures["standard_error"], math.nan, words)

    def _log_px(self, name):
        network, values, due = self.network(self.card), [], FIRST
        if network.variance is not None:
            self.results.notes.append(
                f"Not for this model: {METRICS[name].title}, since its likelihood is a Gaussian of fixed variance, a "
                "density with no scale of its own."
            )
            self.results.looked(len(self._real_images()))
            return
        for part in importance_parts(network, torch.cat(list(self._chunks())), CODES):
            values.append(part)
            self.results.looked(len(part))
            yield
            if sum(map(len, values)) >= due:
                due = 1.5 * sum(map(len, values))
                self._trace(name, sum(map(len, values)), torch.cat(values).mean().item())
        self._average(name, torch.cat(values), f", K = {CODES}")

    def _average(self, name, values, words):
        """The mean of one value per picture, with its standard error."""
        values = values.double()
        error = (values.std() / math.sqrt(len(values))).item()
        self._add(name, values.mean().item(), error, math.nan, self._which_images() + words)

    def _which_images(self):
        """Which images a VAE was measured on, in words; says so if there are fewer than n."""
        pictures, count = self._tested(), len(self._real_images())
        most = f", all that are here instead of {self.n:,}" if count < self.n else ""
        which = "shipped" if pictures.source == "sample" else pictures.split
        return f"{count:,} {f'{which} {_called(pictures)}'.strip()} pictures{most}"

    def _trace(self, name, samples, value):
        self.results.trail.setdefault(name, []).append((samples, value))

    def _add(self, name, value, spread, lowest, protocol, of_floor=""):
        """Keep a number; raises FloatingPointError if it is not finite."""
        if not math.isfinite(value):
            raise FloatingPointError(f"{METRICS[name].title} is not a number here ({value}): the network is broken.")
        numbers = float(value), float(spread), float(lowest)
        self.results.scores.append(Score(self.card.name, name, *numbers, protocol, of_floor))


PER_IMAGE_METRICS = {
    "mse": Measurement._reconstructed,
    "psnr": Measurement._reconstructed,
    "cosine": Measurement._reconstructed,
    "elbo": Measurement._elbo,
    "log_px": Measurement._log_px,
}


def _called(pictures):
    """The title of a set; a visitor's pictures are called held-out."""
    return TITLES.get(pictures.name, pictures.name)
