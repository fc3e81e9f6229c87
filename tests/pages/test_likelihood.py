"""The Likelihood page through app.py: its numbers against the metric, and a visitor's pictures."""

import functools

import numpy as np
import pytest
from PIL import Image, ImageDraw

import checkpoints
import data
from checkpoints import recorded
from data import prepare
from metrics.appearance import outline
from metrics.likelihood import importance_log_px
from tests import apptest, unchecked
from tests.pages.test_reconstruct import photograph
from train.recordings import likelihoods as recording
from ui.evaluate import likelihoods

CARD = checkpoints.read("binarized_mnist_vae")


opened = functools.partial(apptest.opened, "evaluate/likelihood")


def test_the_value_matches_importance_sampling():
    import torch

    image = data.sample("binarized_mnist").images[3]
    result = likelihoods.likelihood(CARD, image, 0)
    other = importance_log_px(checkpoints.load(CARD.name), torch.from_numpy(image[None]).float() / 255, 2000, seed=7)
    assert result.log_px == pytest.approx(other.item(), abs=1.5)  # two draws of 2,000 codes
    assert result.elbo == pytest.approx(result.reconstruction - result.kl, abs=1e-6)
    assert result.log_px > result.elbo
    assert result.kl == pytest.approx(result.kl_per_dimension.sum(), rel=1e-5)
    assert np.diff(result.bound[:8]).min() > -0.5


def test_the_recorded_digits_belong_to_these_networks():
    stored = recorded.read(likelihoods.RECORDING)
    assert stored["codes"] == likelihoods.COMPARED_CODES
    cards = [card for card in checkpoints.gallery("vae") if card.dataset["name"] == "binarized_mnist"]
    assert stored["models"] == {card.name: card.sha256 for card in cards}
    for kind in stored["kinds"].values():
        assert {len(kind["outline"]), *map(len, kind["log_px"].values())} == {1000}
    # Over all 10,000 test digits the card has −86.67: 1,000 of them have a standard error of 0.7.
    mean = np.mean(likelihoods.reference(CARD).log_px["drawn"])
    assert mean == pytest.approx(CARD.metrics["test_log_px_k200"], abs=3 * 0.72)


def test_the_recorded_digits_match_the_network():
    if not all(data.available(name, "test") for name in (recording.DATASET, recording.GREY)):
        unchecked.without_full_data()
    images, labels = recording.pictures()
    assert sorted(set(labels.tolist())) == list(range(10))
    known = likelihoods.reference(CARD)
    for kind, pictures in images.items():
        assert np.array_equal(outline(pictures), known.outline[kind])
        # The first ten have the same noise as in the recording.
        assert recording.measure(CARD.name, pictures[:10]) == pytest.approx(known.log_px[kind][:10], abs=0.02)


def test_the_statements_of_the_page_about_outlines_hold():
    known = likelihoods.reference(CARD)
    assert known.correlation == pytest.approx(-0.90, abs=0.01)
    assert known.by_threshold == pytest.approx(15.3, abs=0.1)
    x, y = known.outline["drawn"], known.log_px["drawn"]
    assert known.per_pair == pytest.approx(np.cov(x, y)[0, 1] / np.var(x, ddof=1), rel=1e-6)
    assert known.share_below(-1e9) == 0
    assert known.share_below(float(np.median(y))) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("width", [12, 18, 26])
def test_a_simple_handwritten_seven_is_more_probable_than_most_digits(width):
    page = Image.new("RGB", (320, 320), "white")
    ImageDraw.Draw(page).line([(90, 80), (230, 80), (150, 250)], fill="black", width=width, joint="curve")
    seven = prepare.prepare(page, CARD.shape, prepare.preset("binarized_mnist"))[-1].image
    (one,) = likelihoods.compare(CARD, {"seven": seven})
    known = likelihoods.reference(CARD)
    assert known.share_below(one.log_px) > 0.9
    assert one.outline < np.percentile(known.outline["drawn"], 25)


@pytest.mark.slow
def test_changed_pictures_are_measured_and_named_after_the_change():
    import torch

    image = data.sample("binarized_mnist").images[3]
    pictures = likelihoods.changed(image)
    assert np.array_equal(pictures["this picture"], image)
    assert not pictures["upper half only"][:, 14:].any()
    assert (pictures["five pixels flipped"] != image).sum() == 5
    assert np.array_equal(pictures["upside down"][:, ::-1], image)
    for one in likelihoods.compare(CARD, pictures):
        x = torch.from_numpy(one.image[None].astype(np.float32)) / 255
        assert one.log_px == pytest.approx(importance_log_px(checkpoints.load(CARD.name), x, 200).item(), rel=1e-5)
        white = one.image[0] > 0
        pairs = sum(
            white[r, c] != white[r + dr, c + dc]
            for r in range(28)
            for c in range(28)
            for dr, dc in ((0, 1), (1, 0))
            if r + dr < 28 and c + dc < 28
        )
        assert one.outline == pairs


def test_a_picture_number_typed_just_before_the_click_is_used():
    app = opened()
    app.number_input(key="digit").set_value(7)
    next(b for b in app.button if b.label.startswith("Keep")).click().run()
    assert not app.exception
    assert [name.partition(",")[0] for name in app.session_state["kept pictures"]] == ["test image 7"]


@pytest.mark.slow
def test_pictures_are_kept_and_forgotten():
    app = opened(digit="3")
    tiles_before = len(app.get("html"))
    next(b for b in app.button if b.label.startswith("Keep")).click().run()
    app.number_input(key="digit").set_value(4).run()
    assert len(app.get("html")) == tiles_before + 1
    assert [name.partition(",")[0] for name in app.session_state["kept pictures"]] == ["test image 3"]
    next(b for b in app.button if b.label.startswith("Clear")).click().run()
    assert not app.exception
    assert len(app.get("html")) == tiles_before


def test_the_numbers_of_a_test_image_are_reproducible_by_seed():
    app = opened(digit="3")
    values = [m.value for m in app.metric]
    assert len(values) == 3
    assert [m.value for m in opened(digit="3").metric] == values
    assert [m.value for m in opened(digit="3", codes_seed="5").metric] != values


def test_estimates_from_fewer_codes_are_labelled():
    app = opened(digit="3")
    (codes,) = (text.value for text in app.caption if "small pictures" in text.value)
    assert codes.startswith("Test image 3")
    assert f"from {likelihoods.COMPARED_CODES} codes" in codes
    assert "below those from 2,000" in codes
    image = data.sample("binarized_mnist").images
    few = [one.log_px for one in likelihoods.compare(CARD, {str(k): image[k] for k in range(10)})]
    many = [likelihoods.likelihood(CARD, image[k], 0).log_px for k in range(10)]
    assert 0 < np.mean(np.subtract(many, few)) < 2  # nats
    places = [text.value for text in app.caption]
    assert places.index(codes) < next(k for k, text in enumerate(places) if text.startswith("**1** this picture"))


@pytest.mark.slow
def test_a_photograph_is_binarised_and_measured():
    app = opened(digit_from="upload")
    assert not app.metric
    app.file_uploader[0].upload("digit.png", photograph(5), "image/png").run()
    assert not app.exception
    assert len(app.metric) == 3
    before = [m.value for m in app.metric]
    app.file_uploader[0].upload("notes.png", b"no picture", "image/png").run()
    assert len(app.error) == 1
    assert [m.value for m in app.metric] == before
