"""Corruptions against what they should do, and the page that shows how metrics react."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

import checkpoints
import data
from checkpoints import recorded
from data import corruptions
from evaluate import halves
from evaluate import reactions as measured
from tests import apptest
from tests.apptest import without_error
from ui.evaluate import reactions
from ui.url import reported

SAMPLE = data.sample("mnist")
IMAGES, LABELS = SAMPLE.images[:200], SAMPLE.labels[:200]


def spoiled(kind, strength):
    return corruptions.KINDS[kind](IMAGES, LABELS, strength, np.random.default_rng(0))


@pytest.mark.parametrize("kind", corruptions.KINDS)
def test_strength_zero_changes_nothing(kind):
    assert np.array_equal(spoiled(kind, 0.0), IMAGES)
    assert spoiled(kind, 1.0).shape == IMAGES.shape
    assert not np.array_equal(spoiled(kind, 1.0), IMAGES)


@pytest.mark.parametrize(("strength", "expected"), [(0.1, "0.5 pixels"), (0.2, "1 pixel"), (0.6, "3 pixels")])
def test_pixels_are_singular_or_plural(strength, expected):
    assert reactions.words("move", strength) == expected


def test_blur_keeps_the_brightness_and_noise_has_its_deviation():
    middle = np.zeros((1, 1, 28, 28), np.uint8)
    middle[..., 10:18, 10:18] = 200
    blurred = corruptions.blur(middle, None, 1.0, None)
    assert blurred.sum() == pytest.approx(middle.sum(), rel=0.02)
    grey = np.full((50, 1, 28, 28), 128, np.uint8)
    noisy = corruptions.noise(grey, None, 0.5, np.random.default_rng(1))
    assert noisy.std() == pytest.approx(25.5, rel=0.02)


def test_moving_by_whole_pixels_is_a_shift():
    moved = spoiled("move", 0.4)
    assert np.array_equal(moved[..., 2:], IMAGES[..., :-2])


@pytest.mark.parametrize(("strength", "classes"), [(0.0, 10), (0.5, 5), (1.0, 1)])
def test_forgotten_classes_are_removed(strength, classes):
    known = {picture.tobytes(): label for picture, label in zip(IMAGES, LABELS, strict=True)}
    assert len({known[picture.tobytes()] for picture in spoiled("drop", strength)}) == classes


def test_repeating_leaves_one_of_each_class_at_the_end():
    assert len({picture.tobytes() for picture in spoiled("repeat", 1.0)}) == len(np.unique(LABELS))


RECORDED = recorded.read(reactions.RECORDING)


def column(kind, metric):
    """Recorded values {strength: value}."""
    return dict(zip(RECORDED["strengths"], RECORDED["kinds"][kind][metric], strict=True))


def limits(metric):
    return reactions.band(RECORDED["real"][metric])


def test_the_recording_has_this_classifier_and_every_corruption():
    classifier = checkpoints.read(measured.CLASSIFIER)
    assert RECORDED["classifier"] == {"name": classifier.name, "sha256": classifier.sha256}
    assert set(RECORDED["kinds"]) == set(corruptions.KINDS) == set(reactions.NAMES)
    assert RECORDED["strengths"] == list(measured.STRENGTHS)
    assert all(len(values) == measured.SPLITS for values in RECORDED["real"].values())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "strength"), [("blur", 0.6), ("noise", 0.2), ("drop", 1.0), ("repeat", 0.9), ("move", 0.5)]
)
def test_the_recording_matches_the_metrics(kind, strength):
    expected = {name: column(kind, name)[strength] for name in RECORDED["real"]}
    assert measured.at(kind, strength) == pytest.approx(expected, rel=1e-3, abs=1e-5)


def test_values_of_real_pictures_match_the_metrics():
    expected = {name: values[3] for name, values in RECORDED["real"].items()}
    assert measured.of_real(3) == pytest.approx(expected, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("kind", reactions.NAMES)
def test_the_strip_shows_the_measured_pictures(kind):
    pictures = halves.spoiled(kind, 0.7)
    _, _, labels = halves.halves()
    first = [np.flatnonzero(labels == label)[0] for label in range(10)]
    (url,) = reactions.stage(kind, [0.7])["frames"]
    strip = np.asarray(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))))
    assert np.array_equal(strip[:28], np.hstack(pictures[first, 0]))


def test_the_statements_of_the_page_about_blur_hold():
    low, high = limits("inception_score")
    scores = column("blur", "inception_score")
    assert all(low < scores[k / 10] < high for k in range(6))
    assert scores[0.6] < low
    assert column("blur", "density")[0.5] < limits("density")[0]
    assert column("blur", "coverage")[0.5] < limits("coverage")[0]
    assert column("blur", "mse")[1.0] / np.mean(RECORDED["real"]["mse"]) == pytest.approx(0.25, abs=0.02)


def test_the_statements_of_the_page_about_noise_hold():
    assert column("noise", "coverage")[0.3] == pytest.approx(0.1, abs=0.01)
    assert column("noise", "frechet")[0.3] / np.mean(RECORDED["real"]["frechet"]) == pytest.approx(9, abs=0.5)
    assert column("noise", "mse")[0.3] / np.mean(RECORDED["real"]["mse"]) == pytest.approx(0.02, abs=0.002)


def test_the_statements_of_the_page_about_forgotten_classes_hold():
    assert min(column("drop", "density").values()) > limits("density")[0]
    coverage = list(column("drop", "coverage").values())
    assert coverage == sorted(coverage, reverse=True)
    assert coverage[1] < limits("coverage")[0]
    assert coverage[-1] < 0.1


def test_the_statements_of_the_page_about_repeating_hold():
    scores, densities = (list(column("repeat", name).values()) for name in ("inception_score", "density"))
    assert min(scores) > 0.9 * scores[0]
    assert min(densities) > 0.75 * densities[0]
    coverage = list(column("repeat", "coverage").values())
    assert coverage == sorted(coverage, reverse=True)
    assert coverage[-1] < 0.1
    distances, high = list(column("repeat", "frechet").values()), limits("frechet")[1]
    assert max(distances[:-1]) < 1.5 * high
    assert distances[-1] > 3 * high


def test_the_statements_of_the_page_about_moving_hold():
    low, high = limits("frechet")
    assert all(low < value < high for value in column("move", "frechet").values())
    errors, high = column("move", "mse"), limits("mse")[1]
    assert all((error > high) == (corruptions.WAY * strength >= 3) for strength, error in errors.items())


@pytest.mark.parametrize("strength", [0.0, 0.1, 0.6, 1.0])
def test_the_text_beside_the_slider_describes_the_change(strength):
    labels = halves.halves()[2]
    shown = {kind: reactions.words(kind, strength) for kind in reactions.NAMES}
    classes = len({labels[k] for k in same_pictures(halves.spoiled("drop", strength))})
    assert shown["drop"] == f"{classes} {'class' if classes == 1 else 'classes'} left"
    left = len(set(same_pictures(halves.spoiled("repeat", strength))))
    assert shown["repeat"] == f"{left} different pictures left"
    assert shown["move"] == f"{5 * strength:g} pixels"
    assert shown["blur"].endswith(" pixels")
    assert shown["noise"].endswith("% of white")


def same_pictures(spoiled):
    """For each spoiled picture the first of the pictures before that is the same."""
    before = {}
    for k, picture in enumerate(halves.halves()[1]):
        before.setdefault(picture.tobytes(), k)
    return [before[picture.tobytes()] for picture in spoiled]


def test_the_first_view_shows_an_effect_and_its_text_names_the_colours():
    app = without_error("evaluate/reactions")
    assert app.query_params.get("strength_of") is None  # a fresh link stays short
    (text,) = (text.value for text in app.markdown if "**Look for**" in text.value)
    assert text.startswith("Drag the strength: **orange**")
    assert "**blue**" in text
    strength = corruptions.start("blur")
    for metric in ("frechet", "coverage", "inception_score", "density"):
        low, high = limits(metric)
        assert not low <= column("blur", metric)[strength] <= high


@pytest.mark.parametrize(("link", "strength"), [({}, 0.3), ({"strength_of": "0.6"}, 0.6), ({"strength_of": "0"}, 0.0)])
def test_old_links_still_work(link, strength):
    app = without_error("evaluate/reactions", spoil="noise", **link)
    assert app.session_state[reported.KEPT]["strength_of"] == (None, strength)


@pytest.mark.parametrize("kind", reactions.NAMES)
def test_every_corruption_uses_common_scales(kind):
    without_error("evaluate/reactions", spoil=kind)
    panels = reactions.panels(RECORDED, kind)
    assert [panel["range"] for panel in panels] == [panel["range"] for panel in reactions.panels(RECORDED, "blur")]
    for panel in panels:
        (low, high), (one,) = panel["range"], panel["series"]
        assert low <= min(one["y"])
        assert high >= max(one["y"])
        assert low < panel["band"]["low"] < panel["band"]["high"] < high


@pytest.mark.slow
def test_first_paint_needs_no_torch():
    apptest.run_without_torch(
        "app = AppTest.from_file('pages/menu.py', default_timeout=60).switch_page('evaluate/reactions.py').run()",
        "assert not app.exception",
    )
