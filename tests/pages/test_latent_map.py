"""The Latent map page through app.py, its geometry and its recorded pictures."""

import functools

import numpy as np
import pytest

import checkpoints
from data.own import labels
from tests import apptest
from ui import networks
from ui.components import scatter
from ui.components.scatter import whole
from ui.explore import latent_map

VAES = checkpoints.gallery("vae")


opened = functools.partial(apptest.opened, "explore/latent_map")


def test_the_map_keeps_the_proportions_of_the_points():
    """One scale for both axes: distances stay in proportion, and everything lies inside the square."""
    cloud = np.random.default_rng(0).standard_normal((300, 2)) * [4, 1]
    placed = whole(cloud)
    assert placed.min() >= 0
    assert placed.max() <= 10_000
    before, after = np.linalg.norm(cloud - cloud[0], axis=1)[1:], np.linalg.norm(placed - placed[0], axis=1)[1:]
    assert after / before == pytest.approx(np.full(299, (after / before).mean()), rel=0.02)


def test_equal_points_do_not_divide_by_zero():
    assert (whole(np.ones((3, 2))) == 5000).all()


def test_neighbours_match_a_plain_search():
    codes = np.random.default_rng(0).standard_normal((50, 3))
    found = latent_map.neighbours({"codes": codes}, 7, 5)
    plain = sorted((np.sqrt(((codes[i] - codes[7]) ** 2).sum()), i) for i in range(50) if i != 7)
    assert [i for _, i in plain[:5]] == list(found)


@pytest.mark.parametrize("card", VAES, ids=lambda card: card.name)
def test_recorded_pictures_match_the_codes(card):
    """Lossy, so compared on average: a few grey levels from the decoded picture, and closer to it than to others."""
    preview = checkpoints.preview(card.name)
    rows = [0, 71, 72, len(preview["codes"]) - 1]
    recorded = latent_map.sprite(card, preview, rows).astype(float)
    decoded = networks.decode(card, preview["codes"][rows]).astype(float)
    assert np.abs(recorded - decoded).mean() < 8
    distances = np.abs(recorded[:, None] - decoded[None]).mean((2, 3, 4))
    assert (distances.argmin(1) == np.arange(len(rows))).all()


def test_a_selected_point_shows_its_class_and_opens_in_the_explorer():
    app = opened(model="fashion_vae", point="17")
    preview = checkpoints.preview("fashion_vae")
    name = latent_map.classes(checkpoints.read("fashion_vae"))[preview["labels"][17]]
    assert any(name in text.value and "number 17" in text.value for text in app.markdown)
    next(button for button in app.button if "Open in" in button.label).click().run()
    assert not app.exception
    assert app.title[0].value == "Latent space"


def test_each_of_many_classes_of_own_pictures_has_a_colour(monkeypatch):
    mounted = apptest.mountings(monkeypatch, scatter)
    classes = [f"class {k}" for k in range(labels.MOST_CLASSES)]
    options = {"sprites": b"", "shape": (1, 28, 28), "name": "own", "label": "Map", "axes": ("x", "y"), "save": {}}
    scatter.scatter("map", np.eye(50, 2), np.arange(50), classes, **options)
    assert len(mounted[0][0]["colours"]) == len(classes)


@pytest.mark.parametrize("kind", ["tsne", "pca"])
@pytest.mark.parametrize("card", VAES, ids=lambda card: card.name)
def test_both_maps_of_every_model_are_drawn(card, kind):
    app = opened(model=card.name, map=kind)
    assert not app.warning


@pytest.mark.parametrize("query", [{"point": "NaN"}, {"point": "99999999999"}, {"point": "-1"}, {"map": "umap"}])
def test_bad_links_are_reported_in_one_sentence(query):
    assert len(opened(**query).warning) == 1


def test_selecting_another_model_drops_the_point_without_a_warning():
    app = opened(model="mnist_vae", point="3000")
    assert apptest.address(app)["point"] == "3000"
    app.selectbox(key="model").set_value("kmnist_vae").run()
    assert not app.exception
    assert not app.warning
    assert "point" not in apptest.address(app)
    assert app.info  # what to do, as long as no point is chosen


def test_drawing_is_offered_only_where_the_map_can_take_a_drawing():
    assert "draw your own" in opened(model="mnist_vae").markdown[0].value
    words = opened(model="street_vae").markdown[0].value  # in colour
    assert "draw" not in words
    assert "walk along a line" in words


def test_the_column_beside_the_map_says_what_each_mode_does():
    info = opened(model="mnist_vae").info[0].value
    assert [info.count(mode) for mode in ("Look at points", "Walk along a line", "Draw your own")] == [1, 1, 1]
    in_colour = opened(model="street_vae").info[0].value  # nothing can be drawn for it
    assert "Walk along a line" in in_colour
    assert "Draw" not in in_colour
    assert len(latent_map.hints(None)) == 1


def test_columns_of_the_file_are_called_as_the_axes(downloads):
    opened(model="mnist_vae")
    names = downloads["mnist_vae_map.csv"].splitlines()[0].split(",")
    assert names == ["number", "class", "t-SNE 1", "t-SNE 2", "PC 1", "PC 2"]
