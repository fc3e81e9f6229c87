"""Panels of curves that a button saves as a PNG."""

import numpy as np
import pytest
from PIL import Image

from tests import slow
from tests.conftest import WAKING

PATHS = ["density", "wgan", "elbo?part=gradient", "playback?model=mnist_gan&step=1000"]


@pytest.mark.parametrize("path", slow.all_but(["density"], PATHS))
def test_three_panels_fill_both_columns_of_their_file(new_page, path):
    page = new_page(f"/{path}")
    page.locator(".curves .panels svg").nth(2).wait_for(timeout=WAKING)
    button = page.locator(".curves .save")
    with page.expect_download() as download:
        button.click()
    dark = np.asarray(Image.open(download.value.path()).convert("L")) < 200
    height, width = dark.shape
    for half in (dark[:, : width // 2], dark[:, width // 2 :]):
        for top in (height * 2 // 9, height * 5 // 9):  # below the words, above the legend
            assert half[top : top + height // 4].mean() > 0.001
