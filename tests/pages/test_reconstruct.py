"""The Reconstruct page through app.py: every kind of input, good and bad files, and figures against definitions."""

import base64
import functools
import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

import checkpoints
import data
from tests import apptest
from ui.components import reconstructor
from ui.images import reconstruction

SAMPLE = data.sample("mnist")


opened = functools.partial(apptest.opened, "images/reconstruct")


def png(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def photograph(number):
    """A shipped digit as dark ink on a light page, eight times as large and off the centre."""
    digit = Image.fromarray(255 - SAMPLE.images[number, 0]).resize((224, 224), Image.Resampling.BICUBIC)
    page = Image.new("L", (400, 320), 255)
    page.paste(digit, (30, 60))
    return png(page)


def captions(app):
    return " ".join(caption.value for caption in app.caption)


@pytest.fixture
def mounted(monkeypatch):
    """Data and reports of the component, by name, as the page gave them last."""
    given = {}
    monkeypatch.setattr(reconstructor, "_component", lambda key, data, **on: given.update(data, **on))
    return given


def errors(mounted):
    return {model["name"]: model["official"]["mse"] for model in mounted["models"]}


def test_figures_match_the_definitions():
    card, image = checkpoints.read("mnist_vae"), SAMPLE.images[3]
    result = reconstruction.reconstruct(card, image)
    x, y = image.astype(float).ravel() / 255, result.picture.astype(float).ravel() / 255
    assert result.mse == pytest.approx(((x - y) ** 2).mean(), abs=2e-4)  # the picture is rounded to grey levels
    assert result.cosine == pytest.approx(x @ y / np.linalg.norm(x) / np.linalg.norm(y), abs=2e-3)
    assert (reconstruction.error_map(image, result.picture) == np.abs(image.astype(int) - result.picture)).all()


def test_resampled_pictures_are_reproducible_by_seed():
    card = checkpoints.read("mnist_vae")
    result = reconstruction.reconstruct(card, SAMPLE.images[3])
    first, again, other = (reconstruction.resampled(card, result, 4, seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_test_image_goes_through_every_vae_of_its_size(mounted):
    opened(model="mnist_vae", image="7")
    assert {m["name"] for m in mounted["models"]} == {
        card.name for card in checkpoints.gallery("vae") if card.shape == (1, 28, 28)
    }
    assert mounted["chosen"] == "mnist_vae"
    assert mounted["label"] == f"test image 7, {SAMPLE.classes[SAMPLE.labels[7]]}"
    for model in mounted["models"]:
        result = reconstruction.reconstruct(checkpoints.read(model["name"]), SAMPLE.images[7])
        official = model["official"]
        assert base64.b64decode(official["picture"]) == result.picture.tobytes()
        assert (official["mse"], official["cosine"]) == (result.mse, result.cosine)
        assert official["log_var"] == pytest.approx(result.log_var.tolist(), abs=1e-4)
        card = checkpoints.read(model["name"])
        assert {part: one["sha256"] for part, one in model["networks"].items()} == {
            part: card.parts[part]["sha256"] for part in ("encoder", "decoder")
        }


def test_a_colour_picture_cannot_be_drawn_on(mounted):
    app = opened(model="street_vae")
    assert (mounted["channels"], mounted["drawable"], len(mounted["models"])) == (3, False, 1)
    assert not any("Draw" in words.value for words in app.markdown)  # there is no pen


def test_a_drawing_is_kept_until_another_picture_is_chosen(mounted):
    app = opened(model="mnist_vae", image="7")
    drawing = 255 - SAMPLE.images[7]
    key = "reconstruct: what was drawn, and on which picture"
    app.session_state[key] = (app.session_state[key][0], drawing)
    app.run()
    assert base64.b64decode(mounted["pixels"]) == drawing.tobytes()
    assert "drawn on" in mounted["label"]
    assert errors(mounted)["mnist_vae"] == reconstruction.reconstruct(checkpoints.read("mnist_vae"), drawing).mse
    app.number_input(key="image").set_value(8).run()
    assert base64.b64decode(mounted["pixels"]) == SAMPLE.images[8].tobytes()


@pytest.mark.parametrize("report", [None, 7, "no base64", "AAAA", "é", {}])
def test_a_forged_report_changes_nothing(mounted, report):
    drawn, image = [], SAMPLE.images[0]
    reconstructor.reconstructor("r", "", image, [], "", on_drawn=drawn.append)
    mounted["on_drawn"](report)
    assert drawn == []
    mounted["on_drawn"](mounted["pixels"])
    assert np.array_equal(drawn[0], image)


@pytest.mark.slow
def test_the_first_paint_does_not_import_torch():
    apptest.expect_paint_before_torch(
        "images/reconstruct",
        "reconstructor",
        "assert all(model['official'] is None for model in mounted[0]['models'])",
    )


def test_an_upload_becomes_the_digit_it_shows(mounted):
    app = opened(model="mnist_vae", image_from="upload")
    app.file_uploader[0].upload("digit.png", photograph(5), "image/png").run()
    assert not app.exception
    assert not app.error
    assert mounted["label"] == "your picture"
    picture = reconstruction.reconstruct(checkpoints.read("mnist_vae"), SAMPLE.images[5])
    assert errors(mounted)["mnist_vae"] == pytest.approx(picture.mse, abs=0.02)


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("notes.png", b"just some text", ""),
        ("paper.png", b"%PDF-1.7 ...", "PDF"),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("cut.png", photograph(5)[:300], "damaged or cut off"),
        ("empty.png", b"", ""),
    ],
)
def test_a_bad_file_is_reported_in_one_sentence_and_the_last_picture_is_kept(mounted, name, raw, reason):
    app = opened(model="mnist_vae", image_from="upload")
    app.file_uploader[0].upload("digit.png", photograph(5), "image/png").run()
    before = errors(mounted)
    app.file_uploader[0].upload(name, raw, "image/png").run()
    assert not app.exception
    assert len(app.error) == 1
    assert reason in app.error[0].value
    assert errors(mounted) == before


def test_a_white_picture_is_reported_in_one_sentence_and_results_are_kept(mounted):
    white = png(Image.new("L", (300, 300), 255))
    app = opened(model="mnist_vae", image_from="upload")
    app.file_uploader[0].upload("white.png", white, "image/png").run()
    assert not app.exception
    assert len(app.warning) == 1
    assert not mounted
    app.file_uploader[0].upload("digit.png", photograph(5), "image/png").run()
    before = errors(mounted)
    app.file_uploader[0].upload("white.png", white, "image/png").run()
    assert "The last picture stays" in app.warning[0].value
    assert errors(mounted) == before


def test_steps_can_be_switched_off():
    app = opened(model="mnist_vae", image_from="upload")
    app.file_uploader[0].upload("digit.png", photograph(5), "image/png").run()
    assert "Centre" in captions(app)
    pills = app.button_group[-1] if hasattr(app, "button_group") else None
    pills.set_value([name for name in pills.value if name != "centre"]).run()
    assert not app.exception
    assert "**Centre**" not in captions(app)


def test_the_page_says_which_figures_are_best():
    words = " ".join(each.value for each in opened().markdown)
    assert "0 for equal pictures" in words
    assert "1 for equal ones" in words


@pytest.mark.parametrize(
    ("model", "size", "step", "words"),
    [
        ("fashion_vae", (300, 200), "invert", "With “Invert” switched off nothing is found on the picture"),
        ("mnist_vae", (40, 4000), "contrast", "switched off nothing is found on the picture"),
        ("street_vae", (300, 200), "square", ""),
        ("street_vae", (40, 4000), "square", ""),
        ("mnist_vae", (40, 4000), "centre", ""),
    ],
)
def test_a_disabled_step_causes_at_most_one_sentence(mounted, model, size, step, words):
    width, height = size
    page = Image.new("RGB", size, (240, 230, 220))
    line = (0.3 * width, 0.2 * height, 0.6 * width, 0.8 * height)
    ImageDraw.Draw(page).line(line, fill=(20, 40, 160), width=min(size) // 6)
    app = opened(model=model, image_from="upload")
    app.file_uploader[0].upload("page.png", png(page), "image/png").run()
    assert not app.warning
    pills = app.button_group[-1]
    assert step in pills.value
    pills.set_value([name for name in pills.value if name != step]).run()
    assert not app.exception
    assert not app.error
    assert (mounted["label"], len(app.warning)) == ("your picture", 1 if words else 0)
    assert all(words in warning.value for warning in app.warning)


@pytest.mark.parametrize("query", [{"image": "NaN"}, {"image": "5000"}, {"image_from": "mail"}, {"draws": "-3"}])
def test_bad_links_are_reported_in_one_sentence(query):
    assert len(opened(**query).warning) == 1


def test_the_code_can_be_opened_in_the_explorer():
    app = opened(model="mnist_vae", image="7")
    next(button for button in app.button if "Open in" in button.label).click().run()
    assert not app.exception
    assert app.title[0].value == "Latent space"


def test_a_missing_set_is_offered_for_download_and_a_failure_is_reported(no_sets, monkeypatch):
    app = opened(model="kmnist_vae")
    assert any("not shipped" in info.value for info in app.info)

    apptest.download_in_vain(app, "kmnist", monkeypatch)


def test_a_downloaded_set_is_available_at_once(no_sets, monkeypatch, mounted):
    app = opened(model="kmnist_vae")
    rows = np.arange(20)
    arrived = data.Images("kmnist", "test", SAMPLE.images[rows], rows % 10, tuple("abcdefghij"), "full", "")

    def succeed(name, split, *, download=False, progress=None):
        if not download:
            raise data.DataError("not there")
        progress("file", 1, 2)
        monkeypatch.setattr(data, "sample", lambda name: arrived if name == "kmnist" else SAMPLE)

    monkeypatch.setattr(data, "load", succeed)
    next(button for button in app.button if button.label == "Download Kuzushiji-MNIST").click().run()
    assert not app.exception
    assert mounted["label"] == "test image 0, a"
