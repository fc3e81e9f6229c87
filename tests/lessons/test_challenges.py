"""Challenges: each can be reached, is not reached at its start, and reports its measurement; nonsense is refused."""

import string

import numpy as np
import pytest

import checkpoints
import lessons
from checkpoints.codes import pack
from evaluate.shipped import FILES
from lessons import challenges, sentences
from lessons.model import CHECKS

STEPS = {step.challenge.check: step for name in lessons.names() for step in lessons.read(name).steps if step.challenge}
START = {name: step.query for name, step in STEPS.items()}


def check(name, query, start, measured=None):
    return challenges.check(name, query, start, FILES, measured)


def code_of(query):
    return challenges.code_of(query, query, FILES)[1]


def moved(query, changes):
    code = code_of(query).copy()
    for dimension, value in changes.items():
        code[dimension] = value
    return {**query, "z": pack(code)}


def test_every_challenge_has_a_check_and_every_check_a_challenge():
    assert set(STEPS) == set(challenges.CHALLENGES) == set(CHECKS)


@pytest.mark.parametrize("name", STEPS)
def test_no_challenge_is_reached_at_its_start(name):
    assert not check(name, START[name], START[name]).reached


def test_changing_two_numbers_turns_a_4_into_a_9_and_three_are_refused():
    start = START["another_digit"]
    two = check("another_digit", moved(start, {2: 0.0, 1: 3.0}), start)
    assert two.reached
    assert two.words("en").startswith("You moved 2 numbers of the code, and the classifier gives a 9 9")
    three = check("another_digit", moved(start, {2: 0.0, 1: 3.0, 3: 0.1}), start)
    assert not three.reached
    assert three.words("en").endswith("At most 2 may differ from the start.")


def test_a_certain_classification_far_from_all_digits_reaches_the_challenge():
    start = START["sure_of_nothing"]
    card = checkpoints.read("mnist_vae")
    far = np.clip(2.5 * np.random.default_rng(0).standard_normal((64, card.code_length)), -3, 3).astype(np.float32)
    codes = FILES.preview(card)["codes"]
    distances = np.sqrt(((far[:, None] - codes[None]) ** 2).sum(-1)).min(1)
    outcomes = [check("sure_of_nothing", {**start, "z": pack(code)}, start) for code in far]
    assert any(outcome.reached for outcome in outcomes)
    for distance, outcome in zip(distances, outcomes, strict=True):
        assert f"the nearest code of a test digit is {distance:.1f} away" in outcome.words("en")
        assert not (outcome.reached and distance < challenges.FAR)


@pytest.mark.parametrize(
    ("shown", "reached"),
    [
        ({"spoil": "noise", "strength_of": "0.2"}, True),
        ({"spoil": "noise", "strength_of": "0.1"}, False),  # within the band
        ({"spoil": "noise", "strength_of": "0.8"}, False),  # visible
        ({"spoil": "move", "strength_of": "1"}, False),
        ({"spoil": "drop", "strength_of": "0.1"}, False),
    ],
)
def test_an_almost_invisible_change_moves_frechet_out_of_its_band(shown, reached):
    assert check("unseen_by_eye", shown, {}).reached is reached


@pytest.mark.parametrize(("row", "column", "reached"), [(0, 0, False), (16, 4, True)])
def test_the_denoiser_fails_where_a_stroke_is_covered(row, column, reached):
    start = START["unknowable"]
    outcome = check("unknowable", {**start, "row": str(row), "column": str(column)}, start)
    assert outcome.reached is reached
    assert "dB inside the square" in outcome.words("en") or "exact" in outcome.words("en")


@pytest.mark.parametrize(
    ("rows", "reached", "words"),
    [
        ([], False, "Let it train"),
        ([[100, 1.5], [600, 0.4]], False, "largest so far is 0.40"),  # every training begins far from the data
        ([[600, 1.4], [700, 0.3]], False, "smallest since then is 0.300"),
        ([[400, 0.05], [600, 1.4]], False, "smallest since then is 1.400"),
        ([[600, 1.4], [700, 1.7], [100, 0.9], [2000, 0.05]], False, "largest so far is 0.05"),  # started anew
        ([[600, 1.4], [700, 1.7], [2000, 0.05]], True, "collapsed to an energy distance of 1.70"),
    ],
)
def test_a_training_counts_as_saved_only_after_a_collapse(rows, reached, words):
    outcome = check("saved", {}, {}, rows)
    assert outcome.reached is reached
    assert words in outcome.words("en")


@pytest.mark.parametrize("rows", [[[1, "x"]], [1, 2], [[1]], [[1, float("nan")]], "abc", {"a": 1}, [[1, 2], [3]]])
def test_an_invalid_measurement_is_reported_in_one_sentence(rows):
    with pytest.raises(challenges.CheckError):
        check("saved", {}, {}, rows)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("another_digit", {"model": "mnist_gan"}),
        ("another_digit", {"model": "mnist_vae", "z": "!!"}),
        ("sure_of_nothing", {"model": "mnist_vae", "z": "AAAA"}),
        ("sure_of_nothing", {}),
        ("unseen_by_eye", {"spoil": "no such way"}),
        ("unseen_by_eye", {"strength_of": "x"}),
        ("unknowable", {"row": "x"}),
        ("unknowable", {"image": "99999999"}),
        ("unknowable", {"noise": "none"}),
        ("unknowable", {"strength": "1e9"}),
        ("unknowable", {"row": "-3"}),
        ("unknowable", {"image": "-1"}),
        ("unknowable", {"noise_seed": "nan"}),
        ("another_digit", {"model": "mnist_vae", "z": pack(np.full(20, 3e38))}),
        ("sure_of_nothing", {"model": "mnist_vae", "z": pack(np.full(20, 3e38))}),
        ("unseen_by_eye", {"strength_of": "7"}),
        ("unknowable", {"image_from": "upload"}),
    ],
)
def test_a_view_that_cannot_be_checked_is_reported_in_one_sentence(name, shown):
    with pytest.raises(challenges.CheckError, match=r"\.$"):
        check(name, shown, START[name])


def fields(template):
    return {(name, form) for _, name, form, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("language", sentences.SENTENCES)
def test_every_sentence_has_the_same_numbers_in_every_language(language):
    spoken = sentences.SENTENCES[language]
    assert {name: fields(text) for name, text in spoken.items()} == {
        name: fields(text) for name, text in sentences.ENGLISH.items()
    }


def test_a_german_lesson_has_german_numbers():
    start = START["another_digit"]
    outcome = check("another_digit", moved(start, {2: 0.0, 1: 3.0, 3: 0.1}), start)
    assert outcome.words("de").startswith("Sie haben 3 Zahlen des Codes verändert; der Klassifikator sieht zu 9")
    assert " % eine 9. Höchstens 2" in outcome.words("de")
    collapsed = check("saved", {}, {}, [[600, 1.4], [700, 0.3]])
    assert "Energiedistanz von 1,40; die kleinste seitdem ist 0,300." in collapsed.words("de")
    with pytest.raises(challenges.CheckError) as error:
        check("another_digit", {"model": "mnist_gan"}, start)
    assert sentences.said([error.value.sentence], "de").startswith("Das ist ein anderes Modell")


@pytest.mark.parametrize("largest", ["1.5", [1.5], None])
def test_values_that_are_not_numbers_are_refused(largest):
    _, said = challenges.CHALLENGES["saved"].outcome({"largest": largest})
    with pytest.raises((TypeError, ValueError)):
        sentences.said(said, "de")
