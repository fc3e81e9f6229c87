"""Train GANs of points in the plane: python -m train.toy_gan [--only NAME]

parabola_gan   The set of assignment 001, part 2.2. Ten starts side by side; the first becomes the checkpoint.
mode_collapse  A ring of eight Gaussians with badly chosen rates, so that the generator forgets most of them.
saturation     The minimax loss against a discriminator that is too strong, so that the generator feels nothing.

Each is kept in checkpoints/recorded/toy_NAME.json as a film that the app plays (metrics/toy_runs.py says what is
in it). About three minutes on a busy core; the same seed gives the same weights.
"""

import argparse
import copy
import dataclasses
import json
import math
import time
from dataclasses import dataclass

import numpy as np
import torch
from tqdm import tqdm

import checkpoints
from checkpoints.recorded.toy_runs import JUDGED, POOL, Settings, Snapshot, film_steps
from data import planar
from metrics.energy import energy_distance, noise_floor
from models import adversarial
from models.toy_gan import ToyGAN
from train import cli, recorded
from train.live.critics import one_thread

STARTS = 10  # of parabola_gan
EVALUATION = 4096  # points on each side of a recorded loss


@dataclass(frozen=True)
class Recipe:
    """A run: how it is trained, and what a person should see in it."""

    name: str
    title: str
    summary: str
    settings: Settings

    def to_dict(self):
        return dataclasses.asdict(self)

    def to_json(self):
        """The recipe as its card has it."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)


PARABOLA = Recipe(
    name="parabola_gan",
    title="Toy GAN on a parabola",
    summary="Two small players and a set of points in the plane: learning rates that fall and a running mean of the "
    "generator's weights bring it to where real points cannot tell.",
    settings=Settings(falling=True, averaging=0.999),
)
COLLAPSE = Recipe(
    name="mode_collapse",
    title="Mode collapse",
    summary="The generator learns ten times faster than the discriminator and takes five turns to its one: it throws "
    "everything on the place that looks best now, and leaves when that is found out.",
    settings=Settings(data="ring", generator_rate=1e-2, generator_steps=5, steps=4000),
)
SATURATION = Recipe(
    name="saturation",
    title="Saturation",
    summary="The minimax loss against a discriminator with a head start: it is so sure that its loss is flat where the "
    "generator stands, and plain gradient descent does not move it.",
    settings=Settings(
        data="ring",
        loss="minimax",
        optimiser="sgd",
        generator_rate=5e-3,
        discriminator_rate=0.1,
        head_start=5000,
        steps=1000,
    ),
)
RECIPES = [PARABOLA]  # of checkpoints
FILMS = [PARABOLA, COLLAPSE, SATURATION]


def loss_of(settings):
    """The object of models/adversarial.py that settings name."""
    return {
        "minimax": adversarial.Minimax(),
        "non_saturating": adversarial.NonSaturating(),
        "least_squares": adversarial.LeastSquares(),
        "hinge": adversarial.Hinge(),
        "wasserstein": adversarial.Wasserstein(clip=settings.clip),
        "wasserstein_gp": adversarial.WassersteinGP(weight=settings.penalty),
    }[settings.loss]


def optimiser_of(settings, network, rate):
    if settings.optimiser == "adam":
        betas = (settings.beta1, settings.beta2)
        return torch.optim.Adam(network.parameters(), rate, betas=betas, fused=True)
    return {"rmsprop": torch.optim.RMSprop, "sgd": torch.optim.SGD}[settings.optimiser](network.parameters(), rate)


def teach_discriminator(model, loss, optimiser, real, noise, mix):
    """One turn: real (members, N, 2) standardised, noise (members, N, latent), mix (members, N); the loss per member.

    A sum of losses gives every member its own gradient, and elementwise optimisers update each as if it were alone.
    """
    with torch.no_grad():
        fake = model.generator(noise)

    def judge(points):
        return model.discriminator(points.view(len(real), -1, 2)).flatten()

    optimiser.zero_grad(set_to_none=True)
    value = loss.discriminator(judge(real), judge(fake)) + loss.penalty(
        judge, real.flatten(0, 1), fake.flatten(0, 1), mix.flatten()
    )
    (len(real) * value).backward()
    optimiser.step()
    if loss.clip is not None:
        adversarial.clip_weights(model.discriminator.parameters(), loss.clip)
    return value.detach()


def teach_generator(model, loss, optimiser, noise):
    """One turn of the other player; noise (members, N, latent)."""
    optimiser.zero_grad(set_to_none=True)
    value = loss.generator(model.discriminator(model.generator(noise)))
    parameters = list(model.generator.parameters())
    for parameter, slope in zip(parameters, torch.autograd.grad(len(noise) * value, parameters), strict=True):
        parameter.grad = slope
    optimiser.step()
    return value.detach()


class Training:
    """`members` GANs with the same settings, each with its own random start and batches.

    Every instance has its own random numbers. real (n, rng) -> (n, 2): the data in original units.
    """

    def __init__(self, settings, members=1):
        self.settings, self.loss, self.step = settings, loss_of(settings), 0
        self.real = planar.SETS[settings.data].sample
        pool = self.real(POOL, np.random.default_rng([settings.seed, 0]))
        self._random = torch.Generator().manual_seed(settings.seed)
        with torch.random.fork_rng(devices=()):
            torch.manual_seed(settings.seed)  # the initial weights
            self.model = ToyGAN(settings.generator, settings.discriminator, members)
        self.model.centre.copy_(torch.from_numpy(pool.mean(0)))
        self.model.scale.copy_(torch.from_numpy(pool.std(0)))
        self._pool = torch.from_numpy(self.standardised(pool)).float()
        self._optimisers = {
            "generator": optimiser_of(settings, self.model.generator, settings.generator_rate),
            "discriminator": optimiser_of(settings, self.model.discriminator, settings.discriminator_rate),
        }
        self._mean = copy.deepcopy(self.model.generator).requires_grad_(False)
        with one_thread():
            for _ in range(settings.head_start):
                self._discriminator_turn()

    @property
    def shown(self):
        """The generator that is shown and measured: standardised points from noise."""
        return self._mean if self.settings.averaging else self.model.generator

    def standardised(self, points):
        return (points - self.model.centre.numpy()) / self.model.scale.numpy()

    @one_thread()
    def run(self, steps):
        """Take `steps` more steps. Raises FloatingPointError in one sentence when a loss is not finite."""
        settings, losses = self.settings, torch.zeros(())
        for _ in range(steps):
            for player, optimiser in self._optimisers.items():
                optimiser.param_groups[0]["lr"] = getattr(settings, f"{player}_rate") * settings.rate(self.step)
            for _ in range(settings.discriminator_steps):
                losses = losses + self._discriminator_turn()
            for _ in range(settings.generator_steps):
                losses = losses + self._generator_turn()
            self.step += 1
        if not torch.isfinite(losses):
            raise FloatingPointError(f"The training diverged before step {self.step}; choose smaller learning rates.")

    def _discriminator_turn(self):
        shape = (self.model.members, self.settings.batch)
        real = self._pool[torch.randint(POOL, shape, generator=self._random)]
        noise, mix = self._noise(*shape), torch.rand(shape, generator=self._random)
        return teach_discriminator(self.model, self.loss, self._optimisers["discriminator"], real, noise, mix)

    def _generator_turn(self):
        noise = self._noise(self.model.members, self.settings.batch)
        value = teach_generator(self.model, self.loss, self._optimisers["generator"], noise)
        if self.settings.averaging:
            weights = [p.detach() for p in self.model.generator.parameters()]
            torch._foreach_lerp_(list(self._mean.parameters()), weights, 1 - self.settings.averaging)
        return value

    def _noise(self, members, n):
        return torch.randn(members, n, self.model.latent, generator=self._random)

    @torch.no_grad()
    def energies(self, n=JUDGED, seed=1):
        """Energy distance of n generated points of every member to as many fresh real ones, (members,)."""
        rng = np.random.default_rng([self.settings.seed, seed])
        noise = rng.standard_normal((self.model.members, n, self.model.latent))
        made = self.shown(torch.from_numpy(noise).float()).double().numpy()
        return np.array([energy_distance(points, self.standardised(self.real(n, rng))) for points in made])

    @torch.no_grad()
    def losses(self, n=EVALUATION, seed=2):
        """Both players' losses on fresh points, of the generator that is shown: two arrays (members,)."""
        rng = np.random.default_rng([self.settings.seed, seed])
        real = torch.from_numpy(self.standardised(self.real(n, rng))).float().expand(self.model.members, n, 2)
        noise = torch.from_numpy(rng.standard_normal((self.model.members, n, self.model.latent))).float()
        logits = (self.model.discriminator(points).squeeze(-1) for points in (real, self.shown(noise)))
        pairs = [(self.loss.discriminator(a, b), self.loss.generator(b)) for a, b in zip(*logits, strict=True)]
        return tuple(np.array(side, float) for side in zip(*pairs, strict=True))

    def snapshot(self, member=0):
        """The present state of one member."""
        discriminator, generator = (float(values[member]) for values in self.losses())
        return Snapshot(
            self.step,
            discriminator,
            generator,
            float(self.energies()[member]),
            flat(self.model.generator, member),
            flat(self.model.discriminator, member),
            flat(self.shown, member),
        )


