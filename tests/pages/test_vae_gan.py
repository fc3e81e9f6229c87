"""The page VAE and GAN through app.py, and what it measures."""

import functools

import numpy as np
import pandas as pd
import pytest

import checkpoints
from metrics.appearance import laplacian_variance, nearest_other
from tests import apptest
from ui import networks
from ui.explore import pairs

opened = functools.partial(apptest.opened, "explore/vae_gan")


def test_laplacian_variance_by_brute_force():
    picture = np.random.default_rng(0).integers(0, 256, (5, 4)).astype(np.uint8)
    p = np.pad(picture.astype(float), 1, mode="edge")
    sums = p[:-2, 1:-1] + p[2:, 1:-1] + p[1:-1, :-2] + p[1:-1, 2:] - 4 * p[1:-1, 1:-1]
    one = picture[None, None]
    assert laplacian_variance(one) == pytest.approx(sums.var())
    flat = np.full_like(one, 7)
    assert laplacian_variance(np.concatenate([one, flat])) == pytest.approx(sums.var() / 2)
    assert laplacian_variance(np.repeat(one, 3, axis=1)) == pytest.approx(sums.var())


def test_nearest_other_by_brute_force():
    images = np.random.default_rng(1).integers(0, 256, (7, 1, 3, 3), dtype=np.uint8)
    rows = images.reshape(7, -1) / 255
    expected = [min(np.linalg.norm(a - b) for j, b in enumerate(rows) if j != i) for i, a in enumerate(rows)]
    assert nearest_other(images) == pytest.approx(np.mean(expected))
    assert nearest_other(np.concatenate([images, images])) == 0


def test_figures_have_three_digits_including_zeros():
    figures = pd.DataFrame({"a": [7.0, 9.496, 0.7444, 10_312.0, 0.0]})
    assert list(pairs.rounded(figures)["a"]) == ["7.00", "9.50", "0.744", "10,300", "0.00"]


@pytest.mark.usefixtures("toy_gans")
class TestNumbers:
    def test_moved_dimensions_match_single_decodes(self):
        card = checkpoints.read("fashion_vae")
        code = pairs.codes(card, 5)[0]
        found = pairs.effects(card, code, 3.0)
        assert np.array_equal(found.start, networks.decode(card, code[None])[0])
        assert sorted(found.order) == list(range(card.latent))
        assert np.all(np.diff(found.changes) <= 0)
        for place in (0, card.latent - 1):
            other = code.copy()
            other[found.order[place]] += 3
            alone = networks.decode(card, other[None])[0].astype(int)
            assert np.abs(alone - found.pictures[place]).max() <= 1
            change = np.sqrt(np.square(alone - found.start.astype(int)).mean())
            assert change == pytest.approx(found.changes[place], abs=0.5)

    def test_paths_share_their_ends_and_blends_are_means(self):
        card = checkpoints.read("toy_gan")
        a, b = pairs.codes(card, 0)[:2]
        both = pairs.between(card, a, b).reshape(2, 11, *card.shape).astype(int)
        assert np.array_equal(both[0, [0, -1]], both[1, [0, -1]])
        assert np.abs(both[1, 5] - (both[0, 0] + both[0, -1]) / 2).max() <= 0.5
        assert not np.array_equal(both[0, 5], both[1, 5])

    def test_only_sets_with_a_vae_and_a_gan_are_offered(self):
        found = pairs.by_dataset(checkpoints.gallery("vae", "gan"))
        assert all(vaes and gans for vaes, gans in found.values())
        assert "emoji" not in found


