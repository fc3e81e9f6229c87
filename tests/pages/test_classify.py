"""Classify through app.py: what its components get, every way to a picture, good and bad links, figures of PyTorch.

What moves under the hand is tested in tests/components/test_classify.py and tests/browser/test_classify.py.
"""

import functools
import io

import numpy as np
import pytest
import torch
from PIL import Image

import checkpoints
import data
from tests import apptest
from ui.components import grey
from ui.images.classify import answers, judged, meaning, mistakes, pictures, sets, visit

opened = functools.partial(apptest.opened, "images/classify")
CARD = checkpoints.read("mnist_classifier")
SAMPLE = data.sample("mnist")


def shown(app):
    return app.session_state[visit.KEY]


def message(app, name="digits"):
    one = sets.SETS[name]
    return shown(app).message(one, one.cards())


def query(app):
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def moved(app, source, image=None, name="digits", page=0):
    """The browser reports, and the page runs again."""
    cards = sets.SETS[name].cards()
    report = {"set": visit.identity(cards), "source": source, "page": page}
    shown(app).on_moved({**report, "input": None if image is None else grey.text(image)}, cards)
    app.run()
    assert not app.exception
    return app


def png(image):
    buffer = io.BytesIO()
    Image.fromarray(image).resize((280, 280)).save(buffer, "PNG")
    return buffer.getvalue()


def logits(card, image):
    with torch.inference_mode():
        return checkpoints.load(card.name)(torch.from_numpy(image)[None].float() / 255)[0].numpy()


def test_first_paint_does_not_import_torch():
    apptest.run_without_torch(
        "from ui.images.classify import sets, visit",
        "one = sets.SETS['digits']",
        "shown = visit.Visit(one.dataset, visit.start(one, one.cards()[0]))",
        "data = shown.message(one, one.cards())",
        "assert data['official'] is None and len(data['strip']['images']) == 10",
    )


@pytest.mark.parametrize("name", ["digits", "garments"])
def test_a_first_visit_has_a_picture_and_everything_for_the_browser(name):
    app = opened(set=name)
    assert not app.warning
    said = message(app, name)
    assert said["picture"]["source"]
    for network in said["set"]["networks"]:
        assert network["network"]["part"] == "classifier"
        assert len(said["set"]["classes"]) == checkpoints.load(network["name"]).classes


def test_a_drawing_is_answered_by_pytorch_and_goes_into_the_link():
    image = SAMPLE.images[123]
    app = moved(opened(), {"ink": sets.FOUR}, image)
    assert query(app)["ink"] == sets.FOUR
    official = message(app)["official"]
    assert official[CARD.name] == pytest.approx(logits(CARD, image).tolist(), abs=1e-4)
    assert message(app)["picture"]["image"] is None  # the browser has it
    assert message(app)["picture"]["label"] is None


def test_a_labelled_picture_is_answered_and_comes_back_by_its_link():
    app = moved(opened(), {"test": ["sample", 7]})
    assert query(app)["test"] == "sample.7"
    assert "ink" not in query(app)
    other = opened(test="sample.7")
    for each in (app, other):
        said = message(each)["picture"]
        assert np.array_equal(grey.read(said["image"], (1, 28, 28)), SAMPLE.images[7])
        assert said["label"] == SAMPLE.labels[7]
    assert message(app)["official"][CARD.name] == pytest.approx(logits(CARD, SAMPLE.images[7]).tolist(), abs=1e-4)
    assert message(other)["official"] is None  # nobody has asked yet


def test_an_upload_becomes_the_picture_and_a_bad_file_is_one_sentence():
    app = opened()
    app.file_uploader[0].upload("digit.png", png(255 - SAMPLE.images[5, 0]), "image/png").run()
    assert not app.exception
    source = shown(app).source
    assert set(source) == {"own"}
    image = shown(app).image(CARD)
    assert answers.logits(CARD, image).argmax() == SAMPLE.labels[5]
    app.file_uploader[0].upload("notes.png", b"just some text", "image/png").run()
    assert len(app.error) == 1
    assert shown(app).source == source
    moved(app, {"ink": sets.FOUR}, SAMPLE.images[0])
    assert set(shown(app).source) == {"ink"}  # the upload of before does not come back by itself


