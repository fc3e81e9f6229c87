"""The Denoise page through app.py: every kind of input, links, figures against definitions, and unusual pictures."""

import base64
import dataclasses
import functools

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

import checkpoints
import data
from evaluate import patch
from models import patch_noise
from tests import apptest
from tests.pages.test_reconstruct import captions, photograph, png
from ui.components import denoiser
from ui.images import denoiser_training, denoising
from ui.url.reported import KEPT

SAMPLE = data.sample("mnist")
CARD = checkpoints.read("mnist_patch_denoiser")
NOISE = denoising.Noise("gaussian", 0.5, 10, 10, 0)


opened = functools.partial(apptest.opened, "images/denoise")


def inside(app):
    """Decibels inside of the square with the place unknown and known, as the table says them."""
    figures = app.table[0].value.set_index("")["inside, this picture"]
    return [figures[denoising.METHODS[name]].removesuffix("\u00a0dB") for name in ("blind", "informed")]


mounted = apptest.last_sent_to(denoiser)


def test_the_patch_has_the_size_of_the_models():
    assert patch.SIDE == patch_noise.SIDE
    assert patch.LAST == 28 - patch_noise.SIDE


def test_results_match_the_definitions():
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


def test_the_first_picture_of_a_batch_has_the_noise_of_a_single_picture():
    """The browser makes it of the seed (tests/js/denoiser.test.mjs), whatever the server has in its batch."""
    one, five = (denoising.results(CARD, SAMPLE.images[4 : 4 + n], NOISE)["noisy"].pictures[0] for n in (1, 5))
    assert (one == five).all()


def test_seeds_differ_and_are_reproducible():
    drawn = [NOISE.drawn(2)[-1], NOISE.drawn(2)[-1], denoising.Noise("gaussian", 0.5, 10, 10, 1).drawn(2)[-1]]
    assert (drawn[0] == drawn[1]).all()
    assert (drawn[0] != drawn[2]).any()
    assert (drawn[0][0] != drawn[0][1]).any()


def test_unfamiliarity_is_uniform_for_digits_and_largest_for_an_inverted_one():
    familiar = checkpoints.read("mnist_vae")
    shares = [denoising.unfamiliarity(CARD, familiar, image)[1] for image in SAMPLE.images[:200]]
    assert np.mean(shares) == pytest.approx(0.5, abs=0.08)  # shares of a familiar picture are uniform
    assert denoising.unfamiliarity(CARD, familiar, 255 - SAMPLE.images[0])[1] == 1.0


def test_a_test_image_is_shown_with_its_figures(mounted):
    app = opened(image="7")
    assert f"test image 7, {SAMPLE.classes[SAMPLE.labels[7]]}" in mounted["label"]
    results = denoising.results(CARD, SAMPLE.images[7:8], NOISE)
    for name in ("blind", "informed"):
        answer = mounted["official"][name]
        assert base64.b64decode(answer["image"]) == results[name].pictures[0].tobytes()
        assert answer["mse"] == {where: results[name].errors[f"mse_{where}"] for where in ("inside", "outside")}
        assert answer["found"] == list(denoising.found(CARD, SAMPLE.images[7], NOISE))
    assert inside(app) == [f"{results[name].errors['psnr_inside']:.1f}" for name in ("blind", "informed")]
    table = app.table[0].value
    assert list(table[""]) == list(denoising.METHODS.values())
    assert table["outside, this picture"].iloc[-1] == "exact"
    assert not [name for name in table if "MSE" in name]  # only in the file


def test_the_table_has_the_figures_of_the_card_for_all_kinds_of_noise():
    app = opened()
    table, metrics = app.table[1].value.set_index(""), CARD.metrics
    assert len(table) == len(denoising.KINDS)
    gaussian, black = table.iloc[0], table.loc["Black"]
    assert gaussian["place known, inside"] == f"{metrics['test_psnr_inside_informed']:.1f}\u00a0dB"
    assert black["place unknown, outside"] == f"{metrics['test_psnr_outside_black']:.1f}\u00a0dB"
    assert black["PCA, inside"] == f"{metrics['test_psnr_inside_black_pca']:.1f}\u00a0dB"
    words = next(c.value for c in app.caption if "number of principal components" in c.value)
    for kind, suffix in (("Gaussian", ""), ("Black", "_black")):
        size = CARD.protocol[f"test_psnr_inside{suffix}_pca"].split("first ")[1].split()[0]
        assert f"{kind} {size}" in words


