"""The Models page and the frame, through app.py."""

import functools

import pandas as pd
import pytest

import checkpoints
from tests import apptest

opened = functools.partial(apptest.opened, "evaluate/models")


def test_every_checkpoint_shows_its_figures_and_command():
    app = opened()
    for card in checkpoints.gallery():
        app.selectbox(key="model").select(card.name).run()
        assert not app.exception, card.name
        assert app.code[0].value.startswith(card.run["command"]), card.name
        shown = pd.concat([table.value for table in app.table])
        numbers = {k: v for k, v in card.metrics.items() if isinstance(v, int | float)}
        measured = dict(zip(shown["figure"], map(float, shown["measured"]), strict=True))
        assert measured == pytest.approx(numbers, rel=1e-4), card.name
        if how := card.protocol.get("history"):
            assert f"{how}." in [caption.value for caption in app.caption], card.name


def test_a_link_chooses_the_model_and_a_choice_is_in_the_link():
    first, *_, last = checkpoints.gallery()
    app = opened(model=last.name)
    assert app.selectbox(key="model").value == last.name
    app.selectbox(key="model").select(first.name).run()
    assert app.query_params["model"] == first.name


def test_presenter_layout_can_be_left():
    app = apptest.opened("explore/latent_space", present="true")
    leave = next(b for b in app.button if "Leave" in b.label)
    leave.click().run()
    assert not any("Leave" in b.label for b in app.button)
