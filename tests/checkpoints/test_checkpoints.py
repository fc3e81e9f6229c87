"""Round trips, damaged files, and figures of every shipped card recomputed from its weights on the shipped pictures."""

import dataclasses
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

import checkpoints
import data
from checkpoints.table import results_table, with_table
from evaluate import denoising, patch, preview
from evaluate.features import probabilities
from evaluate.samples import to_bytes
from metrics.denoising import Baselines
from metrics.likelihood import elbo
from metrics.reconstruction import cosine, mse
from models.vae import MLPVAE, reconstruct
from tests.toy_card import toy_card
from train.catalogue import RECIPES
from ui import tiles

ROOT = Path(__file__).parent.parent.parent
CARDS = checkpoints.gallery()
VAES = checkpoints.gallery("vae")
DENOISERS = checkpoints.gallery("denoiser")
named = {"ids": lambda card: card.name}


def test_round_trip(folder):
    model = MLPVAE(latent=3, hidden=8, shape=(1, 4, 4))
    card = checkpoints.save(model, toy_card(), {"codes": np.arange(6.0).reshape(2, 3)})
    assert checkpoints.read("toy") == card
    assert checkpoints.gallery("vae") == [card]
    assert checkpoints.gallery("gan") == []
    loaded = checkpoints.load("toy")
    assert not loaded.training
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), loaded.parameters(), strict=True))
    assert np.array_equal(checkpoints.preview("toy")["codes"].ravel(), np.arange(6.0))


def test_one_changed_byte_is_detected(folder):
    checkpoints.save(MLPVAE(latent=3, hidden=8, shape=(1, 4, 4)), toy_card())
    file = folder / "toy.safetensors"
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 1
    file.write_bytes(raw)
    with pytest.raises(checkpoints.CheckpointError, match="sha256 differs"):
        checkpoints.load("toy")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"model": "subprocess.Popen"}, "not one of our models"),
        ({"model": "modelsx.Evil"}, "not one of our models"),
        ({"arguments": {"latent": 4, "hidden": 8, "shape": [1, 4, 4]}}, "do not fit"),
    ],
)
def test_cards_with_false_values_are_refused(folder, changes, reason):
    checkpoints.save(MLPVAE(latent=3, hidden=8, shape=(1, 4, 4)), toy_card(**changes))
    with pytest.raises(checkpoints.CheckpointError, match=reason):
        checkpoints.load("toy")


@pytest.mark.parametrize("name", ["missing", "../../etc/passwd", "a b", "", "ä", "x" * 500])
def test_unknown_names_are_refused(folder, name):
    with pytest.raises(checkpoints.CheckpointError, match="no model called"):
        checkpoints.read(name)


def test_a_broken_card_is_reported_in_one_sentence_and_does_not_affect_the_others(folder):
    checkpoints.save(MLPVAE(latent=3, hidden=8, shape=(1, 4, 4)), toy_card())
    (folder / "broken.json").write_text('{"name": "broken"')
    with pytest.raises(checkpoints.CheckpointError, match="cannot be read"):
        checkpoints.read("broken")
    assert [card.name for card in checkpoints.gallery()] == ["toy"]


def test_cards_have_one_section_per_line(folder):
    checkpoints.save(MLPVAE(latent=3, hidden=8, shape=(1, 4, 4)), toy_card())
    lines = (folder / "toy.json").read_text().splitlines()
    assert len(lines) == len(dataclasses.fields(checkpoints.Card)) + 2


def test_every_recipe_has_a_checkpoint_and_every_checkpoint_a_recipe():
    """Except recipes without data or a training so far; a user may have trained them since."""
    unshipped = {name for name, recipe in RECIPES.items() if recipe.unshipped}
    assert {card.name for card in CARDS} | unshipped == set(RECIPES)


@pytest.mark.parametrize("card", CARDS, **named)
def test_the_card_has_the_current_recipe(card):
    assert card.recipe == json.loads(RECIPES[card.name].to_json())


@pytest.mark.parametrize("card", CARDS, **named)
def test_sizes(card):
    files = list(checkpoints.FOLDER.glob(f"{card.name}.*"))
    assert all(file.stat().st_size <= 20 * 2**20 for file in files)


# Three of dSprites have one network, whose pictures take seconds.
@pytest.mark.slow
@pytest.mark.parametrize(
    "card",
    [
        pytest.param(card, id=card.name, marks=pytest.mark.slow if "control" in card.name else ())
        for card in VAES
        if "sample_mse" in card.metrics
    ],
)
def test_figures_recomputed_from_the_weights_match_the_card(card):
    """The `sample_…` figures, which cards hold where pictures of their data set are shipped."""
    shipped = data.sample(card.dataset["name"])
    model, x = checkpoints.load(card.name), torch.from_numpy(shipped.images).float() / 255
    with torch.no_grad():
        restored = torch.cat([reconstruct(model, part) for part in x.split(50)])  # sooner than all at once
    bound = elbo(model, x)
    assert bound["elbo"] == pytest.approx(card.metrics["sample_elbo"], rel=1e-4)
    assert bound["kl"] == pytest.approx(card.metrics["sample_kl"], rel=1e-4)
    assert mse(x, restored).mean().item() == pytest.approx(card.metrics["sample_mse"], rel=1e-4)
    assert cosine(x, restored).mean().item() == pytest.approx(card.metrics["sample_cosine"], rel=1e-4)


