"""The Compare page through app.py, and its numbers."""

import functools
import itertools

import numpy as np
import pytest
import torch

import checkpoints
import data
from metrics.appearance import edges, variety
from tests import apptest
from ui import gallery
from ui.explore import comparison, session

opened = functools.partial(apptest.opened, "explore/compare")


def test_codes_of_a_seed_agree_in_their_common_dimensions():
    long, short = comparison.codes(20, 7, 5), comparison.codes(8, 7, 5)
    assert np.array_equal(long[:, :8], short)
    assert not np.array_equal(comparison.codes(20, 8, 5), long)
    many = comparison.codes(50, 0, 4000)
    assert (many.mean(), many.std()) == (pytest.approx(0, abs=0.01), pytest.approx(1, abs=0.01))


def test_shifted_codes_agree_in_their_common_dimensions():
    hand = comparison.Hand(psi=0.5, alpha=0.25, shifts=((3, 1.5), (12, -2.0)))
    long, short = (
        comparison.moved(comparison.codes(latent, 7, 5), comparison.codes(latent, 8, 5), hand) for latent in (20, 8)
    )
    assert np.array_equal(long[:, :8], short)
    still = comparison.Hand(psi=0.5)
    halved = comparison.moved(comparison.codes(20, 7, 5), comparison.codes(20, 8, 5), still)
    assert halved == pytest.approx(comparison.codes(20, 7, 5) / 2)


