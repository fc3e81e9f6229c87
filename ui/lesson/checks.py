"""Whether a challenge has been met: computed from the view that the address holds, by the networks that are shipped.

A check takes the parameters of the view that is shown and of the view that the challenge began with. What trains in the
browser is measured there; the checks of such a challenge take what it reports, which is as honest as its visitor.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

import checkpoints
from ui import classifiers, gallery, networks, url
from ui.evaluate import reactions
from ui.explore import code_metrics
from ui.images import denoising, denoising_visit
from ui.lesson.outcome import Outcome

Query = dict[str, str]
SURE = 0.9  # probability of a class; of the test digits the classifier gives half less than 0.96
FAR = 6.0  # from a code to the nearest test code; of 500 codes drawn from the prior none is further than 4.9
MOVED = 1e-3  # by which a number of a code differs, when a slider was moved
UNSEEN = 0.02  # of the mean squared error between two pictures of the same digit
COLLAPSED, AFTER, SAVED = 1.0, 500, 0.1  # energy distances in standard deviations of the data, from that step on
UNKNOWABLE = 10.0  # dB inside of the square: a mean squared error of 0.1


class CheckError(Exception):
    """A view that cannot be checked; the text is one sentence for the person."""


def check(name: str, shown: Query, start: Query, measured: object = None) -> Outcome:
    """What the check of this name says; CheckError where the view shows something else than the challenge is about.

    shown is what an address holds, and measured what a browser reports, so both may be anything.
    """
    try:
        if name in CHECKS_OF_TRAININGS:
            return CHECKS_OF_TRAININGS[name](_rows(measured))
        return CHECKS[name](shown, start)
    except (ValueError, TypeError, KeyError, IndexError):
        raise CheckError("The address of this view holds something that no view has: go back to the lesson.") from None


def _rows(measured):
    """Rows (N, 2) of step and energy distance, as the browser measured them; ValueError for anything else."""
    rows = np.array(measured if measured else np.zeros((0, 2)), float)
    if rows.ndim != 2 or rows.shape[1] != 2 or not np.isfinite(rows).all():
        raise ValueError("not rows of two numbers")
    return rows


def saved(rows: np.ndarray) -> Outcome:
    """Whether a training has collapsed, and has recovered afterwards. rows: as `_rows` gives them."""
    restarts = np.flatnonzero(np.diff(rows[:, 0]) < 0) + 1  # the steps began anew
    outcomes = [_saved(training) for training in np.split(rows, restarts)]
    return next((outcome for outcome in outcomes if outcome.reached), outcomes[-1])


def _saved(training):
    late = training[training[:, 0] >= AFTER]
    collapsed = np.flatnonzero(late[:, 1] >= COLLAPSED)
    if not len(collapsed):
        words = f"Let it train until step {AFTER} or later shows an energy distance of {COLLAPSED:g} or more."
        return Outcome(False, f"{words} The largest so far is {late[:, 1].max():.2f}." if len(late) else words)
    worst, least = late[:, 1].max(), late[collapsed[0] :, 1].min()
    words = f"It collapsed to an energy distance of {worst:.2f}; the smallest since then is {least:.3f}."
    if least <= SAVED:
        return Outcome(True, words)
    return Outcome(False, f"{words} Bring it to {SAVED:g} without starting anew.")


def _code(query, start):
    """(card, code) of a view of Latent space that shows the model of the challenge."""
    if query.get("model") != start["model"]:
        raise CheckError("This is another model than the one of the challenge: go back to the lesson.")
    card = checkpoints.read(start["model"])
    if (text := query.get("z")) is None:
        return card, networks.preview(card)["codes"][0]
    try:
        return card, url.unpack(text, card.code_length)
    except url.LinkError as error:
        raise CheckError(str(error)) from None


def _classes(card, code):
    """The classifier's probabilities (classes,) for the picture of a code."""
    import torch

    classifier = classifiers.of(card)
    if classifier is None:
        raise CheckError("The classifier that judges this challenge is not here.")
    picture = torch.from_numpy(networks.decode(card, code[None]).astype(np.float32)) / 255
    with torch.inference_mode():
        return networks.model(classifier)(picture).softmax(1)[0].numpy()


