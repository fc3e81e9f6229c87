"""Preparation: a drawing becomes a digit of MNIST, whatever its paper, light and size, and any step can be left out."""

import io
import itertools
import re

import numpy as np
import pytest
from PIL import Image, ImageDraw

import data
from data import prepare
from data.pictures import PictureError, read_picture

RNG = np.random.default_rng(0)
PRESETS = {"other": prepare.PLAIN, **prepare.PRESETS}
GREY, COLOUR = (1, 28, 28), (3, 32, 32)


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


def test_without_cropping_a_colour_picture_is_padded_with_black():
    picture = Image.fromarray(np.full((30, 60, 3), (250, 120, 10), np.uint8))
    image = prepare.prepare(picture, (3, 32, 32), prepare.PLAIN, off=("square",))[-1].image
    assert not image[:, :8].any()
    assert not image[:, 24:].any()
    assert (image[:, 8:24] == np.array([250, 120, 10])[:, None, None]).all()


def hook(width=300, height=400, ink=(20, 30, 90), page=(250, 248, 240), slope=0.0):
    """A hook drawn on a page; slope: grey levels by which the page is darker at its right edge."""
    picture = Image.new("RGB", (width, height), page)
    points = [(0.3, 0.25), (0.6, 0.25), (0.45, 0.7)]
    draw = ImageDraw.Draw(picture)
    draw.line([(x * width, y * height) for x, y in points], fill=ink, width=width // 25, joint="curve")
    shaded = np.asarray(picture, np.float32) - np.linspace(0, slope, width)[None, :, None]
    return Image.fromarray(np.clip(shaded, 0, 255).astype(np.uint8))


def keys(steps):
    return [step.key for step in steps]


def box(image):
    """(height, width) of what is brighter than 32 in a picture (1, H, W)."""
    rows, columns = np.nonzero(image[0] > 32)
    return rows.max() - rows.min() + 1, columns.max() - columns.min() + 1


def test_a_drawing_becomes_a_digit_of_mnist():
    steps = prepare.prepare(hook(), GREY, prepare.preset("mnist"))
    assert keys(steps) == ["picture", "grey", "invert", "contrast", "crop", "thicken", "fit", "centre"]
    image = steps[-1].image
    assert (image.shape, image.dtype) == (GREY, np.uint8)
    assert image[:, [0, -1]].max() == image[:, :, [0, -1]].max() == 0, "black border"
    assert image.max() > 200
    assert max(box(image)) in (19, 20, 21), "scaled to 20 pixels"
    mean = (image[0] * np.indices((28, 28))).sum((1, 2)) / image.sum()
    assert np.abs(mean - 14).max() <= 0.5, "MNIST's convention for the centre of mass"
    assert all(step.why and step.name for step in steps)


@pytest.mark.parametrize(
    "changes",
    [
        {"slope": 120},  # lit from the left
        {"ink": (250, 250, 250), "page": (15, 15, 15)},  # chalk on a board
        {"width": 1200, "height": 1600},  # reduced first
    ],
    ids=["slanted light", "chalk", "large"],
)
def test_paper_light_and_size_hardly_matter(changes):
    hooks = hook(), hook(**changes)
    images = [prepare.prepare(picture, GREY, prepare.preset("mnist"))[-1].image.astype(int) for picture in hooks]
    assert np.abs(images[0] - images[1]).mean() < 6


def test_chalk_is_not_inverted_and_thick_strokes_are_not_thickened():
    chalk = prepare.prepare(hook(ink=(250, 250, 250), page=(15, 15, 15)), GREY, prepare.preset("mnist"))
    assert "invert" not in keys(chalk)
    assert not prepare.dark_on_light(chalk[1].image[0].astype(np.float32))
    thick = Image.new("RGB", (200, 200), "white")
    thick.paste("black", (70, 40, 130, 160))
    assert "thicken" not in keys(prepare.prepare(thick, GREY, prepare.preset("mnist")))


def test_a_disabled_step_is_skipped():
    all_steps = keys(prepare.prepare(hook(), GREY, prepare.preset("mnist")))
    for off in ("contrast", "crop", "thicken", "centre"):
        assert keys(prepare.prepare(hook(), GREY, prepare.preset("mnist"), [off])) == [
            key for key in all_steps if key != off
        ]
    assert "invert" not in keys(prepare.prepare(hook(), GREY, prepare.preset("mnist"), ["invert"]))


def test_without_fit_the_picture_is_resized():
    steps = prepare.prepare(hook(), GREY, prepare.preset("mnist"), ["fit"])
    assert keys(steps)[-2:] == ["resize", "centre"]
    assert steps[-1].image.shape == GREY


@pytest.mark.parametrize("name", ["binarized_mnist", "dsprites"])
def test_inputs_of_binary_sets_are_black_and_white(name):
    shape = data.sample(name).images.shape[1:]
    image = prepare.prepare(hook(), shape, prepare.preset(name))[-1].image
    assert image.shape == shape
    assert set(np.unique(image)) == {0, 255}


def test_digits_of_mnist_are_hardly_changed():
    """Prepared again, in four times the size, they are the same up to interpolation."""
    correlations = []
    for image in data.sample("mnist").images[::50]:
        large = Image.fromarray(image[0]).resize((112, 112), Image.Resampling.BICUBIC).convert("RGB")
        again = prepare.prepare(large, GREY, prepare.preset("mnist"), ["contrast", "thicken"])[-1].image
        correlations.append(np.corrcoef(again.ravel(), image.ravel())[0, 1])
    assert np.mean(correlations) > 0.95
    assert min(correlations) > 0.8


def test_an_article_of_clothing_fills_the_picture():
    shirt = Image.new("RGB", (300, 300), "white")
    shirt.paste((90, 20, 20), (100, 50, 220, 250))
    image = prepare.prepare(shirt, GREY, prepare.preset("fashion_mnist"))[-1].image
    assert box(image)[0] == 28


def test_a_colour_picture_is_cropped_to_its_central_square():
    picture = Image.new("RGB", (300, 100), "red")
    picture.paste("blue", (100, 0, 200, 100))
    steps = prepare.prepare(picture, COLOUR, prepare.preset("svhn"))
    assert keys(steps) == ["picture", "square", "resize"]
    assert (steps[-1].image == np.array([0, 0, 255])[:, None, None]).all()


@pytest.mark.parametrize(
    ("size", "values", "words"),
    [
        ((200, 200), "page", "of one brightness everywhere"),
        ((100, 3000), "checks", "so narrow (100 × 3,000 pixels)"),
        ((3000, 100), "checks", "so narrow (3,000 × 100 pixels)"),
        ((60, 60), "checks", "no part of it stands out"),
    ],
    ids=str,
)
def test_the_reason_why_a_picture_has_no_object_is_reported(size, values, words):
    rows, columns = np.indices(size[::-1])
    grey = {"checks": 255 * ((rows + columns) % 2), "page": 240 + 0 * rows}[values]
    pixels = np.repeat(grey[:, :, None], 3, axis=2)
    with pytest.raises(PictureError, match=f"Nothing was found on the picture: .*{re.escape(words)}"):
        prepare.prepare(Image.fromarray(pixels.astype(np.uint8)), GREY, prepare.preset("mnist"))


@pytest.mark.parametrize(
    ("orientation", "words"), [(1, "10,000 × 10 pixels"), (3, "10,000 × 10 pixels"), (6, "10 × 10,000 pixels")]
)
def test_the_size_in_a_reason_is_that_of_the_file(orientation, words):
    exif, file = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    Image.new("RGB", (10_000, 10), "white").save(file, "PNG", exif=exif)
    with pytest.raises(PictureError, match=re.escape(words)):
        prepare.prepare(read_picture(file.getvalue()), GREY, prepare.preset("mnist"))


def test_an_empty_picture_is_refused_only_if_it_is_cropped():
    page = Image.new("RGB", (200, 200), (240, 240, 235))
    with pytest.raises(PictureError, match="Nothing was found"):
        prepare.prepare(page, GREY, prepare.preset("mnist"))
    assert prepare.prepare(page, GREY, prepare.preset("mnist"), ["crop"])[-1].image.max() == 0


def test_centring_shifts_by_whole_pixels_and_not_beyond_the_edge():
    picture = np.zeros((28, 28), np.uint8)
    picture[2:5, 3:6] = 200
    moved = prepare.centred(picture)
    assert np.array_equal(np.argwhere(moved)[0], [13, 13])
    assert moved.sum() == picture.sum()
    picture[2:5, 26] = 1  # faint, but it must not wrap around
    assert prepare.centred(picture)[:, :20].sum() < picture.sum()
    assert np.argwhere(prepare.centred(picture))[:, 1].max() == 27
    assert not prepare.centred(np.zeros((28, 28), np.uint8)).any()
