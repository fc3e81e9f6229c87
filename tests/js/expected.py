"""Results of Python for the cases of each file *.test.mjs, which compares them with JavaScript."""

import base64
import dataclasses
import functools
import itertools
import math

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw
from scipy.integrate import solve_ivp
from sklearn.decomposition import PCA

from checkpoints.recorded import packed, toy_settings
from data import planar, small_digits
from data import prepare as preparation
from data.pictures import PictureError
from evaluate import code_metrics
from metrics import reconstruction
from metrics.denoising import inside_outside
from metrics.energy import energy_distance
from metrics.linear_gaussian import LinearGaussian, kl, log_normal
from metrics.reconstruction import mse
from metrics.rotation import turned
from models import patch_noise, probability
from models.adversarial import LOSSES, Wasserstein, WassersteinGP
from models.control import GUARDS, PIController
from models.denoiser import PatchDenoiser
from models.flow import Flow
from models.interpolation import along, lerp, slerp
from models.interpolation import shares as shares_of
from models.ode import SOLVERS, path
from tests.toy_training import TOY_GAN
from train.adversarial import adam, rmsprop, sgd
from train.live.toy_gan import critic_step, flat, generator_step, loss_name, settings_of
from train.recipe import cosine
from ui import recorded_codes
from ui.components import floats
from ui.components.scatter import frame
from ui.explore import bases, codes, comparison, pairs, paths, plane
from ui.images import denoising
from ui.images.reconstruction import error_map
from ui.learn import elbo, gan_divergences, reparameterise
from ui.learn import pixel_shuffle as shuffles
from ui.training import control_loop
from ui.training import points as planar_points
from ui.training import toy_flow as toy_flow_page
from ui.training import toy_vae as toy_vae_page


def pi_controller():
    """Answers to KLs that swing, to huge ones and to ones that are no number, with the set point on a ramp."""
    random = np.random.default_rng(1)
    kls = [float(v) for v in np.abs(10 + 9 * np.sin(np.arange(300) / 20) + random.normal(size=300))]
    kls[50], kls[120], kls[200] = math.nan, 1e6, -1e6
    settings = [
        (8.0, 0.01, 0.001, 1.0, 100.0),
        (14.0, 0.5, 0.05, 0.0, 2.0),
        (0.0, 0.0, 0.3, 1.0, 1.0),
        (1000.0, 1.0, 1e-3, 0.0, 5.0),
    ]
    cases = []
    for guard in GUARDS:
        for set_point, kp, ki, beta_min, beta_max in settings:
            pi = PIController(set_point, kp, ki, beta_min, beta_max, guard)
            state, answers = tuple(part.double() for part in pi.start()), []
            goals = [set_point * min(1.0, k / 100) for k in range(300)]
            for measured, goal in zip(kls, goals, strict=True):
                beta, state = pi.respond(torch.tensor(measured, dtype=torch.float64), state, goal)
                answers.append([beta.item(), *(part.item() for part in state)])
            controller = {"kp": kp, "ki": ki, "betaMin": beta_min, "betaMax": beta_max, "guard": guard}
            inputs = [[None if math.isnan(v) else v, goal] for v, goal in zip(kls, goals, strict=True)]
            cases.append({"controller": controller, "measured": inputs, "answers": answers})
    return {"guards": list(GUARDS), "cases": cases, "page": control_loop.data()}


def linear_gaussian():
    """Closed forms of the linear Gaussian VAE in the corners and inside."""
    cases = []
    for mean, width, x, noise, slope, offset in [
        (-0.5, 0.8, 2.0, 0.8, 1.0, 0.0),
        (-6.0, 3.0, 3.0, 0.3, 0.5, -1.0),
        (1.5, 0.2, -1.2, 0.9, 2.0, 0.4),
    ]:
        model, q = LinearGaussian(slope, offset, noise), (mean, width)
        cases.append(
            {
                "numbers": [mean, width, x, noise, slope, offset],
                "logNormal": log_normal(x, mean, width),
                "kl": kl(*q),
                "klOfPosterior": kl(*q, *model.posterior(x)),
                "logPx": model.log_px(x),
                "reconstruction": model.reconstruction(x, *q),
                "elbo": model.elbo(x, *q),
                "best": {str(beta): model.best(x, beta) for beta in (0.01, 1.0, 30.0)},
            }
        )
    return cases


def divergences():
    """Both sides of the four reductions, for densities in the corners and inside."""
    cases = [*gan_divergences.START.values(), [-6, 0.3, 6, 3], [1, 0.3, 1, 3], [-6, 0.3, 6, 3, -2, 0.3]]
    return [
        {"numbers": numbers, "sides": [[row.value, row.expected] for row in gan_divergences.sides(numbers)]}
        for numbers in cases
    ]


