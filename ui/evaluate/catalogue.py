"""The metrics that can be computed on demand: what each says, what it cannot see, and what it needs of a model."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

import checkpoints
import data
from ui import inception_weights

JUDGED_AS = {"binarized_mnist": "mnist"}  # sets whose pictures another set's classifier knows, and resemble


@st.cache_resource(show_spinner=False)
def _pictures(name):
    tested = "test" in data.split_names(name) and data.available(name, "test")
    return data.load(name, "test") if tested else data.sample(name)


def real(name):
    """Real pictures of a set: the test images where it has some and they are there, otherwise its sample, or None."""
    try:
        return _pictures(name)
    except data.DataError:
        return None


def likeness(card):
    """Name of the set whose pictures a model's samples should look like."""
    return JUDGED_AS.get(card.dataset["name"], card.dataset["name"])


@st.cache_data(ttl=10, show_spinner=False)  # a classifier that was trained a moment ago appears by itself
def _classifiers():
    return checkpoints.gallery("classifier")


def judge(card):
    """The card of the classifier that knows this model's kind of picture, or None."""
    return next((c for c in _classifiers() if c.dataset["name"] == likeness(card) and c.shape == card.shape), None)


# What a metric may need: each is None where a model has it, otherwise the end of a sentence.
def a_classifier(card):
    if judge(card) is None:
        return f"no classifier here knows pictures of {likeness(card)} of that size"
    if real(likeness(card)) is None:
        return f"there are no real pictures of {likeness(card)} here to compare with"


def inception(card):
    if not inception_weights.available():
        return "Inception's weights are not on this machine"


def pictures_alike(card):
    if real(likeness(card)) is None:
        return f"pictures of {likeness(card)} are not here"
    if real(likeness(card)).images.shape[1:] != card.shape:
        return f"the pictures of {likeness(card)} have another size"


def an_encoder(card):
    if not card.encodes:
        return "only a VAE has an encoder and a likelihood"


def pictures(card):
    if real(card.dataset["name"]) is None:
        return f"pictures of {card.dataset['name']} are not here"


@dataclass(frozen=True)
class Metric:
    """What a metric is called, which way is better, what it says and what it cannot see, and what it needs."""

    title: str
    better: str
    says: str
    blind: str
    needs: tuple[Callable, ...] = (a_classifier,)

    def missing(self, card):
        """Why it cannot be computed for a model, the end of a sentence, or None."""
        return next((reason for need in self.needs if (reason := need(card))), None)


METRICS = {
    "frechet": Metric(
        "Fréchet",
        "lower",
        "Distance between two Gaussians fitted to the classifier's features of generated and of real pictures. It "
        "mixes quality and variety in one number.",
        "Only mean and covariance count: other shapes of the cloud are invisible. With few samples it is too large.",
    ),
    "frechet_infinite": Metric(
        "Fréchet, N → ∞",
        "lower",
        "The same distance for infinitely many samples: a straight line through the values of ever larger subsets over "
        "1/N, read off at 0. What remains is the bias of the real side.",
        "A line through eight noisy points: the fewer samples, the larger its error, and it may fall below 0.",
    ),
    "fid": Metric(
        "FID",
        "lower",
        "The Fréchet distance on 2,048 features of Inception, a network for photographs: the figure of most papers. "
        "It takes a quarter of a second per picture.",
        "Below some 10,000 samples its bias exceeds most differences between models, and digits are far from all that "
        "it was trained on.",
        (inception, pictures_alike),
    ),
    "kid": Metric(
        "KID",
        "lower",
        "Squared distance of the classifier's features in the space of a cubic kernel. It has no bias in the number of "
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
    "recognised": Metric(
        "Recognised",
        "higher",
        "Share of samples of which the classifier is surer than of the 5 % least sure real pictures. Real pictures "
        "have 95 %.",
        "Variety: one clear picture, repeated for ever, is recognised every time.",
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
        "A picture moved by a few pixels is worse than none at all; a blurred one looks good to it.",
        (an_encoder, pictures),
    ),
    "psnr": Metric(
        "PSNR",
        "higher",
        "Peak signal-to-noise ratio of the reconstructions, −10 · log₁₀(MSE) of each picture, in dB.",
        "It orders two pictures as MSE does, so it has the same blind spots; only its mean over pictures differs.",
        (an_encoder, pictures),
    ),
    "cosine": Metric(
        "Cosine",
        "higher",
        "Cosine of the angle between a picture and its reconstruction as vectors of pixels. 1 is the same direction.",
        "Brightness: a picture that is all but black has cosine 1 with its original.",
        (an_encoder, pictures),
    ),
    "elbo": Metric(
        "ELBO",
        "higher",
        "Lower bound of log p(x) in nats per picture: how well the model explains pictures that it has not seen.",
        "Says little about samples, and values of different likelihoods (Bernoulli, Gaussian) cannot be compared.",
        (an_encoder, pictures),
    ),
    "log_px": Metric(
        "log p(x)",
        "higher",
        "The log-likelihood itself, in nats per picture, by importance sampling with 200 codes for each. It takes a "
        "tenth of a second per picture.",
        "Simple pictures are probable pictures: a short stroke, which is no digit, has more than digits have.",
        (an_encoder, pictures),
    ),
}


def missing(card, names):
    """Why some of the metrics are not for a model: one sentence for each reason."""
    reasons = {}
    for name in names:
        if reason := METRICS[name].missing(card):
            reasons.setdefault(reason, []).append(METRICS[name].title)
    return [f"Not for this model: {', '.join(titles)}, since {reason}." for reason, titles in reasons.items()]
