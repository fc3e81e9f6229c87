"""Toy GANs: the networks, a step of every loss, recordings, and the checkpoint that came from them."""

import dataclasses
import functools
import json
import math

import numpy as np
import pytest
import torch

import checkpoints
from checkpoints import recorded
from checkpoints.recorded import packed, toy_runs, toy_settings
from checkpoints.recorded.toy_settings import Settings
from data import planar
from metrics.energy import energy_distance
from models import adversarial
from models.adversarial import Hinge, Minimax, NonSaturating, NonSaturatingR1, Wasserstein, WassersteinGP
from models.toy_gan import ToyGAN
from tests.toy_training import TOY_GAN as SMALL
from train import toy_gan
from train.adversarial import adam, adam_without_momentum, rmsprop, sgd
from train.live.toy_gan import Training, critic_step, flat, generator_step, settings_of
from train.recipe import cosine
from train.recordings import toy_gan as recording

RECIPES = {recipe.name: recipe for recipe in toy_gan.RECIPES}


def test_shapes_and_units():
    model = ToyGAN((6, 5), (7, 4), members=3)
    model.centre.copy_(torch.tensor([1.0, -2.0]))
    model.scale.copy_(torch.tensor([3.0, 0.5]))
    z = torch.randn(3, 11, 2)
    x = model.generate(z)
    assert x.shape == (3, 11, 2)
    assert model.discriminate(x).shape == (3, 11)
    assert model.transformed(x).shape == (3, 11, 2)
    assert torch.allclose(x, model.generator(z) * torch.tensor([3.0, 0.5]) + torch.tensor([1.0, -2.0]))


def test_the_border_is_a_line_in_the_features():
    model, x = ToyGAN(), torch.randn(1, 200, 2)
    weight, bias = model.discriminator.weights[-1][0], model.discriminator.biases[-1][0]
    assert torch.allclose(model.transformed(x)[0] @ weight + bias, model.discriminate(x)[0, :, None], atol=1e-6)


def test_members_equal_single_networks():
    """Layers with the weights of one member give its outputs."""
    many, one = ToyGAN(members=3), ToyGAN()
    with torch.no_grad():
        for mine, theirs in zip(one.parameters(), many.parameters(), strict=True):
            mine.copy_(theirs[1:2])
    z = torch.randn(1, 9, 2)
    assert torch.allclose(one.generate(z)[0], many.generate(z.expand(3, 9, 2))[1], atol=1e-6)


def test_the_flat_weights_have_the_size_given_by_the_settings():
    model = Training(SMALL).model
    for player in ("generator", "discriminator"):
        assert flat(getattr(model, player)).size == settings_of(SMALL).weights(player)
    assert flat(model.generator)[: 2 * 6].reshape(2, 6) == pytest.approx(
        model.generator.weights[0][0].detach().numpy(), abs=0
    )


@pytest.mark.parametrize("loss", adversarial.LOSSES)
@pytest.mark.parametrize("optimiser", [adam, rmsprop, sgd])
def test_a_member_trains_like_a_single_network(loss, optimiser):
    """Two members, and one of them alone with the same weights and batches: the same weights afterwards."""
    loss = loss()
    torch.manual_seed(0)
    pair, alone = (SMALL.model(**SMALL.arguments, members=members) for members in (2, 1))
    with torch.no_grad():
        for mine, theirs in zip(alone.parameters(), pair.parameters(), strict=True):
            mine.copy_(theirs[1:])
    real, noise, mix = torch.randn(2, 32, 2), torch.randn(2, 32, 2), torch.rand(2, 32)
    for model, rows in ((pair, slice(None)), (alone, slice(1, 2))):
        critics, generators = (optimiser(part.parameters(), 1e-3) for part in (model.discriminator, model.generator))
        critic_step(model, loss, critics, real[rows], noise[rows], mix[rows])
        generator_step(model, loss, generators, noise[rows])
    for mine, theirs in zip(alone.parameters(), pair.parameters(), strict=True):
        assert torch.allclose(mine, theirs[1:], atol=2e-6)


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        (SMALL, {"loss": "non_saturating", "optimiser": "adam", "averaging": 0.0, "falling": False, "steps": 50}),
        (
            dataclasses.replace(SMALL, loss=Hinge(), optimiser=rmsprop, schedule=cosine),
            {"loss": "hinge", "falling": True},
        ),
        (dataclasses.replace(SMALL, loss=Wasserstein(clip=0.3), averaging=0.9), {"clip": 0.3, "averaging": 0.9}),
        (dataclasses.replace(SMALL, loss=WassersteinGP(weight=5.0)), {"loss": "wasserstein_gp", "penalty": 5.0}),
        (
            dataclasses.replace(SMALL, learning_rate=2e-3, generator_rate=5e-3, generator_steps=3, critic_steps=2),
            {"discriminator_rate": 2e-3, "generator_rate": 5e-3, "generator_steps": 3, "discriminator_steps": 2},
        ),
    ],
)
def test_settings_match_the_recipe(recipe, expected):
    assert {name: getattr(settings_of(recipe), name) for name in expected} == expected


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"loss": NonSaturatingR1()}, "loss must be one of"),
        ({"optimiser": adam_without_momentum}, "optimiser must be one of"),
    ],
)
def test_settings_that_the_browser_cannot_train_are_reported_in_one_sentence(changes, reason):
    with pytest.raises(ValueError, match=reason):
        settings_of(dataclasses.replace(SMALL, **changes))