def another_digit(shown: Query, start: Query, wanted: int = 9, most: int = 2) -> Outcome:
    """Whether a code becomes the wanted digit when at most so many of its numbers are moved."""
    card, code = _code(shown, start)
    _, before = _code(start, start)
    moved, chance = int((np.abs(code - before) > MOVED).sum()), float(_classes(card, code)[wanted])
    numbers = "one number" if moved == 1 else f"{moved} numbers"
    words = f"You moved {numbers} of the code, and the classifier gives a {wanted} {chance:.0%}."
    if moved > most:
        words += f" At most {most} may differ from the start."
    elif chance < SURE:
        words += f" It has to be at least {SURE:.0%}."
    return Outcome(moved <= most and chance >= SURE, words)


def sure_of_nothing(shown: Query, start: Query) -> Outcome:
    """Whether the classifier is sure of the picture of a code that is far from the codes of all test images."""
    card, code = _code(shown, start)
    chances, distance = _classes(card, code), code_metrics.nearest(networks.preview(card), code)[1]
    words = (
        f"The classifier gives a {int(chances.argmax())} {chances.max():.0%}, and the nearest code of a test digit is "
        f"{distance:.1f} away."
    )
    reached = bool(chances.max() >= SURE and distance >= FAR)
    return Outcome(reached, words if reached else f"{words} It takes {SURE:.0%} and a distance of {FAR:g}.")


def unseen_by_eye(shown: Query, start: Query) -> Outcome:
    """Whether the Fréchet distance leaves its band although the pictures hardly change."""
    recorded = reactions.recording()
    if recorded is None:
        raise CheckError("The recording that judges this challenge is not here.")
    kind, strength = shown.get("spoil", "blur"), float(shown.get("strength_of", 0.3))
    values, place = recorded["kinds"][kind], int(np.abs(np.array(recorded["strengths"]) - strength).argmin())
    high = reactions.band(recorded["real"]["frechet"])[1]
    frechet, share = values["frechet"][place], values["mse"][place] / float(np.mean(recorded["real"]["mse"]))
    words = (
        f"The Fréchet distance is {frechet:.2f}, and the band of real digits ends at {high:.2f}; the MSE is "
        f"{share:.1%} of that between two pictures of the same digit."
    )
    reached = bool(frechet > high and share <= UNSEEN)
    return Outcome(reached, words if reached else f"{words} At most {UNSEEN:.0%} may be seen.")


def unknowable(shown: Query, start: Query) -> Outcome:
    """Whether the denoiser fails inside of the square although it is told where the square is."""
    card = checkpoints.read(start["model"])
    images = gallery.test_images(card)
    if images is None or shown.get("image_from", "test") != "test":
        raise CheckError("This challenge is checked on test images: choose one of them.")
    first = denoising_visit.START
    noise = denoising.Noise(
        shown.get("noise", first.kind),
        float(shown.get("strength", first.strength)),
        round(float(shown.get("row", first.row))),
        round(float(shown.get("column", first.column))),
        round(float(shown.get("noise_seed", first.seed))),
    )
    picture = images.images[int(shown.get("image", denoising_visit.FIRST))]
    psnr = denoising.results(card, picture[None], noise)["informed"].errors["psnr_inside"]
    words = f"With the place known, the answer has {denoising.decibels(psnr)} inside of the square."
    reached = psnr is not None and psnr <= UNKNOWABLE
    return Outcome(reached, words if reached else f"{words} It has to be at most {UNKNOWABLE:g} dB.")


CHECKS: dict[str, Callable[[Query, Query], Outcome]] = {
    "another_digit": another_digit,
    "sure_of_nothing": sure_of_nothing,
    "unseen_by_eye": unseen_by_eye,
    "unknowable": unknowable,
}
CHECKS_OF_TRAININGS: dict[str, Callable[[np.ndarray], Outcome]] = {"saved": saved}
