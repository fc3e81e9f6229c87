"""A printed lesson: every step and question, answers only for the teacher, and no text becomes markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from PIL import Image

import lessons
from lessons import pictures
from lessons.model import Axis
from ui.lesson.handout import handout
from ui.lesson.paper import MARGIN, RIGHT, SIDE, drawing, ticks

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
def test_the_handout_has_every_step_and_the_answers_for_the_teacher(answers):
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


def test_the_handout_has_a_picture_of_the_view(tmp_path, monkeypatch):
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


def test_no_picture_of_a_covered_step_shows_the_answer(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    place = next(k for k, step in enumerate(VAE.steps) if step.covered)
    target = pictures.file("vae", place)
    target.parent.mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(target)
    assert [Page(handout(VAE, "http://x", answers=answers)).tags.count("img") for answers in (False, True)] == [0, 1]


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_line_and_a_plane_are_empty_for_students_and_have_the_answer_for_the_teacher(language):
    asked = {len(step.prediction.axes): step.prediction for step in VAE.steps if step.prediction}
    for axes in (1, 2):
        empty, full = (drawing(asked[axes], language, answer=answer) for answer in (False, True))
        assert f'fill="{RIGHT}"' not in empty
        assert full.count(f'fill="{RIGHT}"') == 1
        assert ElementTree.fromstring(empty).tag == "svg"
    circle = ElementTree.fromstring(full).findall("circle")[-1]
    (across, up), (x, _) = asked[2].axes, asked[2].answer
    assert float(circle.get("cx")) == pytest.approx(MARGIN + SIDE * (x - across.low) / (across.high - across.low))
    assert float(circle.get("r")) == pytest.approx(SIDE * asked[2].tolerance / (across.high - across.low), abs=0.1)
    texts = [text.text for text in ElementTree.fromstring(empty).findall("text")]
    assert ("−0,5" if language == "de" else "−0.5") in texts
    assert up.name in texts


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (-4, 4, [-4, -2, 0, 2, 4]), (10, 100, [20, 40, 60, 80, 100]), (0, 0.03, None)],
)
def test_ticks_are_round_numbers_within_the_axis(low, high, expected):
    found = ticks(Axis(low, high))
    assert found == (expected or pytest.approx([0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03]))
