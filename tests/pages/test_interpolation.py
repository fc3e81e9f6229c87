"""The Interpolation page through app.py, and its paths against their definitions."""

import base64
import functools
import io

import numpy as np
import pytest
import scipy.stats
import torch
from PIL import Image

import checkpoints
from tests import apptest, slow
from ui import code_graphs, gallery, networks, tiles
from ui.explore import path_facts, path_words, paths
from ui.explore.endpoints import End

CARD = checkpoints.read("fashion_vae")


opened = functools.partial(apptest.opened, "explore/interpolation")


def test_the_ends_of_a_path_are_the_decoded_ends():
    a, b = checkpoints.preview("fashion_vae")["codes"][:2]
    for frames, norms in paths.latent(CARD, a, b).values():
        assert frames.shape == (paths.FRAMES, 1, 28, 28)
        ends = networks.decode(CARD, np.stack([a, b]))
        assert np.abs(frames[[0, -1]].astype(int) - ends).max() <= 1
        assert norms[[0, -1]] == pytest.approx([np.linalg.norm(a), np.linalg.norm(b)], rel=1e-5)


def test_lengths_on_a_great_circle_change_linearly_and_on_a_line_dip():
    a, b = checkpoints.preview("fashion_vae")["codes"][:2]
    ways = paths.latent(CARD, a, b)
    straight = np.linspace(np.linalg.norm(a), np.linalg.norm(b), paths.FRAMES)
    assert ways["slerp"][1] == pytest.approx(straight, rel=1e-4)
    assert ways["lerp"][1].min() < straight.min()


def test_positions_in_the_link_are_on_the_same_paths():
    a, b = checkpoints.preview("fashion_vae")["codes"][:2]
    all_frames, some = paths.latent(CARD, a, b), paths.latent(CARD, a, b, [0.25, 0.5])
    for way in ("lerp", "slerp"):
        assert np.abs(some[way][0].astype(int) - all_frames[way][0][[8, 16]]).max() <= 1
        assert paths.lengths(CARD, a, b, [0.25, 0.5])[way] == pytest.approx(some[way][1])


@pytest.mark.parametrize("latent", [1, 2, 20, 128])
def test_random_codes_have_the_expected_length(latent):
    known = scipy.stats.chi(latent)
    assert paths.length_of_random(latent) == pytest.approx((known.mean(), known.std()), rel=1e-6)


@pytest.mark.parametrize(("frame", "alpha"), [("8", "0.25"), ("0", "0"), ("16", None)])
def test_an_older_link_with_a_frame_works(frame, alpha):
    app = opened(frame=frame)
    assert not app.warning
    assert "frame" not in app.query_params
    assert apptest.address(app).get("alpha") == alpha


def test_the_opening_pair_belongs_to_the_model():
    app = opened()
    assert (app.number_input(key="a").value, app.number_input(key="b").value) == (1, 2)
    app.selectbox(key="model").set_value("fashion_vae").run()
    assert (app.number_input(key="a").value, app.number_input(key="b").value) == (1, 9)
    app.number_input(key="a").set_value(5).run()
    app.selectbox(key="model").set_value("mnist_vae").run()
    assert (app.number_input(key="a").value, app.number_input(key="b").value) == (5, 2)  # the choice is kept


