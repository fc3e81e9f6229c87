"""The preview of a generator: its shapes, its pictures, and the order of its dimensions."""

import io

import numpy as np
import pytest
import torch
from PIL import Image

import checkpoints
from data.splits import Split, Splits
from evaluate import preview
from models.flow import Flow, UNetFlow
from models.gan import DCGAN, MLPGAN, PixelShuffleGAN
from models.vae import MLPVAE
from ui.explore import plane


def opened(file):
    """The pixels (H, W, 3) of a file that is stored as an array of bytes."""
    return np.asarray(Image.open(io.BytesIO(file.tobytes())).convert("RGB"), float)


@pytest.mark.parametrize(
    "build",
    [
        lambda: MLPGAN(latent=8, widths=(16, 32)),
        lambda: DCGAN(8, 4),
        pytest.param(PixelShuffleGAN, marks=pytest.mark.slow),
    ],
)
def test_the_atlas_of_a_generator_is_complete(build):
    torch.manual_seed(0)
    model = build().eval()
    made = preview.of_generator(model, codes=120)
    shape = model.shape
    assert made["prior"].shape == (100, *shape)
    assert made["codes"].shape == (120, model.latent)
    with torch.no_grad():
        decoded = (model.picture(torch.from_numpy(made["codes"][3:4])) * 255).round().to(torch.uint8).numpy()[0]
    assert abs(decoded.astype(int) - made["prior"][3]).max() <= 1
    assert (made["effect"][made["order"]][:-1] >= made["effect"][made["order"]][1:]).all()
    assert made["components"] @ made["components"].T == pytest.approx(torch.eye(2).numpy(), abs=1e-5)
    assert opened(made["sheet"]).shape[:2] == (min(16, model.latent) * shape[1], preview.STEPS * shape[2])


@pytest.fixture
def untrained(monkeypatch):
    """A VAE, and the map as fast as a projection."""
    monkeypatch.setattr(preview, "_neighbours_in_two", lambda codes: codes[:, :2])
    torch.manual_seed(0)
    return MLPVAE(4, 8).eval()


def sorted_splits(is_sorted):
    """300 pictures as bright as their class, class by class."""
    labels = torch.arange(10).repeat_interleave(30)
    images = (20 * labels).to(torch.uint8).view(-1, 1, 1, 1).expand(-1, 1, 28, 28)
    test = Split(images, labels, is_sorted)
    return Splits("made up", "", test, test)


def test_a_map_of_a_sorted_set_and_its_first_codes_have_all_classes(untrained):
    splits = sorted_splits(True)
    made = preview.build(untrained, splits, codes=120)
    assert np.bincount(made["labels"], minlength=10) == pytest.approx(np.full(10, 12), abs=8)
    assert len(set(made["labels"][:20])) > 6  # an effect is measured at the first codes
    with torch.no_grad():
        expected = untrained.encode(splits.test.some(120).floats())[0]
    assert made["codes"] == pytest.approx(expected.numpy(), abs=1e-5)
    assert np.array_equal(expected[made["labels"] == 3][0], expected[made["labels"] == 3][1])


def test_a_map_of_an_unsorted_set_has_its_first_pictures(untrained):
    """The pictures that links and lessons call by their numbers."""
    made = preview.build(untrained, sorted_splits(False), codes=120)
    assert made["labels"].tolist() == np.arange(10).repeat(30)[:120].tolist()


@pytest.mark.parametrize("card", checkpoints.gallery("vae"), ids=lambda card: card.name)
def test_stored_maps_and_their_first_codes_have_all_classes(card):
    labels = checkpoints.preview(card.name)["labels"]
    for some in (labels, labels[:200]):
        assert set(some.tolist()) == set(range(len(card.classes)))


@pytest.mark.slow
def test_the_atlas_of_a_flow_is_complete(monkeypatch):
    monkeypatch.setattr(preview, "SLIDERS", 2)
    torch.manual_seed(0)
    model = UNetFlow(channels=8, width=16).eval()
    torch.nn.init.normal_(model.head[-1].weight, std=0.2)
    made = preview.of_flow(model, codes=10, probes=60)
    basis = made["basis"]
    assert basis @ basis.T == pytest.approx(np.eye(preview.DIRECTIONS), abs=1e-5)
    assert made["components"] == pytest.approx(basis[:2])
    assert made["basis_effect"].shape == (preview.DIRECTIONS,)
    assert made["basis_effect"][:4].mean() > made["basis_effect"][-4:].mean()
    assert made["prior"].shape == (10, 1, 28, 28)
    assert "effect" not in made  # of single numbers, which mean nothing
    first, *_, last = made["paths"]
    assert made["paths"].shape == (preview.MOMENTS, preview.PATHS, 1, 28, 28)
    noise = made["codes"][: preview.PATHS].reshape(first.shape)
    assert np.abs(first - (127.5 * noise + 127.5).clip(0, 255)).max() <= 0.51
    with torch.no_grad():
        asked = model.picture(torch.from_numpy(made["codes"][:10]), torch.arange(10)).numpy()
    assert np.abs(last - 255 * asked).max() <= 0.51
    code = torch.from_numpy(made["codes"][0] + (2.0 - basis[1] @ made["codes"][0]) * basis[1])
    with torch.no_grad():
        at_two = (model.picture(code[None]) * 255).round().numpy()[0]
    tile = opened(made["sheet"])[28 : 2 * 28, 25 * 28 : 26 * 28, 0]  # −3, −2.8, … : the 26th is 2
    assert np.abs(tile - at_two[0]).mean() < 6  # grey levels; WebP is lossy


def test_a_recorded_path_is_straight_between_two_steps():
    """A flow of velocity 2t, so that Euler's three steps from 0 end at 0, 2/9 and 6/9."""

    class Faster(Flow):
        def velocity(self, x, t, label):
            return (2 * t).view(-1, 1, 1, 1).expand_as(x)

    ways = preview.paths(Faster((1, 2, 2)), torch.zeros(1, 4), None, steps=3, solver="euler", moments=7)
    assert ways.shape == (7, 1, 1, 2, 2)
    assert ways[:, 0, 0, 0, 0] == pytest.approx([127.5 + 127.5 * x / 9 for x in (0, 0, 0, 1, 2, 4, 6)], abs=0.51)


def test_the_plane_matches_that_of_the_explorer():
    """Its 7 × 7 pictures are every third of the explorer's 21 × 21, in rows and columns 1, 4 … 19."""
    torch.manual_seed(0)
    model = MLPGAN(latent=6, widths=(16, 32)).eval()
    random = np.random.default_rng(0)
    axes = {
        "components": np.linalg.qr(random.normal(size=(6, 2)))[0].T,
        "centre": random.normal(size=6),
        "scale": np.array([2.0, 0.5]),
    }
    code = random.normal(size=6)
    view = plane.through(plane.PRINCIPAL, axes, 6)
    codes = view.codes(view.rest(code)).reshape(21, 21, 6)[1::3, 1::3].reshape(-1, 6)
    with torch.no_grad():
        expected = (model.picture(torch.from_numpy(codes)) * 255).round().numpy()
    assert np.abs(preview.plane(model, code, **axes) - expected).max() <= 1


def test_identical_codes_have_one_place_on_the_map():
    same = np.full((40, 3), 0.3, np.float32)
    assert (preview._neighbours_in_two(same) == 0).all()
    apart = np.random.default_rng(0).normal(size=(40, 3)).astype(np.float32)
    assert np.ptp(preview._neighbours_in_two(apart), axis=0).min() > 1