@pytest.mark.filterwarnings("ignore:Detected call of `lr_scheduler")  # no optimiser takes a step here
def test_a_step_has_the_given_number_of_steps_of_each_player_after_the_head_start(monkeypatch):
    turns = []
    monkeypatch.setattr("train.live.toy_gan.critic_step", lambda *_: turns.append("critic") or torch.zeros(()))
    monkeypatch.setattr("train.live.toy_gan.generator_step", lambda *_: turns.append("generator") or torch.zeros(()))
    training = Training(dataclasses.replace(SMALL, head_start=4, critic_steps=2, generator_steps=3))
    assert turns == ["critic"] * 4
    training.run(2)
    assert turns[4:] == 2 * (2 * ["critic"] + 3 * ["generator"])


@pytest.fixture
def few_pairs(monkeypatch):
    """The floor of a recording from 20 pairs of samples instead of 1,000."""
    monkeypatch.setattr(recording, "floor_of", functools.partial(recording.floor_of, repeats=20))


@pytest.mark.usefixtures("few_pairs")
def test_the_first_of_several_starts_is_recorded_and_stored(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    monkeypatch.setattr(recorded, "FOLDER", tmp_path / "recorded")
    recorded.FOLDER.mkdir()
    recipe = dataclasses.replace(SMALL, family="toy_gan", interval=20, members=3, averaging=0.9)
    card = recording.record(recipe)
    run, model = recorded.toy_gan("small"), checkpoints.load("small")
    assert [snapshot.step for snapshot in run.snapshots] == toy_runs.recorded_steps(20)
    assert flat(model.generator) == pytest.approx(run.snapshots[-1].shown, rel=1e-3, abs=1e-5)
    assert card.recipe == json.loads(recipe.to_json())
    assert len(card.metrics["energy_distances"]) == 3
    assert card.protocol["energy_distances"].startswith("of all 3 starts")
    assert card.history["step"] == [0, 20]
    assert "checkpoints/recorded/toy_small.json" in capsys.readouterr().out


@pytest.mark.usefixtures("few_pairs")
def test_a_single_start_is_only_recorded(tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    assert recording.record(dataclasses.replace(SMALL, interval=5)) is None
    assert [file.name for file in tmp_path.iterdir()] == ["toy_small.json"]


@pytest.mark.slow
def test_training_reduces_the_distance_of_the_points():
    training = Training(
        dataclasses.replace(SMALL, arguments={"generator": [16, 16], "discriminator": [16, 16]}, interval=800)
    )
    before = training.energies()[0]
    training.run(800)
    assert training.energies()[0] < before / 3
    assert training.step == 800


def test_the_same_seed_gives_the_same_weights_however_the_steps_are_divided():
    one, other = Training(SMALL), Training(SMALL)
    one.run(30)
    for steps in (7, 0, 23):
        other.run(steps)
        other.snapshot()  # evaluating changes nothing
    assert np.array_equal(flat(one.model.generator), flat(other.model.generator))
    assert np.array_equal(flat(one.model.discriminator), flat(other.model.discriminator))


def test_averaging_shows_the_running_mean():
    training = Training(dataclasses.replace(SMALL, averaging=0.9))
    mean = flat(training.model.generator)
    for _ in range(5):
        training.run(1)
        mean = 0.9 * mean + 0.1 * flat(training.model.generator)
    assert flat(training.average) == pytest.approx(mean, abs=1e-6)
    assert not np.allclose(flat(training.average), flat(training.model.generator), atol=1e-4)


def test_a_rate_of_zero_changes_nothing_and_rates_decay_to_zero():
    training = Training(dataclasses.replace(SMALL, generator_rate=0.0))
    before = flat(training.model.generator)
    training.run(5)
    assert np.array_equal(flat(training.model.generator), before)
    falling = Settings(falling=True, steps=100)
    assert [falling.rate(k) for k in (0, 50, 100, 900)] == pytest.approx([1, 0.5, 0, 0], abs=1e-12)


def test_divergence_is_reported_in_one_sentence():
    training = Training(dataclasses.replace(SMALL, optimiser=sgd, learning_rate=1000.0))
    with pytest.raises(FloatingPointError, match="diverged before step"):
        training.run(50)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"generator": (0, 16)}, "1 to 128 units"),
        ({"discriminator": (16, 1000)}, "1 to 128 units"),
        ({"generator": (16,)}, "1 to 128 units"),
        ({"generator_rate": -1.0}, "generator's learning rate"),
        ({"discriminator_rate": math.nan}, "discriminator's learning rate"),
        ({"generator_rate": 2000.0}, "learning rate"),
        ({"batch": 1}, "batch"),
        ({"loss": "magic"}, "loss must be one of"),
        ({"optimiser": "magic"}, "optimiser must be one of"),
    ],
)
def test_impossible_settings_are_refused(changes, reason):
    with pytest.raises(ValueError, match=reason):
        dataclasses.replace(Settings(), **changes)


