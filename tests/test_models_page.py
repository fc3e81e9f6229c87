"""The Models page and the frame, through app.py."""

import pytest
from streamlit.testing.v1 import AppTest

import checkpoints

PAGE = "pages/evaluate/models.py"


def opened(**query):
    app = AppTest.from_file("../app.py", default_timeout=60)
    app.query_params.update(query)
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("card", checkpoints.gallery(), ids=lambda card: card.name)
def test_every_checkpoint_shows_its_figures_and_command(card):
    app = opened()
    app.selectbox(key="model").select(card.name).run()
    assert not app.exception
    assert app.code[0].value == card.run["command"]
    shown = app.table[0].value
    numbers = {k: v for k, v in card.metrics.items() if isinstance(v, int | float)}
    assert list(shown["figure"]) == list(numbers)
    assert [float(text) for text in shown["measured"]] == pytest.approx(list(numbers.values()), rel=1e-4)


def test_a_link_chooses_the_model():
    name = checkpoints.gallery()[-1].name
    app = AppTest.from_file("../app.py", default_timeout=60)
    app.run()
    app.query_params["model"] = name
    app.switch_page(PAGE).run()
    assert app.selectbox(key="model").value == name


def test_a_link_to_a_model_that_is_not_there_is_one_sentence():
    app = AppTest.from_file("../app.py", default_timeout=60)
    app.run()
    app.query_params["model"] = "no_such_model"
    app.switch_page(PAGE).run()
    assert not app.exception
    assert "not here" in app.warning[0].value
    assert app.selectbox(key="model").value == checkpoints.gallery()[0].name


def test_presenter_layout_can_be_left():
    app = AppTest.from_file("../app.py", default_timeout=60)
    app.query_params["present"] = "true"
    app.run()
    leave = next(b for b in app.button if "Leave" in b.label)
    leave.click().run()
    assert not any("Leave" in b.label for b in app.button)