def gradients():
    """Exact gradients, and two estimates of them for every draw."""
    mean, sd = -0.7, 0.6
    noise = reparameterise.draws(5)
    cases = []
    for name in reparameterise.FUNCTIONS:
        f = reparameterise.function(name, elbo.START)
        each = reparameterise.estimates(f, [mean, sd, 0.0], noise).values()
        described = reparameterise.data(f, noise)["f"]
        estimates = [[values[k].tolist() for values in each] for k in range(2)]
        cases.append({"name": name, "f": described, "exact": list(f.gradient(mean, sd)), "estimates": estimates})
    return {"mean": mean, "sd": sd, "noise": noise.tolist(), "cases": cases}


TOY = dataclasses.replace(TOY_GAN, interval=8, batch=10, schedule=cosine, averaging=0.9)


def toy_net():
    """Three steps of both players on the same weights and batches, with falling rates and averaging, by PyTorch."""
    own = {Wasserstein: {"clip": 0.3}, WassersteinGP: {"weight": 1.0}}
    cases = [
        _toy_steps(dataclasses.replace(TOY, loss=loss(**own.get(loss, {})), optimiser=optimiser))
        for loss in LOSSES
        if loss_name(loss()) in toy_settings.LOSSES
        for optimiser in (adam, rmsprop, sgd)
    ]
    names = {(case["settings"]["loss"], case["settings"]["optimiser"]) for case in cases}
    assert names == {(loss, optimiser) for loss in toy_settings.LOSSES for optimiser in toy_settings.OPTIMISERS}
    return cases


def _toy_steps(recipe):
    torch.manual_seed(0)
    model = recipe.model(**recipe.arguments).double()
    start = {player: flat(getattr(model, player)) for player in ("generator", "discriminator")}
    optimisers = {
        player: recipe.optimiser(getattr(model, player).parameters(), recipe.learning_rate) for player in start
    }
    mean, turns, losses = start["generator"], [], []
    for step in range(3):
        real, noise = torch.randn(2, 1, 10, 2, dtype=torch.double)
        mix = torch.rand(1, 10, dtype=torch.double)
        turns.append({"real": real[0].tolist(), "noise": noise[0].tolist(), "mix": mix[0].tolist()})
        for optimiser in optimisers.values():
            optimiser.param_groups[0]["lr"] = recipe.learning_rate * recipe.schedule(step / recipe.steps)
        losses.append(critic_step(model, recipe.loss, optimisers["discriminator"], real, noise, mix).item())
        losses.append(generator_step(model, recipe.loss, optimisers["generator"], noise).item())
        mean = 0.9 * mean + 0.1 * flat(model.generator)
    end = {player: flat(getattr(model, player)) for player in start}
    assert all(np.abs(end[player] - start[player]).max() > 1e-6 for player in start)
    settings = settings_of(recipe).to_dict()
    return {
        "name": f"{settings['loss']}, {settings['optimiser']}",
        "settings": settings,
        "turns": turns,
        "start": {player: weights.tolist() for player, weights in start.items()},
        "end": {player: weights.tolist() for player, weights in {**end, "mean": mean}.items()},
        "losses": losses,
        "energy": energy_distance(turns[0]["real"], turns[0]["noise"]),
    }


def toy_vae():
    """Gradients and whole trainings of small VAEs, by PyTorch's layers, distributions and Adam."""
    sizes = [(2, 2, (6, 5), (4, 7)), (2, 1, (3, 8), (5, 2)), (9, 2, (7, 4), (4, 6))]  # data, latent, encoder, decoder
    cases = [_ToyVAE(*size, k) for k, size in enumerate(sizes)]
    numbers = [{"beta": 1.0, "sigma": 0.2}, {"beta": 0.0, "sigma": 1.5}, {"beta": 30.0, "sigma": 0.05}]
    return {
        "gradients": [case.gradient(**one) for case in cases for one in numbers],
        "trainings": [case.training() for case in cases],
    }


