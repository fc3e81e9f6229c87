"""A translation is the lesson in other words: the same steps, figures and names of controls, and no English left."""

import re
import tomllib
from dataclasses import replace

import pytest

import checkpoints
import lessons
from lessons.figures import filled_in, localised
from lessons.reading import FIRST, FOLDER

TRANSLATIONS = [
    pytest.param(name, language, id=f"{name} {language}")
    for name in lessons.names()
    for language in lessons.languages(name)
    if language != FIRST
]
SAME = re.compile(r"[\W\d_]*|JSD|Pearson χ²|Density|Coverage|PCA [12]|Minimax: log\(1 − D\)")  # in every language


def entries(name, language):
    """{where: text} of every text in a lesson's file that a translation may hold, and of lists each text by itself."""
    found = {}

    def collect(value, where):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key not in ("link", "controls", "at", "answer", "check", "plane"):
                    collect(inner, f"{where} {key}".strip())
        elif isinstance(value, list):
            for place, inner in enumerate(value, 1):
                collect(inner, f"{where} {place}")
        elif isinstance(value, str):
            found[where] = value

    collect(tomllib.loads((FOLDER / language / f"{name}.toml").read_text(encoding="utf-8")), "")
    return found


def without_words(step):
    """A step with everything that is the same in all languages."""
    asked, challenge = step.prediction, step.challenge
    return replace(
        step,
        text="",
        look="",
        prediction=asked
        and replace(
            asked,
            question="",
            explanation="",
            axes=tuple(replace(axis, name="", unit="") for axis in asked.axes),
            choices=("",) * len(asked.choices),
        ),
        challenge=challenge and replace(challenge, hint=""),
    )


def test_every_lesson_exists_in_german():
    assert [name for name in lessons.names() if "de" not in lessons.languages(name)] == []


@pytest.mark.parametrize(("name", "language"), TRANSLATIONS)
def test_a_translation_has_the_same_steps(name, language):
    original, translation = lessons.read(name), lessons.read(name, language)
    assert [without_words(step) for step in translation.steps] == [without_words(step) for step in original.steps]
    assert (translation.minutes, translation.picture) == (original.minutes, original.picture)


@pytest.mark.parametrize(("name", "language"), TRANSLATIONS)
def test_every_text_is_translated(name, language):
    original, translation = entries(name, FIRST), entries(name, language)
    bare = {where for where, text in original.items() if where.endswith(" unit") and not text.isalpha()}
    assert set(original) - bare == set(translation)
    left = [where for where, text in translation.items() if text == original[where] and not SAME.fullmatch(text)]
    assert left == []


@pytest.mark.parametrize(("name", "language"), TRANSLATIONS)
def test_a_translation_quotes_the_same_figures(name, language):
    original, translation = entries(name, FIRST), entries(name, language)

    def figures(text):
        return sorted(re.findall(r"\{.*?\}", text))

    assert {where: figures(text) for where, text in translation.items()} == {
        where: figures(original[where]) for where in translation
    }


@pytest.mark.parametrize(("name", "language"), TRANSLATIONS)
def test_a_translation_names_controls_by_their_labels_on_the_page(name, language):
    """Pages are English: labels and bold words of the English lesson are the same in the translation."""
    for original, translation in zip(lessons.read(name).steps, lessons.read(name, language).steps, strict=True):
        said, other = f"{original.text} {original.look}", f"{translation.text} {translation.look}"
        labels = [label for label in original.controls if re.search(rf"\b{re.escape(label)}(?!\w)", said)]
        assert [label for label in (*labels, *re.findall(r"\*\*(.+?)\*\*", said)) if label not in other] == []


def test_figures_are_written_as_the_language_writes_numbers():
    frechet = checkpoints.read("mnist_gan").metrics["frechet_mnist_10k"]
    assert filled_in("{mnist_gan.frechet_mnist_10k:.2f} (1.5)", "de") == f"{frechet:.2f}".replace(".", ",") + " (1.5)"
    size = checkpoints.read("kmnist_vae").metrics["mixture_components"]
    assert filled_in("{1000 * kmnist_vae.mixture_components:d}") == f"{size:.0f},000"
    assert filled_in("{1000 * kmnist_vae.mixture_components:d}", "de") == f"{size:.0f}.000"
    english, german = (lessons.read("latent_space", language).steps[2].prediction for language in ("en", "de"))
    assert re.match(r"It is \d\d\.\d%;", english.explanation)
    assert re.match(r"Es sind \d\d,\d %;", german.explanation)
    assert english.written(97.5) == "97.5%"
    assert localised(german.written(97.5), "de") == "97,5 %"


@pytest.mark.parametrize(("name", "language"), TRANSLATIONS)
def test_no_figure_is_left_with_english_decimals(name, language):
    """A point between digits only groups thousands."""
    lesson = lessons.read(name, language)
    said = [text for step in lesson.steps for text in (step.text, step.look)]
    asked = [step.prediction for step in lesson.steps if step.prediction]
    said += [text for one in asked for text in (one.question, one.explanation, *one.choices)]
    assert [text for text in said if language == "de" and re.search(r"\d\.(?!\d{3}\b)\d", text)] == []
