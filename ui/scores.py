"""Metrics computed for one person, a little on every run of the page: samples, features, then the numbers."""

import math
import time
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

import checkpoints
import data
from ui import decoded, pick
from ui.live import Live

CHUNK = 250  # pictures between two looks at the clock
MOST = 3000  # pictures among which neighbours are looked for
JUDGED_AS = {"binarized_mnist": "mnist"}  # sets whose pictures another set's classifier knows


@dataclass(frozen=True)
class Metric:
    """What a metric is called, which way is better, what it says and what it cannot see."""

    title: str
    better: str
    says: str
    blind: str


METRICS = {
    "frechet": Metric(
        "Fréchet",
        "lower",
        "Distance between two Gaussians fitted to the classifier's features of generated and of real pictures. It "
        "mixes quality and variety in one number.",
        "Only mean and covariance count: other shapes of the cloud are invisible. With few samples it is too large.",
    ),
    "kid": Metric(
        "KID",
        "lower",
        "Squared distance of the same features in the space of a cubic kernel. It has no bias in the number of "
        "samples.",
        "Its scale has no meaning of its own; compare it only with other KIDs on the same features.",
    ),
    "inception_score": Metric(
        "Inception Score",
        "higher",
        "Is every picture recognised with certainty, and are all classes equally frequent? At most the number of "
        "classes.",
        "It never looks at real pictures: one perfect picture per class, repeated for ever, has the best score.",
    ),
    "density": Metric(
        "Density",
        "higher",
        "How many real neighbourhoods a generated picture lies in. Near 1 the pictures are where real ones are.",
        "A model that repeats the commonest picture has a high density.",
    ),
    "coverage": Metric(
        "Coverage",
        "higher",
        "The share of real pictures with a generated one in their neighbourhood: variety. At most 1.",
        "It does not mind bad pictures as long as there are good ones too.",
    ),
    "mse": Metric(
        "MSE",
        "lower",
        "Mean squared error of the reconstructions, pixels in [0, 1].",
        "A picture moved by one pixel is as wrong as another picture; a blurred one looks good to it.",
    ),
    "elbo": Metric(
        "ELBO",
        "higher",
        "Lower bound of log p(x) in nats per picture: how well the model explains pictures that it has not seen.",
        "Says little about samples, and values of different likelihoods (Bernoulli, Gaussian) cannot be compared.",
    ),
}


def judge(card):
    """The card of the classifier that knows this model's kind of picture, or None."""
    name = JUDGED_AS.get(card.dataset["name"], card.dataset["name"])
    return next((c for c in checkpoints.gallery("classifier") if c.dataset["name"] == name), None)


@st.cache_resource(show_spinner=False)
def _real(name):
    """Real pictures of a set: the test images where the full set is there, otherwise the shipped ones."""
    try:
        if data.available(name, "test"):
            return data.load(name, "test")
        return data.sample(name)
    except data.DataError:
        return None


def real(classifier):
    """The pictures that a classifier's distances compare with; None where there are none."""
    return _real(classifier.dataset["name"])


@st.cache_resource(max_entries=4, show_spinner="Looking at the real pictures …")
def _real_features(name, sha256, _card):
    from metrics.features import features

    return features(pick.model(_card), real(_card).images)


@dataclass(frozen=True)
class Score:
    """One number: value ± spread, what it was measured on, and the value of real pictures (NaN where there is none)."""

    model: str
    metric: str
    value: float
    spread: float
    floor: float
    protocol: str