def test_weights_survive_storing_to_float16():
    weights = np.random.default_rng(0).standard_normal(500).astype(np.float32)
    assert packed.unpack(packed.pack(weights)) == pytest.approx(weights, rel=2**-11, abs=1e-7)
    with pytest.raises(ValueError, match="not finite"):
        packed.pack([1e9])


def test_frames_are_fine_at_first_and_every_thousand_steps_later():
    steps = toy_runs.recorded_steps(20_000)
    assert steps[:3] == [0, 5, 10]
    assert set(range(0, 20_001, 1000)) <= set(steps)
    assert toy_runs.recorded_steps(3) == [0, 1, 2, 3]


def networks(run, snapshot):
    """The networks of a recorded snapshot, on standardised points."""
    model = ToyGAN(run.settings.generator, run.settings.discriminator)
    for name, weights in (("generator", snapshot.shown), ("discriminator", snapshot.discriminator)):
        layers, at = getattr(model, name), 0
        for pair in zip(layers.weights, layers.biases, strict=True):
            for parameter in pair:
                size = parameter.numel()
                parameter.data.copy_(torch.from_numpy(weights[at : at + size]).view_as(parameter))
                at += size
    return model


@pytest.mark.parametrize("name", RECIPES)
def test_recordings_match_their_weights(name):
    """Energy distance and losses again from the stored float16 weights."""
    run = recorded.toy_gan(name)
    recipe = RECIPES[name]
    assert run.settings == settings_of(recipe)
    assert (run.title, run.summary) == (recipe.title, recipe.summary)
    assert [s.step for s in run.snapshots] == toy_runs.recorded_steps(recipe.steps)
    training = Training(dataclasses.replace(recipe, head_start=0, members=1))
    for snapshot in (run.snapshots[0], run.snapshots[len(run.snapshots) // 2], run.snapshots[-1]):
        stored = networks(run, snapshot)
        training.model.load_state_dict(
            stored.state_dict() | {"centre": training.model.centre, "scale": training.model.scale}
        )
        training.average.load_state_dict(stored.generator.state_dict())
        if recipe.members == 1:
            assert training.energies()[0] == pytest.approx(snapshot.energy, rel=0.02, abs=1e-3)
            assert training.losses()[0][0] == pytest.approx(snapshot.discriminator_loss, rel=0.02, abs=2e-3)
        else:  # the noise was drawn for ten members
            assert training.energies()[0] == pytest.approx(snapshot.energy, rel=0.2, abs=0.01)


def covered(run, snapshot, share=0.03):
    """Modes of the ring that get at least this share of generated points, within four standard deviations."""
    _, centre, scale = training_set(run)
    with torch.no_grad():
        points = networks(run, snapshot).generate(torch.randn(1, 1000, 2, generator=torch.Generator().manual_seed(0)))
    distance = np.linalg.norm((points[0].numpy() * scale + centre)[:, None] - planar.CENTRES, axis=2)
    near = distance.argmin(1)[distance.min(1) < 4 * planar.SPREAD]
    return int((np.bincount(near, minlength=8) / len(points[0]) >= share).sum())


def training_set(run):
    pool = planar.SETS[run.settings.data].sample(toy_settings.POOL, np.random.default_rng([run.settings.seed, 0]))
    return pool, pool.mean(0), pool.std(0)


def test_the_film_of_mode_collapse_shows_it():
    run = recorded.toy_gan("mode_collapse")
    late = [s for s in run.snapshots if s.step >= 1000]
    assert max(covered(run, s) for s in late) <= 3
    assert min(s.energy for s in late) > 20 * run.floor
    assert [s.discriminator_loss for s in late] == pytest.approx([2 * math.log(2)] * len(late), abs=0.1)


def test_the_film_of_saturation_shows_it():
    """Points do not move during the whole recording, and the other loss would pull them a hundred times harder."""
    run = recorded.toy_gan("saturation")
    first, last = run.snapshots[0], run.snapshots[-1]
    z = torch.randn(1, 500, 2, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        before, after = (networks(run, s).generator(z) for s in (first, last))
    assert (after - before).norm(dim=2).mean() < 0.05
    assert last.energy > 20 * run.floor
    pull = {}
    for loss in (Minimax(), NonSaturating()):
        model = networks(run, first)
        points = model.generator(z).detach().requires_grad_()
        value = loss.generator(model.discriminator(points))
        pull[type(loss)] = torch.autograd.grad(value, points)[0].norm(dim=2).mean()
    assert pull[NonSaturating] > 100 * pull[Minimax]


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.95])
def test_a_truncated_recording_is_reported_in_one_sentence(tmp_path, monkeypatch, cut):
    text = (recorded.FOLDER / "toy_saturation.json").read_text()
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    (tmp_path / "toy_saturation.json").write_text(text[: int(cut * len(text))])
    with pytest.raises(checkpoints.CheckpointError, match="cannot be read"):
        recorded.toy_gan("saturation")
    with pytest.raises(checkpoints.CheckpointError, match="missing"):
        recorded.toy_gan("parabola_gan")


def test_truncated_weights_are_detected(tmp_path, monkeypatch):
    values = json.loads((recorded.FOLDER / "toy_saturation.json").read_text())
    values["snapshots"][3]["generator"] = values["snapshots"][3]["generator"][:40]
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    (tmp_path / "toy_saturation.json").write_text(json.dumps(values))
    with pytest.raises(checkpoints.CheckpointError, match=r"weights of step .* are cut"):
        recorded.toy_gan("saturation")


def test_the_checkpoint_reaches_its_aim():
    card, model = checkpoints.read("parabola_gan"), checkpoints.load("parabola_gan")
    assert card.metrics["starts_under_floor"] == sum(
        e < card.metrics["energy_floor_95"] for e in card.metrics["energy_distances"]
    )
    assert card.metrics["starts_under_floor"] >= 9
    assert card.metrics["discriminator_loss"] == pytest.approx(2 * math.log(2), abs=0.01)
    assert card.metrics["generator_loss"] == pytest.approx(math.log(2), abs=0.01)
    # Measured again, on other points than those of the card.
    scale, found = model.scale.numpy(), []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        real = planar.SETS["parabola"].sample(500, rng) / scale
        with torch.no_grad():
            made = model.generate(torch.from_numpy(rng.standard_normal((1, 500, 2))).float())[0].numpy() / scale
        found.append(energy_distance(real, made))
    assert np.median(found) < card.metrics["energy_floor_95"]


def test_the_checkpoint_is_the_last_snapshot_of_its_recording():
    run, model = recorded.toy_gan("parabola_gan"), checkpoints.load("parabola_gan")
    assert flat(model.generator) == pytest.approx(run.snapshots[-1].shown, rel=1e-3, abs=1e-6)
    assert flat(model.discriminator) == pytest.approx(run.snapshots[-1].discriminator, rel=1e-3, abs=1e-6)