def test_the_blend_is_the_mean_in_the_middle():
    a, b = np.zeros((1, 2, 2), np.uint8), np.full((1, 2, 2), 200, np.uint8)
    frames = paths.blend(a, b)
    assert np.array_equal(frames[0], a)
    assert np.array_equal(frames[-1], b)
    assert (frames[paths.FRAMES // 2] == 100).all()


def test_figure_has_the_test_images_at_its_ends():
    import data

    shipped = data.sample("fashion_mnist").images
    figure = paths.of_class_pairs(CARD, same=True, seed=1).reshape(10, 9, 1, 28, 28)
    for row in figure:
        for end in (row[0], row[-1]):
            assert (shipped == end).all((1, 2, 3)).any()
    assert not np.array_equal(figure, paths.of_class_pairs(CARD, same=True, seed=2).reshape(figure.shape))


@pytest.mark.parametrize(
    ("labels", "kinds"), [([0, 0, 1], ["same", "different"]), ([1, 1, 1], ["same"]), ([0, 1, 2], ["different"])]
)
def test_only_existing_pairs_have_a_figure(monkeypatch, labels, kinds):
    """Of two classes one may have lost its pictures as copies, and a table may give each picture a class of its own."""
    monkeypatch.setattr(gallery, "test_images", lambda card: None)
    monkeypatch.setattr(networks, "preview", lambda card: {"labels": np.array(labels)})
    assert paths.class_pairs(CARD) == kinds


def test_figure_without_test_images_has_their_decoded_codes_at_its_ends(monkeypatch):
    monkeypatch.setattr(gallery, "test_images", lambda card: None)
    preview = checkpoints.preview("fashion_vae")
    figure = paths.of_class_pairs(CARD, same=False, seed=1).reshape(10, 9, 1, 28, 28)
    everything = networks.decode(CARD, preview["codes"]).astype(int)
    for row in figure[:3]:
        labels = []
        for end in (row[0], row[-1]):
            distances = np.abs(everything - end).max((1, 2, 3))
            assert distances.min() <= 1
            labels.append(preview["labels"][distances.argmin()])
        assert labels[0] != labels[1]


def test_an_upload_can_be_an_end_and_a_bad_one_is_reported():
    app = opened(a_from="own")
    picture = Image.fromarray(255 - checkpoints.preview("fashion_vae")["start_picture"][0]).resize((200, 200))
    raw = io.BytesIO()
    picture.save(raw, "PNG")
    app.file_uploader[0].upload("shoe.png", raw.getvalue(), "image/png").run()
    assert not app.exception
    assert not app.error
    assert any("your picture" in caption.value for caption in app.caption)
    app.file_uploader[0].upload("text.png", b"%PDF-1.7", "image/png").run()
    assert not app.exception
    assert len(app.error) == 1


def test_every_kind_of_end_works():
    app = opened(a_from="prior", a_seed="5")
    assert app.number_input(key="a_seed").value == 5
    app.number_input(key="b").set_value(12).run()
    assert not app.exception
    assert app.query_params["b"] == "12"


def test_other_pairs_are_drawn_and_are_in_the_link():
    app = opened()
    apptest.press(app, "Other pairs")
    assert app.query_params["pairs"] == "1"


@pytest.mark.parametrize("name", slow.all_but({"mnist_vae"}, [card.name for card in checkpoints.gallery("vae")]))
def test_every_model_works_without_its_pictures(name, monkeypatch):
    """Stored codes stand for test images, and the page offers the download."""
    monkeypatch.setattr(gallery, "test_images", lambda card: None)
    app = opened(model=name, a="3")
    assert any("not shipped" in info.value for info in app.info)
    assert any("stored code of test image 3" in caption.value for caption in app.caption)


@pytest.mark.parametrize("count", [1, 33, 100, 200])
def test_the_sheet_of_a_film_is_no_wider_than_phones_support(count):
    from ui.components import picture_player

    frames = np.arange(count, dtype=np.uint8)[:, None, None, None] * np.ones((1, 3, 4, 100), np.uint8)
    made = picture_player._row({"frames": frames, "title": "", "note": "", "alt": ""})
    sheet = np.asarray(Image.open(io.BytesIO(base64.b64decode(made["sheet"].partition(",")[2]))))
    assert sheet.shape[1] <= tiles.WIDEST
    for frame in (0, count // 2, count - 1):
        top, left = frame // made["columns"] * 4, frame % made["columns"] * 100
        assert (sheet[top : top + 4, left : left + 100] == frame).all()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"a": "1000000"}, "not a whole number"),
        ({"b": "NaN"}, "not a whole number"),
        ({"a": "-1"}, "not a whole number"),
        ({"frame": "99"}, "there are 0 to 32"),
        ({"alpha": "1.5"}, "not a number from 0 to 1"),
        ({"alpha": "nan"}, "not a number from 0 to 1"),
        ({"frame": "x"}, "there are 0 to 32"),
        ({"a_from": "moon"}, "not one of"),
        ({"a_from": "<b>"}, "not one of"),
        ({"pairs": "1e9"}, "not a whole number"),
        ({"model": "nothing"}, "a model that is not here"),
    ],
)
def test_bad_links_are_reported_in_one_sentence(query, reason):
    app = opened(**query)
    assert any(reason in warning.value for warning in app.warning)


