"""The layout for a projector, and the data of the speaker's window."""

import re

import pytest

import lessons
from tests import apptest
from ui.lesson import Place
from ui.presenting import notes, style, window


def test_the_smallest_type_has_24_pixels_in_a_window_of_1920():
    zooms = dict(re.findall(r"min-width: (\d+)px\) \{ :root \{ --zoom: ([\d.]+)", style.STYLE))
    assert float(zooms["1920"]) * style.LEAST == pytest.approx(24, abs=2e-3)
    assert float(zooms["1920"]) * style.LEAST >= 24
    assert float(zooms["1280"]) == pytest.approx(float(zooms["1920"]) * 1280 / 1920, abs=2e-4)  # all looks the same
    assert all(float(zoom) > 1 for zoom in zooms.values())


@pytest.mark.parametrize("name", lessons.names())
def test_notes_of_a_step_have_its_answer_and_the_next_step(name):
    lesson = lessons.read(name)
    for number, step in enumerate(lesson.steps):
        said = notes.of("A page", Place(name, number))["lesson"]
        assert said["text"] == step.text
        assert (said["minutes"], said["total"]) == (step.minutes, lesson.minutes)
        if step.prediction is not None:
            assert said["explanation"] == step.prediction.explanation
            assert said["answer"] in [*step.prediction.choices, notes.expected(step.prediction)]
        last = number + 1 == len(lesson.steps)
        assert said["next"].startswith("This is the last step." if last else lesson.steps[number + 1].text)


def test_notes_without_a_lesson_describe_the_page():
    nothing = {"title": "Density", "identity": "", "lesson": None}
    assert notes.of("Density", None) == nothing
    assert notes.of("Density", Place("gan", 99)) == nothing
    assert notes.of("Density", Place("no_such_lesson")) == nothing


def test_the_second_window_has_its_script():
    page = window.page()
    assert "SCRIPT" not in page
    assert "latent lab notes" in page


def test_a_chart_has_large_type_and_thick_lines_while_presenting():
    def chart(**query):
        (first, *_) = apptest.opened("distances/density", **query).get("plotly_chart")
        return first.proto.spec

    plain, presented = chart(), chart(present="true")
    assert '"tickfont":{"size":24.0}' not in plain
    assert '"tickfont":{"size":24.0}' in presented
