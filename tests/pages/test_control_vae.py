"""The ControlVAE page through app.py, with and without trained models; what the training writes into the cards."""

import csv
import functools
import io
import shutil
from typing import Any

import numpy as np
import pytest

import checkpoints
import lessons
from checkpoints import snapshots
from checkpoints.seeds import of_seeds
from checkpoints.table import results_table
from evaluate import disentanglement
from metrics import kl_parts as computed
from metrics import mig
from metrics.paired import difference
from tests import apptest
from tests.sprites import PICTURES, few
from train.catalogue import RECIPES
from ui.evaluate.job import Run
from ui.training import control_loop, control_vae, kl_parts

opened = functools.partial(apptest.opened, "training/control_vae")


@pytest.fixture
def without_models(tmp_path):
    shutil.copy(checkpoints.path("fashion_vae", ".json"), tmp_path)
    with apptest.with_checkpoints(tmp_path):
        yield


@pytest.mark.usefixtures("without_models")
class TestWithoutModels:
    def test_the_controller_works_without_models_and_the_page_says_what_is_missing(self):
        assert len(opened().dataframe) == 1
        app = opened(control="models")
        assert "python -m train dsprites_control_vae_8" in app.info[0].value

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("8, nan, 9", "Measurement 2 is nan"),
            ("inf", "Measurement 1 is inf"),
            ("8 -1", "never negative"),
            ("8, eight", "“eight”, is not a number"),
            ("", "Type 1 to 200"),
            ("1 " * 201, "Type 1 to 200"),
        ],
        ids=str,
    )
    def test_invalid_measurements_are_reported_in_one_sentence(self, text, sentence):
        app = opened()
        app.text_input[0].set_value(text).run()
        assert not app.exception
        assert len(app.error) == 1
        assert sentence in app.error[0].value
        assert not app.dataframe

    @pytest.mark.parametrize("numbers", ["x", "8_8", "-1_8_0.01_0.001_1_100_0.1_0", "nan_8_0.01_0.001_1_100_0.1_0"])
    def test_a_bad_link_is_reported_in_one_sentence(self, numbers):
        app = opened(loop=numbers)
        assert "settings that are not valid" in app.warning[0].value
        assert len(app.dataframe) == 1

    def test_a_link_restores_the_settings(self):
        app = opened(loop="0_8_0.5_0.01_2_3_0_1")
        assert not app.warning
        table = app.dataframe[0].value
        assert table["e = C − KL"].tolist() == [-kl for kl in table["KL"]]
        assert table["β"].between(2, 3).all()

    def test_crossed_bounds_are_reported_in_one_sentence(self):
        assert "must not lie below" in opened(loop="8_8_0.01_0.001_5_2_0.1_0").error[0].value


def test_the_table_is_algorithm_1_by_hand():
    table = control_loop.answered((8.0, 0.0, 0.01, 0.001, 1.0, 100.0, 0.0, 0), (10.0, 8.0))
    p = 0.01 / (1 + np.exp(-2.0))
    assert table["P"] == pytest.approx([p, 0.005])
    assert table["I"] == pytest.approx([0.002, 0.002])
    assert table["β"] == pytest.approx([1 + p + 0.002, 1.007])


@pytest.mark.parametrize("name", list(control_loop.STARTS))
def test_every_start_has_valid_settings(name):
    assert control_loop._fit(control_loop.STARTS[name])
    control_loop.controller(control_loop.STARTS[name])


def test_invalid_settings_in_a_report_are_refused():
    good = control_loop.STARTS["Paper"]
    for place, odd in [(0, -1), (0, float("nan")), (2, "1"), (6, 2), (7, 3), (7, 0.5)]:
        assert not control_loop._fit([*good[:place], odd, *good[place + 1 :]])
    assert not control_loop._fit(good[:-1])


