"""The Denoise page through app.py: every way in, links, figures against definitions, and odd pictures."""

import functools

import numpy as np
import pytest
from PIL import Image, ImageDraw

import checkpoints
import data
from tests import apptest
from tests.pages.test_reconstruct import captions, photograph, png
from ui.components import patch
from ui.images import denoiser_training, denoising

SAMPLE = data.sample("mnist")
CARD = checkpoints.read("mnist_patch_denoiser")
NOISE = denoising.Noise("gaussian", 0.5, 10, 10, 0)


opened = functools.partial(apptest.opened, "images/denoise")


def inside(app):
    """Decibels inside of the square with the place unknown and known, as the captions say them."""
    return [c.value.split("inside ")[1].split(" ")[0] for c in app.caption if "  \ninside " in c.value]


def test_kinds_are_those_of_the_models():
    from models import patch_noise

    assert tuple(denoising.KINDS) == patch_noise.KINDS
    assert denoising.SIDE == patch_noise.SIDE
    assert denoising.LAST == 28 - patch_noise.SIDE


def test_results_are_those_of_the_definitions():
    results = denoising.results(CARD, SAMPLE.images[:3], NOISE)
    assert list(results) == list(denoising.METHODS)
    truth = SAMPLE.images[:3] / 255
    outside = np.ones((28, 28), bool)
    outside[10:18, 10:18] = False
    for name, result in results.items():
        squared = (result.pictures / 255 - truth) ** 2  # rounded to grey levels, so less exact than the figures
        mse = squared[:, 0, ~outside].mean()
        assert result.errors["mse_inside"] == pytest.approx(mse, rel=0.02), name
        assert result.errors["psnr_inside"] == pytest.approx(-10 * np.log10(mse), abs=0.1), name
    for name in ("noisy", "informed"):
        assert (results[name].pictures[:, 0, outside] == SAMPLE.images[:3, 0, outside]).all()
        assert results[name].errors["psnr_outside"] is None
    assert results["informed"].errors["mse_inside"] < results["pca"].errors["mse_inside"]


def test_the_browser_and_the_server_make_the_same_noise():
    """The two maps that the browser gets, applied as patch/noisy.js does, give the first picture of every batch."""
    scale, offset = denoising.maps(NOISE)
    there = SAMPLE.images[4, 0, 10:18, 10:18] / 255
    browser = np.clip(scale * there + offset, 0, 1) * 255
    for count in (1, 5):
        noisy = denoising.results(CARD, SAMPLE.images[4 : 4 + count], NOISE)["noisy"].pictures[0, 0]
        assert np.abs(noisy[10:18, 10:18] - browser).max() <= 0.51
        noisy = noisy.copy()
        noisy[10:18, 10:18] = SAMPLE.images[4, 0, 10:18, 10:18]
        assert (noisy == SAMPLE.images[4, 0]).all()


def test_seeds_differ_and_come_again():
    drawn = [NOISE.drawn(2)[-1], NOISE.drawn(2)[-1], denoising.Noise("gaussian", 0.5, 10, 10, 1).drawn(2)[-1]]
    assert (drawn[0] == drawn[1]).all()
    assert (drawn[0] != drawn[2]).any()
    assert (drawn[0][0] != drawn[0][1]).any()


def test_how_usual_a_picture_is():
    familiar = checkpoints.read("mnist_vae")
    shares = [denoising.unfamiliarity(CARD, familiar, image)[1] for image in SAMPLE.images[:200]]
    assert np.mean(shares) == pytest.approx(0.5, abs=0.08)  # shares of a familiar picture are uniform
    assert denoising.unfamiliarity(CARD, familiar, 255 - SAMPLE.images[0])[1] == 1.0


def test_a_test_image_with_its_figures():
    app = opened(image="7")
    assert f"test image 7, {SAMPLE.classes[SAMPLE.labels[7]]}" in captions(app)
    results = denoising.results(CARD, SAMPLE.images[7:8], NOISE)
    assert inside(app) == [f"{results[name].errors['psnr_inside']:.1f}" for name in ("blind", "informed")]
    table = app.table[0].value
    assert list(table[""]) == list(denoising.METHODS.values())
    assert table["outside, this picture"].iloc[-1] == "exact"
    assert table["MSE inside, this picture"].iloc[0] == f"{results['noisy'].errors['mse_inside']:.4f}"


