"""The Models page and the frame, through app.py."""

import dataclasses
import functools
import io
import json

import numpy as np
import pandas as pd
import pytest

import checkpoints
from checkpoints import commands, recorded
from checkpoints import floors as recorded_floors
from tests import apptest
from ui.evaluate import card_figures, model_tiles, studies

opened = functools.partial(apptest.opened, "evaluate/models")


@pytest.mark.slow
def test_every_checkpoint_shows_its_figures_and_command(downloads):
    app = opened()
    names = [card.name for card in checkpoints.gallery()]
    for card in checkpoints.gallery():
        app.selectbox(key="model").select(card.name).run()
        assert not app.exception, card.name
        assert app.code[0].value == commands.of_card(card), card.name
        (every,) = (table.value for table in app.table if "how it was measured" in table.value)
        assert len(every) == len(card_figures.rows(card))
        assert not [how for how in every["how it was measured"] if any(name in how for name in names)], card.name
        assert set(every["value"]) == {row.value for row in card_figures.rows(card)}
        file = pd.read_csv(io.StringIO(downloads[f"{card.name}_figures.csv"]))
        numbers = {k: v for k, v in card.metrics.items() if isinstance(v, int | float)}
        assert dict(zip(file["figure"], file["value"], strict=True)) == pytest.approx(numbers, rel=1e-12), card.name
        if how := card.protocol.get("history"):
            assert f"{how.replace('held_loss', 'held loss')}." in [caption.value for caption in app.caption], card.name


def test_figures_have_readable_and_unique_names():
    for card in checkpoints.gallery():
        rows = card_figures.rows(card)
        assert not [row.name for row in rows if "_" in row.name], card.name
        assert len({(row.name, row.of) for row in rows}) == len(rows), card.name


def test_a_figure_has_one_error_and_one_unit():
    card = checkpoints.read("binarized_mnist_vae")
    by_key = {row.key: row for row in card_figures.rows(card)}
    assert by_key["test_log_px_k200"].name == "log p(x), 200 codes"
    assert by_key["test_log_px_k200"].value == "−86.67 ± 0.22 nats"
    assert by_key["test_log_px_k200"].of == "test pictures"
    assert by_key["test_log_px_k200"].how.endswith("± is the standard error; standard deviation over repeats 0.01 nats")
    assert "test_log_px_k200_spread" not in by_key
    noise = card_figures.name("sample_psnr_inside_salt_and_pepper_informed")
    assert noise == "PSNR inside the patch, half of the pixels black or white, place known"
    assert card_figures.name("test_macro_f1") == "Macro f1"


@pytest.mark.parametrize(
    ("device", "words"),
    [
        ("cpu, 1 threads × 1", "1 CPU thread"),
        ("cpu, 4 threads × 2", "4 CPU threads in each of 2 processes"),
        ("NVIDIA H100 × 1", "NVIDIA H100"),
        ("something else", "something else"),
    ],
)
def test_the_machine_is_named_in_words(device, words):
    card = checkpoints.read("mnist_gan")
    assert card_figures.device(dataclasses.replace(card, run=card.run | {"device": device})) == words


def test_the_floor_has_the_same_number_of_pictures():
    card = checkpoints.read("mnist_gan")
    floors = {row.key: card_figures.floor(card, row) for row in card_figures.rows(card)}
    assert floors["frechet_mnist_10k"] == f"{recorded_floors.at('mnist', 10_000, 10_000, 'frechet').value:.4g}"
    assert floors["fid_mnist_5k"] == f"{card.metrics['fid_floor']:.1f}"
    halves = checkpoints.read("emoji_dcgan")  # a set without other pictures
    (fid,) = [row for row in card_figures.rows(halves) if row.key == "fid_emoji_3671"]
    assert card_figures.floor(halves, fid).endswith("(halves)")
    assert floors["recognised"] == ""