class _ToyVAE:
    def __init__(self, dimensions, latent, encoder, decoder, seed):
        self.random = torch.Generator().manual_seed(seed)
        torch.manual_seed(seed)
        self.dimensions, self.latent = dimensions, latent
        self.settings = {"latent": latent, "encoder": encoder, "decoder": decoder, "seed": seed, "batch": 11}
        self.networks = {
            "encoder": _layers(dimensions, *encoder, 2 * latent),
            "decoder": _layers(latent, *decoder, dimensions),
        }
        self.start = self.weights()

    def weights(self, of=lambda parameter: parameter):
        return {name: _flat(layers, of).tolist() for name, layers in self.networks.items()}

    def batch(self, count=11):
        x = torch.randn(count, self.dimensions, dtype=torch.double, generator=self.random)
        return x, torch.randn(count, self.latent, dtype=torch.double, generator=self.random)

    def terms(self, x, noise, sigma):
        """(mean log p(x|z), mean KL of each dimension), nats."""
        mean, log_var = self.networks["encoder"](x).chunk(2, 1)
        q, prior = torch.distributions.Normal(mean, log_var.mul(0.5).exp()), torch.distributions.Normal(0.0, 1.0)
        p = torch.distributions.Normal(self.networks["decoder"](mean + q.scale * noise), sigma)
        return p.log_prob(x).sum(1).mean(), torch.distributions.kl_divergence(q, prior).mean(0)

    def case(self, **more):
        numbers = "" if "beta" not in self.settings else f", β {self.settings['beta']}, σ {self.settings['sigma']}"
        name = f"{self.dimensions} dimensions, latent {self.latent}{numbers}"
        return {"name": name, "settings": self.settings, "dimensions": self.dimensions, "start": self.start, **more}

    def gradient(self, beta, sigma):
        self.settings = {**self.settings, "beta": beta, "sigma": sigma, "rate": 0.01}
        x, noise = self.batch()
        reconstruction, kls = self.terms(x, noise, sigma)
        for network in self.networks.values():
            network.zero_grad()
        (beta * kls.sum() - reconstruction).backward()
        found = {"reconstruction": reconstruction.item(), "kls": kls.tolist(), "x": x.tolist(), "noise": noise.tolist()}
        return self.case(gradient=self.weights(lambda parameter: parameter.grad), **found)

    def training(self, steps=120):
        optimiser = torch.optim.Adam([p for network in self.networks.values() for p in network.parameters()])
        batches, reconstructions, divergences = [], [], []
        for step in range(steps):
            late = step >= steps // 2
            numbers = {"beta": 4.0 if late else 0.5, "sigma": 0.5 if late else 0.3, "rate": 0.01 if late else 0.003}
            x, noise = self.batch()
            reconstruction, kls = self.terms(x, noise, numbers["sigma"])
            optimiser.param_groups[0]["lr"] = numbers["rate"]
            optimiser.zero_grad()
            (numbers["beta"] * kls.sum() - reconstruction).backward()
            optimiser.step()
            batches.append({"x": x.tolist(), "noise": noise.tolist(), "numbers": numbers})
            reconstructions.append(reconstruction.item())
            divergences.append(kls.tolist())
        end = self.weights()
        assert all(np.abs(np.subtract(end[name], self.start[name])).max() > 0.1 for name in end)
        return self.case(batches=batches, reconstructions=reconstructions, kls=divergences, end=end)


def _layers(*sizes):
    """Linear layers with a leaky ReLU between two."""
    parts = [[torch.nn.Linear(a, b).double(), torch.nn.LeakyReLU(0.2)] for a, b in itertools.pairwise(sizes)]
    return torch.nn.Sequential(*[part for pair in parts for part in pair][:-1])


def _flat(layers, of=lambda parameter: parameter):
    """As lib/network.js has them: of each layer inputs × outputs, then the biases."""
    parts = [part.flatten() for layer in layers[::2] for part in (of(layer.weight).T, of(layer.bias))]
    return torch.cat(parts).detach()


def toy_flow():
    """A gradient and a training of flow matching by PyTorch."""
    return {"training": _flow_training((6, 5), steps=120)}


def toy_flow_ring():
    """The ring, on which JavaScript does a whole training."""
    pool, centre, scale = planar_points.training_set("ring")
    fresh = (planar.SETS["ring"].sample(toy_settings.ENERGY_POINTS, np.random.default_rng([0, 1])) - centre) / scale
    settings = toy_flow_page.Settings()
    return {
        "settings": dataclasses.asdict(settings),
        "pool": pool.T.ravel().tolist(),
        "fresh": fresh.T.ravel().tolist(),
        "floor": planar_points.floor("ring", 0, None),
        "least": toy_flow_page.least("ring", 0, None),
        **toy_flow_page.modes({"centre": centre, "scale": scale}),
    }


def _flow_training(widths, steps, count=11):
    random = torch.Generator().manual_seed(0)
    torch.manual_seed(0)
    network = _layers(3, *widths, 2)
    optimiser = torch.optim.Adam(network.parameters())
    start = mean = _flat(network)
    batches, losses, gradient = [], [], None
    for step in range(1, steps + 1):
        noise, data = torch.randn(2, count, 2, dtype=torch.double, generator=random)
        t = torch.rand(count, 1, dtype=torch.double, generator=random)
        rate = 0.01 if step > steps // 2 else 0.003
        velocity = network(torch.cat([(1 - t) * noise + t * data, t], 1))
        loss = torch.nn.functional.mse_loss(velocity, data - noise)
        optimiser.param_groups[0]["lr"] = rate
        optimiser.zero_grad()
        loss.backward()
        if gradient is None:
            gradient = _flat(network, lambda parameter: parameter.grad)
        optimiser.step()
        decay = min(0.998, (1 + step) / (10 + step))
        mean = decay * mean + (1 - decay) * _flat(network)
        batches.append({"noise": noise.tolist(), "data": data.tolist(), "t": t.flatten().tolist(), "rate": rate})
        losses.append(loss.item())
    assert (_flat(network) - start).abs().max() > 0.1
    return {
        "settings": {"network": widths, "seed": 0, "batch": count, "rate": 0.003},
        "batches": batches,
        "losses": losses,
        "start": start.tolist(),
        "gradient": gradient.tolist(),
        "end": _flat(network).tolist(),
        "mean": mean.tolist(),
    }


