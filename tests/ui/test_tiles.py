"""Tiling against a brute-force twin; encoders against a decoder."""

import io

import numpy as np
import pytest
from PIL import Image

from ui.tiles import png, tile


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("gap", [0, 2])
def test_tiles_are_at_the_right_positions(channels, gap):
    images = np.random.default_rng(0).integers(0, 256, (5, channels, 4, 6), dtype=np.uint8)
    sheet = tile(images, 3, gap=gap, background=7)
    assert sheet.shape[:2] == (2 * 4 + gap, 3 * 6 + 2 * gap)
    for i in range(5):
        top, left = (i // 3) * (4 + gap), (i % 3) * (6 + gap)
        expected = images[i, 0] if channels == 1 else images[i].transpose(1, 2, 0)
        assert np.array_equal(sheet[top : top + 4, left : left + 6], expected)
    assert (sheet[-4:, -6:] == 7).all()  # the sixth place is empty


@pytest.mark.parametrize("shape", [(8, 9), (8, 9, 3), (1, 8, 9), (3, 8, 9)])
def test_png_is_lossless(shape):
    array = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    decoded = np.asarray(Image.open(io.BytesIO(png(array))))
    expected = array.transpose(1, 2, 0) if shape[0] in (1, 3) else array
    assert np.array_equal(decoded, expected[:, :, 0] if expected.shape[-1] == 1 else expected)