def test_an_untrained_noise_is_omitted_from_the_figures():
    metrics = {name: value for name, value in CARD.metrics.items() if "uniform" not in name}
    card, noise = dataclasses.replace(CARD, metrics=metrics), denoising.Noise("uniform", 0.5, 6, 12, 0)
    assert list(denoising.kinds_table(card)[""]) == ["Gaussian", "Salt & pepper", "Black", "White"]
    assert "Uniform" not in denoising.kinds_words(card)
    number = next(n for n in range(20) if denoising.of_one_picture(*arguments_of_one(CARD, n, noise)))
    known, new = (denoising.of_one_picture(*arguments_of_one(c, number, noise)) for c in (CARD, card))
    informed, blind = (f"{CARD.metrics[f'test_psnr_inside_uniform{method}']:.1f} dB" for method in ("_informed", ""))
    figures = f" ({informed} against {blind} inside the square, over all test digits with Uniform noise)"
    assert known.replace(figures, "") == new != known


def arguments_of_one(card, number, noise):
    """Arguments of of_one_picture for one shipped picture, beside itself in place of many."""
    images = SAMPLE.images[number : number + 1]
    results = denoising.results(card, images, noise)
    return card, noise, results, results, images


def test_the_first_picture_has_an_average_benefit_of_knowing_the_place():
    mean = CARD.metrics["test_psnr_inside_informed"] - CARD.metrics["test_psnr_inside"]
    gains = []
    for image in SAMPLE.images[: patch.FIRST + 1]:
        errors = denoising.results(CARD, image[None], patch.START)
        gains.append(errors["informed"].errors["psnr_inside"] - errors["blind"].errors["psnr_inside"])
    near = [abs(gain - mean) < 0.1 for gain in gains]
    assert near.index(True) == patch.FIRST


def test_a_link_has_everything_except_the_picture(mounted):
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
    assert values == {"Number": 9, "Seed of digits": 2}
    assert mounted["noise"] == {"kind": "black", "strength": 0.8, "row": 3, "column": 17, "seed": 5}
    results = denoising.results(CARD, SAMPLE.images[9:10], denoising.Noise("black", 0.8, 3, 17, 5))
    assert inside(app) == [f"{results[name].errors['psnr_inside']:.1f}" for name in ("blind", "informed")]
    app.run()
    assert {key: app.query_params[key] for key in link} == link


@pytest.mark.parametrize("kind", denoising.KINDS)
@pytest.mark.parametrize(("row", "column", "strength"), [("0", "0", "0.1"), ("20", "20", "1.0")])
def test_every_noise_works_at_extreme_strengths_and_in_the_corners(kind, row, column, strength):
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
def test_bad_links_are_reported_in_one_sentence(query):
    assert len(opened(**query).warning) == 1


REPORT = {"kind": "white", "strength": 0.7, "row": 2, "column": 9, "seed": 3}


def test_released_controls_are_answered_and_stored_in_the_link(mounted):
    app = opened(image="7")
    before = inside(app)
    app.session_state[KEPT] = {
        "noise": (None, "white"),
        "strength": (None, 0.7),
        "row": (None, 2),
        "column": (None, 9),
        "noise_seed": (None, 3),
    }
    app.run()
    assert not app.exception
    link = {"noise": "white", "strength": "0.7", "row": "2", "column": "9", "noise_seed": "3"}
    assert {key: app.query_params[key] for key in link} == link
    results = denoising.results(CARD, SAMPLE.images[7:8], denoising.Noise("white", 0.7, 2, 9, 3))
    assert inside(app) == [f"{results[name].errors['psnr_inside']:.1f}" for name in ("blind", "informed")]
    assert inside(app) != before


def test_a_drawing_is_kept_until_another_picture_is_chosen(mounted):
    app = opened(image="7")
    drawing = 255 - SAMPLE.images[7]
    key = "denoise: what was drawn, and on which picture"
    app.session_state[key] = (app.session_state[key][0], drawing)
    app.run()
    assert mounted["drawn"]
    assert base64.b64decode(mounted["pixels"]) == drawing.tobytes()
    assert "drawn on" in mounted["label"]
    app.number_input(key="image").set_value(8).run()
    assert not mounted["drawn"]
    assert base64.b64decode(mounted["pixels"]) == SAMPLE.images[8].tobytes()


