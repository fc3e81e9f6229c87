"""Your pictures: from a zip to a model that other pages offer, only in the same visit."""

import base64
import dataclasses
import functools
import re

import numpy as np
import pytest
from streamlit.runtime.caching import cache_resource_api

import checkpoints
from checkpoints import visits
from data.own import example, preparation
from data.own.sets import splits
from evaluate import brought as brought_pictures
from evaluate import catalogue
from evaluate.features import features
from metrics.kid import kid
from tests.apptest import button, mountings, opened, press, without_error
from tests.data.own_files import of_pictures, packed, picture, png
from train import own_recipe
from ui import code_graphs, networks
from ui.components import chain as component
from ui.explore import bases
from ui.explore.chain import vaes
from ui.explore.chain import visit as chain_visit
from ui.own import shown, visit

PAGE = "own/your_pictures"
PARTS = slice(12), slice(12, 22)  # of 24 pictures, half of which are held out
TRAIN = "Train a VAE on them"


@pytest.mark.parametrize("count", [60, 300, 600, 3200, 3600])
@pytest.mark.parametrize("settings", [preparation.Settings("colour", 64), preparation.Settings("grey", 28)])
def test_the_duration_is_that_of_the_recipe(count, settings):
    images, seconds = np.zeros((count, *settings.shape), np.uint8), 0.176 if settings.side == 64 else 0.02  # of a step
    pictures = splits("own_some", images, np.zeros(count, np.int64), ("picture",), "")
    recipe = own_recipe.recipe("some", pictures)
    minutes = (20 + seconds * recipe.epochs * recipe.steps_per_epoch(0)) / 60
    assert shown.minutes(count, settings) == f"about {round(minutes)} min"


@pytest.fixture
def quick(monkeypatch):
    """Trainings of fifty steps with a small network."""
    small = functools.partial(
        own_recipe.recipe, epochs=2, start=None, arguments={"latent": 4, "channels": 4, "normed": False}
    )
    monkeypatch.setattr(own_recipe, "recipe", small)


def brought(raw, name="mine.zip"):
    """The page after a zip has been uploaded."""
    app = opened(PAGE)
    app.file_uploader[0].upload(name, raw, "application/zip").run()
    assert not app.exception
    return app


def mine(app):
    return app.session_state[visit.KEY]


ZIPS = {"classes": of_pictures(24, ("round", "wide")), "colours": of_pictures(24, colour=True)}


@pytest.fixture
def trained(quick, request):
    """The page with a model of 24 pictures, by default in two classes."""
    app = brought(ZIPS[getattr(request, "param", "classes")])
    press(app, TRAIN)
    assert not app.error
    yield app
    mine(app).delete()


def test_a_name_typed_just_before_the_click_is_used(quick):
    app = brought(ZIPS["classes"])
    app.text_input(key="own title").set_value("Roses")
    press(app, TRAIN)
    (model,) = mine(app).models.values()
    assert "Roses" in model.card.title
    mine(app).delete()


def test_a_zip_becomes_a_model(trained):
    (model,) = mine(trained).models.values()
    assert model.card.dataset["classes"] == ["round", "wide"]
    assert model.pictures.images.shape == (24, 1, 28, 28)
    assert (model.card.dataset["train_images"], model.card.dataset["test_images"]) == (22, 2)
    assert any("mean squared error" in text.value for text in trained.markdown)
    assert visits.folder(mine(trained).token).is_dir()
    button(trained, "Live chain").click()
    trained.run()
    assert (trained.title[0].value, trained.selectbox(key="model").value) == ("Live chain", model.card.name)


@pytest.mark.slow
@pytest.mark.parametrize("trained", ZIPS, indirect=True)
def test_pages_offer_the_model(trained):
    (name,) = mine(trained).models
    for page in (
        *("explore/latent_space", "explore/interpolation", "explore/latent_map", "explore/directions"),
        *("explore/inside", "images/reconstruct", "evaluate/metrics", "training/playback"),
    ):
        trained.switch_page(f"{page}.py")
        trained.query_params.update({"model": name})
        trained.run()
        assert not trained.exception, page
        assert not trained.error, page
        assert not trained.warning, page
        box = next(each for each in trained.selectbox if each.label.startswith("Model"))
        assert box.value == name, page


def measured(app, *names):
    """{metric: score} of the page Metrics for the visit's model, 10 samples."""
    (name,) = mine(app).models
    app.switch_page("evaluate/metrics.py")
    app.query_params.update({"model": name, "samples": "10"})
    app.run()
    app.multiselect(key="metrics").set_value(list(names)).run()
    press(app, "Compute")
    return {score.metric: score for score in app.session_state["metrics run"].scores}


