"""A person may leave out any steps of a preparation: whatever is left gives a picture of the network's size."""

import itertools

import numpy as np
import pytest
from PIL import Image

from data import prepare

RNG = np.random.default_rng(0)
PRESETS = {"other": prepare.PLAIN, **prepare.PRESETS}


def drawing(width, height, light):
    """A stroke on a page with some noise, in colour: light on dark, or dark on light."""
    page = 200 + RNG.integers(0, 20, (height, width, 3))
    page[height // 4 : height // 2, width // 3 : width // 2] = (40, 20, 90)
    return Image.fromarray((255 - page if light else page).astype(np.uint8))


@pytest.mark.parametrize(("name", "channels"), [("other", 3), *((name, 1) for name in PRESETS)])
def test_every_combination_of_switches_gives_an_input(name, channels):
    preset = PRESETS[name]
    for count in range(len(preset.switches) + 1):
        for off in itertools.combinations(preset.switches, count):
            for width, height in ((90, 60), (60, 90), (64, 64), (20, 12)):
                picture = drawing(width, height, light="invert" in off)
                steps = prepare.prepare(picture, (channels, 32, 28), preset, off=off)
                assert steps[-1].image.shape == (channels, 32, 28), off
                assert steps[-1].image.dtype == np.uint8, off
                assert not {step.key for step in steps} & set(off)


def test_without_square_a_colour_picture_is_fitted_into_black_as_it_is():
    picture = Image.fromarray(np.full((30, 60, 3), (250, 120, 10), np.uint8))
    image = prepare.prepare(picture, (3, 32, 32), prepare.PLAIN, off=("square",))[-1].image
    assert not image[:, :8].any()
    assert not image[:, 24:].any()
    assert (image[:, 8:24] == np.array([250, 120, 10])[:, None, None]).all()