def test_another_set_forgets_labelled_pictures_and_keeps_drawings():
    app = moved(opened(), {"test": ["sample", 7]})
    app.button_group[0].set_value("garments").run()
    assert not app.exception
    assert shown(app).source == {"test": ["sample", 0]}
    app = moved(opened(), {"ink": sets.FOUR}, SAMPLE.images[0])
    app.button_group[0].set_value("garments").run()
    assert shown(app).source == {"ink": sets.FOUR}
    assert shown(app).image(checkpoints.read("fashion_classifier")) is None  # the browser prepares it anew


@pytest.mark.parametrize(
    "report",
    [
        {"source": {"ink": "<b>"}},
        {"source": {"ink": sets.FOUR}, "input": "no base64"},
        {"source": {"ink": sets.FOUR}, "input": "AAAA"},
        {"source": {"test": ["sample", 10**6]}},
        {"source": {"test": ["other", 1]}},
        {"source": 7, "page": -1},
        {},
    ],
)
def test_reports_that_no_script_of_ours_sends_change_nothing(report):
    cards = sets.SETS["digits"].cards()
    one = visit.Visit("mnist", {"test": ["sample", 1]})
    one.on_moved({"set": visit.identity(cards), **report}, cards)
    one.on_moved({"set": "of another set", "source": {"test": ["sample", 2]}}, cards)
    assert (one.source, one.heard, one.page) == ({"test": ["sample", 1]}, False, 0)


@pytest.mark.parametrize(
    "bad",
    [
        {"set": "cars"},
        {"ink": "P12"},
        {"ink": ""},
        {"test": "sample.99999"},
        {"test": "seven"},
        {"part": "magic"},
        {"cell": "4.cat"},
        {"cell": "4"},
        {"part": "meaning", "test": "sample.3", "class": "cat"},
        {"own_from": "mail"},
    ],
)
def test_bad_links_are_one_sentence(bad):
    app = opened(**bad)
    assert len(app.warning) == 1
    assert not app.error


def test_the_matrix_counts_what_pytorch_says_of_every_picture():
    card = checkpoints.read("fashion_classifier")
    result = judged.judged(card)
    with torch.inference_mode():
        x = torch.from_numpy(result.images).float() / 255
        named = torch.cat([checkpoints.load(card.name)(part) for part in x.split(500)]).argmax(1).numpy()
    wanted = np.zeros((10, 10), int)
    for label, says in zip(result.labels, named, strict=True):
        wanted[label, says] += 1
    assert np.abs(result.counts - wanted).sum() <= 2  # recorded in half precision: a tie may break in another way
    assert result.counts.sum() == len(result.images)
    assert f"{len(result.images):,}" in result.words
    numbers = result.mistakes()
    sure = [result.sureness(n) for n in numbers]
    assert sure == sorted(sure, reverse=True)
    assert len(numbers) == result.counts.sum() - result.counts.trace()
    label, says = np.unravel_index((wanted - np.diag(wanted.diagonal())).argmax(), wanted.shape)
    inside = result.cell(int(label), int(says))
    assert len(inside) == result.counts[label, says] > 0
    assert (result.labels[inside] == label).all()


