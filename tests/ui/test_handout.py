"""A lesson on paper: every step and question is in it, the answers only for the teacher, and no text is markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from PIL import Image

import lessons
from lessons import pictures
from ui.lesson.handout import handout

VAE = lessons.read("vae")


class Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.links, self.pieces = [], [], []
        self.feed(source)
        self.text = re.sub(r"\s+", " ", "".join(self.pieces))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.pieces.append(data)


@pytest.mark.parametrize("answers", [False, True])
def test_every_step_is_on_paper_and_the_answers_for_the_teacher(answers):
    page = Page(handout(VAE, "https://lab.example/app/", answers=answers))
    assert page.tags.count("section") == len(VAE.steps)
    for step in VAE.steps:
        assert step.text.replace("**", "") in page.text
        assert f"https://lab.example/app/{step.link}" in page.links
        if step.prediction is not None:
            assert step.prediction.question in page.text
            assert (step.prediction.explanation in page.text) is answers
    assert "https://lab.example/app/?lesson=vae" in page.links


def test_no_text_becomes_markup():
    step = replace(VAE.steps[0], text='A <img src="x" onerror="alert(1)"> & **bold**', query={"p": '"><script>'})
    source = handout(replace(VAE, title="<script>", steps=(step,)), "http://x", answers=True)
    assert "<script" not in source
    assert 'onerror="' not in source
    assert "<b>bold</b>" in source


def test_a_picture_of_the_view_is_in_it(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    target = pictures.file("vae", 1)
    target.parent.mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(target)
    page = Page(handout(VAE, "http://x", answers=False))
    assert page.tags.count("img") == 1


def test_every_step_has_a_picture_of_its_view():
    missing = [
        f"{name} {place + 1}"
        for name in lessons.names()
        for place in range(len(lessons.read(name).steps))
        if not pictures.file(name, place).exists()
    ]
    assert missing == [], "python -m lessons.pictures ADDRESS takes them"