def flat(layers, member=0):
    """One member's weights as a Snapshot has them."""
    pairs = zip(layers.weights, layers.biases, strict=True)
    return np.concatenate([p[member].detach().numpy().ravel() for pair in pairs for p in pair])


def film(recipe, training):
    """Train to the end and return the Snapshots of the first member on the way."""
    frames, steps = [], film_steps(recipe.settings.steps)
    with tqdm(total=recipe.settings.steps, desc=recipe.name, unit="step") as bar:
        for step in steps:
            training.run(step - training.step)
            frames.append(training.snapshot())
            bar.update(step - bar.n)
    return frames


def floor_of(training, n=JUDGED, repeats=1000):
    """95 % quantile of the energy distance of two real samples, in standard deviations of the data."""

    def sample(n, rng):
        return training.standardised(training.real(n, rng))

    return noise_floor(sample, n, np.random.default_rng([training.settings.seed, 3]), repeats)


def first_member(training):
    """The checkpoint: a ToyGAN of one member with the generator that is shown."""
    settings, ours = training.settings, training.model
    model = ToyGAN(settings.generator, settings.discriminator)
    with torch.no_grad():
        pairs = [*zip(model.generator.parameters(), training.shown.parameters(), strict=True)]
        pairs += zip(model.discriminator.parameters(), ours.discriminator.parameters(), strict=True)
        for mine, theirs in pairs:
            mine.copy_(theirs[:1])
    model.centre.copy_(ours.centre)
    model.scale.copy_(ours.scale)
    return model