def test_a_cell_is_opened_by_hand_and_by_link_and_gives_its_pictures():
    app = opened(set="garments")
    shown(app).on_chosen({"cell": [6, 4]}, 10)
    app.run()
    assert query(app)["cell"] == "Shirt.Coat"
    other = opened(set="garments", cell="Shirt.Coat")
    assert shown(other).cell == (6, 4)
    result = judged.judged(checkpoints.read("fashion_classifier"))
    said = mistakes.message(result, sets.SETS["garments"].classes, (6, 4))
    assert 0 < len(said["images"]) <= mistakes.MOST
    assert all(image["words"].startswith("Shirt → Coat ") for image in said["images"])
    for wrong in ({"cell": [10, 0]}, {"cell": "all"}, {"cell": [1]}, {"cell": [0.5, 1]}):
        shown(app).on_chosen(wrong, 10)
        assert shown(app).cell == (6, 4)
    shown(app).on_chosen({"cell": None}, 10)
    assert shown(app).cell is None


def test_a_picture_of_the_matrix_goes_to_the_networks():
    app = opened()
    cards = sets.SETS["digits"].cards()
    shown(app).on_taken({"number": 12}, pictures.SAMPLE, cards)
    shown(app).on_taken({"number": 10**6}, pictures.SAMPLE, cards)
    shown(app).on_taken({}, pictures.SAMPLE, cards)
    app.run()
    assert query(app)["test"] == "sample.12"


def test_the_slope_of_a_logit_says_which_way_it_goes():
    image = SAMPLE.images[7]
    slopes = answers.gradients(CARD, image)
    step = 0.02 * np.sign(slopes[3])
    before = logits(CARD, image)
    with torch.inference_mode():
        x = torch.from_numpy(image.astype(np.float32) / 255 + step.astype(np.float32))[None]
        after = checkpoints.load(CARD.name)(x)[0].numpy()
    assert after[3] > before[3]
    maps = meaning.coloured(slopes)
    strongest = np.unravel_index(np.abs(slopes).argmax(), slopes.shape)
    wanted = meaning.RAISES if slopes[strongest] > 0 else meaning.LOWERS
    assert maps[strongest[0], :, strongest[2], strongest[3]].tolist() == wanted.tolist()
    assert (meaning.coloured(np.zeros((2, 1, 3, 3))) == meaning.NEUTRAL[:, None, None]).all()


def test_mean_pictures_are_means():
    means = meaning.means(SAMPLE)
    assert np.abs(means[4] - SAMPLE.images[SAMPLE.labels == 4].mean(0)).max() <= 0.5


def test_what_a_class_means_is_shown_for_the_picture_and_asks_for_one_first():
    app = opened(part="meaning", test="sample.7")
    said = " ".join(caption.value for caption in app.caption)
    best = SAMPLE.classes[logits(CARD, SAMPLE.images[7]).argmax()]
    assert f"Slope of the logit of {best}" in said
    app.selectbox(key="class").set_value("3").run()
    assert not app.exception
    assert "Slope of the logit of 3" in " ".join(caption.value for caption in app.caption)
    assert query(app)["class"] == "3"
    assert "Draw or take a picture first" in opened(part="meaning").info[0].value  # ink that no browser prepared


def test_the_training_is_drawn():
    app = opened(part="training")
    assert len(app.get("plotly_chart")) == 2


def test_without_the_set_the_page_offers_it_and_classifies_drawings(no_sets, monkeypatch):
    app = opened(set="kana")
    assert "not shipped" in app.info[0].value
    said = message(app, "kana")
    assert said["strip"]["images"] == []
    assert said["picture"]["source"] == {}
    moved(app, {"ink": sets.FOUR}, SAMPLE.images[0], "kana")
    assert message(app, "kana")["official"]
    apptest.download_in_vain(app, "kmnist", monkeypatch)


def test_downloads_are_what_is_shown(offered):
    app = opened(set="garments", cell="Shirt.Coat")
    table = offered["fashion_classifier_confusion.csv"]().splitlines()
    assert table[0].startswith("label,T-shirt/top,Trouser")
    assert len(table) == 11
    picture = Image.open(io.BytesIO(offered["fashion_classifier_mistakes.png"]()))
    assert "the network says Coat" in picture.text["Title"]
    assert not app.exception
