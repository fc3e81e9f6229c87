"""A lesson on the pages: its address, its strip, and visitors who leave and return."""

from types import SimpleNamespace

import pytest

import lessons
from tests.apptest import address, mountings, opened, rendered
from ui.components import lesson as component
from ui.lesson import answered, catalogue
from ui.lesson.answers import ANSWERS
from ui.lesson.place import FINISHED, PLACE, WANTED, Place

JSD = lessons.read("jsd")
VAE = lessons.read("vae")


@pytest.fixture
def strip(monkeypatch):
    """[(data, handlers)] of every drawing of the strip."""
    return mountings(monkeypatch, component)


def place(app):
    return app.session_state[PLACE]


@pytest.mark.parametrize("step", [{}, {"step": "1"}, {"step": "2"}, {"step": str(len(JSD.steps))}])
def test_an_address_without_its_own_step_opens_the_view(strip, step):
    app = opened(lesson="jsd", **step)
    number = int(step.get("step", 1))
    view = JSD.steps[number - 1]
    assert address(app) == {**view.query, "lesson": "jsd", "lesson_step": str(number)}
    data = strip[-1][0]
    assert (data["step"], data["of"], data["text"]) == (number - 1, len(JSD.steps), view.text)
    assert not data["away"]


def test_a_page_keeps_its_own_parameters_during_a_lesson(strip):
    app = opened("distances/jsd_wasserstein", theta="0.3", lesson="jsd", lesson_step="2")
    assert address(app) == {"theta": "0.3", "lesson": "jsd", "lesson_step": "2"}
    assert strip[-1][0]["query"] == JSD.steps[1].query


@pytest.mark.parametrize("step", ["0", "99", "-1", "x", "1.5", "²", "9" * 30])
def test_a_missing_step_is_reported_in_one_sentence(strip, step):
    app = opened(lesson="jsd", step=step)
    assert [rendered(warning.value) for warning in app.warning] == [
        f"This lesson has the steps 1 to {len(JSD.steps)}, and not “{step[:20]}”, so it begins with the first."
    ]
    assert place(app).step == 0


def test_a_missing_step_is_reported_in_the_language_of_the_lesson(strip):
    app = opened(lesson="jsd", lang="de", step="99")
    assert [rendered(warning.value) for warning in app.warning] == [
        f"Diese Lektion hat die Schritte 1 bis {len(JSD.steps)}, nicht „99“; sie beginnt mit dem ersten."
    ]


@pytest.mark.parametrize(
    "name", ["no_such_lesson", "../en/jsd", "<b>x</b>", "[a](http://b.de)", "", "**", "\0", "1" * 300]
)
def test_a_missing_lesson_is_reported_in_one_sentence(strip, name):
    app = opened("learn/gan_losses", lesson=name)
    assert [rendered(warning.value) for warning in app.warning] == [f"There is no lesson “{name[:40]}”."]
    assert app.title[0].value == "GAN losses"
    assert "lesson" not in app.query_params
    assert strip == []


def test_a_missing_language_is_reported_and_replaced_by_english(strip):
    app = opened(lesson="jsd", lang="xx")
    assert [rendered(warning.value) for warning in app.warning] == [
        "This lesson is not available in “xx”, so it is in English."
    ]
    assert strip[-1][0]["lesson"] == JSD.title
    app = opened(lesson="jsd", lang="de")
    assert not app.warning
    assert address(app)["lang"] == "de"
    assert strip[-1][0]["lesson"] == lessons.read("jsd", "de").title


def test_a_lesson_file_that_becomes_invalid_is_reported_in_one_sentence(strip, tmp_path, monkeypatch):
    app = opened(lesson="jsd", step="3")
    folder = tmp_path / "lessons" / "en"
    folder.mkdir(parents=True)
    text = (lessons.reading.FOLDER / "en" / "jsd.toml").read_text()
    first = text[: text.index("[[step]]", text.index("[[step]]") + 1)]
    for module in (lessons.reading, catalogue):
        monkeypatch.setattr(module, "FOLDER", tmp_path / "lessons")
    for shorter, words in ((first, "has no step 3 any more; it has 1."), ("title = ", "line 1")):
        (folder / "jsd.toml").write_text(shorter)
        app.run()
        assert len(app.warning) == 1
        assert words in app.warning[0].value
        assert app.title  # the page is there
        app.session_state[WANTED] = Place("jsd", 2)
        app.run()
        assert words in app.warning[0].value


