"""Data kept by the tab are restored on a server without the visit, and nothing else is."""

import base64
import hashlib

import numpy as np
import pytest

import lessons
from lessons.challenges import CHALLENGES, Outcome
from tests import apptest
from tests.pages.test_reconstruct import captions, photograph
from ui.components import kept, lesson, reconstructor
from ui.images import intake
from ui.lesson.answers import ANSWERS
from ui.lesson.outcome import BEST, OUTCOMES

CHALLENGE = next(
    number
    for number, step in enumerate(lessons.read("challenges").steps)
    if step.challenge is not None and step.challenge.check == "another_digit"
)


class Tab:
    """Keeps what pages give it, and returns it once to each page that has nothing."""

    def __init__(self, monkeypatch):
        self.stored, self.visits = {}, {}
        monkeypatch.setattr(kept, "_component", self.mount)

    def mount(self, key, data, *, on_back, on_stored):
        name = data["name"]
        if data["text"] is not None:
            self.stored[name], self.visits[name] = data["text"], data["visit"]
        elif name in self.stored and self.visits[name] != data["visit"]:
            self.visits[name] = data["visit"]
            on_back(self.stored[name])  # the page runs again after it: `again`

    def put(self, name, raw):
        self.stored[name], self.visits[name] = base64.b64encode(raw).decode(), "another"


@pytest.fixture
def tab(monkeypatch):
    return Tab(monkeypatch)


@pytest.fixture
def pictures(monkeypatch):
    """The last data of the reconstructor."""
    given = {}
    monkeypatch.setattr(reconstructor, "_component", lambda key, data, **on: given.update(data))
    return given


def opened(**query):
    """Reconstruct in a new visit, after the tab gave what it has."""
    return apptest.opened("images/reconstruct", **query).run()


def test_an_upload_is_restored_in_another_visit(tab, pictures):
    app = apptest.opened("images/reconstruct", image_from="upload")
    app.file_uploader[0].upload("one.png", photograph(3), "image/png").run()
    assert base64.b64decode(tab.stored["image upload"]) == photograph(3)
    before = pictures["pixels"]
    pictures.clear()
    app = opened(image_from="upload")
    assert pictures["pixels"] == before
    assert intake.STAYS in captions(app)
    assert not app.error


def test_a_large_file_is_stored_reduced_and_gives_nearly_the_same_input(tab, pictures, monkeypatch):
    monkeypatch.setattr(intake, "SMALL", 0)
    app = apptest.opened("images/reconstruct", image_from="upload")
    app.file_uploader[0].upload("one.png", photograph(3), "image/png").run()
    before = np.frombuffer(base64.b64decode(pictures["pixels"]), np.uint8).astype(int)
    opened(image_from="upload")
    again = np.frombuffer(base64.b64decode(pictures["pixels"]), np.uint8).astype(int)
    assert np.abs(again - before).max() <= 8
    assert np.abs(again - before).mean() < 0.5


@pytest.mark.parametrize("raw", [b"", b"no picture at all", photograph(3)[:200]])
def test_a_file_that_is_not_a_picture_is_reported_in_one_sentence(tab, pictures, raw):
    tab.put("image upload", raw)
    app = opened(image_from="upload")
    assert len(app.error) == 1
    assert "pixels" not in pictures


def test_a_picture_that_is_too_large_to_store_is_reported(tab, pictures, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 100)
    app = apptest.opened("images/reconstruct", image_from="upload")
    app.file_uploader[0].upload("one.png", photograph(3), "image/png").run()
    assert "image upload" not in tab.stored
    assert intake.STAYS_HERE in captions(app)


@pytest.mark.parametrize("number", [0, 1], ids=["the same test image", "another one"])
def test_strokes_are_restored_on_their_picture(tab, pictures, number):
    opened(image=str(0))
    image = np.frombuffer(base64.b64decode(pictures["pixels"]), np.uint8)
    drawn = image.copy()
    drawn[:28] = 255
    opened(image=str(number))
    clean = pictures["pixels"]
    tab.put("drawn on, reconstruct", hashlib.sha256(image.tobytes()).hexdigest().encode() + drawn.tobytes())
    opened(image=str(number))
    assert pictures["pixels"] == (clean if number else base64.b64encode(drawn).decode())


def test_answers_and_outcomes_of_a_lesson_are_restored(tab, monkeypatch):
    apptest.mountings(monkeypatch, lesson)
    numbers = {"moved": 1.0, "probability": 0.95}
    said = Outcome(*CHALLENGES["another_digit"].outcome(numbers), numbers, {"z": "abc"})
    assert said.reached
    app = apptest.opened(lesson="jsd")
    app.session_state[ANSWERS] = {("jsd", 0): 1}
    app.session_state[OUTCOMES] = app.session_state[BEST] = {("challenges", CHALLENGE): said}
    app.run()
    app = apptest.opened(lesson="jsd").run()
    assert app.session_state[ANSWERS] == {("jsd", 0): 1}
    assert app.session_state[OUTCOMES] == app.session_state[BEST] == {("challenges", CHALLENGE): said}


@pytest.mark.parametrize(
    "said",
    [
        "[]",
        "{",
        '{"answers": [["no such lesson", 0, 1]], "outcomes": []}',
        '{"answers": [["jsd", 99, 1]], "outcomes": []}',
        '{"answers": [["jsd", 0, "x"]], "outcomes": [["jsd", 0, {}, {}]]}',
        '{"answers": [[[], 0, 1], 5], "outcomes": []}',
    ],
)
def test_invalid_answers_and_outcomes_are_omitted(tab, monkeypatch, said):
    apptest.mountings(monkeypatch, lesson)
    tab.put("lesson", said.encode())
    app = apptest.opened(lesson="jsd").run()
    assert ANSWERS not in app.session_state or not app.session_state[ANSWERS]
    assert not app.error
