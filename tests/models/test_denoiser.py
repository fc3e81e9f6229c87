"""The denoiser of patches: the input of its restorer, and the sum over places in plain loops."""

import pytest
import torch

from models.denoiser import MARGIN, PLACES, PatchDenoiser
from models.patch_noise import SIDE, mask_of


@pytest.fixture
def model():
    torch.manual_seed(0)
    return PatchDenoiser(width=16, blocks=1, windows=4, candidates=3).eval()


def test_the_restorer_sees_the_window_around_the_patch_and_its_place(model):
    inputs = []
    model.restorer.register_forward_pre_hook(lambda module, given: inputs.append(given[0]))
    noisy = torch.rand(1, 1, 28, 28)
    row, column = 3, 18
    model.restore(noisy, torch.tensor([[row * PLACES + column]]))
    window, rows, columns = inputs[0][0, 0].split([24 * 24, PLACES, PLACES])
    for i in range(24):
        for j in range(24):
            y, x = row + i - MARGIN, column + j - MARGIN
            inside = 0 <= y < 28 and 0 <= x < 28
            assert window[24 * i + j] == (noisy[0, 0, y, x] if inside else 0)
    assert rows.argmax() == row
    assert columns.argmax() == column
    assert rows.sum() == columns.sum() == 1


@torch.no_grad()
def test_a_known_place_is_restored_and_the_rest_is_copied_bit_by_bit(model):
    noisy = torch.rand(4, 1, 28, 28)
    row, column = torch.tensor([0, 20, 7, 13]), torch.tensor([0, 20, 13, 2])
    place = row * PLACES + column
    out, mask = model(noisy, place), mask_of(row, column)
    assert torch.equal(out[mask == 0], noisy[mask == 0])
    assert torch.equal(out[mask == 1].view(4, 64), model.restore(noisy, place[:, None])[:, 0])


@torch.no_grad()
def test_an_unknown_place_gives_the_sum_over_the_most_probable_places(model):
    noisy = torch.rand(2, 1, 28, 28)
    logits = torch.randn(2, PLACES**2) * 3
    model.locate = lambda x: logits
    out, gate = model(noisy), model.gate(noisy)
    for n in range(2):
        probability = logits[n].double().softmax(0)
        expected = noisy[n, 0].double().clone()
        for place in probability.argsort(descending=True)[:3].tolist():
            there = slice(place // PLACES, place // PLACES + SIDE), slice(place % PLACES, place % PLACES + SIDE)
            restored = model.restore(noisy[n : n + 1], torch.tensor([[place]]))[0, 0].view(SIDE, SIDE)
            expected[there] += probability[place] * (restored - noisy[n, 0][there])
        assert torch.allclose(out[n, 0].double(), expected.clamp(0, 1), atol=1e-5)
        covered = torch.zeros(28, 28, dtype=torch.double)
        for place in range(PLACES**2):
            covered[place // PLACES :, place % PLACES :][:SIDE, :SIDE] += probability[place]
        assert torch.allclose(gate[n, 0].double(), covered, atol=1e-5)


@torch.no_grad()
def test_a_place_with_probability_1_gives_the_same_as_a_known_place(model):
    noisy, place = torch.rand(3, 1, 28, 28), torch.tensor([5, 200, 440])
    model.locate = lambda x: 100.0 * torch.nn.functional.one_hot(place, PLACES**2).float()
    assert torch.allclose(model(noisy), model(noisy, place), atol=1e-6)
