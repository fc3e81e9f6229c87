"""Every step of every lesson opens its page, which knows every parameter of the link."""

import re

import numpy as np
import pytest
from streamlit.runtime.state.query_params_proxy import QueryParamsProxy

import checkpoints
import lessons
from checkpoints import recorded
from data import planar, toy
from lessons import backgrounds
from lessons.__main__ import FILE, main
from lessons.figures import CONSTANTS
from lessons.glance import BEGIN, END, text
from metrics import divergence
from pages.contents import files
from tests.apptest import address, opened
from ui import networks
from ui.distances import pairs
from ui.training import toy_vae

STEPS = [
    pytest.param(step, id=f"{name} {place + 1}")
    for name in lessons.names()
    for place, step in enumerate(lessons.read(name).steps)
]
NO_RESULT = re.compile(
    r"\{.*?\}|(?:[\wα-ω] = |strength |[βσ] to |from 1 to |distance to )\d\.\d+"
    r"|(?:[\wα-ω] = |\*\*strength\*\* |[βσ] auf |von 1 auf |Training auf )\d,\d+"
)  # a placeholder, or a setting
FILES = sorted(lessons.reading.FOLDER.glob("*/*.toml"))
DECIMALS = {"en": r"\d\.\d", "de": r"\d,\d"}


@pytest.fixture
def asked_for(monkeypatch):
    """The names of the parameters that a page looks up."""
    names = set()

    def recording(original):
        def look_up(self, key, *arguments):
            names.add(key)
            return original(self, key, *arguments)

        return look_up

    for method in ("get", "__getitem__", "__contains__"):
        monkeypatch.setattr(QueryParamsProxy, method, recording(getattr(QueryParamsProxy, method)))
    return names


@pytest.mark.parametrize("step", STEPS)
def test_a_step_opens_its_view(step, asked_for):
    """Each page reads all parameters and writes the same link back, so the link is complete."""
    app = opened(files()[step.page].removesuffix(".py"), **step.query)
    assert [warning.value for warning in app.warning] == []
    assert [error.value for error in app.error] == []
    assert set(step.query) <= asked_for
    assert address(app) == step.query


def test_the_parameters_that_a_page_looks_up_are_recorded(asked_for):
    opened("distances/jsd_wasserstein", theta="0.5", nonsense="1")
    assert "theta" in asked_for
    assert "nonsense" not in asked_for


@pytest.mark.parametrize("name", lessons.names())
def test_every_translation_can_be_read(name):
    for language in lessons.languages(name):
        assert lessons.read(name, language).steps


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name} {file.stem}")
def test_results_are_read_from_cards(file):
    """Sentences hold no decimals, except those that name a setting, like θ = 0.5."""
    words = re.findall(r'(?:text|look|explanation|question) = "(.*)"', file.read_text())
    typed = [sentence for sentence in words if re.search(DECIMALS[file.parent.name], NO_RESULT.sub("", sentence))]
    assert typed == []


def test_guidance_affects_a_flow_of_clothes_as_the_lesson_says():
    rows = {row["guidance"]: row for row in recorded.read("guidance")["flows"]["fashion_flow"]["rows"]}
    assert rows[2]["variety"] < 1
    assert rows[2]["variety"] < rows[1]["variety"]
    assert rows[2]["frechet"] + 2 * rows[2]["frechet_spread"] < rows[1]["frechet"]  # of one seed
    assert rows[5]["frechet"] > rows[2]["frechet"]


def asked(name, kind):
    """The first prediction of a lesson for which kind(prediction) is true."""
    steps = (step.prediction for step in lessons.read(name).steps)
    return next(one for one in steps if one is not None and kind(one))


def test_the_jsd_of_two_gaussians_grows_fastest_where_the_lesson_says():
    thetas = np.linspace(0, 3, 601)
    gaussian = toy.gaussian()
    steepest = thetas[np.argmax(divergence.curves(gaussian, gaussian, thetas)["jsd_gradient"])]
    prediction = asked("jsd", lambda one: one.answer == CONSTANTS["steepest_jsd"])
    assert prediction.answer == pytest.approx(steepest, abs=0.006)
    assert pairs.Pair("gaussian", "gaussian").reach == prediction.axes[0].high


def test_the_missing_digit_is_at_its_place_on_the_map_next_to_its_neighbours():
    """The page Latent map draws the same recorded codes."""
    prediction = asked("latent_space", lambda one: len(one.axes) == 2)
    codes = backgrounds.read(prediction.background)
    np.testing.assert_array_equal(codes.places, networks.preview(checkpoints.read("mnist_vae"))["pca"])
    means = np.array([codes.mean(number) for number in range(10)])
    assert prediction.answer == pytest.approx(tuple(means[9]))
    nearest = np.argsort(np.hypot(*(means - means[9]).T))
    assert sorted(nearest[1:3]) == [4, 7]
    assert all(prediction.admits(list(map(float, place))) for place in codes.places)


def test_a_decoder_without_information_gives_the_mean_of_the_ring():
    prediction = asked("vae", lambda one: len(one.axes) == 2)
    assert prediction.background == toy_vae.PRESETS["collapse"].settings.data
    points = planar.SETS[prediction.background].sample(200_000, np.random.default_rng(1))
    assert prediction.answer == pytest.approx(tuple(points.mean(0)), abs=0.02)
    shown = backgrounds.read(prediction.background).places
    assert all(prediction.admits(list(place)) for place in shown)
    nearest = np.hypot(*(shown - prediction.answer).T).min()
    assert nearest > prediction.tolerance  # a point of the ring is a wrong answer


def test_a_lesson_lasts_from_5_to_45_minutes():
    for name in lessons.names():
        assert 5 <= lessons.read(name).minutes <= 45


def test_the_guide_for_teachers_has_the_current_times_and_answers():
    guide = FILE.read_text(encoding="utf-8")
    written = guide.partition(f"{BEGIN}\n")[2].partition(END)[0]
    assert written == text([lessons.read(name) for name in lessons.names()]), "python -m lessons writes them"


def test_the_example_of_the_guide_can_be_read_as_a_lesson(tmp_path, monkeypatch):
    example = re.search(r"```toml\n(.*?)```", FILE.read_text(encoding="utf-8"), re.DOTALL)[1]
    (tmp_path / "lessons" / "en").mkdir(parents=True)
    (tmp_path / "lessons" / "en" / "example.toml").write_text(example)
    monkeypatch.setattr(lessons.reading, "FOLDER", tmp_path / "lessons")
    lesson = lessons.read("example")
    assert [step.page in files() for step in lesson.steps] == [True, True]
    app = opened(files()[lesson.steps[0].page].removesuffix(".py"), **lesson.steps[0].query)
    assert address(app) == lesson.steps[0].query


def test_the_command_line_reports_errors_in_a_lesson(tmp_path, monkeypatch, capsys):
    (tmp_path / "lessons" / "en").mkdir(parents=True)
    (tmp_path / "lessons" / "en" / "bad.toml").write_text('title = "Bad"')
    monkeypatch.setattr(lessons.reading, "FOLDER", tmp_path / "lessons")
    assert main() == 1
    assert "lessons/en/bad.toml, line 1" in capsys.readouterr().err
