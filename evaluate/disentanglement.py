"""Figures of the VAEs of dSprites: ELBO, information of single dimensions about the factors, and samples.

python -m evaluate.disentanglement NAME measures the parts of the KL and the samples of a stored VAE again for its card.
"""

import statistics

import torch

import checkpoints
from data.splits import Split, Splits, sprites
from evaluate import Evaluation, command, feature_networks, likelihood, preview
from evaluate.features import device_of, draws_of, features
from evaluate.samples import MEAN, SEEDS, over_seeds, pictures
from evaluate.variational import bounds_and_pictures
from metrics import mig
from metrics.frechet import frechet_of_features
from metrics.kl_parts import CODES, kl_parts
from models.vae import VAE

SAMPLES = 5000  # generated pictures, and as many real ones, the same for all models
FACTORS = ("shape", "scale", "x", "y")
Codes = tuple[torch.Tensor, torch.Tensor]  # means and log variances (N, latent)
PARTS = {  # of the KL, in the order of metrics.kl_parts
    "kl_information": "I(x; z)",
    "kl_total_correlation": "KL(q(z) ‖ Π q(z_j))",
    "kl_single_dimensions": "Σ KL(q(z_j) ‖ p(z_j))",
}


def evaluate(model: VAE, splits: Splits) -> Evaluation:
    """The ELBO and its parts, the dimensions' information about the factors, and distances of samples to pictures."""
    metrics, protocol = bounds_and_pictures(model, splits)
    protocol["test_reconstruction"] = "log p(x|z) with one z per image (noise of seed 0), nats per image"
    model = model.cpu()
    codes = encoded(model, splits.test)
    information, entropy = knowledge(codes, sprites()[1])  # in the order of the split
    gap = mig.gaps(information, entropy)
    metrics |= {"mig": gap.mean().item(), "mig_per_factor": gap.tolist()}
    protocol["mig"] = (
        f"mutual information gap over {', '.join(FACTORS)} (Chen et al. 2018), exact aggregate posterior of all "
        f"{len(splits.test):,} images"
    )
    protocol["mig_per_factor"] = f"the same for each of {', '.join(FACTORS)}"
    more, how = likelihood.figures(model, splits, metrics)
    metrics, protocol = metrics | more, protocol | how
    of_samples, how = codes_and_samples(model, splits.test, codes)
    arrays = preview.build(model, splits) | {
        "mutual_information": information.float().numpy(),
        "factor_entropy": entropy.float().numpy(),
    }
    return Evaluation(metrics | of_samples, protocol | how, arrays)


@torch.no_grad()
def encoded(model: VAE, split: Split) -> Codes:
    """Mean and log variance (N, latent) of the codes of all pictures."""
    device = device_of(model)
    parts = [model.encode(x.to(device)) for x in split.floats().split(500)]
    mean, log_var = (torch.cat(part) for part in zip(*parts, strict=True))
    return mean, log_var


def knowledge(codes: Codes, factors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Mutual information (latent, K) of dimensions and factors (N, K), and the factors' entropies (K,), in nats."""
    mean, log_var = codes
    return mig.mutual_information(mean, log_var, factors.to(mean.device)).cpu(), mig.entropies(factors)


def codes_and_samples(model: VAE, split: Split, codes: Codes) -> tuple[dict, dict]:
    """(metrics, protocol): the parts of the KL and the distances of samples; codes: those of the split."""
    each = kl_parts(*codes)
    errors = each.std(0) / len(each) ** 0.5
    how = f"mean over the codes of {min(CODES, len(split)):,} random images, q(z) that of all {len(split):,}, nats"
    metrics, protocol = distances(model, split)
    for part, value, error in zip(PARTS, each.mean(0).tolist(), errors.tolist(), strict=True):
        metrics |= {part: value, f"{part}_standard_error": error}
        protocol[part] = f"{PARTS[part]} (Chen et al. 2018, equation 2), {how}"
        protocol[f"{part}_standard_error"] = "of that mean, over the codes"
    return metrics, protocol


@torch.no_grad()
def drawn_pixels(model: VAE, n: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """n pictures of random codes as uint8 (n, C, H, W): the means of p(x|z), and the same with sampled pixels.

    Codes are those of evaluate.samples.pictures; a sampled pixel is white with the mean as its probability, else black.
    """
    means = pictures(model, n, seed)
    chance = torch.rand(means.shape, generator=torch.Generator().manual_seed(seed))
    return means, (chance < means.float() / 255).to(torch.uint8) * 255


def distances(model: VAE, split: Split) -> tuple[dict, dict]:
    """(metrics, protocol): Fréchet distances of generated to real pictures on the feature network, and their floor."""
    network = feature_networks.CLASSIFIERS["dsprites"]
    classifier = checkpoints.load(network)
    table = features(classifier, split.images)
    real = table[:SAMPLES]
    values = {"frechet_dsprites_5k": [], "frechet_dsprites_5k_drawn": []}
    for seed in SEEDS:
        for column, images in zip(values.values(), drawn_pixels(model, SAMPLES, seed), strict=True):
            column.append(frechet_of_features(features(classifier, images), real))
    against = (
        f"{SAMPLES:,} real pictures, the same for all models, on the {real.shape[1]} features of {network}; {MEAN}"
    )
    metrics, protocol = real_distances(table)
    protocol |= {
        "frechet_dsprites_5k": f"{SAMPLES:,} samples (means of p(x|z), as the app shows them) against {against}",
        "frechet_dsprites_5k_drawn": f"{SAMPLES:,} samples (pixels drawn from p(x|z)) against {against}",
    }
    for key, column in values.items():
        found, how = over_seeds(key, column)
        metrics, protocol = metrics | found, protocol | how
    return metrics, protocol


def real_distances(table: torch.Tensor) -> tuple[dict, dict]:
    """(metrics, protocol) of the floor: 20 draws of as many other real pictures, from features (N, d) of all."""
    parts, correction = draws_of(table[SAMPLES:], SAMPLES)
    each = [frechet_of_features(part, table[:SAMPLES]) for part in parts]
    metrics = {"frechet_floor": statistics.mean(each), "frechet_floor_spread": correction * statistics.stdev(each)}
    return metrics, {
        "frechet_floor": f"{SAMPLES:,} other real pictures against these; mean of {len(parts)} random draws",
        "frechet_floor_spread": f"standard deviation over the {len(parts)} draws",
    }


def add_to_card(name: str) -> None:
    """Measure codes and samples of a stored VAE of dSprites and write the figures into its card.

    Raises CheckpointError for a model of another data set, and as `command.generator` does.
    """
    model, splits = command.generator(name)
    if splits.name != "dsprites":
        raise checkpoints.CheckpointError(f"{name} was not trained on dSprites: python -m evaluate.generated {name}")
    command.added(name, *codes_and_samples(model, splits.test, encoded(model, splits.test)))


if __name__ == "__main__":
    command.run("evaluate.disentanglement", __doc__, add_to_card)
