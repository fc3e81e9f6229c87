"""Every step of every lesson opens the page that it names, which knows every parameter of its link."""

import re

import pytest
from streamlit.runtime.state.query_params_proxy import QueryParamsProxy

import lessons
from lessons.__main__ import FILE, main
from lessons.glance import BEGIN, END, text
from pages.contents import files
from tests.apptest import address, opened

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
    """No page leaves a parameter unread, and each one writes the same link back, which is therefore complete."""
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


def test_a_lesson_fits_a_lesson():
    for name in lessons.names():
        assert 5 <= lessons.read(name).minutes <= 45


def test_the_guide_for_teachers_has_times_and_answers_of_today():
    guide = FILE.read_text(encoding="utf-8")
    written = guide.partition(f"{BEGIN}\n")[2].partition(END)[0]
    assert written == text([lessons.read(name) for name in lessons.names()]), "python -m lessons writes them"


def test_the_example_of_the_guide_is_a_lesson(tmp_path, monkeypatch):
    example = re.search(r"```toml\n(.*?)```", FILE.read_text(encoding="utf-8"), re.DOTALL)[1]
    (tmp_path / "lessons" / "en").mkdir(parents=True)
    (tmp_path / "lessons" / "en" / "example.toml").write_text(example)
    monkeypatch.setattr(lessons.reading, "FOLDER", tmp_path / "lessons")
    lesson = lessons.read("example")
    assert [step.page in files() for step in lesson.steps] == [True, True]
    app = opened(files()[lesson.steps[0].page].removesuffix(".py"), **lesson.steps[0].query)
    assert address(app) == lesson.steps[0].query


def test_what_is_wrong_in_a_lesson_is_said_on_the_command_line(tmp_path, monkeypatch, capsys):
    (tmp_path / "lessons" / "en").mkdir(parents=True)
    (tmp_path / "lessons" / "en" / "bad.toml").write_text('title = "Bad"')
    monkeypatch.setattr(lessons.reading, "FOLDER", tmp_path / "lessons")
    assert main() == 1
    assert "lessons/en/bad.toml, line 1" in capsys.readouterr().err
