"""Whether a challenge has been met: measured for the view in a link, by the shipped networks.

A measure takes the parameters of a view and those of the challenge's first view, and returns numbers; the outcome
depends only on these numbers. Trainings in the browser are measured there; the numbers of such a challenge come from
the browser's report, which is as honest as its visitor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

import checkpoints
from checkpoints.codes import LinkError, unpack
from data import corruptions
from evaluate import code_metrics, decoding, feature_networks, patch
from evaluate.shipped import Shipped
from lessons.sentences import Sentence, said
from metrics.band import band
from models.noise_kinds import KINDS

Query = Mapping[str, str]
Numbers = dict[str, float]
WANTED, MOST = 9, 2  # the digit, and the number of dimensions that may be moved
SURE = 0.9  # probability of a class; of the test digits the classifier gives half less than 0.96
FAR = 6.0  # from a code to the nearest test code; at most 4.9 for 500 codes drawn from the prior
MOVED = 1e-3  # smallest difference of a dimension whose slider was moved
UNSEEN = 0.02  # of the mean squared error between two pictures of the same digit
COLLAPSED, AFTER, SAVED = 1.0, 500, 0.1  # energy distances in standard deviations of the data, from that step on
UNKNOWABLE = 10.0  # dB inside the square: a mean squared error of 0.1


class CheckError(Exception):
    """A view that cannot be checked; the text is one English sentence. name: its key in lessons/sentences.py."""

    def __init__(self, name: str) -> None:
        self.sentence = Sentence(name)
        super().__init__(said([self.sentence], "en"))


Said = tuple[bool, list[Sentence]]


@dataclass(frozen=True)
class Outcome:
    """The result of a check. sentences: one or two, with the measurements. numbers: the same, exact.

    query: parameters of the view that was checked.
    """

    reached: bool
    sentences: list[Sentence]
    numbers: Numbers = field(default_factory=dict)
    query: Query = field(default_factory=dict)

    def words(self, language: str) -> str:
        """Its sentences in the language of a lesson."""
        return said(self.sentences, language)


class Challenge(NamedTuple):
    """measure(query, start, shipped): its numbers; None if a browser measures them. outcome(numbers): their meaning."""

    measure: Callable[[Query, Query, Shipped], Numbers] | None
    outcome: Callable[[Numbers], Said]


def check(name: str, query: Query, start: Query, shipped: Shipped, measured: object = None) -> Outcome:
    """The outcome of the check of this name; raises CheckError if the view has nothing to do with the challenge.

    query comes from an address, and measured from a browser, so both may be anything.
    """
    challenge = CHALLENGES[name]
    numbers = _of_training(measured) if challenge.measure is None else measure(name, query, start, shipped)
    return Outcome(*challenge.outcome(numbers), numbers, dict(query))


def in_browser(name: str) -> bool:
    """Whether a challenge is measured by a training in the browser, so that it cannot be measured again."""
    return name in CHALLENGES and CHALLENGES[name].measure is None


def measure(name: str, query: Query, start: Query, shipped: Shipped) -> Numbers:
    """The numbers of a challenge that is measured for its view; raises CheckError as in `check`."""
    challenge = CHALLENGES[name].measure
    assert challenge is not None
    try:
        numbers = challenge(query, start, shipped)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, FloatingPointError):
        raise CheckError("damaged_address") from None
    if not np.isfinite(list(numbers.values())).all():
        raise CheckError("strange_numbers")
    return numbers


def _of_training(measured):
    """Numbers from a browser's report, rows (N, 2) of step and energy distance; raises CheckError for other reports."""
    try:
        rows = np.array(measured if measured else np.zeros((0, 2)), float)
        if rows.ndim != 2 or rows.shape[1] != 2 or not np.isfinite(rows).all():
            raise ValueError("not rows of two numbers")
    except (ValueError, TypeError):
        raise CheckError("strange_training") from None
    restarts = np.flatnonzero(np.diff(rows[:, 0]) < 0) + 1  # the steps start again
    trainings = [_of_steps(training) for training in np.split(rows, restarts)]
    return next((numbers for numbers in trainings if _saved(numbers)[0]), trainings[-1])


def _of_steps(training):
    late = training[training[:, 0] >= AFTER]
    if not len(late):
        return {}
    numbers = {"largest": float(late[:, 1].max())}
    collapsed = np.flatnonzero(late[:, 1] >= COLLAPSED)
    return numbers | ({"smallest_since": float(late[collapsed[0] :, 1].min())} if len(collapsed) else {})


def _saved(numbers):
    """Whether a training has collapsed, and has recovered afterwards."""
    if "smallest_since" not in numbers:
        sentences = [Sentence("train_on", {"step": AFTER, "distance": COLLAPSED})]
        return False, sentences + ([Sentence("largest", {"largest": numbers["largest"]})] if numbers else [])
    largest, smallest = numbers["largest"], numbers["smallest_since"]
    reached = smallest <= SAVED
    sentences = [Sentence("collapsed", {"largest": largest, "smallest": smallest})]
    return reached, sentences + ([] if reached else [Sentence("bring_it", {"distance": SAVED})])


def code_of(query: Query, start: Query, shipped: Shipped) -> tuple[checkpoints.Card, np.ndarray]:
    """(card, code) of a view of Latent space with the model of the challenge; raises CheckError for another model."""
    if query.get("model") != start["model"]:
        raise CheckError("another_model")
    card = checkpoints.read(start["model"])
    if (text := query.get("z")) is None:
        return card, shipped.preview(card)["codes"][0]
    try:
        return card, unpack(text, card.code_length)
    except LinkError as error:
        raise CheckError(str(error)) from None