@dataclass
class Run(Live):
    """A computation of `metrics` for a model with n samples of a seed; ValueError for what cannot be computed."""

    card: object
    metrics: tuple
    n: int
    seed: int
    done: int = 0
    scores: list = field(default_factory=list)
    _features: list = field(default_factory=list)
    _probabilities: list = field(default_factory=list)

    def __post_init__(self):
        if not self.metrics:
            raise ValueError("Choose at least one metric.")
        if judge(self.card) is None:
            raise ValueError(f"No classifier here knows {self.card.dataset['name']}, so there are no features for it.")
        if not 10 <= self.n <= 10_000:
            raise ValueError(f"The number of samples must lie between 10 and 10,000, not {self.n:,}.")

    @property
    def finished(self):
        return bool(self.scores)

    @property
    def progress(self):
        return min(1.0, self.done / self.n)

    def work(self, until):
        """Decode and look at samples; after the last ones compute the numbers."""
        while time.perf_counter() < until and self.done < self.n:
            self._look()
        if self.done >= self.n:
            self.scores = list(self._compute())

    def _look(self):
        from metrics.features import features, probabilities

        count = min(CHUNK, self.n - self.done)
        noise = np.random.default_rng([self.seed, self.done]).standard_normal((count, self.card.latent), np.float32)
        pictures = pick.decode(self.card, noise)
        network = pick.model(judge(self.card))
        self._features.append(features(network, pictures))
        self._probabilities.append(probabilities(network, pictures))
        self.done += count

    def _compute(self):
        import torch

        from metrics.features import halves

        classifier = judge(self.card)
        truth, ours = _real_features(classifier.name, classifier.sha256, classifier), torch.cat(self._features)
        one, other = halves(truth)
        for name in ("frechet", "kid", "inception_score", "density", "coverage", "mse", "elbo"):
            if name in self.metrics:
                yield getattr(self, f"_{name}")(classifier, truth, ours, one, other)

    def _score(self, metric, value, spread, floor, protocol):
        return Score(self.card.name, metric, float(value), float(spread), float(floor), protocol)

    def _against(self, classifier, ours, truth):
        name = real(classifier).name
        return f"{len(ours):,} samples against {len(truth):,} {name} pictures, features of {classifier.name}"

    def _frechet(self, classifier, truth, ours, one, other):
        import torch

        from metrics.frechet import frechet_of_features

        generator = torch.Generator().manual_seed(self.seed)
        again = [ours[torch.randint(len(ours), (len(ours),), generator=generator)] for _ in range(8)]
        spread = torch.tensor([frechet_of_features(table, truth) for table in again]).std()
        value, floor = frechet_of_features(ours, truth), frechet_of_features(one, other)
        return self._score("frechet", value, spread, floor, self._against(classifier, ours, truth))

    def _kid(self, classifier, truth, ours, one, other):
        from metrics.kid import kid

        size = min(1000, len(ours) // 2)
        (value, deviation), (floor, _) = (kid(*pair, subsets=20, size=size) for pair in ((ours, truth), (one, other)))
        return self._score("kid", value, deviation / math.sqrt(20), floor, self._against(classifier, ours, truth))

    def _inception_score(self, classifier, truth, ours, one, other):
        import torch

        from metrics.features import probabilities
        from metrics.inception_score import inception_score

        table = torch.cat(self._probabilities)
        value, spread = inception_score(table, splits=10 if len(table) >= 100 else 1)
        best, _ = inception_score(probabilities(pick.model(classifier), real(classifier).images[: max(100, self.n)]))
        return self._score("inception_score", value, spread, best, f"{self.n:,} samples, {classifier.name}")

    def _density(self, classifier, truth, ours, one, other):
        return self._neighbours("density", 0, truth, ours, one, other)

    def _coverage(self, classifier, truth, ours, one, other):
        return self._neighbours("coverage", 1, truth, ours, one, other)

    def _neighbours(self, metric, which, truth, ours, one, other):
        from metrics.coverage import density_and_coverage

        truth, ours = truth[:MOST], ours[:MOST]
        value, floor = density_and_coverage(truth, ours)[which], density_and_coverage(one[:MOST], other[:MOST])[which]
        return self._score(metric, value, math.nan, floor, f"{len(ours):,} against {len(truth):,}, 5 neighbours")

    def _mse(self, *_):
        import torch

        from metrics.reconstruction import mse
        from models.vae import reconstruct

        x, network, protocol = self._known()
        with torch.inference_mode():
            errors = mse(x, torch.cat([reconstruct(network, part) for part in x.split(CHUNK)]))
        return self._score("mse", errors.mean(), errors.std() / math.sqrt(len(x)), math.nan, protocol)

    def _elbo(self, *_):
        from metrics.likelihood import elbo

        x, network, protocol = self._known()
        parts = elbo(network, x)
        return self._score("elbo", parts["elbo"], parts["standard_error"], math.nan, protocol)

    def _known(self):
        """Pictures of the model's own set (N, C, H, W) in [0, 1], its network, and words."""
        import torch

        sample = decoded.sample(self.card)
        if sample is None:
            raise ValueError(f"MSE and ELBO need pictures of {self.card.dataset['name']}, which are not here.")
        x = torch.from_numpy(sample.images[: self.n]).float() / 255
        return x, pick.model(self.card), f"{len(x):,} of the shipped {sample.name} pictures"