@pytest.mark.usefixtures("toy_gans")
class TestPage:
    def test_both_models_have_samples_numbers_and_ranks(self):
        app = opened(seed="3", epsilon="1.5")
        assert not app.warning
        table = app.table[0].value
        assert list(table.columns)[:2] == ["VAE", "GAN"]
        assert list(table.index)[:2] == list(pairs.MEASURES)[:2]
        assert (table.loc["Laplacian variance, grey levels²"].str.replace(",", "").astype(float) > 0).all()
        assert sum("of the VAE" in m.value for m in app.markdown) == 1
        assert app.query_params["epsilon"] == "1.5"

    def test_nothing_changes_at_zero(self):
        app = opened(epsilon="0")
        assert any("nothing moves" in i.value for i in app.info)

    def test_resampling_changes_the_seed_in_the_link(self):
        app = opened()
        apptest.press(app, "Resample")
        assert app.query_params["seed"] == "1"

    @pytest.mark.parametrize(
        "bad", [{"epsilon": "101"}, {"epsilon": "nan"}, {"alpha": "2"}, {"data": "cats"}, {"vae": "fashion"}]
    )
    def test_a_link_with_unknown_values_is_reported(self, bad):
        app = opened(**bad)
        assert len(app.warning) == 1

    def test_an_epsilon_of_100_is_accepted(self):
        app = opened(epsilon="100")
        assert not app.warning


def test_another_data_set_has_its_own_models():
    app = opened(data="mnist")
    assert app.selectbox(key="vae").value == "mnist_vae"
    assert app.selectbox(key="gan").value.startswith("mnist_")
    assert list(app.table[0].value.index) == list(pairs.MEASURES)


@pytest.mark.parametrize(("name", "words"), [("street_digits", "Synthetic pictures"), ("mnist", "Real pictures")])
def test_rendered_pictures_are_not_called_real(name, words):
    app = opened(data=name)
    assert any(m.value == f"**{words}**" for m in app.markdown)
    assert words in app.table[0].value.columns


def test_an_instructive_pair_is_the_first():
    app = opened()
    assert app.selectbox(key="data").value == "mnist"
    assert [app.selectbox(key=key).value for key in ("vae", "gan")] == ["mnist_vae", "mnist_gan"]
    assert not any("See it fail" in caption.value for caption in app.caption)


def test_failures_are_labelled_and_models_have_titles():
    app = opened(data="street_digits")
    assert sum("See it fail" in caption.value for caption in app.caption) == 1
    assert any("(see it fail)" in entry for entry in app.selectbox(key="vae").options)
    words = next(markdown.value for markdown in app.markdown if "The generator of" in markdown.value)
    assert "“WGAN-GP on synthetic street numbers”" in words
    assert "street_wgan_gp" not in words


class TestPhotographs:
    """The text of the page about SVHN; rendered street numbers replace it."""

    def test_missing_photographs_are_offered_for_download_and_a_failure_is_reported(self, no_sets, monkeypatch):
        app = opened(data="street_digits")
        assert any("not on this machine" in m.value for m in app.markdown)
        assert "svhn_wgan_gp" in app.code[0].value

        apptest.download_in_vain(app, "svhn", monkeypatch)

    def test_a_few_photographs_are_shown_measured_and_labelled_as_few(self, no_sets):
        pictures = np.random.default_rng(0).integers(0, 256, (70, 32, 32, 3), dtype=np.uint8)
        (no_sets / "svhn").mkdir()
        np.savez(no_sets / "svhn" / "test.npz", x=pictures, y=np.arange(70) % 10)
        app = opened(data="street_digits")
        table = next(frame.value for frame in app.dataframe if "Photographs" in frame.value.columns)
        first = np.ascontiguousarray(pictures[: pairs.COUNT].transpose(0, 3, 1, 2))
        measured = float(table.loc["Laplacian variance, grey levels²", "Photographs"].replace(",", ""))
        assert measured == pytest.approx(laplacian_variance(first), rel=5e-3)
        assert any("Only 70 of the 26,032" in caption.value for caption in app.caption)
        assert sum("Fréchet distance to photographs" in caption.value for caption in app.caption) == 2
        assert any(button.label == "Download SVHN street numbers" for button in app.button)

    def test_a_damaged_file_is_named(self, no_sets):
        (no_sets / "svhn").mkdir()
        (no_sets / "svhn" / "test_32x32.mat").write_bytes(b"MATLAB 5.0")
        app = opened(data="street_digits")
        assert "test_32x32.mat is cut off or damaged" in app.error[0].value

    def test_photographs_and_scans_need_no_other_pictures(self):
        app = opened(data="mnist")
        assert not app.code