@pytest.mark.slow
def test_metrics_compare_the_model_with_held_out_pictures(quick, monkeypatch):
    monkeypatch.setattr(preparation, "HELD_OUT", 0.5)
    app = brought(ZIPS["colours"])
    press(app, TRAIN)
    (model,) = mine(app).models.values()
    scores = measured(app, "mse", "kid", "recognised")
    assert scores.keys() == {"mse"}
    assert scores["mse"].protocol == "10 held-out pictures"
    captions = [caption.value for caption in app.caption]
    few = "Not for this model: KID, since only 12 pictures were held out of its training, and at least 50 are needed."
    assert few in captions
    monkeypatch.setattr(catalogue, "FEWEST", 12)
    score = measured(app, "kid")["kid"]
    assert score.protocol.startswith("10 samples against 12 held-out pictures, features of street_classifier")
    held_out, others = (features(checkpoints.load("street_classifier"), model.pictures.images[part]) for part in PARTS)
    assert score.floor == pytest.approx(kid(others, held_out), rel=1e-4)
    assert score.floor_words == "10 others in place of the samples, against the same 12"
    mine(app).delete()
    app.run()  # its measurements are deleted with it
    assert not app.exception
    assert not app.dataframe


@pytest.mark.slow
def test_another_visitor_does_not_see_the_model(trained):
    (name,) = mine(trained).models
    other = opened("explore/latent_space", model=name)
    assert [warning.value for warning in other.warning] == [
        "This link asks for a model that is not here, so another one is shown instead."
    ]
    assert name not in next(box for box in other.selectbox if box.label == "Model").options
    assert not any(card.name == name for card in checkpoints.gallery())


def test_the_model_is_deleted_on_request(trained):
    ((name, model),) = mine(trained).models.items()
    folder = visits.folder(mine(trained).token)
    bases.basis(model.card, "dims")
    assert bases._basis.cache_info().currsize > 0
    button(trained, "Delete all of it now").click().run()
    assert bases._basis.cache_info().currsize == 0, "caches of what models gave are empty"
    assert not trained.exception
    assert not folder.exists()
    assert trained.file_uploader
    with pytest.raises(checkpoints.CheckpointError):
        checkpoints.read(name)


def test_one_broken_file_is_named_and_the_visitor_decides():
    app = brought(packed({f"{k:02}.png": picture(k) for k in range(12)} | {"bad <b>.png": b"\x89PNG\r\n\x1a\n"}))
    assert app.dataframe[0].value["file"].tolist() == ["bad <b>.png"]
    assert not button(app, TRAIN).disabled
    choice = next(each for each in app.segmented_control if "cannot be used" in each.label)
    choice.set_value(False).run()
    assert button(app, TRAIN).disabled


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PK\x03\x04 broken", "damaged or cut off"),
        (packed({"a.txt": b"hello"}), "The file is a text; save it as PNG"),
        (
            packed({"a.txt": b"hello", "b.txt": b"hello"}),
            "None of the 2 files is a picture. The first one: The file is",
        ),
        (packed({"a.csv": b"file,class\na.png,cat\n"}), "There are only tables; choose the pictures"),
        (packed({}), "no files in it"),
    ],
)
def test_an_unusable_zip_is_reported_in_one_sentence_and_another_can_be_uploaded(raw, words):
    app = brought(raw)
    assert len(app.error) == 1
    assert words in app.error[0].value
    assert app.file_uploader


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (packed({f"{k}.png": picture(1) for k in range(20)}), "All 20 pictures give the same input"),
        (of_pictures(9), "Only 9 different pictures are left"),
    ],
)
def test_unusable_pictures_are_reported(quick, raw, words):
    app = brought(raw)
    press(app, TRAIN)
    assert words in app.error[0].value
    assert button(app, TRAIN)  # with other settings


def test_pictures_omitted_by_the_preparation_are_named(quick):
    blank = png(np.full((28, 28), 200, np.uint8))
    app = brought(
        packed({f"{k:02}.png": picture(k) for k in range(12)} | {f"blank {k:02}.png": blank for k in range(13)})
    )
    next(each for each in app.selectbox if each.label == "What they are").set_value("page").run()
    press(app, TRAIN)
    assert any(text.value == "**13 pictures are left out**" for text in app.markdown)
    assert app.dataframe[0].value["file"].tolist() == [f"blank {k:02}.png" for k in range(10)]
    assert "of one brightness everywhere" in app.dataframe[0].value["reason"][0]
    assert any(caption.value == "… and 3 others." for caption in app.caption)
    mine(app).delete()