@pytest.mark.parametrize("card", VAES, **named)
def test_the_atlas_matches_the_weights(card):
    """Recorded pictures are those that the network decodes now, within one grey level of rounding."""
    arrays, model = checkpoints.preview(card.name), checkpoints.load(card.name)
    start = torch.from_numpy(arrays["codes"][:1])
    with torch.no_grad():
        now = (model.picture(start) * 255).round().numpy()[0]
        code = start.repeat(31, 1)
        code[:, arrays["order"][0]] = torch.linspace(-3, 3, 31)
        sweep = tiles.tile(to_bytes(model.picture(code)).numpy(), 31)
    assert np.abs(now - arrays["start_picture"]).max() <= 1
    axes = (arrays[part] for part in ("components", "centre", "scale"))
    drawn = tiles.tile(preview.plane(model, arrays["codes"][0], *axes), 7)
    for name, pictures in (("plane", drawn), ("sheet", sweep)):
        recorded = Image.open(io.BytesIO(arrays[name].tobytes())).convert("L" if drawn.ndim == 2 else "RGB")
        rows = np.asarray(recorded, float)[: len(pictures)]
        assert np.abs(rows - pictures).mean() < 6, name  # grey levels; WebP is lossy
    assert np.all(np.diff(arrays["effect"][arrays["order"]]) <= 0)
    assert arrays["kl"] == pytest.approx(np.array(card.metrics["kl_per_dimension"]), abs=0.5, rel=0.2)


def test_a_network_that_was_loaded_in_inference_mode_gives_gradients():
    with torch.inference_mode():
        model = checkpoints.load("mnist_classifier")
    x = torch.rand(1, 1, 28, 28, requires_grad=True)
    model(x).sum().backward()
    assert x.grad is not None


@pytest.mark.slow
def test_classifier_figures_recomputed_from_the_weights_match_the_card():
    card = checkpoints.read("mnist_classifier")
    shipped = data.sample("mnist")
    named = probabilities(checkpoints.load(card.name), shipped.images).argmax(1)
    accuracy = (named.numpy() == shipped.labels).mean()
    assert accuracy == pytest.approx(card.metrics["sample_accuracy"], abs=0.0011)


@pytest.mark.slow
@pytest.mark.parametrize("card", DENOISERS, **named)
@pytest.mark.parametrize("suffix", denoising.ON_SAMPLE)
def test_denoiser_figures_recomputed_from_the_weights_match_the_card(card, suffix):
    """The network's and the baselines' on the shipped pictures, with the mean and components of the preview."""
    arrays, model = checkpoints.preview(card.name), checkpoints.load(card.name)
    x = torch.from_numpy(data.sample(card.dataset["name"]).images).float() / 255
    mean, components = (torch.from_numpy(arrays[key]) for key in ("train_mean", "pca_components"))
    size = int(re.search(r"first (\d+) principal", card.protocol[f"sample_psnr_inside{suffix}_pca"])[1])
    found = denoising.figures(model, x, Baselines(mean, components, {suffix: size}), suffix)
    assert len(found) == 13
    for key, value in found.items():
        assert value == pytest.approx(card.metrics[f"sample_{key}"], rel=1e-4), key
        assert card.protocol[f"sample_{key}"] == denoising.how(key, suffix, size)
    if suffix == "":
        assert patch.pca_size(arrays, denoising.HEADLINE) == size


@pytest.mark.parametrize("card", DENOISERS, **named)
@pytest.mark.parametrize("suffix", denoising.ON_SAMPLE)
def test_denoisers_reach_their_aims(card, suffix):
    """Inside 3 dB above the best of the three baselines, outside above 40 dB, on the test set."""
    inside = {m: card.metrics[f"test_psnr_inside{suffix}{m}"] for m in denoising.METHODS}
    best = max(inside[m] for m in ("_noisy", "_train_mean", "_pca"))
    assert inside[""] >= best + 3
    assert inside["_informed"] >= inside[""]
    assert card.metrics[f"test_psnr_outside{suffix}"] > 40


@pytest.mark.parametrize("card", DENOISERS, **named)
def test_error_quantiles_match_the_vae_on_the_test_set(card):
    """They are quantiles of the error of the VAE on the test set; its card has the mean."""
    quantiles = checkpoints.preview(card.name)["vae_error_quantiles"]
    assert len(quantiles) == 101
    assert np.all(np.diff(quantiles) >= 0)
    mean = (quantiles[:-1] + quantiles[1:]).mean() / 2
    assert mean == pytest.approx(checkpoints.read(denoising.FAMILIAR).metrics["test_mse"], rel=0.02)


def test_the_readme_has_the_table_of_the_cards():
    readme = (ROOT / "README.md").read_text()
    assert results_table() in readme
    assert with_table(readme) == readme, "run `make table`"


def test_all_checkpoints_together_stay_below_the_size_limit():
    assert sum(f.stat().st_size for f in checkpoints.FOLDER.glob("*.*")) <= 200 * 2**20