def test_a_link_holds_everything_but_the_picture():
    link = {
        "noise": "black",
        "strength": "0.8",
        "row": "3",
        "column": "17",
        "noise_seed": "5",
        "image": "9",
        "digits": "2",
    }
    app = opened(**link, shown="informed")
    assert not app.warning
    values = {number.label: number.value for number in app.number_input}
    assert values == {
        "Strength": 0.8,
        "Row": 3,
        "Column": 17,
        "Seed": 5,
        "Number": 9,
        "Seed of digits": 2,
    }
    results = denoising.results(CARD, SAMPLE.images[9:10], denoising.Noise("black", 0.8, 3, 17, 5))
    assert inside(app) == [f"{results[name].errors['psnr_inside']:.1f}" for name in ("blind", "informed")]
    app.run()
    assert {key: app.query_params[key] for key in link} == link


@pytest.mark.parametrize("kind", denoising.KINDS)
@pytest.mark.parametrize(("row", "column", "strength"), [("0", "0", "0.1"), ("20", "20", "1.0")])
def test_every_kind_at_its_ends_and_corners(kind, row, column, strength):
    app = opened(noise=kind, row=row, column=column, strength=strength, image="30")
    assert not app.error
    assert len(inside(app)) == 2


@pytest.mark.parametrize(
    "query",
    [
        {"noise": "pink"},
        {"strength": "0"},
        {"strength": "nan"},
        {"strength": "2"},
        {"row": "21"},
        {"column": "-1"},
        {"noise_seed": "1e9"},
        {"digits": "x"},
        {"image": "5000"},
        {"image_from": "mail"},
    ],
)
def test_bad_links_are_one_sentence(query):
    assert len(opened(**query).warning) == 1


def test_the_place_moves_with_the_numbers_and_stays_in_the_link():
    app = opened(image="7")
    before = inside(app)
    next(number for number in app.number_input if number.label == "Row").set_value(2).run()
    assert not app.exception
    assert app.query_params["row"] == "2"
    assert inside(app) != before


def test_an_upload_is_prepared_and_denoised():
    app = opened(image_from="upload")
    assert "appears on it here" in app.info[0].value
    app.file_uploader[0].upload("digit.png", photograph(5), "image/png").run()
    assert not app.exception
    assert not app.error
    assert "your picture" in captions(app)
    assert "is like the digits" in captions(app)
    before = inside(app)
    assert len(before) == 2
    app.file_uploader[0].upload("notes.png", b"%PDF-1.7 ...", "image/png").run()
    assert not app.exception
    assert "PDF" in app.error[0].value
    assert inside(app) == before  # the last result stays


def test_a_picture_that_is_no_digit_is_warned_of():
    page = Image.new("L", (300, 300), 255)
    pen = ImageDraw.Draw(page)
    for at in range(40, 280, 48):
        pen.line((at, 30, at, 270), fill=0, width=16)
        pen.line((30, at, 270, at), fill=0, width=16)
    app = opened(image_from="upload")
    app.file_uploader[0].upload("grid.png", png(page), "image/png").run()
    assert not app.exception
    assert len(app.warning) == 1
    assert "unlike the digits" in app.warning[0].value
    assert "larger than for 100% of the test digits" in app.warning[0].value


def test_pictures_of_the_training_loop_are_those_of_its_steps():
    image = SAMPLE.images[7]
    results = denoising.results(CARD, image[None], NOISE)
    lines = denoiser_training.lines(CARD, image, results, NOISE)
    assert [line.code.split("=")[0].strip() for line in lines[2:]] == ["noisy", "p", "guess", "loss", "weights"]
    place = lines[1].picture[0] == 255
    assert place[10:18, 10:18].all()
    assert place.sum() == 64
    gate = lines[3].picture.astype(int)
    assert gate[0, 12:16, 12:16].mean() > 200  # Gaussian noise of half the range is found
    assert gate.sum() / 255 == pytest.approx(64, abs=2)  # the probabilities of all places add up to one patch
    assert (lines[5].picture[0][~place] == 0).all()


def test_a_forged_report_moves_nothing(monkeypatch):
    moved, handed = [], {}
    monkeypatch.setattr(patch, "_component", lambda key, data, **on: handed.update(on))
    patch.patch(
        "p", "", SAMPLE.images[0], np.ones((8, 8)), np.zeros((8, 8)), 1, 2, on_moved=lambda *at: moved.append(at)
    )
    forged = [
        None,
        "x",
        {},
        {"row": 3},
        {"row": 21, "column": 0},
        {"row": 1.5, "column": 0},
        {"row": True, "column": 1},
    ]
    for report in forged:
        handed["on_moved"](report)
    assert moved == []
    handed["on_moved"]({"row": 20, "column": 0})
    assert moved == [(20, 0)]


def test_downloads_are_offered():
    app = opened(image="7")
    names = {button.proto.label for button in app.get("download_button")}
    assert names == {"Pictures as PNG", "Digits as PNG", "Figures as CSV"}