def ode():
    """Paths of two points in a field that turns and changes with time: by models/ode.py, and exact, by SciPy."""
    turn = torch.tensor([[-1.0, -2.0], [2.0, -0.5]], dtype=torch.double)
    start = torch.tensor([[1.0, -0.5], [0.3, 2.0]], dtype=torch.double)

    def field(x, t):
        return turn @ x + torch.tensor([[t], [math.sin(3 * t)]], dtype=torch.double)

    def case(solver, a, b, steps, limit):
        places = [place.ravel().tolist() for place in path(field, start, a, b, steps, solver, limit)]
        return {"solver": solver, "steps": steps, "start": a, "end": b, "limit": limit, "places": places}

    cases = [
        case(solver, a, b, steps, limit)
        for solver in SOLVERS
        for steps in (1, 3)
        for a, b in ((0.0, 1.0), (1.0, 0.0))
        for limit in (None, 1.0)
    ]
    flat = start.numpy().ravel()
    solved = solve_ivp(
        lambda t, x: field(torch.from_numpy(x.reshape(2, 2)), t).numpy().ravel(), (0, 1), flat, rtol=1e-11, atol=1e-12
    )
    return {"x": flat.tolist(), "cases": cases, "exact": solved.y[:, -1].tolist()}


class _Flow(Flow):
    limit = 1.0

    def velocity(self, x, t, label):
        places = torch.arange(self.latent).view(1, *self.shape)
        return 0.5 * x * t.view(-1, 1, 1, 1) + torch.sin(label.view(-1, 1, 1, 1) + places)


def flow():
    """Ends of paths with and without labels and guidance, by models/flow.py on a formula in place of a network."""
    model, labels = _Flow((1, 2, 3), classes=4), torch.tensor([0, 3])
    noise = torch.randn(2, model.latent, generator=torch.Generator().manual_seed(0))
    cases = [
        {"guidance": guidance, "label": label, "solver": solver, "steps": steps}
        | {"ends": model.generate(noise, labels if label else None, guidance, steps, solver).ravel().tolist()}
        for guidance in (0.0, 1.0, 2.5, -1.0)
        for label in (True, False)
        for solver, steps in (("euler", 3), ("midpoint", 2), ("heun", 1))
    ]
    about = {"shape": model.shape, "classes": model.classes, "noise": noise.ravel().tolist()}
    return {**about, "labels": labels.tolist(), "cases": cases}


def toy_vae_presets():
    """Settings and data of the page's presets, unit by unit."""
    pictures = small_digits.small_digits()[0] / small_digits.GREYS
    learned, measured = toy_vae_page.LEARNED, toy_vae_page.MEASURED
    cases = {}
    for name, preset in toy_vae_page.PRESETS.items():
        if preset.settings.data == toy_vae_page.DIGITS:
            pool, fresh = pictures[:learned], pictures[learned : learned + measured]
        else:
            pool, centre, scale = planar_points.training_set(preset.settings.data)
            points = planar.SETS[preset.settings.data].sample(toy_settings.ENERGY_POINTS, np.random.default_rng([0, 1]))
            fresh = (points - centre) / scale
        cases[name] = {
            "settings": dataclasses.asdict(preset.settings),
            "dimensions": pool.shape[1],
            "pool": pool.T.ravel().tolist(),
            "fresh": fresh.T.ravel().tolist(),
        }
    return cases


def pixel_shuffle():
    """Where PyTorch puts every cell: [channel, row, column] in the tensor and in the result."""
    cases = []
    for shape in [*shuffles.SHAPES.values(), shuffles.Shape(3, 2, 1, 4), shuffles.Shape(2, 3, 2, 5)]:
        tensor = torch.arange(shape.cells).reshape(shape.channels, shape.height, shape.width)
        result = torch.nn.PixelShuffle(shape.factor)(tensor)
        places = [(where == cell).nonzero()[0].tolist() for cell in range(shape.cells) for where in (tensor, result)]
        cases.append({"shape": dataclasses.asdict(shape), "from": places[::2], "to": places[1::2]})
    return cases


def explorer():
    """Codes that the server's sheets and planes hold, for the same movements."""
    random = np.random.default_rng(2)
    code, latent = random.normal(size=7).astype(np.float32), 7
    axes = np.linalg.qr(random.normal(size=(latent, 2)))[0].T
    atlas = {"components": axes, "scale": np.array([2.0, 0.5]), "centre": random.normal(size=latent)}
    view = plane.through(plane.PRINCIPAL, atlas, latent)
    u, basis = [1.5, -0.9], np.linalg.qr(random.normal(size=(latent, latent)))[0]
    few = bases.Basis("v", "", basis[:3].astype(float), np.zeros(3), [0, 1, 2])
    assert few.sent is not None
    return {
        "reflections": floats.text(few.sent),
        "alongFew": few.codes(code).tolist(),
        "coordinatesOfFew": few.coordinates(code).tolist(),
        "basis": floats.text(basis),
        "along": (code @ basis).tolist(),
        "coordinatesOf": (basis @ code).tolist(),
        "steps": codes.plain_floats(codes.STEPS),
        "code": codes.plain_floats(code),
        "swept": codes.sweep(code, [4]).tolist(),
        "length": bases.length(code),
        "lengths": bases.LENGTHS.tolist(),
        "scaled": bases.of_lengths(code).tolist(),
        "plane": {"vectors": view.vectors.tolist(), "scale": view.scale.tolist(), "centre": view.centre.tolist()},
        "coordinates": view.coordinates(code).tolist(),
        "u": u,
        "moved": (view.rest(code) + (np.array(u) * view.scale) @ view.vectors).tolist(),
    }


