"""The page about what losses measure through app.py: both sides agree, links and bad input."""

import functools

import pytest

from tests import apptest
from ui.learn import gan_divergences
from ui.url.reported import KEPT

opened = functools.partial(apptest.without_error, "learn/gan_divergences")


@pytest.mark.parametrize(
    "numbers",
    [
        *gan_divergences.START.values(),
        [0, 1, 0, 1],
        [-6, 0.3, 6, 0.3],
        [-6, 0.3, 6, 3.0, -6, 3.0],
        [0, 3, 0, 0.3, 0, 1],
    ],
)
def test_both_sides_agree(numbers):
    for row in gan_divergences.sides(numbers):
        assert row.value == pytest.approx(row.expected, abs=1e-6), row.loss


def test_the_start_is_not_in_the_link():
    app = opened()
    assert not app.warning
    assert "bells" not in app.query_params
    assert any("agree to " in caption.value for caption in app.caption)


def test_a_link_restores_the_densities():
    app = opened(data="two", bells="-3_0.5_3_0.75_0_2.5")
    assert not app.warning
    assert app.session_state[KEPT]["bells"] == ("two", [-3, 0.5, 3, 0.75, 0, 2.5])
    app.button_group[0].set_value("one").run()
    assert not app.exception
    assert "bells" not in app.query_params


@pytest.mark.parametrize("text", ["", "x", "1_2_3", "nan_1_0_1", "0_1_0_0", "0_1_7_1", "inf_1_0_1", "1" * 999])
def test_a_link_with_other_numbers_is_reported_in_one_sentence(text):
    app = opened(bells=text)
    assert len(app.warning) == 1
    assert app.session_state[KEPT]["bells"] == ("one", gan_divergences.START["one"])