def test_fid_is_shown_next_to_frechet_and_their_disagreement_is_explained():
    app = opened(control="models")
    known = [card for card in control_vae.cards() if "fid_dsprites_5k" in card.metrics]
    fid, frechet = ([card.metrics[key] for card in known] for key in ("fid_dsprites_5k", "frechet_dsprites_5k"))
    assert np.argmin(fid) == np.argmax(frechet) == 0
    for card, value in zip(known, fid, strict=True):
        shown = f"FID {value:.1f} ± {card.metrics['fid_dsprites_5k_spread']:.1f} (real against real 0.5)"
        assert any(shown in text.value for text in app.markdown)
    assert sum("Why FID and Fréchet disagree" in text.value for text in app.markdown) == 1


def test_what_the_page_says_of_drawn_pixels_and_of_the_trainings_agrees_with_the_cards():
    app, (_, fourteen, eight, correlation) = opened(control="models"), control_vae.cards()
    said = " ".join(text.value for text in app.markdown)
    drawn = [card.metrics["frechet_dsprites_5k_drawn"] for card in (correlation, eight, fourteen)]
    assert drawn == sorted(drawn)
    assert "with every pixel drawn from p(x|z) the model at 8 nats is closer than the one at 14." in said
    assert [correlation.recipe[what] / eight.recipe[what] for what in ("epochs", "batch")] == [2, 2]
    assert "takes twice as many steps, each on twice as many pictures" in said


def test_the_lesson_names_the_factors_that_the_sliders_of_the_model_at_14_nats_encode():
    card = control_vae.cards()[1]
    assert sorted(factor for _, factor, _ in control_vae.encoded_factors(card) if factor) == ["shape", "x", "y", "y"]
    look = lessons.read("disentanglement").steps[-1].look
    for words in ("the slider that moves the shape sideways", "the one that turns it into", "two that move it up or"):
        assert words in look


def test_mig_does_not_rank_the_shipped_models_and_the_vae_reconstructs_best():
    app, cards = opened(control="models"), control_vae.cards()
    assert sum("MIG does not rank these models" in text.value for text in app.markdown) == 1
    vae, fourteen, eight, correlation = cards
    reconstructions = [card.metrics["test_reconstruction"] for card in cards]
    assert reconstructions[0] == max(reconstructions)
    gaps, others = (of_seeds(card, "mig") for card in (fourteen, correlation))
    assert min(gaps) < eight.metrics["mig"] < max(gaps)  # within the spread over seeds
    assert not difference(gaps, others).decided
    assert any(f"MIG {eight.metrics['mig']:.2f}, one training" in text.value for text in app.markdown)
    assert round(vae.metrics["test_kl"]) in (24, 25)


