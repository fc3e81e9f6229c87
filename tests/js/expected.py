"""What Python computes for the cases of each file *.test.mjs, which compares it with JavaScript."""

import dataclasses
import math

import numpy as np
import torch

from checkpoints.recorded import toy_runs
from metrics.energy import energy_distance
from metrics.linear_gaussian import LinearGaussian, kl, log_normal
from models.control import GUARDS, PIController
from models.toy_gan import ToyGAN
from train import toy_gan


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
    return {"guards": list(GUARDS), "cases": cases}


def linear_gaussian():
    """Closed forms of the linear Gaussian VAE in the corners and inside."""
    cases = []
    for mean, width, x, noise, slope, offset in [
        (-0.5, 0.8, 2.0, 0.8, 1.0, 0.0),
        (-6.0, 3.0, 3.0, 0.3, 0.5, -1.0),
        (1.5, 0.2, -1.2, 0.9, 2.0, 0.4),
    ]:
        model, q = LinearGaussian(slope, offset, noise), (mean, width)
        limit = 0.7
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
                "limit": limit,
                "multiplier": model.multiplier(x, limit),
            }
        )
    return cases


SETTINGS = toy_runs.Settings(generator=(6, 5), discriminator=(7, 4), batch=10, averaging=0.9, falling=True, steps=8)


def toy_net():
    """Three steps of both players on the same weights and batches, with falling rates and averaging, by PyTorch."""
    return [_toy_steps(loss, optimiser) for loss in toy_runs.LOSSES for optimiser in toy_runs.OPTIMISERS]


def _toy_steps(loss, optimiser):
    settings = dataclasses.replace(SETTINGS, loss=loss, optimiser=optimiser, clip=0.3)
    torch.manual_seed(0)
    model = ToyGAN(settings.generator, settings.discriminator).double()
    start = {player: toy_gan.flat(getattr(model, player)) for player in ("generator", "discriminator")}
    players = {
        player: toy_gan.optimiser_of(settings, getattr(model, player), getattr(settings, f"{player}_rate"))
        for player in start
    }
    objective, mean, turns, losses = toy_gan.loss_of(settings), start["generator"], [], []
    for step in range(3):
        real, noise = torch.randn(2, 1, 10, 2, dtype=torch.double)
        mix = torch.rand(1, 10, dtype=torch.double)
        turns.append({"real": real[0].tolist(), "noise": noise[0].tolist(), "mix": mix[0].tolist()})
        for player, one in players.items():
            one.param_groups[0]["lr"] = getattr(settings, f"{player}_rate") * settings.rate(step)
        losses.append(toy_gan.teach_discriminator(model, objective, players["discriminator"], real, noise, mix).item())
        losses.append(toy_gan.teach_generator(model, objective, players["generator"], noise).item())
        mean = 0.9 * mean + 0.1 * toy_gan.flat(model.generator)
    end = {player: toy_gan.flat(getattr(model, player)) for player in start}
    assert all(np.abs(end[player] - start[player]).max() > 1e-6 for player in start)
    return {
        "name": f"{loss}, {optimiser}",
        "settings": settings.to_dict(),
        "turns": turns,
        "start": {player: weights.tolist() for player, weights in start.items()},
        "end": {player: weights.tolist() for player, weights in {**end, "mean": mean}.items()},
        "losses": losses,
        "energy": energy_distance(turns[0]["real"], turns[0]["noise"]),
    }