PROTOCOL = {
    "energy_distance": f"2 E‖X − Y‖ − E‖X − X'‖ − E‖Y − Y'‖ of {JUDGED} generated and {JUDGED} fresh real points, all "
    "pairs, in standard deviations of each coordinate of the real ones",
    "energy_floor_95": f"95 % quantile of the same between two real samples of {JUDGED} points, 1,000 pairs",
    "starts_under_floor": f"of {STARTS} independent random starts, how many end below that floor",
    "energy_distances": f"of all {STARTS} starts; the first is this checkpoint",
    "discriminator_loss": f"nats, on {EVALUATION:,} fresh real and generated points; 2 log 2 = 1.3863 at equilibrium",
    "generator_loss": f"nats, on {EVALUATION:,} generated points; log 2 = 0.6931 at equilibrium",
    "discriminator_off_equilibrium": "how far the first loss is from 2 log 2, nats",
    "generator_off_equilibrium": "how far the second loss is from log 2, nats",
}


def figures(training):
    energies, floor = training.energies(), floor_of(training)
    discriminator, generator = (float(values[0]) for values in training.losses())
    return {
        "energy_distance": float(energies[0]),
        "energy_floor_95": floor,
        "starts_under_floor": int((energies < floor).sum()),
        "energy_distances": energies.tolist(),
        "discriminator_loss": discriminator,
        "generator_loss": generator,
        "discriminator_off_equilibrium": abs(discriminator - 2 * math.log(2)),
        "generator_off_equilibrium": abs(generator - math.log(2)),
    }


def save_checkpoint(recipe, training, frames, seconds):
    """Write weights and card of the first member; the history has a row every 1,000 steps."""
    settings = recipe.settings
    rows = [frame for frame in frames if frame.step % 1000 == 0]
    columns = ("step", "discriminator_loss", "generator_loss", "energy")
    card = checkpoints.Card(
        name=recipe.name,
        family="toy_gan",
        title=recipe.title,
        summary=recipe.summary,
        model=f"{ToyGAN.__module__}.{ToyGAN.__qualname__}",
        arguments={"generator": list(settings.generator), "discriminator": list(settings.discriminator)},
        latent=ToyGAN.latent,
        shape=ToyGAN.shape,
        recipe=recipe.to_dict(),
        dataset={
            "name": settings.data,
            "note": f"x uniform in [−5, 5], y = 10 + x², drawn by numpy with seed {settings.seed}",
            "unit": "points",
            "train_images": POOL,
        },
        metrics=figures(training),
        protocol=PROTOCOL,
        history={name: [round(getattr(row, name), 6) for row in rows] for name in columns},
        run={
            "command": f"python -m train.toy_gan --only {recipe.name}",
            "seconds": round(seconds, 1),
            "device": "cpu, 1 threads × 1",
            **cli.versions(),
        },
        sha256="",
    )
    return checkpoints.save(first_member(training), card)


def record(recipe, members=1):
    """Train, store the checkpoint where the recipe has one, and return {name, title, summary, settings, snapshots}."""
    started = time.perf_counter()
    training = Training(recipe.settings, members)
    frames = film(recipe, training)
    if recipe in RECIPES:
        card = save_checkpoint(recipe, training, frames, time.perf_counter() - started)
        numbers = (f"{k} {v:.5g}" for k, v in card.metrics.items() if isinstance(v, int | float))
        print(f"checkpoints/{card.name}.json: " + ", ".join(numbers))
    floor = floor_of(training)
    print(f"{recipe.name}: energy distance {frames[-1].energy:.4f}, floor {floor:.4f}")
    return {**recipe.to_dict(), "floor": floor, "snapshots": [frame.to_dict() for frame in frames]}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=[r.name for r in FILMS], help="one of them; the others stay as they are")
    options = parser.parse_args()
    for recipe in FILMS:
        if options.only in (None, recipe.name):
            members = STARTS if recipe in RECIPES else 1
            recorded.store(f"toy_{recipe.name}", "python -m train.toy_gan", lambda r=recipe, m=members: record(r, m))
