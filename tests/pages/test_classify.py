"""Classify through app.py: what its components get, every way to a picture, good and bad links, figures of PyTorch.

What moves under the hand is tested in tests/components/test_classify.py and tests/browser/test_classify.py.
"""

import dataclasses
import functools
import inspect
import io
import re
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image

import checkpoints
import data
from checkpoints import recorded
from tests import apptest, slow
from train import objectives
from ui.components import grey
from ui.images.classify import answers, figures, judged, meaning, mistakes, pictures, sets, training, visit

opened = functools.partial(apptest.opened, "images/classify")
CARD = checkpoints.read("mnist_classifier")
SAMPLE = data.sample("mnist")


def shown(app):
    return app.session_state[visit.KEY]


def message(app, name="digits"):
    one = sets.SETS[name]
    return shown(app).message(one, one.cards())


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


@pytest.mark.slow
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


def test_a_drawing_is_classified_by_pytorch_and_stored_in_the_link():
    image = SAMPLE.images[123]
    app = moved(opened(), {"ink": sets.FOUR}, image)
    assert apptest.address(app)["ink"] == sets.FOUR
    official = message(app)["official"]
    assert official[CARD.name] == pytest.approx(logits(CARD, image).tolist(), abs=1e-4)
    assert message(app)["picture"]["image"] is None  # the browser has it
    assert message(app)["picture"]["label"] is None


def test_a_labelled_picture_is_classified_and_restored_by_its_link():
    app = moved(opened(), {"test": ["sample", 7]})
    assert apptest.address(app)["test"] == "sample.7"
    assert "ink" not in apptest.address(app)
    other = opened(test="sample.7")
    for each in (app, other):
        said = message(each)["picture"]
        assert np.array_equal(grey.read(said["image"], (1, 28, 28)), SAMPLE.images[7])
        assert said["label"] == SAMPLE.labels[7]
    assert message(app)["official"][CARD.name] == pytest.approx(logits(CARD, SAMPLE.images[7]).tolist(), abs=1e-4)
    assert message(other)["official"] is None  # nothing has been requested yet


def test_an_upload_becomes_the_picture_and_a_bad_file_is_reported_in_one_sentence():
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
    assert set(shown(app).source) == {"ink"}  # the earlier upload does not come back by itself


def test_going_back_to_an_address_without_a_picture_shows_the_first_visit(monkeypatch):
    app = moved(opened(), {"test": ["sample", 7]})
    shown(app).cell = (1, 2)
    monkeypatch.setattr("ui.url.left_out", lambda key: True)
    app.run()
    assert shown(app).source == {"ink": sets.FOUR}
    assert shown(app).cell is None


def test_changing_the_set_forgets_labelled_pictures_and_keeps_drawings():
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
def test_forged_reports_change_nothing(report):
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
def test_bad_links_are_reported_in_one_sentence(bad):
    app = opened(**bad)
    assert len(app.warning) == 1
    assert not app.error


def test_the_sentence_about_a_bad_link_stays_until_a_choice_is_made(monkeypatch):
    app = opened(set="cars", ink="P12")
    assert len(app.warning) == 2
    moved(app, {"ink": sets.FOUR}, SAMPLE.images[0])
    assert len(app.warning) == 2
    app.button_group[0].set_value("garments").run()
    assert [warning.value for warning in app.warning] == ["The drawing in this link is damaged, so it is left out."]
    monkeypatch.setattr("ui.url.param.LASTS", 0.0)
    app.run()
    assert not app.warning


@pytest.mark.parametrize(
    ("name", "one"),
    slow.all_but([("street_digits", "street")], [(one.dataset, name) for name, one in sets.SETS.items()]),
)
def test_a_link_can_contain_the_name_of_the_data_set(name, one):
    app = opened(set=name)
    assert not app.warning
    assert shown(app).dataset == name
    assert apptest.address(app).get("set", "digits") == one


@pytest.mark.slow
def test_the_matrix_counts_the_answers_of_pytorch():
    card = checkpoints.read("fashion_classifier")
    result = judged.judged(card)
    wanted = np.zeros((10, 10), int)
    for label, says in zip(result.labels, result.named, strict=True):
        wanted[label, says] += 1
    assert (result.counts == wanted).all()
    some = np.random.default_rng(0).permutation(len(result.images))[:1000]
    with torch.inference_mode():
        named = checkpoints.load(card.name)(torch.from_numpy(result.images[some]).float() / 255).argmax(1).numpy()
    assert (result.named[some] != named).sum() <= 1  # recorded in half precision: a tie may break in another way
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


