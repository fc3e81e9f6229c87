"""The page from GAN to WGAN: its statements about clipped critics match the recording."""

import numpy as np
import pytest

from checkpoints import recorded
from tests import apptest
from ui.learn import clipping


@pytest.fixture(scope="module")
def critics():
    return recorded.clipping()


def test_clipped_critics_underestimate_the_distance_and_the_penalised_one_is_close(critics):
    *clipped, penalised = clipping.estimates(critics)
    assert max(clipped) < 0.4 * clipping.distance()
    assert penalised == pytest.approx(clipping.distance(), rel=0.1)
    slopes = critics.slopes[:-1]
    assert slopes.max() / slopes.min() > 1000
    assert min(critics.at_ends) > 0.5  # most weights are at the ends


def test_a_critic_of_a_small_clip_value_is_almost_a_straight_line(critics):
    def bend(values):
        line = np.polyval(np.polyfit(critics.grid, values, 1), critics.grid)
        return np.abs(values - line).max() / np.ptp(values)

    first, *_, last = (bend(values) for values in critics.critics[:-1])
    assert first < 0.02
    assert last > 0.2


def test_figures_are_rounded_without_powers_of_ten(critics):
    figures = clipping.figures(critics)
    assert {len(texts) for texts in figures.values()} == {len(critics.clips)}
    assert [name for name in figures if name.endswith(", units of x")] == list(figures)[3:]
    texts = figures["value E T(p) − E T(q)"]
    assert texts[:2] == ["0.00076", "0.042"]
    assert not [text for each in figures.values() for text in each if "e" in text]
    for text, value in zip(texts, critics.values, strict=False):
        assert float(text) == pytest.approx(value, rel=0.05)


def test_weights_of_the_fashion_critics_end_at_the_bounds():
    cards = {card.name: card for card in clipping.models()}
    assert {card.recipe["loss"] for card in cards.values()} == {"Wasserstein(clip=0.01)"}
    for name, positive in (("fashion_wgan", (0.4, 0.6)), ("fashion_wgan_adam", (0.95, 1))):
        for _, _, _, at_ends, share in clipping.weights(cards[name])[2:]:
            assert at_ends > 0.9
            assert positive[0] <= share <= positive[1]


def test_the_page_gives_the_factor_and_calls_no_clipped_loss_a_distance():
    app = apptest.without_error("learn/wgan")
    captions = " ".join(caption.value for caption in app.caption)
    assert "0.02 to 0.56 in place of 1.60" in captions
    assert "in units of x" in captions
    assert not any("multiple of the Wasserstein" in text.value for text in app.markdown)