@pytest.mark.slow
def test_animation_of_a_path_goes_there_and_back(downloads):
    opened(model="fashion_vae")
    movie = Image.open(io.BytesIO(downloads["fashion_vae_interpolation.gif"]()))
    assert movie.n_frames == 2 * paths.FRAMES - 2

    def frame(k):
        movie.seek(k)
        return np.asarray(movie.convert("L"))

    assert np.array_equal(frame(3), frame(movie.n_frames - 3))
    assert not np.array_equal(frame(3), frame(4))


def ends(name, *rows):
    """Ends whose codes are stored ones of a model, with their decoded pictures."""
    card, codes = checkpoints.read(name), checkpoints.preview(name)["codes"][list(rows)]
    return card, [
        End(code, picture, "an end") for code, picture in zip(codes, networks.decode(card, codes), strict=True)
    ]


def test_distances_and_classes_along_a_path_match_its_codes_and_pictures():
    card, (a, b) = ends("fashion_vae", 1, 9)
    facts, codes = path_facts.of(card, a, b), checkpoints.preview("fashion_vae")["codes"]
    x = path_facts.moments(card)
    left_out = {1, 9, *paths.around(card, a.code, b.code).rows}
    others = np.delete(codes, list(left_out), axis=0)
    classifier = checkpoints.load("fashion_classifier")
    for way, on_it in paths.codes_on(card, a.code, b.code, x).items():
        for k in (0, 7, 16, 32):
            nearest = np.sort(np.linalg.norm(others - on_it[k], axis=1))[:5]
            assert facts[way].far[k] == pytest.approx(nearest.mean(), rel=1e-5)
    pictures = {way: frames for way, (frames, _) in paths.latent(card, a.code, b.code, x).items()}
    pictures["blend"] = paths.blend(a.picture, b.picture, x)
    assert pictures.keys() == facts.keys()
    for way, frames in pictures.items():
        with torch.no_grad():
            logits = classifier(torch.from_numpy(frames).float() / 255)
        assert np.array_equal(facts[way].seen, logits.argmax(1))
        assert facts[way].certainty == pytest.approx(logits.softmax(1).amax(1), abs=1e-5)
    assert facts["blend"].far is None


def test_the_band_contains_90_percent_of_real_pictures():
    card = checkpoints.read("fashion_vae")
    codes = checkpoints.preview("fashion_vae")["codes"]
    low, high = path_facts.band(card)
    distances = np.sort(np.linalg.norm(codes[:150, None] - codes[None], axis=2), axis=1)[:, 1:6].mean(1)
    assert np.mean((distances > low) & (distances < high)) == pytest.approx(0.9, abs=0.05)


@pytest.mark.parametrize(
    ("far", "words"),
    [
        ([1, 1, 1, 1, 1, 1, 1, 1, 1], "Stays within the data"),
        (
            [1, 1, 3, 4, 3, 1, 1, 1, 1],
            "at pictures 3 to 5 (α = 0.25 to 0.50), farthest at α = 0.38: a distance of 4.00; 95%",
        ),
        ([1, 1, 1, 1, 3, 1, 1, 1, 1], "Outside the data at picture 5 (α = 0.50)"),
        ([3, 3, 3, 3, 3, 3, 3, 3, 3], "all the way, farthest at α = 0.00: a distance of 3.00; 95% of real pictures"),
        ([3, 1, 1, 1, 1, 1, 1, 1, 1], "Picture A is outside, too."),
        (
            [3, 3, 1, 3, 1, 1, 3, 1, 3],
            "pictures 1 to 2 (α = 0.00 to 0.12) and at picture 4 (α = 0.38) and 2 shorter places,",
        ),
        ([3, 3, 1, 3, 1, 1, 3, 1, 1], "at picture 4 (α = 0.38) and 1 shorter place, farthest"),
        ([1] * 9, "Stays within the data: 95% of real pictures are nearer to others than 2.00, and so is every code"),
    ],
)
def test_a_sentence_says_where_a_path_leaves_the_data(far, words):
    x = np.linspace(0, 1, 9)
    assert words in path_words.said(x, np.array(far, float), (1.0, 2.0), of_pictures=True)


