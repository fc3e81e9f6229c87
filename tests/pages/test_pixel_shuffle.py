"""PixelShuffle and the overlaps of a transposed convolution against torch; the page through app.py."""

import functools

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tests import apptest
from ui.learn import pixel_shuffle
from ui.url.reported import KEPT

SHAPES = pixel_shuffle.SHAPES


opened = functools.partial(apptest.without_error, "learn/pixel_shuffle")


@pytest.mark.parametrize(("channels", "factor", "height", "width"), [(4, 2, 3, 3), (18, 3, 2, 5), (8, 2, 1, 4)])
def test_the_shuffle_matches_torch(channels, factor, height, width):
    tensor = np.random.default_rng(0).integers(-99, 999, (channels, height, width))
    expected = torch.nn.PixelShuffle(factor)(torch.from_numpy(tensor)).numpy()
    assert np.array_equal(pixel_shuffle.shuffle(tensor, factor), expected)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_cell_moves_to_its_place_in_torch(shape):
    tensor = torch.arange(shape.cells).reshape(shape.channels, shape.height, shape.width)
    result = torch.nn.PixelShuffle(shape.factor)(tensor)
    for cell, (channel, row, column) in enumerate(pixel_shuffle.places(shape)):
        assert result[channel, row, column] == cell


@pytest.mark.parametrize(("kernel", "stride", "size"), [(3, 2, 5), (4, 2, 8), (2, 3, 4), (1, 1, 3)])
def test_overlap_counts_match_a_transposed_convolution_of_ones(kernel, stride, size):
    ones = F.conv_transpose2d(torch.ones(1, 1, size, size), torch.ones(1, 1, kernel, kernel), stride=stride)
    assert np.array_equal(pixel_shuffle.overlaps(kernel, stride, size), ones[0, 0].numpy())


def test_a_transposed_convolution_of_kernel_rk_is_a_convolution_and_a_pixel_shuffle():
    """What the page says of the emoji GAN's kernel 4 with stride 2: k = 2 for each of the four channels."""
    x, weight = torch.randn(1, 3, 6, 6, dtype=torch.float64), torch.randn(3, 1, 4, 4, dtype=torch.float64)
    expected = F.conv_transpose2d(x, weight, stride=2)
    # Sub-kernel (a, b) has every second entry of the kernel, turned around because a convolution slides.
    parts = [weight[:, 0, a::2, b::2].flip(-1, -2) for a in range(2) for b in range(2)]
    shuffled = F.pixel_shuffle(F.conv2d(x, torch.stack(parts), padding=1), 2)
    assert torch.allclose(shuffled, expected, atol=1e-12)


def test_default_cells_are_not_in_the_link():
    app = opened()
    assert not app.warning
    assert "cells" not in app.query_params


def test_a_link_restores_shape_and_numbers():
    numbers = "_".join(str(-k) for k in range(36))
    app = opened(shape="9x2", cells=numbers)
    assert not app.warning
    assert app.session_state[KEPT]["cells"] == ("9x2", [-k for k in range(36)])
    assert app.query_params["cells"] == numbers


@pytest.mark.parametrize("cells", ["1_2_3", "x", "", "1000_" * 35 + "1", "1e3_" * 35 + "1", "9" * 5000])
def test_a_link_with_other_cells_is_reported_in_one_sentence(cells):
    app = opened(cells=cells)
    assert len(app.warning) == 1
    assert app.session_state[KEPT]["cells"] == ("4x3", list(range(1, 37)))


def test_numbers_of_another_shape_are_dropped():
    app = opened(cells="_".join(["7"] * 36))
    app.button_group[0].set_value("8x2").run()
    assert not app.exception
    assert not app.warning
    assert "cells" not in app.query_params


@pytest.mark.parametrize(("kernel", "stride", "word"), [(3, 2, "Uneven"), (4, 2, "Even"), (1, 3, "Uneven")])
def test_the_page_says_whether_overlaps_are_even(kernel, stride, word):
    app = opened(kernel=str(kernel), stride=str(stride))
    assert any(f". {word}." in caption.value for caption in app.caption)