def turning():
    """A picture of random pixels turned and moved."""
    picture = torch.rand(1, 28, 28, generator=torch.Generator().manual_seed(1))
    cases = [
        {"degrees": degrees, "moved": moved, "values": turned(picture, [degrees], moved).ravel().tolist()}
        for degrees, moved in itertools.product((0, 0.1, 33.3, 45, 90, 180, 270, 301.7, 360), (0, 0.25, 0.6, 1))
    ]
    return {"picture": picture.ravel().tolist(), "cases": cases}


def denoiser():
    """Random numbers, noise of all kinds, and what a small denoiser that was not trained makes of it."""
    model, random = PatchDenoiser(width=8, blocks=1, windows=4).eval(), np.random.default_rng(3)
    clean = random.integers(0, 256, (28, 28)).astype(np.uint8)
    x = torch.from_numpy(clean).float()[None, None] / 255
    p = torch.cat([torch.tensor([1e-6, 0.075, 0.0750001, 0.5, 0.925, 1 - 1e-6]), torch.linspace(0.001, 0.999, 201)])
    noises, answers = [], []
    for (kind, strength), (row, column) in zip(
        itertools.product(denoising.KINDS, (0.1, 0.55, 1.0)), itertools.cycle([(3, 17), (0, 20), (20, 0)])
    ):
        noise = denoising.Noise(kind, strength, row, column, 7)
        noisy = patch_noise.corrupt(x, *noise.drawn(1))
        case = {"clean": clean.ravel().tolist(), "noisy": noisy.ravel().tolist()}
        noises.append(case | {"noise": dataclasses.asdict(noise)})
        if strength == 0.55:
            answers.append(
                case | {"name": kind, "place": {"row": row, "column": column}} | _answered(model, x, noisy, noise)
            )
    return {
        "draws": [
            {"seed": seed, "numbers": torch.rand(1500, generator=torch.Generator().manual_seed(seed)).tolist()}
            for seed in (0, 1, 99_999)
        ],
        "quantiles": torch.stack([p, torch.special.ndtri(p)], 1).tolist(),
        "noises": noises,
        "answers": answers,
    }


def _answered(model, x, noisy, noise):
    """A denoiser's answers to noisy (1, 1, 28, 28), of which x is the clean picture, and their errors."""
    with torch.inference_mode():
        logits, blind = model.locate(noisy), model(noisy)
        chances, places = logits.softmax(1).topk(model.candidates)
        pictures = model(noisy.expand(model.candidates, -1, -1, -1), places[0])
    row, column = noise.drawn(1)[2:4]
    figures = inside_outside(x, blind, patch_noise.mask_of(row, column))
    levels = [(255 * picture).round().byte().numpy() for picture in (x[0], blind[0])]
    return {
        "logits": logits[0].tolist(),
        "found": list(zip(places[0].tolist(), chances[0].tolist(), strict=True)),
        "pictures": pictures.flatten(1).tolist(),
        "blind": blind.ravel().tolist(),
        "map": error_map(*levels).ravel().tolist(),
        "mse": [figures["mse_inside"], figures["mse_outside"]],
        "decibels": [figures["psnr_inside"], figures["psnr_outside"]],
    }


def decode():
    """float16 and float32 with their text in base64, zeros, subnormal and huge numbers among them."""
    values = np.concatenate([np.random.default_rng(4).normal(size=50), [0, -0.0, 6e-8, 1e-4, 65504, -0.333]])
    return {
        "halves": {"text": packed.pack(values), "values": values.astype("<f2").astype(float).tolist()},
        "floats": {
            "text": base64.b64encode(values.astype("<f4").tobytes()).decode(),
            "values": values.astype("<f4").astype(float).tolist(),
        },
    }


def classes():
    """Probabilities and the three most probable classes of logits, small, huge and equal."""
    cases = []
    for logits in torch.cat(
        [3 * torch.randn(5, 10, generator=torch.Generator().manual_seed(5)), torch.eye(2, 10) * 900]
    ):
        probabilities = logits.double().softmax(0)
        best = probabilities.sort(descending=True, stable=True)
        top = [[index, p] for index, p in zip(best.indices[:3].tolist(), best.values[:3].tolist(), strict=True)]
        cases.append({"logits": logits.tolist(), "probabilities": probabilities.tolist(), "top": top})
    return cases