def _classes(card, code, shipped):
    """The classifier's probabilities (classes,) for the picture of a code."""
    import torch

    name = feature_networks.naming(card.dataset["name"])
    try:
        classifier = shipped.model(checkpoints.read(name or ""))
    except checkpoints.CheckpointError:
        raise CheckError("no_classifier") from None
    pictures = decoding.decoded(shipped.model(card), code[None], card.title)
    with torch.inference_mode():
        return classifier(torch.from_numpy(pictures.astype(np.float32)) / 255).softmax(1)[0].numpy()


def _another_digit(query, start, shipped):
    card, code = code_of(query, start, shipped)
    _, before = code_of(start, start, shipped)
    moved = int((np.abs(code - before) > MOVED).sum())
    return {"moved": moved, "probability": float(_classes(card, code, shipped)[WANTED])}


def _became_another_digit(numbers):
    """Whether a code became the wanted digit, with at most MOST of its dimensions moved."""
    moved, chance = round(numbers["moved"]), numbers["probability"]
    values = {"moved": moved, "digit": WANTED, "chance": chance}
    sentences = [Sentence("moved_one" if moved == 1 else "moved", values)]
    if moved > MOST:
        sentences.append(Sentence("moved_too_many", {"most": MOST}))
    elif chance < SURE:
        sentences.append(Sentence("not_sure", {"least": SURE}))
    return moved <= MOST and chance >= SURE, sentences


def _sure_of_nothing(query, start, shipped):
    card, code = code_of(query, start, shipped)
    chances = _classes(card, code, shipped)
    return {
        "digit": int(chances.argmax()),
        "probability": float(chances.max()),
        "distance": code_metrics.nearest(shipped.preview(card), code)[1],
    }


def _is_sure_of_nothing(numbers):
    """Whether the classifier is sure of the picture of a code that is far from the codes of all test images."""
    chance, distance = numbers["probability"], numbers["distance"]
    values = {"digit": round(numbers["digit"]), "chance": chance, "distance": distance}
    reached = chance >= SURE and distance >= FAR
    short = [] if reached else [Sentence("not_sure_or_near", {"least": SURE, "far": FAR})]
    return reached, [Sentence("sure_and_far", values), *short]


def spoiled(query: Query) -> tuple[str, float]:
    """(kind, strength) of a view of How metrics react; raises ValueError for an invalid strength."""
    kind = query.get("spoil", "blur")
    return kind, _number(query, "strength_of", corruptions.start(kind), 0.0, 1.0)


def _unseen_by_eye(query, start, shipped):
    recorded = shipped.reactions()
    if recorded is None:
        raise CheckError("no_recording")
    kind, strength = spoiled(query)
    values, place = recorded["kinds"][kind], int(np.abs(np.array(recorded["strengths"]) - strength).argmin())
    return {
        "frechet": values["frechet"][place],
        "band_end": band(recorded["real"]["frechet"])[1],
        "mse_share": values["mse"][place] / float(np.mean(recorded["real"]["mse"])),
    }


def _is_unseen_by_eye(numbers):
    """Whether the Fréchet distance leaves its band although the pictures hardly change."""
    frechet, high, share = numbers["frechet"], numbers["band_end"], numbers["mse_share"]
    reached = frechet > high and share <= UNSEEN
    short = [] if reached else [Sentence("seen", {"most": UNSEEN})]
    return reached, [Sentence("outside_band", {"frechet": frechet, "end": high, "share": share}), *short]


def denoised(query: Query, start: Query, shipped: Shipped) -> dict[str, patch.Result]:
    """The network's restorations in a view of Denoise, as returned by evaluate.patch.restored.

    Raises CheckError if the picture is not a test image, ValueError or IndexError for an invalid view.
    """
    card = checkpoints.read(start["model"])
    images = shipped.test_images(card)
    if images is None or query.get("image_from", "test") != "test":
        raise CheckError("no_test_image")
    kind = query.get("noise", patch.START.kind)
    if kind not in KINDS:
        raise ValueError("no such noise")
    names = {"seed": "noise_seed"}
    numbers = {
        name: _number(query, names.get(name, name), getattr(patch.START, name), *bounds)
        for name, bounds in patch.NUMBERS.items()
    }
    image = images.images[round(_number(query, "image", patch.FIRST, 0, len(images.images) - 1))]
    return patch.restored(shipped.model(card), shipped.preview(card), image[None], patch.Noise.of(kind, numbers))


def _unknowable(query, start, shipped):
    psnr = denoised(query, start, shipped)["informed"].errors["psnr_inside"]
    return {} if psnr is None else {"psnr_inside": psnr}


def _is_unknowable(numbers):
    """Whether the denoiser fails inside the square although it is given the place of the square."""
    psnr = numbers.get("psnr_inside")  # without it, the answer is exact
    reached = psnr is not None and psnr <= UNKNOWABLE
    restored = Sentence("restored_exactly") if psnr is None else Sentence("restored", {"psnr": psnr})
    return reached, [restored] + ([] if reached else [Sentence("too_good", {"most": UNKNOWABLE})])


def _number(query, key, default, low, high):
    number = float(query.get(key, default))
    if not low <= number <= high:  # true also for NaN
        raise ValueError(f"{key} is not within {low:g} and {high:g}")
    return number


CHALLENGES: dict[str, Challenge] = {
    "another_digit": Challenge(_another_digit, _became_another_digit),
    "sure_of_nothing": Challenge(_sure_of_nothing, _is_sure_of_nothing),
    "unseen_by_eye": Challenge(_unseen_by_eye, _is_unseen_by_eye),
    "unknowable": Challenge(_unknowable, _is_unknowable),
    "saved": Challenge(None, _saved),
}