@pytest.mark.usefixtures("trained_sprites")
class TestWithModels:
    def test_every_section_opens(self):
        app = opened(control="models")
        assert not app.error
        assert [head.value for head in app.subheader] == ["Over the training"]
        assert len(app.get("plotly_chart")) == 4
        assert len(app.get("html")) >= 4  # samples of four models
        dimensions = opened(control="dimensions")
        assert not dimensions.error
        pages = [page.proto.body for page in dimensions.get("html") if 'class="traversals"' in page.proto.body]
        assert len(pages) == 4
        for page, card in zip(pages, control_vae.cards(), strict=True):
            assert all(f">{name}</span>" in page for name in control_vae.traversal(card).down)
        assert len(dimensions.dataframe) == 4
        for card in control_vae.cards():
            assert any(f"MIG {card.metrics['mig']:.2f}" in text.value for text in app.markdown)
        assert not any("FID" in text.value for text in app.markdown)  # nobody measured it

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "page",
        [
            "explore/latent_space",
            "explore/interpolation",
            "explore/compare",
            "explore/latent_map",
            "images/reconstruct",
            "training/playback",
            "evaluate/metrics",
            "evaluate/models",
        ],
    )
    def test_other_pages_offer_the_models(self, page):
        app = apptest.opened(page, model="dsprites_control_vae_8")
        assert not app.error
        assert not [w for w in app.warning if "not here" in w.value]

    def test_metrics_can_be_computed(self):
        run = Run(control_vae.cards()[1], ("frechet", "recognised", "mse", "elbo"), n=20, seed=0)
        while run.going:
            run.advance(60)
        assert run.problem is None
        assert not run.notes
        assert [score.metric for score in run.scores] == ["frechet", "recognised", "mse", "elbo"]
        assert all(np.isfinite(score.value) for score in run.scores)

    def test_cards_hold_the_traces_and_what_was_reached(self):
        for card in control_vae.cards()[1:3]:
            recipe: Any = RECIPES[card.name]
            assert set(card.history) == {"loss", "reconstruction", "kl", "set_point", "beta", "integral"}
            assert card.metrics["kl_last_1000"] == pytest.approx(np.mean(card.history["kl"]), abs=1e-5)
            assert card.history["set_point"][-1] == recipe.controller.set_point == control_vae.set_point(card)
            assert 0 <= card.metrics["mig"] <= 1
            assert card.metrics["frechet_dsprites_5k"] > card.metrics["frechet_floor"] >= 0

    def test_all_models_are_compared_with_the_same_real_pictures(self):
        floors = {card.metrics["frechet_floor"] for card in control_vae.cards()}
        assert len(floors) == 1

    def test_encoded_factors_in_the_preview_match_the_stored_weights(self):
        split, factors = few()
        for card in control_vae.cards():
            information, entropy = disentanglement.knowledge(
                disentanglement.encoded(checkpoints.load(card.name), split), factors
            )
            preview = checkpoints.preview(card.name)
            assert preview["mutual_information"] == pytest.approx(information.numpy(), abs=1e-4)
            assert card.metrics["mig"] == pytest.approx(mig.gaps(information, entropy).mean().item(), abs=1e-5)

    def test_parts_of_the_kl_match_the_stored_weights(self):
        split, _ = few()
        for card in control_vae.cards():
            each = computed.kl_parts(*disentanglement.encoded(checkpoints.load(card.name), split))
            found = [card.metrics[part] for part in kl_parts.PARTS]
            assert found == pytest.approx(each.mean(0).tolist(), abs=1e-4)
            assert found[0] <= np.log(PICTURES)

    def test_the_parts_of_the_kl_have_a_chart_and_a_table(self):
        app = opened(control="parts")
        assert not app.error
        assert len(app.get("plotly_chart")) == 1
        assert app.dataframe[0].value["model"].tolist() == [card.title for card in control_vae.cards()]

    def test_cards_without_the_parts_of_the_kl_are_reported_in_one_sentence(self, monkeypatch):
        monkeypatch.setattr(kl_parts, "PARTS", {"kl_of_nothing": "nothing"})
        assert "python -m evaluate.disentanglement dsprites_vae" in opened(control="parts").info[0].value

    def test_samples_are_recorded_as_stages(self):
        assert snapshots.read("dsprites_vae").steps.tolist() == [2, 4]
        assert snapshots.read("dsprites_vae").size == (5 * 64, 10 * 64)

    def test_dimensions_are_named_after_the_factor_they_encode_best(self):
        card = control_vae.cards()[0]
        information = checkpoints.preview(card.name)["mutual_information"]
        found = control_vae.encoded_factors(card)
        assert sorted(j for j, _, _ in found) == list(range(10))
        best = [information[j].max() for j, _, _ in found]
        assert best == sorted(best, reverse=True)
        for j, factor, share in found:
            assert (factor == "") == (information[j].max() <= control_vae.KNOWN)
            assert 0 <= share <= 1.01

    def test_curves_can_be_downloaded_as_csv(self):
        rows = list(csv.DictReader(io.StringIO(control_vae.curves_table(control_vae.cards()).to_csv(index=False))))
        assert [row["step"] for row in rows] == ["2", "4"] * 4
        assert rows[0]["beta"] == ""
        assert float(rows[-1]["kl"]) == control_vae.cards()[-1].history["kl"][-1]

    def test_the_results_table_names_what_was_reached(self):
        rows = results_table().partition("**VAE, dsprites**\n\n")[2].split("\n\n")[0].splitlines()
        assert "KL over the last 1,000 steps, nats | MIG |" in rows[0]
        assert [row.split("`")[1] for row in rows[2:]] == sorted(card.name for card in control_vae.cards())

    def test_sample_figures_are_of_the_first_pictures(self):
        assert control_vae.cards()[0].dataset["sample_images"] == 50
        assert control_vae.cards()[0].dataset["test_images"] == PICTURES