DRAWINGS = {  # strokes of digits and of clothes on a page of 280 pixels, as people draw them
    "thin one, off the centre": (4, [[(30, 40), (60, 20), (62, 150)]]),
    "eight": (20, [[(150, 60), (100, 90), (180, 180), (130, 230), (90, 190), (180, 100), (150, 60)]]),
    "four in two strokes": (14, [[(120, 40), (70, 160), (210, 160)], [(170, 90), (165, 250)]]),
    "blot": (120, [[(120, 140), (160, 150)]]),
    "dot": (20, [[(140, 60), (140, 60)]]),
    "over the edge": (20, [[(0, 140), (200, 140)], [(150, 60), (150, 230)]]),
}


def prepare():
    """Drawings, a photograph of one and a tall picture, prepared for every network of one channel."""
    pictures = {name: _drawn(width, strokes) for name, (width, strokes) in DRAWINGS.items()}
    random = np.random.default_rng(6)
    page = np.asarray(pictures["eight"], np.float64) * 0.7 + np.linspace(0, 60, 280)[None, :, None]
    noisy = page + random.normal(0, 4, page.shape) + np.array([10, 4, -6])
    pictures["photograph"] = Image.fromarray(noisy.clip(0, 255).astype(np.uint8))
    pictures["chalk"] = Image.fromarray(255 - np.asarray(pictures["four in two strokes"])[:, 40:230])
    pictures["empty"] = Image.new("RGB", (280, 280), "white")
    offs = {"photograph": ("invert", "contrast", "crop", "thicken", "fit", "centre")}
    cases = []
    for name, picture in pictures.items():
        for preset_name, preset in preparation.PRESETS.items():
            shape = (64, 64) if preset_name == "dsprites" else (28, 28)
            switches = [(), *((key,) for key in offs.get(name, ()) if key in preset.switches)]
            cases += [_prepared(name, picture, preset_name, preset, shape, off) for off in switches]
    texts = {
        name: {"width": picture.width, "height": picture.height, "rgb": _text(picture)}
        for name, picture in pictures.items()
    }
    return {"pictures": texts, "cases": cases}


def _drawn(width, strokes):
    large = Image.new("RGB", (1120, 1120), "white")
    draw = ImageDraw.Draw(large)
    for stroke in strokes:
        points = [(4 * x, 4 * y) for x, y in stroke]
        draw.line(points, "black", 4 * width, joint="curve")
        for x, y in points:
            draw.ellipse((x - 2 * width, y - 2 * width, x + 2 * width, y + 2 * width), "black")
    return large.resize((280, 280), Image.Resampling.BOX)


def _prepared(name, picture, preset_name, preset, shape, off):
    case = {"picture": name, "preset": {**dataclasses.asdict(preset), "name": preset_name}, "off": off, "shape": shape}
    try:
        steps = preparation.prepare(picture, (1, *shape), preset, off)
    except PictureError:
        return {**case, "keys": None, "image": None}
    return {**case, "keys": [step.key for step in steps], "image": _text(steps[-1].image)}


def _text(array):
    return base64.b64encode(np.asarray(array).tobytes()).decode()


def standalone():
    """Codes and planes along the rows of a basis, and what follows from a choice of the plane's axes."""
    random, latent, order = np.random.default_rng(8), 5, [3, 0, 4, 1, 2]
    vectors = np.linalg.qr(random.normal(size=(latent, latent)))[0]
    rotated = bases.Basis("v", "Direction", vectors, np.ones(latent), order)
    dims = bases.Basis("z", "Dimension", None, np.ones(latent), order)
    stored = {
        "components": np.linalg.qr(random.normal(size=(latent, 2)))[0].T,
        "scale": random.uniform(0.5, 2, 2),
        "centre": random.normal(size=latent),
    }
    code, planes = random.normal(size=latent), []
    for axes in (("p1", "p2"), ("p2", "p1"), ("4", "0")):
        for basis in (dims, rotated):
            seen = plane.through(axes, stored, latent)
            planes.append(
                {
                    "axes": list(axes),
                    "basis": None if basis.vectors is None else floats.text(basis.vectors),
                    "names": [plane.name(axis) for axis in axes],
                    "vectors": basis.coordinates(seen.vectors).tolist(),
                    "scale": seen.scale.tolist(),
                    "centre": basis.coordinates(seen.centre).tolist(),
                }
            )
    names = ["p1", "p2", *map(str, range(latent))]
    allowed = [(a, b) for a in names for b in names if a != b and (a in plane.PRINCIPAL) == (b in plane.PRINCIPAL)]
    choices = [
        {"chosen": chosen, "before": before, "wanted": plane.after_choice(chosen, before, order)}
        for before in allowed
        for new in names
        for chosen in ([new, before[1]], [before[0], new])
        if tuple(chosen) != before
    ]
    return {
        "order": order,
        "code": code.tolist(),
        "vectors": floats.text(vectors),
        "along": rotated.coordinates(code).tolist(),
        "stored": {name: values.tolist() for name, values in stored.items()},
        "planes": planes,
        "choices": choices,
    }