def test_noise_in_an_empty_corner_is_found():
    place, chance = denoising.found(CARD, SAMPLE.images[7], denoising.Noise("white", 1.0, 2, 19, 0))
    assert place == 2 * 21 + 19
    assert 0.99 < chance <= 1


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_a_better_answer_to_an_unknown_place_is_explained(number):
    app = opened(image=str(number), noise="uniform", row="6", column="12")
    noise = denoising.Noise("uniform", 0.5, 6, 12, 0)
    results = denoising.results(CARD, SAMPLE.images[number : number + 1], noise)
    blind, informed = (results[name].errors["mse_inside"] for name in ("blind", "informed"))
    assert ("better without knowing the place" in captions(app)) == (blind < informed)


@pytest.mark.slow
def test_knowing_the_place_is_better_on_average():
    """The statement about all test digits also holds for the shipped ones; about a third are exceptions."""
    from metrics.denoising import patches

    clean = torch.from_numpy(SAMPLE.images).float() / 255
    noise = patches(len(clean), seed=5, kind="gaussian", strength=0.5)
    noisy, mask = patch_noise.corrupt(clean, *noise), patch_noise.mask_of(noise.row, noise.column)
    model = checkpoints.load(CARD.name)
    with torch.inference_mode():
        answers = model(noisy), model(noisy, noise.row * 21 + noise.column)
    blind, informed = (((x - clean).square() * mask).sum((1, 2, 3)) for x in answers)
    gain = CARD.metrics["test_psnr_inside_informed"] - CARD.metrics["test_psnr_inside"]
    assert 10 * torch.log10(blind.mean() / informed.mean()) == pytest.approx(gain, abs=0.1)
    assert (blind < informed).float().mean() == pytest.approx(1 / 3, abs=0.05)


def test_an_upload_is_prepared_and_denoised(mounted):
    app = opened(image_from="upload")
    assert "appears on it here" in app.info[0].value
    app.file_uploader[0].upload("digit.png", photograph(5), "image/png").run()
    assert not app.exception
    assert not app.error
    assert "your picture" in mounted["label"]
    assert "is like the digits" in captions(app)
    assert "PSNR in dB, higher is better" in captions(app)
    assert "the Convolutional VAE on MNIST reconstructs it" in captions(app)
    before = inside(app)
    assert len(before) == 2
    app.file_uploader[0].upload("notes.png", b"%PDF-1.7 ...", "image/png").run()
    assert not app.exception
    assert "PDF" in app.error[0].value
    assert inside(app) == before  # the last result stays


def test_a_picture_that_is_not_a_digit_gets_a_warning():
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


def test_pictures_of_the_training_loop_match_its_steps():
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


FORGED = [
    None,
    "x",
    {},
    {"kind": "white"},
    {**REPORT, "kind": "pink"},
    {**REPORT, "kind": ["white"]},
    {**REPORT, "strength": "1"},
    {**REPORT, "strength": float("nan")},
    {**REPORT, "strength": 2},
    {**REPORT, "row": 21},
    {**REPORT, "column": 1.5},
    {**REPORT, "row": True},
    {**REPORT, "seed": -1},
    {**REPORT, "pixels": 7},
    {**REPORT, "pixels": "no base64"},
    {**REPORT, "pixels": "AAAA"},
    {**REPORT, "pixels": "é"},
]


@pytest.mark.parametrize("report", FORGED)
def test_a_forged_report_changes_nothing(mounted, report):
    moved = []
    image = SAMPLE.images[0]
    data = denoiser.message("", image, REPORT, denoising.KINDS, {}, None, None, drawn=False)
    denoiser.denoiser("d", data, on_moved=lambda *one: moved.append(one))
    mounted["on_moved"](report)
    assert moved == []
    mounted["on_moved"]({**REPORT, "pixels": None, "more": 1})
    mounted["on_moved"]({**REPORT, "pixels": mounted["pixels"]})
    assert [noise for noise, _ in moved] == [REPORT, REPORT]
    assert moved[0][1] is None
    assert np.array_equal(moved[1][1], image)


def test_downloads_are_offered():
    app = opened(image="7")
    names = {button.proto.label for button in app.get("download_button")}
    assert names == {"Pictures as PNG", "Digits as PNG", "Figures as CSV", "Save as a page"}


@pytest.mark.slow
def test_the_first_paint_does_not_import_torch():
    apptest.expect_paint_before_torch(
        "images/denoise",
        "denoiser",
        "assert mounted[0]['pixels']",
        "assert mounted[0]['official'] is None",
    )


def test_results_appear_once_torch_is_imported(mounted, torch_to_come):
    opened()
    assert mounted["official"] is not None
