"""Quarter turns, the jitter that hides the shift of a digit in them, and the task of predicting them."""

import pytest
import torch

from models import rotation_task
from models.rotation_task import RotationTask


def test_quarter_turns():
    x = torch.arange(8 * 9.0).view(8, 1, 3, 3)
    turned, turns = rotation_task.quarter_turns(x)
    assert turns.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    for before, after, times in zip(x, turned, turns.tolist(), strict=True):
        for _ in range(times):
            before = before.flip(2).transpose(1, 2)  # anticlockwise: columns from the right become rows from the top
        assert torch.equal(before, after)


def test_half_a_pixel_of_jitter_hides_the_position_shift_of_a_rotation():
    """A spot on pixel (4, 4) of 8, half a pixel off the middle: without jitter its four turns lie in four places."""
    torch.manual_seed(0)
    x = torch.zeros(4000, 1, 8, 8)
    x[:, 0, 4, 4] = 1
    still, _ = rotation_task.quarter_turns(x)
    moved, turns = rotation_task.quarter_turns(rotation_task.half_pixel_jitter(x))
    for turn in range(4):
        assert len(still[turns == turn].unique(dim=0)) == 1
        shares = moved[turns == turn].mean((0, 1))
        assert shares[3:5, 3:5].sum() == pytest.approx(1)
        assert (shares[3:5, 3:5] - 0.25).abs().max() < 0.07  # 5 standard deviations of 1,000 throws
    assert len(still.unique(dim=0)) == 4


def test_jitter_is_part_of_both_tasks(monkeypatch):
    class Seen:
        def rotation(self, x):
            self.x = x
            return x.flatten(1)[:, :4]

    x, model, calls = torch.randn(8, 1, 4, 4), Seen(), []
    monkeypatch.setattr(rotation_task, "half_pixel_jitter", lambda pictures: calls.append(1) or pictures + 1)
    for jitter in (False, True):
        task = RotationTask(jitter=jitter)
        for error in (task.discriminator, task.generator):
            error(model, x)
            assert torch.equal(model.x, rotation_task.quarter_turns(x + jitter)[0])
    assert len(calls) == 2


def test_the_task_is_a_weighted_cross_entropy():
    class Guesser:
        def rotation(self, x):
            return x.flatten(1)[:, :4]

    task = RotationTask(real_weight=2.0, fake_weight=0.5, jitter=False)
    x = torch.randn(6, 1, 2, 2)
    turned, turns = rotation_task.quarter_turns(x)
    expected = torch.nn.functional.nll_loss(turned.flatten(1).log_softmax(1), turns)
    assert task.discriminator(Guesser(), x).item() == pytest.approx(2 * expected.item(), rel=1e-6)
    assert task.generator(Guesser(), x).item() == pytest.approx(0.5 * expected.item(), rel=1e-6)