def test_models_are_grouped_by_data_set_and_those_without_pictures_counted():
    groups = model_tiles.grouped(checkpoints.gallery())
    assert list(groups)[:2] == ["MNIST", "Fashion-MNIST"]
    assert sum(map(len, groups.values())) == len(checkpoints.gallery())
    without = [card for card in checkpoints.gallery() if "prior" not in checkpoints.preview(card.name)]
    assert any(caption.value.startswith(f"{len(without)} more networks") for caption in opened().caption)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mnist_gan", ("explore/latent_space.py", {"model": "mnist_gan"})),
        ("mnist_patch_denoiser", ("images/denoise.py", {"model": "mnist_patch_denoiser"})),
        ("parabola_gan", ("training/toy_gan.py", {"toy": "parabola_gan"})),
        ("toy_flow", ("training/toy_flow.py", {})),
        ("kmnist_classifier", ("images/classify.py", {"set": "kana", "model": "kmnist_classifier"})),
        ("dsprites_classifier", None),  # tells factors, which no page asks for
    ],
)
def test_a_model_links_to_the_page_that_explores_it(name, expected):
    found = model_tiles.explored_on(checkpoints.read(name))
    assert found == expected
    if found is not None:
        page, query = found
        app = apptest.opened(page.removesuffix(".py"), **query)
        assert not app.warning


def test_seeds_are_described_in_words():
    metrics = {"test_elbo": -90.5, "test_elbo_standard_error": 0.25, "mig": 0.3456}
    runs = [{"seed": 1, "metrics": metrics}, {"seed": 2, "metrics": metrics | {"test_elbo": -90.7}}]
    table = studies.in_words(studies.seeds_table(runs))
    assert table["figure"].tolist() == ["ELBO, test pictures", "Mutual information gap (MIG)"]
    assert table["mean ± over seeds"].tolist() == ["−90.60 ± 0.14 nats", "0.346 ± 0.000"]
    assert table["each"].tolist() == ["−90.50 nats, −90.70 nats", "0.346, 0.346"]


def test_main_figures_are_means_over_training_seeds_and_their_mark_is_explained():
    flow, key = checkpoints.read("kmnist_latent_flow"), "frechet_kmnist_10k_guided"
    values = [run["metrics"][key] for run in recorded.read("seeds_kmnist_latent_flow")["runs"]]
    shown = {row.key: row.value for row in card_figures.main(flow)}
    assert float(shown[key].split(" ± ")[0]) == pytest.approx(np.mean(values), rel=1e-3)
    assert shown[key].endswith(" ‡")
    assert "‡" not in shown["recognised"]  # the other trainings lack it
    app = opened(model=flow.name)
    assert shown[key] in app.table[0].value["value"].tolist()
    assert any(caption.value.startswith("‡ Mean ± standard deviation over 3") for caption in app.caption)
    assert not any("‡" in caption.value for caption in opened(model="mnist_gan").caption)


def test_figures_with_a_newer_protocol_are_named_below_the_seeds():
    card = checkpoints.read("dsprites_control_vae_14")
    shown = {row.key: row.value for row in card_figures.main(card)}
    assert "‡" in shown["mig"]
    assert "‡" not in shown["frechet_dsprites_5k"]  # the card has five seeds of the samples, its trainings one
    told = [caption.value for caption in opened(model=card.name).caption]
    (sentence,) = [text for text in told if text.startswith("The card has these figures by a later way")]
    assert "Fréchet distance, 5,000 samples" in sentence
    assert "MIG" not in sentence


def test_the_link_and_the_selected_model_agree():
    first, *_, last = checkpoints.gallery()
    app = opened(model=last.name)
    assert app.selectbox(key="model").value == last.name
    app.selectbox(key="model").select(first.name).run()
    assert app.query_params["model"] == first.name


@pytest.mark.parametrize(
    ("name", "unit"),
    [("dsprites_tc_vae", "step"), ("mnist_flow", "epoch"), ("mnist_gan", "generator step"), ("mnist_vae", "epoch")],
)
def test_training_curves_count_what_was_trained(name, unit):
    chart = json.loads(opened(model=name).get("plotly_chart")[0].proto.spec)
    assert chart["layout"]["xaxis"]["title"]["text"] == unit


def test_the_presenter_layout_can_be_closed():
    app = apptest.opened("explore/latent_space", present="true")
    leave = next(b for b in app.button if "Leave" in b.label)
    leave.click().run()
    assert not any("Leave" in b.label for b in app.button)
    assert "present" not in app.query_params


def test_presenting_continues_on_another_page():
    app = apptest.opened("learn/wgan", present="true")
    app.query_params.clear()
    app.switch_page("distances/density.py").run()
    assert apptest.address(app)["present"] == "true"
    next(b for b in app.button if "Leave" in b.label).click().run()
    app.switch_page("learn/wgan.py").run()
    assert "present" not in app.query_params