@pytest.mark.slow
def test_sample_faces_are_offered(quick, monkeypatch):
    monkeypatch.setattr(example, "files", functools.partial(example.files, 30))
    app = opened(PAGE)
    press(app, "Try it with 500 drawn faces")
    (model,) = mine(app).models.values()
    assert model.card.title == "VAE of “Drawn faces”"
    assert model.card.dataset["classes"] == ["glad", "sad"]
    assert model.card.shape == (3, 32, 32)
    assert mine(app).left_out == visit.LeftOut()
    folder = visits.folder(mine(app).token)
    cache_resource_api.clear_session_cache("test session id")  # what Streamlit does when the session ends
    assert not folder.exists()
    assert mine(app).models == {}
    assert brought_pictures.held_out(model.card) is None


def test_few_pictures_get_a_warning():
    app = brought(of_pictures(12))
    assert "12 pictures are too few" in app.info[0].value


def test_one_picture_is_not_called_pictures_and_names_of_a_table_are_shown_as_text():
    app = brought(packed({"a.png": picture(1), "classes.csv": b"file,class\n[b](http://c.de).png,cat\n"}))
    assert app.subheader[0].value == "One picture"
    assert "at least 10 different pictures" in app.info[0].value
    assert app.warning[0].value.replace("\u2060", "").replace("\\", "") == (
        "The table names none of the pictures (its first file is “[b](http://c.de).png”), so it is not used."
    )
    assert "\\[b\\]\\(" in app.warning[0].value


def test_steps_can_be_switched():
    app = brought(of_pictures(12, colour=True))
    box = next(each for each in app.selectbox if each.label == "What they are")
    assert box.value == "colour"
    box.set_value("page").run()
    assert not app.exception
    pills = next(each for each in app.button_group if each.label.startswith("Steps"))
    assert pills.value == ["invert", "contrast", "crop", "fit"]
    pills.set_value(["contrast"]).run()
    assert not app.exception


def test_a_table_of_classes_can_be_uploaded_with_the_pictures():
    files = {f"{k:02}.png": picture(k) for k in range(12)}
    table = "file,class\n" + "".join(f"{name},{'ab'[k % 2]}\n" for k, name in enumerate(files))
    app = brought(packed(files | {"classes.csv": table.encode()}))
    assert app.subheader[0].value == "12 pictures in 2 classes"


@pytest.mark.slow
def test_a_name_with_markup_is_shown_as_text(quick):
    app = brought(of_pictures(12))
    app.text_input[0].input("*Rosen* <script> $x$").run()
    press(app, TRAIN)
    ((name, model),) = mine(app).models.items()
    assert re.fullmatch(r"visit_[0-9a-f]{16}_rosen_script_x", name)
    assert model.card.title == "VAE of “Rosen script x”"
    mine(app).delete()


def test_the_page_explains_itself_before_an_upload():
    app = without_error(PAGE)
    assert app.file_uploader
    assert any("deleted" in caption.value for caption in app.caption)


def test_the_live_chain_uses_the_model(trained, monkeypatch):
    ((name, model),) = mine(trained).models.items()
    mounted = mountings(monkeypatch, component)
    trained.switch_page("explore/live_chain.py")
    trained.query_params.update({"model": name, "test": f"{model.pictures.name}.3"})
    trained.run()
    assert not trained.exception
    assert not trained.error
    assert not trained.warning
    assert trained.selectbox(key="model").value == name
    assert any("something like your pictures" in text.value for text in trained.markdown)
    data, _ = mounted[-1]
    assert data["model"]["identity"] == model.card.sha256
    assert data["first"]["words"] == vaes.MADE_OF_OWN
    assert (data["model"]["words"]["one"], data["model"]["words"]["code"]) == ("one of your pictures", "picture code")
    image = np.frombuffer(base64.b64decode(data["image"]), np.uint8)
    assert np.array_equal(image, model.pictures.images[3].ravel())
    on_page = trained.session_state[chain_visit.KEY]
    on_page.on_rest({"have": None})
    trained.run()
    assert mounted[-1][0]["map"]["classes"] == ["round", "wide"]
    mine(trained).delete()
    on_page.on_moved({**chain_visit.START, "model": model.card.sha256})  # it was on its way when the model was deleted
    trained.run()
    assert not trained.exception


@pytest.mark.slow
def test_own_codes_have_a_graph_unless_they_are_equal(trained, monkeypatch):
    (model,) = mine(trained).models.values()
    trained.switch_page("explore/interpolation.py")
    trained.query_params.update({"model": model.card.name})
    trained.run()
    assert any("an encoder that gives them different ones" in text.value for text in trained.markdown)  # 50 steps
    card = dataclasses.replace(model.card, metrics={}, sha256="other")
    monkeypatch.setattr(networks, "preview", lambda card: {"codes": np.random.default_rng(0).normal(size=(30, 4))})
    graph = code_graphs.of(card)
    assert code_graphs.of(card) is graph
    mine(trained).models[card.name] = dataclasses.replace(model, card=card)
    mine(trained).delete()
    assert code_graphs.of(card) is not graph
