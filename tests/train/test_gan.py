"""The game of two players against a textbook loop, what each option changes, and the shapes of the networks."""

import dataclasses

import numpy as np
import pytest
import torch
import torch.nn.functional as F

import checkpoints
import data
from data.splits import Split, Splits
from evaluate import real, samples
from models.adversarial import Hinge, LeastSquares, NonSaturating, Wasserstein, WassersteinGP
from models.gan import DCGAN, MLPGAN, PixelShuffleGAN
from models.rotation_task import RotationTask
from tests.toy_training import stripes
from train import gan
from train.adversarial import AdversarialRecipe, adversarial_game, rmsprop
from train.augment import MOVES, by_a_pixel, shift
from train.loop import fit
from train.monitor import Watch
from train.recipe import Recipe, constant
from train.self_supervised import SelfSupervisedRecipe, self_supervised_game

SMALL = {"latent": 4, "shape": [1, 8, 8], "widths": [16, 16], "dropout": 0.0}
TOY = AdversarialRecipe(
    name="toy",
    title="Toy",
    summary="For tests.",
    model=MLPGAN,
    arguments=SMALL,
    data=stripes,
    objective=adversarial_game,
    epochs=2,
    interval=5,
    batch=32,
    learning_rate=1e-3,
)


def fresh(recipe=TOY):
    torch.manual_seed(recipe.seed)
    return recipe.model(**recipe.arguments)


def pictures(n=32):
    return torch.rand(n, 1, 8, 8, generator=torch.Generator().manual_seed(5))


def test_the_game_equals_a_textbook_loop():
    """One batch of fakes, detached for the discriminator, used again for the generator, as in torch's example."""
    ours, plain = fresh(), fresh()
    step, _ = adversarial_game(ours, TOY, 10)
    critic_optimiser = torch.optim.Adam(plain.discriminator.parameters(), 1e-3, betas=(0.5, 0.999))
    generator_optimiser = torch.optim.Adam(plain.generator.parameters(), 1e-3, betas=(0.5, 0.999))
    ones, zeros = torch.ones(32), torch.zeros(32)
    for turn in range(4):
        torch.manual_seed(turn)
        found = step(pictures(), None)
        torch.manual_seed(turn)
        fake = plain.generate(torch.randn(32, 4))
        critic_optimiser.zero_grad()
        logits = plain.discriminate(2 * pictures() - 1), plain.discriminate(fake.detach())
        loss = F.binary_cross_entropy_with_logits(logits[0], ones)
        loss = loss + F.binary_cross_entropy_with_logits(logits[1], zeros)
        loss.backward()
        critic_optimiser.step()
        generator_optimiser.zero_grad()
        answer = F.binary_cross_entropy_with_logits(plain.discriminate(fake), ones)
        answer.backward()
        generator_optimiser.step()
        assert found["discriminator"].item() == pytest.approx(loss.item(), abs=1e-5)
        assert found["generator"].item() == pytest.approx(answer.item(), abs=1e-5)
        assert found["real"].item() == pytest.approx(logits[0].mean().item(), abs=1e-5)
    for p, q in zip(ours.parameters(), plain.parameters(), strict=True):
        assert torch.allclose(p, q, atol=1e-5)


def test_critic_steps_take_their_own_batches_and_the_weights_stay_clipped():
    recipe = dataclasses.replace(TOY, loss=Wasserstein(clip=0.02), critic_steps=3, optimiser=rmsprop)
    model, seen = fresh(recipe), []
    model.discriminator.register_forward_hook(lambda module, inputs, output: seen.append(len(inputs[0])))
    step, _ = adversarial_game(model, recipe, 10)
    assert recipe.images_per_step == 96
    step(pictures(96), None)
    assert seen == [32] * 7  # real and fake three times, and once for the generator
    assert max(p.abs().max() for p in model.discriminator.parameters()) <= 0.02
    assert max(p.abs().max() for p in model.generator.parameters()) > 0.02


class TurnedGAN(MLPGAN):
    """Predicts turns from four of the pixels."""

    def rotation(self, x):
        return x.flatten(1)[:, :4]