@pytest.mark.parametrize("alpha", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_codes_between_two_seeds_are_distributed_like_random_codes(alpha):
    hand = comparison.Hand(alpha=alpha)
    reached = comparison.moved(comparison.codes(50, 0, 4000), comparison.codes(50, 1, 4000), hand)
    assert (reached.mean(), reached.std()) == (pytest.approx(0, abs=0.01), pytest.approx(1, abs=0.01))


def test_edge_contrast_of_stripes_and_of_blurred_stripes():
    stripes = np.tile(np.array([0, 100], np.uint8), (1, 1, 4, 3))
    assert edges(stripes) == pytest.approx(100 * 20 / (20 + 18))  # across every step, down none
    assert edges(np.full((2, 3, 4, 4), 9, np.uint8)) == 0


def test_variety_by_brute_force():
    images = np.random.default_rng(0).integers(0, 256, (6, 1, 3, 4), dtype=np.uint8)
    pairs = itertools.combinations(images.astype(float), 2)
    assert variety(images) == pytest.approx(np.sqrt(np.mean([((a - b) ** 2).mean() for a, b in pairs])))
    assert variety(images[[2, 2, 2]]) == 0


def test_real_pictures_of_a_sorted_sample_are_of_all_classes():
    """The first shipped sprites are small squares, which have three quarters of the variety of all."""
    sample = data.sample("dsprites")
    known = {picture.tobytes(): label for picture, label in zip(sample.images, sample.labels, strict=True)}
    real = comparison.real(checkpoints.read("dsprites_vae"), 64)
    labels = [known[picture.tobytes()] for picture in real]
    assert np.bincount(labels) / 64 == pytest.approx(np.full(3, 1 / 3), abs=0.15)
    assert variety(real) == pytest.approx(variety(sample.images[::2]), rel=0.1)
    assert variety(sample.images[:64]) < 0.8 * variety(real)


def test_real_pictures_of_an_unsorted_sample_are_its_first_ones():
    real = comparison.real(checkpoints.read("mnist_vae"), 16)
    assert np.array_equal(real, data.sample("mnist").images[:16])


@pytest.mark.usefixtures("toy_gans")
class TestPage:
    def test_each_model_gets_the_same_codes(self):
        app = opened(models="fashion_vae.toy_gan.toy_colour", seed="3", psi="0.5", count="16")
        assert not app.warning
        hand = comparison.Hand(psi=0.5)
        for name in ("fashion_vae", "toy_gan", "toy_colour"):
            model = checkpoints.load(name)
            with torch.no_grad():
                pictures = model.picture(torch.from_numpy(comparison.codes(model.latent, 3, 16) / 2))
            pictures = (pictures * 255).round().to(torch.uint8).numpy()
            drawn = comparison.samples(checkpoints.read(name), 3, 16, hand)
            assert np.abs(drawn.astype(int) - pictures).max() <= 1
            contrast = f"Edge contrast: **{edges(drawn):.1f}** grey levels"
            assert any(markdown.value.startswith(contrast) for markdown in app.markdown)

    def test_resample_changes_the_seed_in_the_link(self):
        app = opened(models="toy_gan")
        next(button for button in app.button if button.label == "Resample").click().run()
        assert not app.exception
        assert app.query_params["seed"] in ("1", ["1"])

    def test_a_dimension_that_reappears_keeps_its_shift(self):
        app = opened(models="toy_gan", count="1", dim="1.2", shift="0.5_-1")
        for chosen, shifts in ((["2"], "-1"), (["2", "1"], "-1_0.5"), ([], None)):
            app.multiselect(key="dim").set_value(chosen).run()
            assert not app.exception
            assert app.query_params.get("shift") in (shifts, [shifts])

    def test_chosen_models_are_in_the_link_and_an_empty_choice_is_reported(self):
        app = opened()
        app.multiselect(key="models").set_value(["toy_twin", "toy_gan"]).run()
        assert app.query_params["models"] in ("toy_twin.toy_gan", ["toy_twin.toy_gan"])
        app.multiselect(key="models").set_value([]).run()
        assert not app.exception
        assert app.info[0].value == "Choose one to four models."

    def test_truncation_to_zero_leaves_one_picture(self):
        drawn = comparison.samples(checkpoints.read("toy_gan"), 0, 64, comparison.Hand(psi=0.0))
        assert variety(drawn) == 0
        opened(models="toy_gan", psi="0")

    @pytest.mark.parametrize(
        ("dimensions", "shifts", "moved"),
        [("3", "-2", {2: -2}), ("3.7", "-2_0.5", {2: -2, 6: 0.5})],
        ids=["one, as in links from before", "two"],
    )
    def test_a_code_can_be_opened_in_the_explorer(self, dimensions, shifts, moved):
        app = opened(models="toy_gan", seed="4", count="1", shift=shifts, dim=dimensions)
        app.button(key="explore toy_gan").click().run()
        assert not app.exception
        assert app.title[0].value == "Latent space"
        wanted = comparison.codes(20, 4, 1)[0]
        for dimension, shift in moved.items():
            wanted[dimension] += shift
        assert np.array_equal(app.session_state[session.KEY].position.code, wanted)

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ({"models": "nothing"}, "not here or for too many"),
            ({"models": "toy_gan.nothing"}, "not here or for too many"),
            ({"models": "fashion_vae.fashion_vae_long.mnist_vae.toy_gan.toy_twin"}, "not here or for too many"),
            ({"models": "mnist_classifier"}, "not here or for too many"),
            ({"models": ""}, "not here or for too many"),
            ({"seed": "-1"}, "not a whole number"),
            ({"psi": "9"}, "not a number"),
            ({"count": "1000"}, "not one of"),
            ({"alpha": "nan"}, "not a number"),
            ({"shift": "4"}, "not a number"),
            ({"shift": "1_2"}, "not a number"),
            ({"shift": "1_nan", "dim": "1.2"}, "not a number"),
            ({"dim": "0"}, "not here or for too many"),
            ({"dim": "1.2.3.4.5"}, "not here or for too many"),
        ],
        ids=str,
    )
    def test_a_bad_link_is_reported_in_one_sentence(self, query, sentence):
        app = opened(**query)
        assert len(app.warning) == 1
        assert sentence in app.warning[0].value
        assert app.multiselect(key="models").value


def test_a_first_visit_compares_models_of_one_set_without_failures():
    app = opened()
    chosen = app.multiselect(key="models").value
    assert len(chosen) == comparison.AT_FIRST
    assert {checkpoints.read(name).dataset["name"] for name in chosen} == {"mnist"}
    assert not set(chosen) & set(gallery.FAILURES)
    assert any(markdown.value == "**Real pictures**" for markdown in app.markdown)
