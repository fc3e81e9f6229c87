"""The page of all lessons: a card for each, and the section for teachers."""

import lessons
from lessons import reading
from tests.apptest import address, opened, without_error
from ui.lesson import catalogue


def links(app):
    """{title: parameters of the link} of all cards."""
    return {link.proto.label.strip("*"): link.proto.query_string for link in app.get("page_link")}


def test_every_lesson_has_a_card_that_starts_it():
    app = without_error("start/lessons")
    assert links(app) == {lessons.read(name).title: f"lesson={name}" for name in lessons.names()}


def test_cards_exist_in_another_language():
    app = without_error("start/lessons", language="de", about="gan")
    assert links(app) == {lessons.read(name, "de").title: f"lesson={name}&lang=de" for name in lessons.names()}
    assert any(code.value.endswith("/?lesson=gan&lang=de") for code in app.code)
    assert any(lessons.read("gan", "de").goals[0] in markdown.value for markdown in app.markdown)


def test_an_untranslated_lesson_has_an_english_card(monkeypatch):
    monkeypatch.setattr(lessons, "languages", lambda name: ["en"] if name == "jsd" else ["en", "de"])
    monkeypatch.setattr(catalogue, "languages", lessons.languages)
    titles = links(without_error("start/lessons", language="de"))
    assert titles[lessons.read("jsd").title] == "lesson=jsd"
    assert titles[lessons.read("gan", "de").title] == "lesson=gan&lang=de"


def test_the_teachers_section_has_goals_and_the_link_of_the_lesson():
    app = without_error("start/lessons", about="gan")
    assert any(code.value.endswith("/?lesson=gan") for code in app.code)
    assert any(lessons.read("gan").goals[0] in markdown.value for markdown in app.markdown)
    app.selectbox(key="about").select("vae").run()
    assert address(app)["about"] == "vae"


def test_an_unreadable_lesson_is_reported_in_one_sentence_and_the_others_are_shown(tmp_path, monkeypatch):
    for file in reading.FOLDER.glob("en/*.toml"):
        (tmp_path / "lessons" / "en").mkdir(parents=True, exist_ok=True)
        (tmp_path / "lessons" / "en" / file.name).write_text(file.read_text())
    (tmp_path / "lessons" / "en" / "gan.toml").write_text('title = "GAN"')
    monkeypatch.setattr(reading, "FOLDER", tmp_path / "lessons")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path / "lessons")
    app = opened("start/lessons")
    assert len(app.error) == 1
    assert app.error[0].value.startswith("lessons/en/gan.toml, line 1: “audience” is missing")
    assert len([link for link in app.get("page_link") if link.proto.label.startswith("**")]) == len(lessons.names()) - 1