def test_a_second_task_is_added_to_both_losses():
    """The self-supervised game is the plain one plus the task's cross entropies, and their gradients."""
    task = RotationTask(real_weight=2.0, fake_weight=0.5, jitter=False)
    recipe = SelfSupervisedRecipe(**{f.name: getattr(TOY, f.name) for f in dataclasses.fields(TOY)}, task=task)
    recipe = dataclasses.replace(recipe, model=TurnedGAN, loss=Hinge())
    found, weights = {}, {}
    for game in (adversarial_game, self_supervised_game):
        model = fresh(recipe)
        torch.manual_seed(1)
        found[game] = game(model, recipe, 10)[0](pictures(), None)
        weights[game] = [p.detach().clone() for p in model.generator.parameters()]
    model = fresh(recipe)
    torch.manual_seed(1)
    fake = model.generate(torch.randn(32, 4))
    added = {
        "discriminator": 2.0 * task.cross_entropy(model, 2 * pictures() - 1),
        "generator": 0.5 * task.cross_entropy(model, fake),
    }
    for name, value in added.items():
        more = found[self_supervised_game][name] - found[adversarial_game][name]
        assert more.item() == pytest.approx(value.item(), rel=1e-4)
    assert not all(map(torch.equal, *weights.values()))


def test_the_generator_step_does_not_change_the_discriminator():
    model = fresh()
    step, _ = adversarial_game(model, dataclasses.replace(TOY, loss=WassersteinGP()), 10)
    step(pictures(), None)
    assert all(p.requires_grad for p in model.parameters())


def test_a_training_ends_with_the_averaged_generator():
    recipe = dataclasses.replace(TOY, averaging=0.5)
    ours, plain = fresh(), fresh()
    fit(ours, recipe, stripes().train, quiet=True)
    fit(plain, dataclasses.replace(recipe, averaging=None), stripes().train, quiet=True)
    assert all(map(torch.equal, ours.discriminator.parameters(), plain.discriminator.parameters()))
    assert not torch.equal(next(ours.generator.parameters()), next(plain.generator.parameters()))


def test_an_epoch_is_a_number_of_generator_steps_even_beyond_one_pass_of_the_data():
    recipe = dataclasses.replace(TOY, interval=70, epochs=1, loss=LeastSquares(), schedule=constant)
    history, _ = fit(fresh(), recipe, stripes().train, quiet=True)  # 70 × 32 of 2,048 pictures
    assert len(history["generator"]) == 1
    assert history["discriminator"][0] < 0.5  # of two guesses that cost ½ each


def test_recipe_as_json_names_the_loss():
    plain = dataclasses.replace(TOY, loss=Wasserstein(clip=0.03)).to_dict()
    assert plain["loss"] == "Wasserstein(clip=0.03)"
    assert plain["optimiser"] == "train.adversarial.adam"
    assert set(Recipe("a", "", "", MLPGAN, None, adversarial_game, 1, 1, 1.0).to_dict()) < set(plain)


@pytest.mark.parametrize(
    ("model", "generator", "discriminator"),
    [
        # Counted by hand from the tables of the exercises (docs/systems.md).
        (MLPGAN, 128 * 256 + 256 + 256 * 512 + 512 + 512 * 1024 + 1024 + 1024 * 784 + 784, None),
        (DCGAN, 16 * (100 * 128 + 128 * 64 + 64 * 32 + 32 * 3) + 2 * (128 + 64 + 32), None),
        (PixelShuffleGAN, None, 17 * 32 + 16 * 32 * 64 + 64 + 3136 * 512 + 512 + 513),
    ],
)
def test_networks_have_the_shapes_of_their_tables(model, generator, discriminator):
    network = model().eval()
    z = torch.randn(3, network.latent)
    made = network.generate(z)
    assert made.shape == (3, *network.shape)
    assert made.abs().max() <= 1
    assert network.discriminate(made).shape == (3,)
    assert torch.allclose(network.picture(z), (made + 1) / 2)
    for part, expected in ((network.generator, generator), (network.discriminator, discriminator)):
        assert expected is None or sum(p.numel() for p in part.parameters()) == expected


def test_recipes_differ_only_in_the_stated_settings():
    recipes = {r.name: r for r in gan.RECIPES}
    assert recipes["emoji_dcgan"].epochs * recipes["emoji_dcgan"].interval == 20_000
    one, other = recipes["fashion_wgan"], recipes["fashion_wgan_adam"]
    assert (one.epochs, one.interval, one.critic_steps) == (other.epochs, other.interval, other.critic_steps)
    assert isinstance(recipes["mnist_gan"].loss, NonSaturating)