def test_a_network_without_mistakes_is_reported():
    images = {"images": np.zeros((7, 1, 2, 2), np.uint8), "labels": np.repeat([0, 1], [3, 4])}
    perfect = judged.Judged(np.diag([3, 4]), "all 7 pictures", **images, probabilities=np.eye(2)[images["labels"]])
    assert mistakes.title(perfect, ("a", "b"), None) == "No mistakes: choose another network, or a cell"
    assert mistakes.title(perfect, ("a", "b"), (1, 1)) == "Labelled b, the network says b: 4"


def test_a_cell_opened_by_click_or_link_shows_its_pictures():
    app = opened(set="garments")
    shown(app).on_chosen({"cell": [6, 4]}, 10)
    app.run()
    assert apptest.address(app)["cell"] == "Shirt.Coat"
    other = opened(set="garments", cell="Shirt.Coat")
    assert shown(other).cell == (6, 4)
    result = judged.judged(checkpoints.read("fashion_classifier"))
    said = mistakes.message(result, sets.SETS["garments"].classes, (6, 4))
    assert 0 < len(said["images"]) <= mistakes.MOST
    assert all(re.fullmatch("Shirt → Coat · \\d+\\.\\d%", image["words"]) for image in said["images"])
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
    assert apptest.address(app)["test"] == "sample.12"


def test_a_step_along_the_slope_raises_the_logit():
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


def test_explanations_of_a_class_need_a_picture():
    app = opened(part="meaning", test="sample.7")
    said = " ".join(caption.value for caption in app.caption)
    best = SAMPLE.classes[logits(CARD, SAMPLE.images[7]).argmax()]
    assert f"Slope of the logit of {best}" in said
    assert re.search(r"\*\*\d\*\* · <1%", said)
    app.selectbox(key="class").set_value("3").run()
    assert not app.exception
    assert "Slope of the logit of 3" in " ".join(caption.value for caption in app.caption)
    assert apptest.address(app)["class"] == "3"
    assert "Draw or take a picture first" in opened(part="meaning").info[0].value  # ink that no browser prepared


def test_the_training_is_drawn():
    app = opened(part="training")
    assert len(app.get("plotly_chart")) == 2
    assert any("The labels are smoothed" in caption.value for caption in app.caption)


def test_a_missing_set_is_offered_for_download_and_drawings_are_classified(no_sets, monkeypatch):
    app = opened(set="kana")
    assert "not shipped" in app.info[0].value
    said = message(app, "kana")
    assert said["strip"]["images"] == []
    assert said["picture"]["source"] == {}
    moved(app, {"ink": sets.FOUR}, SAMPLE.images[0], "kana")
    assert message(app, "kana")["official"]
    apptest.download_in_vain(app, "kmnist", monkeypatch)


def test_downloads_contain_what_is_shown(downloads):
    app = opened(set="garments", cell="Shirt.Coat")
    table = downloads["fashion_classifier_confusion.csv"].splitlines()
    assert table[0].startswith("label,T-shirt/top,Trouser")
    assert len(table) == 11
    moved(app, {"test": ["sample", 0]}, name="garments")
    (line,) = downloads["classified_fashion_mnist.csv"].splitlines()[1:]
    shares = [float(share) for share in line.split(",")[1:]]
    wanted = answers.probabilities(
        logits(checkpoints.read("fashion_classifier"), data.sample("fashion_mnist").images[0])
    )
    assert shares == pytest.approx(wanted.tolist(), abs=1e-4)
    card = Image.open(io.BytesIO(downloads["classified_fashion_mnist.png"]()))
    assert card.width >= 960
    assert "What the networks say" in card.text["Title"]
    picture = Image.open(io.BytesIO(downloads["fashion_classifier_mistakes.png"]()))
    assert "the network says Coat" in picture.text["Title"]
    assert not app.exception


# ---- sets whose pictures do not come with the app, by classifiers with random weights ----


