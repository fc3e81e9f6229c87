"""What a lesson's file may contain; anything else is reported with file and line."""

import math
import re
import textwrap

import pytest

import checkpoints
from lessons import LessonError, names, reading
from lessons.figures import FigureError, filled_in, number
from lessons.model import Axis

GOOD = textwrap.dedent(
    """\
    title = "A lesson"
    audience = "All"
    goals = ["know it"]

    [[step]]
    link = "http://localhost:8501/jsd_wasserstein?theta=1&p=square&lesson=x&lesson_step=2"
    minutes = 2
    text = "First. Then"
    look = "this: {constants.log_2:.3f}."
    controls = ["θ"]

    [step.prediction]
    question = "Which?"
    choices = ["a", "b"]
    answer = "b"
    explanation = "Because."

    [[step]]
    link = "gan_losses"
    minutes = 3
    text = "One."

    [step.prediction]
    question = "How many?"
    range = [0, 2]
    answer = "{mnist_gan.coverage}"
    tolerance = 0.1
    explanation = "Because."
    """
)
PLANE = GOOD.replace(
    'range = [0, 2]\nanswer = "{mnist_gan.coverage}"',
    'plane = { x = [-4, 4], y = [-2, 3], points = "mnist_vae", without = 9 }\n'
    'axes = ["PCA 1", "PCA 2"]\nanswer = ["{mnist_vae.pca_1_of_9}", 0.5]',
)
GERMAN = textwrap.dedent(
    """\
    title = "Eine Stunde"

    [[step]]
    text = "Erstens."

    [step.prediction]
    question = "Welches?"
    choices = ["A", "B"]
    explanation = "Darum."

    [[step]]
    text = "Eins."
    """
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Write lessons here: write(text, language) makes lesson "one"."""
    monkeypatch.setattr(reading, "FOLDER", tmp_path / "lessons")

    def write(text, language="en"):
        (tmp_path / "lessons" / language).mkdir(parents=True, exist_ok=True)
        (tmp_path / "lessons" / language / "one.toml").write_text(text)

    write(GOOD)
    return write


def expect_refused(folder, text, language, change, line, words):
    """A file in which (old, new) has been replaced is refused with its name, the line and these words."""
    old, new = change
    assert old in text
    folder(text.replace(old, new, 1), language)
    with pytest.raises(LessonError, match=rf"^lessons/{language}/one\.toml, line {line}: .*{re.escape(words)}"):
        reading.read("one", language)


def test_a_lesson_has_the_contents_of_its_file(folder):
    lesson = reading.read("one")
    first, second = lesson.steps
    assert (lesson.title, lesson.minutes, lesson.minutes_left(1)) == ("A lesson", 5, 3)
    assert (first.page, first.query) == ("jsd_wasserstein", {"theta": "1", "p": "square"})
    assert first.link == "jsd_wasserstein?theta=1&p=square"
    assert first.look == "this: 0.693."
    assert (first.prediction.answer, second.link) == (1, "gan_losses")
    coverage = checkpoints.read("mnist_gan").metrics["coverage"]
    assert second.prediction.answer == coverage
    assert second.prediction.is_right(coverage + 0.09)
    assert not second.prediction.is_right(coverage + 0.11)


@pytest.mark.parametrize(("answer", "admitted"), [(0, True), (1, True), (2, False), (-1, False), (0.5, False)])
def test_answers_that_are_not_among_the_choices_are_refused(folder, answer, admitted):
    assert reading.read("one").steps[0].prediction.admits(answer) is admitted


@pytest.mark.parametrize("answer", [math.nan, math.inf, -0.1, 2.1, "1", None, True, [1], {}])
def test_answers_outside_the_range_are_refused(folder, answer):
    assert not reading.read("one").steps[1].prediction.admits(answer)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('title = "A lesson"', "title = 3", 1, "“title” has to be a text"),
        ('title = "A lesson"', "", 1, "“title” is missing"),
        ('title = "A lesson"', 'title = "A', 1, "not TOML"),
        ('goals = ["know it"]', "goals = [1]", 3, "list of texts"),
        ("minutes = 2", "minutes = 0", 7, "at least 1"),
        ("minutes = 3", "minutes = true", 20, "whole minutes"),
        ("minutes = 3", "", 18, "“minutes” is missing"),
        ("minutes = 3", "minuten = 3", 20, "“minuten” is not an entry of a step"),
        ("theta=1&p", "theta&p", 6, "not of the form"),
        ("theta=1&p", "p=1&p", 6, "twice"),
        ("First. Then", "A. B. C.", 8, "more than 2 sentences"),
        ("log_2:.3f", "log_3:.3f", 9, "log_3 is not among the constants; like it: log_2"),
        ("{constants.log_2:.3f}", "{here}", 9, "not of the form"),
        ("mnist_gan.coverage", "mnist_gun.coverage", 26, "mnist_gun"),
        ("mnist_gan.coverage", "mnist_gan.class_shares", 26, "not a single number"),
        ('answer = "b"', 'answer = "c"', 15, "not among the choices"),
        ('choices = ["a", "b"]', 'choices = ["b"]', 14, "at least two"),
        ("minutes = 3", "minutes = 3\ncovered = 1", 21, "true or false"),
        ('[step.prediction]\nquestion = "How', '[other]\nquestion = "How', 23, "“other” is not an entry of a lesson"),
        ('audience = "All"', 'audience = "All"\npicture = 3', 3, "from 1 to 2"),
        ("range = [0, 2]", "range = [2, 0]", 25, "lowest, highest"),
        ("range = [0, 2]", "range = [0, 0.5]", 26, "not within the range"),
        ('explanation = "Because."', 'why = "Because."', 16, "“why” is not an entry of a prediction"),
        ('"gan_losses"', "7", 19, "address of a view"),
        ('audience = "All"', 'audienz = "All"', 2, "“audienz” is not an entry of a lesson"),
    ],
)
def test_errors_are_reported_with_file_and_line(folder, old, new, line, words):
    expect_refused(folder, GOOD, "en", (old, new), line, words)


@pytest.mark.parametrize(
    ("steps", "words"), [("[]", "at least one"), ("[1]", "begins with [[step]]"), ("1", "begins with [[step]]")]
)
def test_invalid_steps_are_reported_with_file_and_line(folder, steps, words):
    head = GOOD.partition("[[step]]")[0]
    expect_refused(folder, head, "en", ("goals", f"step = {steps}\ngoals"), 3, words)


def test_an_unknown_check_of_a_challenge_is_reported_with_file_and_line(folder):
    challenge = '\n[step.challenge]\ncheck = "CHECK"\nhint = "h"\n'
    wanted = "no check “nothing”; there are another_digit"
    expect_refused(folder, GOOD + challenge, "en", ("CHECK", "nothing"), 31, wanted)


def test_another_encoding_is_reported_and_a_byte_order_mark_is_accepted(folder):
    file = reading.FOLDER / "en" / "one.toml"
    file.write_bytes(GOOD.encode().replace(b"One.", "Für".encode("latin-1")))
    line = 1 + GOOD[: GOOD.index("One.")].count("\n")
    with pytest.raises(LessonError, match=rf"^lessons/en/one\.toml, line {line}: this is not UTF-8"):
        reading.read("one")
    file.write_text(GOOD, encoding="utf-8-sig")
    assert reading.read("one").title == "A lesson"


def test_a_file_that_vanishes_while_it_is_read_is_reported_in_one_sentence(folder, monkeypatch):
    """For example when an editor or git replaces it."""
    monkeypatch.setattr(reading, "names", lambda: ["one"])
    (reading.FOLDER / "en" / "one.toml").unlink()
    with pytest.raises(LessonError, match=r"^lessons/en/one\.toml cannot be read: No such file"):
        reading.read("one")


def test_a_question_about_a_plane_has_the_contents_of_its_file(folder):
    folder(PLANE)
    asked = reading.read("one").steps[1].prediction
    assert asked.axes == (Axis(-4, 4, "PCA 1"), Axis(-2, 3, "PCA 2"))
    recorded = checkpoints.preview("mnist_vae")
    mean = recorded["pca"][recorded["labels"] == 9].mean(0)
    assert asked.answer == pytest.approx((mean[0], 0.5))
    assert (asked.background, asked.missing, asked.tolerance) == ("mnist_vae", 9, 0.1)
    x, y = asked.answer
    assert asked.is_right([x + 0.06, y - 0.079])
    assert not asked.is_right([x + 0.06, y - 0.081])
    assert asked.distance([x + 3, y - 4]) == pytest.approx(5)


@pytest.mark.parametrize(
    "answer", [[0, 3.1], [-4.1, 0], [0], [0, 0, 0], 0, [0, math.nan], ["0", "0"], "0 0", [True, 0], None, {}, [[0], 0]]
)
def test_answers_that_are_not_points_of_the_plane_are_refused(folder, answer):
    folder(PLANE)
    asked = reading.read("one").steps[1].prediction
    assert not asked.admits(answer)
    assert asked.admits([-4, 3])


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("x = [-4, 4]", "x = [4, -4]", 25, "“x” of a plane has to be [lowest, highest]"),
        ("x = [-4, 4]", "x = [-4]", 25, "“x” of a plane has to be [lowest, highest]"),
        ("y = [-2, 3], ", "", 25, "“y” of a plane has to be [lowest, highest]"),
        ("y = [-2, 3]", 'y = ["a", 3]', 25, "“y” of a plane has to be [lowest, highest]"),
        ("y = [-2, 3]", "y = [-2, inf]", 25, "“y” of a plane has to be [lowest, highest]"),
        ("y = [-2, 3]", "y = [0, 1]", 25, "axes of one scale"),
        ("y = [-2, 3]", "y = [-2, 3], z = [0, 1]", 25, "“z” is not a part of a plane"),
        ('points = "mnist_vae"', 'points = "mnist_vee"', 25, "mnist_vee"),
        ('points = "mnist_vae"', 'points = "mnist_gan"', 25, "no recorded map"),
        ('points = "mnist_vae"', 'points = "ring"', 25, "no points of a class 9"),
        ('points = "mnist_vae", ', "", 25, "“without” needs “points”"),
        ("without = 9", "without = 10", 25, "no points of a class 10"),
        ("without = 9", "without = true", 25, "“without” has to be the number of a class"),
        ('["PCA 1", "PCA 2"]', '["PCA 1"]', 26, "“axes” has to be the names of x and y"),
        ('["{mnist_vae.pca_1_of_9}", 0.5]', "0.5", 27, "the two numbers of a place"),
        ('["{mnist_vae.pca_1_of_9}", 0.5]', "[0.5]", 27, "the two numbers of a place"),
        ('["{mnist_vae.pca_1_of_9}", 0.5]', "[0.5, nan]", 27, "the two numbers of a place"),
        ('["{mnist_vae.pca_1_of_9}", 0.5]', "[5, 0]", 27, "does not lie in the plane"),
        ("pca_1_of_9", "pca_1_of_99", 27, "no points of a class 99"),
        ("tolerance = 0.1", "tolerance = -1", 28, "“tolerance” has to be at least 0"),
    ],
)
def test_errors_in_a_plane_are_reported_with_file_and_line(folder, old, new, line, words):
    expect_refused(folder, PLANE, "en", (old, new), line, words)


def test_the_axes_of_a_plane_are_translated(folder):
    folder(PLANE)
    folder(GERMAN.replace('text = "Eins."', 'text = "Eins."\n\n[step.prediction]\naxes = ["erste", "zweite"]'), "de")
    assert [axis.name for axis in reading.read("one", "de").steps[1].prediction.axes] == ["erste", "zweite"]


def test_a_translation_has_only_words(folder):
    folder(GERMAN, "de")
    lesson = reading.read("one", "de")
    assert (lesson.title, lesson.audience) == ("Eine Stunde", "All")
    assert lesson.steps[0].prediction.choices == ("A", "B")
    assert lesson.steps[0].prediction.answer == 1
    assert lesson.steps[1].prediction.question == "How many?"
    assert [step.link for step in lesson.steps] == [step.link for step in reading.read("one").steps]
    assert reading.languages("one") == ["en", "de"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('title = "Eine Stunde"', 'title = "x"\nlink = "y"', 2, "“link” is not an entry of a lesson here"),
        ('choices = ["A", "B"]', 'choices = ["A", "B", "C"]', 8, "2 choices in en, but 3"),
        ('explanation = "Darum."', 'answer = "A"', 9, "“answer” is not an entry of a prediction here"),
        ('[[step]]\ntext = "Eins."', "", 1, "2 steps in en, but 1 here"),
    ],
)
def test_a_translation_that_does_not_match_is_reported_in_one_sentence(folder, old, new, line, words):
    expect_refused(folder, GERMAN, "de", (old, new), line, words)


@pytest.mark.parametrize("name", ["two", "../en/one", "", "<b>"])
def test_a_missing_lesson_is_reported_in_one_sentence(folder, name):
    with pytest.raises(LessonError, match="There is no lesson"):
        reading.read(name)


def test_a_covered_step_needs_a_question(folder):
    text = GOOD.replace('text = "First. Then"', 'text = "First. Then"\ncovered = true')
    folder(text)
    assert [step.covered for step in reading.read("one").steps] == [True, False]
    folder(text[: text.index("[step.prediction]")])
    with pytest.raises(LessonError, match="line 9: a step without a prediction"):
        reading.read("one")


def test_a_figure_is_written_in_its_format():
    frechet = checkpoints.read("mnist_gan").metrics["frechet_mnist_10k"]
    assert filled_in("{mnist_gan.frechet_mnist_10k:.2f}!") == f"{frechet:.2f}!"
    assert number("{mnist_gan.frechet_mnist_10k}") == frechet
    assert number("{100 * mnist_gan.frechet_mnist_10k}") == pytest.approx(100 * frechet)
    floor = checkpoints.read("mnist_gan").metrics["frechet_floor"]
    assert number("{mnist_gan.frechet_mnist_10k - mnist_gan.frechet_floor}") == pytest.approx(frechet - floor)
    assert filled_in("{constants.log_2 - constants.log_10:.1f}") == "−1.6"
    with pytest.raises(FigureError, match="frechet_mnist_10k"):
        filled_in("{mnist_gan.frechet_mnist}")
    with pytest.raises(FigureError, match="neither a number"):
        number("half")


def test_names_are_those_of_the_files():
    assert "jsd" in names()