def test_a_file_being_replaced_causes_no_traceback(strip, tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "FOLDER", SimpleNamespace(glob=lambda _: [tmp_path / "gone.toml"]))
    app = opened(lesson="jsd")
    assert not app.warning
    assert place(app).step == 0


def test_a_step_on_a_missing_page_is_reported_in_one_sentence(strip, tmp_path, monkeypatch):
    folder = tmp_path / "lessons" / "en"
    folder.mkdir(parents=True)
    text = (lessons.reading.FOLDER / "en" / "jsd.toml").read_text()
    (folder / "jsd.toml").write_text(text.replace('"jsd_wasserstein?theta=1"', '"nowhere?theta=1"'))
    for module in (lessons.reading, catalogue):
        monkeypatch.setattr(module, "FOLDER", tmp_path / "lessons")
    app = opened(lesson="jsd")
    assert [rendered(warning.value) for warning in app.warning] == [
        "Step 1 of this lesson asks for a page “nowhere” that is not here."
    ]
    assert strip[-1][0]["away"]
    app.session_state[WANTED] = Place("jsd", 1)
    app.run()
    assert app.title[0].value == "JSD and Wasserstein"


def test_a_visitor_can_leave_and_return_to_the_view_of_a_step(strip):
    app = opened(lesson="jsd", step="2")
    app.switch_page("learn/gan_losses.py").run()
    assert address(app)["lesson_step"] == "2"
    assert strip[-1][0]["away"]
    strip[-1][1]["on_go"]({"step": 1})  # outside of a run, so for the session of this test
    app.session_state[WANTED] = Place("jsd", 1)
    app.run()
    assert address(app) == {**JSD.steps[1].query, "lesson": "jsd", "lesson_step": "2"}


def test_a_view_on_the_current_page_is_opened_again(strip):
    app = opened(lesson="jsd")
    app.session_state["link: values that live components reported"]["theta"] = (None, -0.25)
    app.run()
    assert address(app)["theta"] == "-0.25"
    app.session_state[WANTED] = Place("jsd", 0)
    app.run()
    assert address(app)["theta"] == JSD.steps[0].query["theta"]


def test_the_explanation_appears_after_the_answer(strip):
    app = opened(lesson="jsd")
    question = strip[-1][0]["prediction"]
    assert question["given"] is None
    assert not {"answer", "right", "explanation"} & set(question)
    app.session_state[ANSWERS] = {("jsd", 0): 0}
    app.run()
    assert strip[-1][0]["prediction"]["explanation"] == JSD.steps[0].prediction.explanation
    assert strip[-1][0]["prediction"]["right"] is False


def test_the_result_follows_the_last_step(strip):
    app = opened(lesson="jsd", step="1")
    assert strip[-1][0]["end"] is None
    right = JSD.steps[0].prediction.answer
    app.session_state[ANSWERS] = {("jsd", 0): right, ("jsd", 1): 2}
    app.session_state[WANTED] = Place("jsd", len(JSD.steps) - 1)
    app.run()
    asked = sum(step.prediction is not None for step in JSD.steps)
    assert strip[-1][0]["end"] == {"right": 1, "asked": asked}


def test_no_result_is_shown_while_the_last_question_is_open(strip):
    last = len(VAE.steps) - 1
    assert VAE.steps[last].prediction is not None
    app = opened(lesson="vae", step=str(last + 1))
    assert strip[-1][0]["end"] is None
    app.session_state[ANSWERS] = {("vae", last): VAE.steps[last].prediction.answer}
    app.run()
    assert strip[-1][0]["end"]["right"] == 1


def test_a_link_to_all_lessons_follows_the_last_step(strip):
    app = opened(lesson="jsd", step=str(len(JSD.steps)))
    app.session_state[FINISHED] = True
    app.session_state[PLACE] = None
    app.run()
    assert app.title[0].value == "Lessons"
    assert "lesson" not in app.query_params


def test_the_first_answer_counts(monkeypatch):
    monkeypatch.setattr("streamlit.session_state", state := {})
    answered("jsd", 0, 2)
    answered("jsd", 0, 1)
    assert state[ANSWERS] == {("jsd", 0): 2}


@pytest.mark.parametrize("report", [{}, {"answer": 7}, {"answer": "0"}, {"answer": None}, {"answer": True}])
def test_an_invalid_answer_is_ignored(strip, monkeypatch, report):
    opened(lesson="jsd")
    monkeypatch.setattr("streamlit.session_state", state := {})
    strip[-1][1]["on_answer"](report)
    assert state == {}


def test_no_page_uses_parameters_of_the_frame():
    app = opened("training/playback", step="500")
    assert address(app)["step"] == "500"
