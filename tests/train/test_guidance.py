"""The recording of the effect of guidance: a flow with known figures, and which rows of the file are kept."""

import pytest
import torch

import checkpoints
import data
from checkpoints import recorded
from models.flow import Flow
from train.recordings import guidance, store

CARD = checkpoints.read("mnist_flow")


class Draws(Flow):
    """Real digits of the requested class; with guidance 0 of the next class, with 2 always the same digit."""

    def __init__(self, digits):
        super().__init__((1, 28, 28), classes=10)
        images = torch.from_numpy(digits.images).float() / 255
        self.by_class = [images[torch.from_numpy(digits.labels) == y] for y in range(10)]

    def picture(self, z, label=None, guidance=1.0, **way):
        assert label is not None
        chosen = [self.by_class[int(y + (guidance == 0)) % 10] for y in label]
        rows = [0 if guidance == 2 else int(1e4 * abs(one[0])) % len(of) for one, of in zip(z, chosen, strict=True)]
        return torch.stack([of[row] for of, row in zip(chosen, rows, strict=True)])


@pytest.fixture
def digits(monkeypatch, tmp_path):
    digits, load = data.sample("mnist"), checkpoints.load
    monkeypatch.setattr(guidance, "GUIDANCES", (0.0, 1.0, 2.0))
    monkeypatch.setattr(data, "load", lambda name, split: digits)
    monkeypatch.setattr(checkpoints, "load", lambda name: Draws(digits) if name == CARD.name else load(name))
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)


def test_real_digits_are_near_and_varied_and_one_digit_per_class_is_neither(digits):
    row = guidance.of_flow(CARD, samples=200, seeds=2)
    assert (row["sha256"], row["network"], row["against"]) == (CARD.sha256, "mnist_classifier", 1000)
    other, real, alike = row["rows"]
    assert [one["guidance"] for one in row["rows"]] == [0, 1, 2]
    assert other["asked"] < 0.05
    assert real["asked"] > 0.95
    assert real["variety"] == pytest.approx(1, abs=0.15)
    assert other["variety"] == pytest.approx(1, abs=0.15)  # a wrong class does not count as variety
    assert alike["variety"] < 0.01
    assert real["frechet"] < alike["frechet"] / 5
    assert real["frechet_spread"] > 0


def test_rows_of_other_flows_are_kept_if_the_number_of_samples_agrees(digits):
    other = {"sha256": "of another flow"}
    recorded.write(guidance.NAME, {"samples": 20, "seeds": 2, "flows": {"other": other}})
    assert guidance.record([CARD], 20, 2)["flows"].keys() == {"other", CARD.name}
    assert guidance.record([CARD], 30, 2)["flows"].keys() == {CARD.name}


def test_every_flow_with_classes_is_measured():
    assert {"mnist_flow", "fashion_flow", "kmnist_latent_flow"} <= guidance.flows().keys()


def test_missing_data_are_reported_in_one_sentence_and_nothing_is_stored(monkeypatch, tmp_path):
    def missing(name, split):
        raise data.DataError("The test images of mnist are missing.")

    monkeypatch.setattr(data, "load", missing)
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    with pytest.raises(SystemExit, match=r"^The test images of mnist are missing\.$"):
        store(guidance.NAME, "python -m toy", lambda: guidance.record([CARD]))
    assert not recorded.has(guidance.NAME)