def test_between_two_pictures_and_lengths_of_codes():
    x, inside = np.linspace(0, 1, 33), np.ones(33)
    assert "between pictures 6 and 7 (α = 0.66)" in path_words.said(
        x, inside + (x == x[21]), (0.5, 1.5), of_pictures=True
    )
    short = path_words.said(x, inside - 0.9 * (x == 0.5), (0.5, 1.5), of_pictures=False)
    assert "at picture 5 (α = 0.50), farthest at α = 0.50: ‖z‖ = 0.1; 95% of random codes have a length from" in short
    assert path_words.said(x, inside, (0.5, 1.5), of_pictures=False) == (
        "Stays within the lengths of random codes: 95% of random codes have a length from 0.5 to 1.5, and so has every "
        "code on the way."
    )


def test_a_missing_path_between_two_groups_of_codes_is_reported():
    name = "dsprites_control_vae_14"
    card, codes = checkpoints.read(name), checkpoints.preview(name)["codes"]
    graph = code_graphs.of(card)
    assert graph.pieces == 2
    other = next(row for row in range(1, 100) if graph.way(codes[0], codes[row]) is None)
    card, (a, b) = ends(name, 0, other)
    assert list(path_facts.of(card, a, b)) == ["lerp", "slerp", "blend"]
    assert "fall into 2 groups" in path_words.about(card, a, b)


def test_equal_ends_are_reported_and_random_ones_are_outside():
    app = opened(model="fashion_vae", a="3", b="3")
    assert any("have the same code" in markdown.value for markdown in app.markdown)
    card, (a,) = ends("fashion_vae", 3)
    far = End(np.full(20, 50, np.float32), a.picture, "far away")
    facts = path_facts.of(card, a, far)
    assert all("Picture B is outside, too." in facts[way].said for way in ("lerp", "slerp", "around"))


def test_without_stored_codes_of_pictures_the_length_is_measured():
    card, (a, b) = ends("mnist_gan", 0, 1)
    assert code_graphs.of(card) is None
    facts = path_facts.of(card, a, b)
    assert list(facts) == ["lerp", "slerp", "blend"]
    assert facts["lerp"].far == pytest.approx(paths.lengths(card, a.code, b.code, facts["lerp"].x)["lerp"])
    assert "Outside the lengths of random codes" in facts["lerp"].said
    assert "Stays within" in facts["slerp"].said
    assert "has no encoder" in path_words.about(card, a, b)
    assert "codes of a flow are noise" in path_words.about(checkpoints.read("mnist_flow"), a, b)


def test_too_few_or_equal_codes_are_reported(monkeypatch):
    card, (a, b) = ends("fashion_vae", 0, 1)
    few = {"codes": checkpoints.preview("fashion_vae")["codes"][:12]}
    for stored in (few, {"codes": np.ones((30, 20), np.float32)}):
        with apptest.with_caches(apptest.new_caches()):
            monkeypatch.setattr(networks, "preview", lambda card, stored=stored: stored)
            facts = path_facts.of(card, a, b)
            assert list(facts) == ["lerp", "slerp", "blend"]
            assert facts["lerp"].far is None
            assert facts["lerp"].said == ""
            assert "takes the codes of 20 pictures" in path_words.about(card, a, b)