def walk():
    """Great-circle paths of PyTorch, and the straight lines in their place."""
    random, shares = torch.Generator().manual_seed(6), [0.0, 0.1, 0.5, 0.75, 1.0]
    first = torch.randn(7, generator=random).double()
    pairs = [
        (first, 2 * torch.randn(7, generator=random).double()),
        (first, 3 * first),
        (first, -first),
        (0 * first, first),
    ]
    return [
        {"a": a.tolist(), "b": b.tolist(), "shares": shares, "path": slerp(a, b, torch.tensor(shares)).tolist()}
        for a, b in pairs
    ]


def measures():
    """Norm, log p and nearest test code of codes near and far, with the packed codes that the server sends."""
    random = np.random.default_rng(7)
    cases = []
    for latent, labelled in [(2, True), (16, True), (100, False)]:
        preview = {"codes": random.normal(size=(300, latent)).astype(np.float32)}
        if labelled:
            preview["labels"] = random.integers(0, 10, 300)
        zs = np.concatenate(
            [preview["codes"][:3], random.normal(size=(20, latent)), 9 * random.normal(size=(5, latent))]
        )
        codes_of = [
            {
                "z": z.tolist(),
                "norm": float(np.linalg.norm(z)),
                "logPrior": code_metrics.log_prior(z),
                "distances": np.linalg.norm(preview["codes"] - z, axis=1).tolist(),
                "nearest": code_metrics.nearest(preview, z),
            }
            for z in zs
        ]
        data = base64.b64encode(recorded_codes.packed(preview)).decode()
        cases.append({"given": recorded_codes.described(preview) | {"data": data}, "codes": codes_of})
    return cases


def chain():
    """Passes through a VAE by PyTorch, and places on a map by scikit-learn and by brute force."""
    generator = torch.Generator().manual_seed(6)
    drawn = functools.partial(torch.randn, generator=generator)
    passes = []
    for _ in range(2):
        mean, log_var, noise = drawn(1, 12), drawn(1, 12) - 2, drawn(1, 12)
        x, logits = torch.rand(1, 1, 28, 28, generator=generator).round(decimals=1), 4 * drawn(1, 1, 28, 28)
        picture, kl = logits.sigmoid(), probability.kl_to_standard_normal(mean, log_var)
        likelihood = probability.bernoulli_log_prob(logits, x)
        numbers = {"mean": mean, "logVar": log_var, "noise": noise, "x": x, "picture": picture, "kl": kl}
        numbers["z"] = probability.reparameterise(mean, log_var, noise)
        numbers["halved"] = probability.reparameterise(mean, log_var, noise / 2)
        passes.append(
            {name: tensor.flatten().tolist() for name, tensor in numbers.items()}
            | {"likelihood": likelihood.item(), "error": mse(x, picture).item()}
            | {"elbo": (likelihood - kl.sum()).item()}
        )
    codes, code = drawn(50, 6).numpy(), drawn(6).numpy()
    pca, points = PCA(2).fit(codes), drawn(50, 2).numpy()
    distances = np.linalg.norm(codes - code, axis=1)
    near = distances.argsort()[:4]
    weights = distances[near] ** -2.0
    return {
        "passes": passes,
        "map": {
            "codes": codes.tolist(),
            "code": code.tolist(),
            "near": [[int(row), float(distances[row])] for row in near],
            "pca": {"components": pca.components_.tolist(), "centre": pca.mean_.tolist()},
            "projection": pca.transform(code[None])[0].tolist(),
            "points": points.tolist(),
            "place": (weights @ points[near] / weights.sum()).tolist(),
        },
    }


def ways():
    """Codes on paths and where hands have moved them, blends and changes of pictures."""
    random = np.random.default_rng(3)
    a, b = random.standard_normal((2, 12), np.float32)
    ends = {
        "two codes": (a, b),
        "a code and zero": (a, 0 * a),
        "parallel codes": (a, 2 * a),
        "opposite codes": (a, -a),
    }
    shares = [0.0, 0.123, 0.5, 0.777, 1.0]
    cases = []
    for name, (first, last) in ends.items():
        t = torch.tensor(shares)
        line, circle = (way(torch.from_numpy(first), torch.from_numpy(last), t) for way in (lerp, slerp))
        lengths = torch.stack([line.norm(dim=1), circle.norm(dim=1)], 1)
        numbers = {"line": line, "circle": circle, "lengths": lengths}
        cases.append(
            {"name": name, "a": first.tolist(), "b": last.tolist(), "shares": shares}
            | {key: values.tolist() for key, values in numbers.items()}
        )
    corners = torch.from_numpy(random.standard_normal((6, 3)).astype(np.float32))
    corners[4] = corners[3]  # a step without length
    levels = np.stack(np.meshgrid(*2 * [np.arange(0, 256, 3, np.uint8)])).reshape(2, 1, 1, -1)
    mixing = np.array([0, 0.001, 0.25, 0.5, 0.618, 0.999, 1], np.float32)
    mixed = paths.blend(*levels, mixing)
    pictures = random.integers(0, 256, (4, 3, 2, 5)).astype(np.uint8)
    code, order = a[:5], [3, 0, 4, 1, 2]
    return {
        "paths": cases,
        "through": {
            "points": corners.flatten().tolist(),
            "places": shares_of(corners).tolist(),
            "shares": shares,
            "codes": along(corners, torch.tensor(shares)).tolist(),
        },
        "along": _along(random),
        "blend": {
            "a": levels[0].ravel().tolist(),
            "b": levels[1].ravel().tolist(),
            "shares": mixing.tolist(),
            "mixed": mixed.reshape(len(mixing), -1).tolist(),
        },
        "moved": {
            "code": code.tolist(),
            "order": order,
            "epsilon": 1.5,
            "codes": pairs.moved(code, 1.5)[[0, *(1 + d for d in order)]].tolist(),
        },
        "changes": {
            "start": pictures[0].reshape(3, -1).tolist(),
            "pictures": pictures[1:].reshape(3, 3, -1).tolist(),
            "changes": pairs.changes(pictures[0], pictures[1:]).tolist(),
        },
        "shared": [
            _shared("at rest", comparison.Hand(), 6),
            _shared("on the way", comparison.Hand(psi=0.7, alpha=0.3, shifts=((2, -1.5), (5, 0.5))), 6),
            _shared("of a shorter model", comparison.Hand(psi=1.2, alpha=1.0, shifts=((3, 2.0), (5, 1.0))), 4),
        ],
    }