@pytest.fixture
def hands(tmp_path, monkeypatch):
    """Random pictures where the test set of hands would be."""
    (tmp_path / "rps").mkdir()
    random = np.random.default_rng(3)
    images = random.integers(0, 256, (372, 28, 28, 3)).astype(np.uint8)
    np.savez(tmp_path / "rps" / "test.npz", x=images, y=np.arange(372) // 124)
    monkeypatch.setenv("LATENT_LAB_DATA", str(tmp_path))
    return images.transpose(0, 3, 1, 2)


def test_networks_of_a_set_are_shown_side_by_side(toy_classifiers, no_sets):
    app = opened(set="hands")
    networks = message(app, "hands")["set"]["networks"]
    assert [one["name"] for one in networks] == ["rps_mlp_1", "rps_cnn", "rps_pretrained"]
    assert [one["network"] is None for one in networks] == [False, False, True]
    assert visit.SERVER_ONLY in networks[2]["note"]
    assert "small copies" in message(app, "hands")["set"]["pictures"]
    assert apptest.address(app)["model"] == "rps_cnn"  # the best one that needs nothing else


def test_drawings_are_classified_and_counts_shown_without_the_pictures(toy_classifiers, no_sets, monkeypatch):
    monkeypatch.setattr("evaluate.pretrained.find", lambda name: None)
    app = opened(set="hands", model="rps_cnn", cell="rock.paper")
    assert "not shipped" in app.info[0].value
    image = np.random.default_rng(0).integers(0, 256, (3, 28, 28)).astype(np.uint8)
    moved(app, {"ink": sets.FOUR}, image, "hands")
    said = message(app, "hands")
    assert said["official"]["rps_cnn"] == pytest.approx(logits(checkpoints.read("rps_cnn"), image).tolist(), abs=1e-5)
    problem = said["problems"]["rps_pretrained"]
    assert problem.startswith("This network gives no answer until its weights are installed")
    assert problem.endswith(answers.INSTALL)
    assert "rps_pretrained" not in said["official"]
    card = checkpoints.read("rps_cnn")
    result = judged.judged(card)
    assert result.counts.tolist() == card.metrics["test_confusion"]
    said = mistakes.message(result, ("rock", "paper", "scissors"), (0, 1))
    assert said["images"] == []
    assert "Press" not in said["caption"]  # no number has pictures
    perfect = judged.Judged(np.diag([3, 4]), "all 7 pictures")
    assert mistakes.title(perfect, ("a", "b"), None) == "No mistakes: choose another network"
    apptest.download_in_vain(app, "rock_paper_scissors", monkeypatch)


def test_cells_open_recorded_results_if_the_pictures_are_available(toy_classifiers, hands):
    card = checkpoints.read("rps_cnn")
    result = judged.judged(card)
    assert result.counts.tolist() == card.metrics["test_confusion"]
    assert result.which == pictures.TEST
    inside = result.cell(0, 1)
    said = mistakes.message(result, ("rock", "paper", "scissors"), (0, 1))
    assert [image["number"] for image in said["images"]] == inside[: mistakes.MOST].tolist()
    assert np.array_equal(grey.read(said["images"][0]["image"], (3, 28, 28)), hands[inside[0]])
    app = opened(set="hands", test=f"test.{inside[0]}", model="rps_cnn")
    assert not app.warning
    assert message(app, "hands")["picture"]["label"] == 0
    assert len(message(app, "hands")["strip"]["images"]) == 9


def test_figures_are_shown_with_a_description_of_the_pictures(toy_classifiers, no_sets, monkeypatch):
    monkeypatch.setattr(figures, "of_seeds", lambda card, name: [])  # recorded of the real networks of these names
    app = opened(set="hands", model="rps_cnn")
    table = next(t.value for t in app.table if "network" in t.value)
    assert list(table["accuracy"]) == ["50.0%", "60.0%", "70.0%"]
    classes = next(t.value for t in app.table if "class" in t.value)
    assert list(classes["F1"]) == ["25.0%", "50.0%", "75.0%"]
    assert any("small copies" in caption.value for caption in app.caption)


def test_figures_of_several_trainings_are_averaged():
    (card,) = (card for card in sets.SETS["hands"].cards() if card.name == "rps_mlp_1")
    values = [run["metrics"]["test_accuracy"] for run in recorded.read("seeds_rps_mlp_1")["runs"]]
    table = figures.of_networks([card], sets.SETS["hands"])
    assert table["this one"][0] == f"{card.metrics['test_accuracy']:.1%}"
    spread = f"{100 * np.std(values, ddof=1):.1f}"
    assert table["accuracy"][0].split() == [f"{np.mean(values):.1%}", "±", spread]
    assert f"of {len(values)} trainings" in figures.explained(card)
    alone = figures.of_networks([CARD], sets.SETS["digits"])
    assert "this one" not in alone
    assert alone["accuracy"][0] == f"{CARD.metrics['test_accuracy']:.1%}"


def test_missing_weights_of_a_pretrained_network_are_reported_in_one_sentence(toy_classifiers, no_sets, monkeypatch):
    monkeypatch.setattr("evaluate.pretrained.find", lambda name: None)
    app = moved(
        opened(set="hands", model="rps_pretrained"), {"ink": sets.FOUR}, np.zeros((3, 28, 28), np.uint8), "hands"
    )
    next(group for group in app.button_group if group.key == "part").set_value("meaning").run()
    assert not app.exception
    assert any(info.value.endswith(answers.INSTALL) for info in app.info)
    assert f"`{answers.INSTALL}`" in (Path(__file__).parents[2] / "docs" / "training.md").read_text()


def test_slopes_are_computed_through_a_pretrained_backbone(toy_classifiers, monkeypatch):
    from evaluate import pretrained
    from models.efficientnet import EfficientNetLite0

    torch.manual_seed(0)
    monkeypatch.setattr(pretrained, "weights", lambda name: dict(EfficientNetLite0().state_dict()))
    card = checkpoints.read("rps_pretrained")
    image = np.random.default_rng(0).integers(0, 256, card.shape).astype(np.uint8)
    slopes = answers.gradients(card, image)
    assert slopes.shape == (3, *card.shape)
    assert np.abs(slopes).max() > 0
    assert answers.logits(card, image).shape == (3,)


GRID = {
    "recipe": {},
    "dataset": {"note": "1,800 pictures train, 720 validate", "pictures": "small copies"},
    "stages": [1, 3],
    "command": "",
    "runs": [
        {"batch": batch, "learning_rate": rate, "seed": 1, "seconds": 1.0, "loss": [1, 0.5, 0.2]}
        | {"accuracy": [0.4, 0.6, 0.8], "valid_loss": [1, 0.8, 0.9], "valid_accuracy": [0.3, 0.5, score]}
        for batch, rate, score in ((8, 1e-4, 0.6), (8, 1e-3, 0.9), (32, 1e-4, 0.7), (32, 1e-3, 0.65))
    ],
}


def test_a_grid_has_a_heat_map_per_stage_and_a_frame_around_the_chosen_setting():
    runs = training.Validation.from_dict(GRID)
    first, last = (training.heat(runs, epochs) for epochs in runs.stages)
    assert np.array(last.data[0].z).tolist() == [[pytest.approx(60), pytest.approx(90)], [70, 65]]
    assert last.data[0].text[0][1] == "90.0"
    assert (last.data[0].zmin, last.data[0].zmax) == (first.data[0].zmin, first.data[0].zmax) == (30, 90)
    assert len(first.layout.shapes) == 0
    (frame,) = last.layout.shapes
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (0.5, 1.5, -0.5, 0.5)
    assert "batch 8, learning rate 0.001, 3 epochs: 90.0%" in training.chosen(runs)
    curve = training.curves(runs, 1e-4, "valid_accuracy")
    assert [line.name for line in curve.data] == ["batch 8", "batch 32"]
    assert list(curve.data[1].y) == [0.3, 0.5, 0.7]
    single = training.Validation.from_dict({**GRID, "runs": GRID["runs"][:1]})
    assert "; one training." in training.described(single)


@pytest.mark.parametrize(
    ("own", "searched", "charts"), [(True, False, 2), (True, True, 4), (False, True, 6), (False, False, 2)]
)
def test_the_grid_of_a_set_is_shown_with_every_network(monkeypatch, own, searched, charts):
    runs = training.Validation.from_dict(GRID)  # two stages, two rates
    monkeypatch.setattr(training, "study", lambda card: runs if own else None)
    monkeypatch.setattr(training, "searched", lambda one: runs if searched else None)
    app = opened(part="training")
    assert len(app.get("plotly_chart")) == charts
    assert any("small copies" in text.value for text in app.markdown) is (own or searched)
    assert any("the framed setting was chosen" in caption.value for caption in app.caption) is searched


def test_smoothed_labels_bound_the_loss():
    smoothing = inspect.signature(objectives.cross_entropy).parameters["smoothing"].default
    assert smoothing == training.SMOOTHING
    right = torch.full((1, 10), smoothing / 10, dtype=torch.float64)
    right[0, 3] += 1 - smoothing
    least = F.cross_entropy(right.log(), torch.tensor([3]), label_smoothing=smoothing).item()
    card = checkpoints.read("mnist_classifier")
    assert f"below {least:.2f} nats" in training.smoothed(card, 10)
    assert f"{right[0, 3]:.1%} for the right class" in training.smoothed(card, 10)
    assert least < min(card.history["loss"])
    assert training.smoothed(dataclasses.replace(card, recipe={"objective": "plain"}), 10) is None


def test_the_recorded_grids_have_nine_settings():
    for name in ("hands", "horses"):
        runs = training.searched(sets.SETS[name])
        assert len(runs.batches) * len(runs.learning_rates) == 9
        assert len(runs.values(runs.best)) == 3  # seeds
    assert training.searched(sets.SETS["digits"]) is None
