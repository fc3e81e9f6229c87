"""What the VAEs of dSprites reach: their bound, what single dimensions know of the factors, and their samples.

python -m evaluate.disentanglement NAME measures the samples of a stored VAE again for its card.
"""

import torch

import checkpoints
from data.splits import Split, Splits, sprites
from evaluate import Evaluation, command, feature_networks, preview
from evaluate.features import features
from evaluate.samples import MEAN, SEEDS, over_seeds, pictures
from evaluate.variational import PROTOCOL, reconstruction_figures
from metrics import mig
from metrics.frechet import frechet_of_features
from models.vae import VAE

SAMPLES = 5000  # generated, and as many real pictures, the same for all models
FACTORS = ("shape", "scale", "x", "y")


def evaluate(model: VAE, splits: Splits) -> Evaluation:
    """The bound and its parts, what the dimensions know of the factors, and how far samples are from the pictures."""
    metrics, protocol = {}, {}
    for name, split in (("test", splits.test), ("sample", splits.sample)):
        if split is None:
            continue
        values = reconstruction_figures(model, split.floats().to(next(model.parameters()).device))
        spread = values.pop("kl_per_dimension")
        if name == "test":
            metrics["kl_per_dimension"] = spread
            protocol["kl_per_dimension"] = f"mean over {len(split):,} images, nats"
        metrics |= {f"{name}_{k}": v for k, v in values.items()}
        protocol |= {f"{name}_{k}": text for k, text in PROTOCOL.items()}
    protocol["test_reconstruction"] = "log p(x|z) with one z per image (noise of seed 0), nats per image"
    model = model.cpu()
    information, entropy = knowledge(model, splits.test, sprites()[1])  # in the order of the split
    gap = mig.gaps(information, entropy)
    metrics |= {"mig": gap.mean().item(), "mig_per_factor": gap.tolist()}
    protocol["mig"] = (
        f"mutual information gap over {', '.join(FACTORS)} (Chen et al. 2018), exact aggregate posterior of all "
        f"{len(splits.test):,} images"
    )
    protocol["mig_per_factor"] = f"the same for each of {', '.join(FACTORS)}"
    of_samples, how = distances(model, splits.test)
    arrays = preview.build(model, splits) | {
        "mutual_information": information.float().numpy(),
        "factor_entropy": entropy.float().numpy(),
    }
    return Evaluation(metrics | of_samples, protocol | how, arrays)


@torch.no_grad()
def knowledge(model: VAE, split: Split, factors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Mutual information (latent, K) of dimensions with factors (N, K), and the factors' entropies (K,), nats."""
    encoded = [model.encode(x) for x in split.floats().split(500)]
    mean, log_var = (torch.cat(parts) for parts in zip(*encoded, strict=True))
    return mig.mutual_information(mean, log_var, factors), mig.entropies(factors)


def distances(model: VAE, split: Split) -> tuple[dict, dict]:
    """Fréchet distance of generated to real pictures on the feature network, and its floor: (metrics, protocol)."""
    network = feature_networks.CLASSIFIERS["dsprites"]
    classifier = checkpoints.load(network)
    real = features(classifier, split.images[:SAMPLES])
    others = features(classifier, split.images[SAMPLES : 2 * SAMPLES])
    generated = (features(classifier, pictures(model, SAMPLES, seed)) for seed in SEEDS)
    metrics, protocol = over_seeds("frechet_dsprites_5k", (frechet_of_features(table, real) for table in generated))
    return metrics | {"frechet_floor": frechet_of_features(others, real)}, protocol | {
        "frechet_dsprites_5k": f"{SAMPLES:,} samples (means of p(x|z)) against {SAMPLES:,} real pictures, the same for "
        f"all models, on the {real.shape[1]} features of {network}; {MEAN}",
        "frechet_floor": f"{SAMPLES:,} other real pictures against these",
    }


def add_to_card(name: str) -> None:
    """Measure the samples of a stored VAE of dSprites and write the figures into its card."""
    model, splits = command.generator(name)
    if splits.name != "dsprites":
        raise checkpoints.CheckpointError(f"{name} was not trained on dSprites: python -m evaluate.generated {name}")
    command.added(name, *distances(model, splits.test))


if __name__ == "__main__":
    command.run("evaluate.disentanglement", __doc__, add_to_card)