def _shared(name, hand, latent, longest=6, count=3):
    """What the browser gets, codes of the longest model, and those that the server makes for a model of `latent`."""
    seeds, following = (comparison.codes(longest, seed, count) for seed in (4, 5))
    own = (comparison.codes(latent, seed, count) for seed in (4, 5))
    way = {"seed": seeds.ravel().tolist(), "next": following.ravel().tolist(), "stride": longest, "latent": latent}
    return {
        "name": name,
        "way": way | {"count": count, "dimensions": [dimension for dimension, _ in hand.shifts]},
        "hand": {"psi": hand.psi, "alpha": hand.alpha}
        | {f"shift{place}": shift for place, (_, shift) in enumerate(hand.shifts)},
        "codes": comparison.moved(*own, hand).tolist(),
    }


def _along(random):
    """Four codes, moved along three directions at once."""
    codes, vectors = random.standard_normal((4, 6)), random.standard_normal((3, 6))
    values = {"t": 1.25, "k1": 0.0, "k2": -0.5}
    return {
        "codes": codes.ravel().tolist(),
        "vectors": vectors.ravel().tolist(),
        "latent": 6,
        "count": 4,
        "names": list(values),
        "values": values,
        "moved": (codes + np.array(list(values.values())) @ vectors).tolist(),
    }


def line():
    """Places on two maps of codes along a straight line: PCA by scikit-learn, the weighted mean by brute force."""
    random = np.random.default_rng(8)
    codes, points = random.normal(size=(60, 5)), random.random((60, 2))
    codes = codes.astype(np.float32).astype(float)
    a, b = random.normal(size=(2, 5))
    alphas = np.linspace(0, 1, 7)
    path = (1 - alphas)[:, None] * a + alphas[:, None] * b
    pca, places = PCA(2).fit(codes), []
    middle, span = frame(pca.transform(codes))
    for code in path:
        distances = np.linalg.norm(codes - code, axis=1)
        near = distances.argsort()[:5]
        weights = distances[near] ** -2
        places.append(weights @ points[near] / weights.sum())
    return {
        "codes": codes.tolist(),
        "points": points.tolist(),
        "components": pca.components_.tolist(),
        "centre": pca.mean_.tolist(),
        "middle": middle.tolist(),
        "span": span,
        "a": a.tolist(),
        "b": b.tolist(),
        "alphas": alphas.tolist(),
        "pca": ((pca.transform(path) - middle) / span + 0.5).tolist(),
        "tsne": np.array(places).tolist(),
    }


def reconstructor():
    """Cosines of pictures as vectors: any two, a picture with itself, and with a black one."""
    x, y = torch.rand(2, 1, 1, 6, 6, generator=torch.Generator().manual_seed(3))
    pairs = [(x, y), (x, x), (x, torch.zeros_like(x)), (torch.zeros_like(x), torch.zeros_like(x))]
    return {
        "cosines": [
            {"x": a.flatten().tolist(), "y": b.flatten().tolist(), "value": reconstruction.cosine(a, b).item()}
            for a, b in pairs
        ]
    }


def outputs():
    """What stands behind an ONNX file with these outputs, as the library writes it."""
    onnx = pytest.importorskip("onnx")

    def merged(names):
        graph = onnx.GraphProto(output=[onnx.ValueInfoProto(name=name) for name in names])
        return base64.b64encode(onnx.ModelProto(graph=graph).SerializeToString()).decode()

    cases = [["/decoder/decoder.1/Relu_output_0"], [f"/décodeur/{k}" for k in range(40)], ["x" * 300]]
    return {"cases": [{"names": names, "merged": merged(names)} for names in cases]}