def test_the_grid_arranges_pictures_in_rows():
    tiles = torch.arange(4, dtype=torch.uint8).view(4, 1, 1, 1).expand(4, 3, 2, 2)
    assert np.array_equal(samples.grid(tiles, 2)[..., 0], [[0, 0, 1, 1], [0, 0, 1, 1], [2, 2, 3, 3], [2, 2, 3, 3]])


def test_the_nearest_train_picture_is_found():
    splits = stripes()
    assert real.nearest_train(splits.train.images[:20], splits) == pytest.approx(0, abs=1e-2)
    train = splits.train.images.flatten(1).double() / 255
    nearest = [(train - x.flatten().double() / 255).square().sum(1).min().sqrt() for x in splits.test.images[:20]]
    assert real.nearest_train(splits.test.images[:20], splits) == pytest.approx(
        torch.stack(nearest).mean().item(), rel=1e-4
    )


def test_shifts_are_whole_pixels_and_repeat_the_edge():
    x = torch.rand(64, 3, 16, 16, generator=torch.Generator().manual_seed(1)).requires_grad_()
    changed = shift(x)
    padded = torch.nn.functional.pad(x, (2, 2, 2, 2), mode="replicate")
    places = set()
    for one, around in zip(changed, padded, strict=True):
        found = [(r, c) for r in range(5) for c in range(5) if torch.equal(one, around[:, r : r + 16, c : c + 16])]
        assert len(found) == 1
        places.add(found[0])
    assert len(places) > 15  # of 25
    changed.sum().backward()
    assert x.grad.sum().item() == pytest.approx(changed.numel())


def test_a_picture_is_shifted_by_at_most_one_pixel_in_a_known_direction():
    x, uniform = torch.rand(90, 2, 5, 6), torch.arange(90) / 90
    moved, which = by_a_pixel(x, uniform)
    assert which.bincount().tolist() == [10] * MOVES
    assert torch.equal(moved[which == 0], x[which == 0])
    seen = set()
    for before, after, way in zip(x, moved, which.tolist(), strict=True):
        places = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
        fits = [place for place in places if torch.equal(after, rolled(before, *place))]
        assert len(fits) == 1
        seen.add((way, *fits))
    assert len(seen) == MOVES  # one move for each number


def rolled(picture, down, right):
    """A picture (C, H, W) rolled by whole pixels, black where it came in from the other side."""
    picture = picture.roll((down, right), (1, 2)).clone()
    for axis, by in ((1, down), (2, right)):
        if by:
            picture.select(axis, 0 if by > 0 else -1).zero_()
    return picture


@torch.no_grad()
def test_monitoring_compares_samples_of_fixed_noise_with_pictures_outside_the_test_set():
    """The distance by the formula with numpy, whose eigenvalues are those of a product that is not symmetric."""
    images = torch.from_numpy(data.sample("mnist").images[:300])
    digits, none = Split(images, torch.zeros(len(images))), Split(images[:0], torch.zeros(0))
    splits, model = Splits("mnist", "for tests", digits, test=none), PixelShuffleGAN().eval()
    watch = Watch(TOY, splits, side=2, samples=150)
    found = watch(model)["frechet"]
    classifier = checkpoints.load("mnist_classifier")
    shown = samples.pictures(model, 150, seed=0)
    one, other = (classifier.features(x.float() / 255).double().numpy() for x in (shown, images))
    spread, others = np.cov(one.T), np.cov(other.T)
    roots = np.linalg.eigvals(spread @ others).real.clip(0) ** 0.5
    expected = ((one.mean(0) - other.mean(0)) ** 2).sum() + np.trace(spread + others) - 2 * roots.sum()
    assert found == pytest.approx(expected, rel=1e-4)
    assert watch.summary({})[1]["history"] == "Fréchet: 150 samples of one noise, 300 train pictures"
    held = Watch(TOY, splits.holding(100), side=2, samples=150)
    assert torch.equal(held.images, splits.holding(100).valid.images)
    assert held.summary({})[1]["history"].endswith("100 train pictures held out of the training")
    assert np.array_equal(watch.grids[0][28:, :28, 0], shown[2, 0])
    order = torch.from_numpy(data.sample("mnist").labels[:300]).argsort(stable=True)
    by_class = Split(images[order], order, sorted=True)
    few = Watch(TOY, Splits("mnist", "for tests", by_class, none), side=2, real=50)
    assert torch.equal(few.images, by_class.some(50).images)
