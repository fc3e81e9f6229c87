"""Metrics of real pictures, the floors: the recording, and the floor of a card's figure."""

import numpy as np
import pytest
import torch

import checkpoints
import data
from checkpoints import floors, recorded
from data import street_digits
from evaluate import feature_networks
from evaluate.feature_metrics import FEATURE_METRICS
from evaluate.features import draws_of, features
from metrics.frechet import moments
from train.recordings import floors as recording

ROWS = recorded.read(floors.NAME)


def test_the_recording_matches_the_shipped_classifiers():
    for name, sha256 in ROWS["classifiers"].items():
        assert checkpoints.read(name).sha256 == sha256


@pytest.mark.parametrize("dataset", ["mnist", "fashion_mnist", "street_digits"])
@pytest.mark.parametrize("against", [1000, 10_000])
def test_the_distance_of_real_pictures_falls_with_their_number_unless_it_is_unbiased(dataset, against):
    rows = [floors.at(dataset, against, count, "frechet") for count in floors.COUNTS]
    values = [row.value for row in rows]
    assert values == sorted(values, reverse=True)
    for count in floors.COUNTS:
        kid = floors.at(dataset, against, count, "kid")
        assert abs(kid.value) < 0.002
        assert kid.words == f"{count:,} others in place of the samples, against the same {against:,}"


def test_95_percent_of_real_pictures_are_recognised():
    floor = floors.at("mnist", 10_000, 10_000, "recognised")
    assert floor.value == pytest.approx(0.95, abs=0.01)  # 95 % by definition


@pytest.mark.slow
def test_floors_of_the_rendered_set_are_reproduced(monkeypatch):
    """Street numbers are drawn, so that the same pictures are on every machine."""
    monkeypatch.setitem(street_digits.COUNTS, "train", 1_000)
    reference = data.sample("street_digits")
    network = feature_networks.load("street_digits")
    real, others = features(network, reference.images), recording.others_of(reference, most=200)
    assert not {p.tobytes() for p in others.images} & {p.tobytes() for p in reference.images}
    metrics = ("frechet", "frechet_infinite", "kid", "density", "coverage", floors.EVEN)
    (row,) = recording.rows_of(reference, network, metrics, counts=(40,), others=others)
    parts, correction = draws_of(features(network, others.images), 40)
    for name in metrics[:-1]:
        draws = [FEATURE_METRICS[name].measure(network, part, real)[0] for part in parts]
        expected = [np.mean(draws), correction * np.std(draws, ddof=1)]
        assert row["metrics"][name] == pytest.approx(expected, rel=1e-3), name
    assert row["metrics"][floors.EVEN] != row["metrics"]["frechet"]
    assert (row["draws"], row["pool"]) == (20, 200)


def test_balanced_draws_have_equal_classes_and_a_smaller_spread():
    """Two classes far apart: the mean of a draw depends on the number of each class, unless it is fixed."""
    labels = np.repeat([3, 7], [700, 300])
    table = torch.from_numpy(labels[:, None] + np.random.default_rng(0).normal(size=(1000, 2)) / 10)
    parts, correction = recording.even_draws(table, labels, 40)
    assert len(parts) == 20
    assert all(((part[:, 0] > 5).sum(), len(part)) == (20, 40) for part in parts)
    assert correction == pytest.approx((1 + (1 - 20 / 300) ** -0.5) / 2)  # 20 times 20 of 300 share rows, of 700 none
    others, _ = draws_of(table, 40)
    even, plain = (torch.stack([part.mean(0)[0] for part in of]).std() for of in (parts, others))
    assert even < plain / 5


@pytest.mark.parametrize("dataset", ["mnist", "fashion_mnist"])
def test_balanced_classes_reduce_the_spread_but_miss_unequal_class_shares(dataset):
    """Therefore 1,000 balanced pictures are closer. 10,000 are not: 1,135 of the test digits are a 1, and 892 a 5."""
    for count, nearer in ((1000, True), (10_000, dataset == "fashion_mnist")):
        even, plain = (floors.at(dataset, 10_000, count, metric) for metric in (floors.EVEN, "frechet"))
        assert (even.value < plain.value) == nearer
        assert even.spread < plain.spread
        assert even.words.endswith("as many of each class")


def test_computing_shared_statistics_once_does_not_change_the_results():
    """Also for more pictures than there are features, where moments of the real ones are enough."""
    network = feature_networks.load("mnist")
    generator = torch.Generator().manual_seed(0)
    real, rows = (
        network.head[1].in_features * torch.rand(n, network.head[1].in_features, generator=generator)
        for n in (700, 600)
    )
    names = ("frechet", "frechet_infinite", "coverage", "density", "recognised", "kid")
    held = {name: FEATURE_METRICS[name].held(real) for name in names}
    found = recording.measure(network, rows, held, moments([real]))
    assert sorted(found) == sorted(names)
    for name in names:
        assert found[name] == pytest.approx(FEATURE_METRICS[name].measure(network, rows, real)[0], rel=1e-6), name


@pytest.mark.slow
def test_other_pictures_of_a_split_exclude_the_sample():
    reference = data.sample("dsprites")
    others = recording.others_of(reference)
    assert len(others) == 18_432 - 1000
    assert not {p.tobytes() for p in others.images[:500]} & {p.tobytes() for p in reference.images}


def test_a_figure_has_the_floor_for_its_number_of_samples():
    one = checkpoints.read("mnist_gan")
    floor = floors.of_card(one, "frechet_mnist_10k")
    assert floor == floors.at("mnist", 10_000, 10_000, "frechet")
    assert floor.value == one.metrics["frechet_floor"]  # python -m evaluate.real wrote it
    assert floors.of_card(one, "frechet_mnist_1k") == floors.at("mnist", 10_000, 1000, "frechet")
    flow = checkpoints.read("mnist_flow")
    assert floors.of_card(flow, "frechet_mnist_10k_classes") == floors.at("mnist", 10_000, 10_000, floors.EVEN)
    assert floors.of_card(flow, "frechet_mnist_10k") == floor
    assert floors.of_card(one, "recognised") is None


def test_halves_are_labelled_as_halves():
    emoji, sprites = checkpoints.read("emoji_dcgan"), checkpoints.read("dsprites_vae")
    assert floors.of_card(emoji, "frechet_emoji_3k").halves
    assert floors.of_card(emoji, "fid_emoji_3671").halves
    same = floors.of_card(sprites, "frechet_dsprites_5k")
    assert not same.halves
    assert same.value == sprites.metrics["frechet_floor"]


def test_another_folder_has_no_floors_and_the_shipped_folder_still_has_them(monkeypatch, tmp_path):
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(recorded, "FOLDER", tmp_path)
        assert floors.at("mnist", 10_000, 10_000, "frechet") is None
    assert floors.at("mnist", 10_000, 10_000, "frechet") is not None
