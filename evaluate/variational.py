"""Figures of a VAE: its ELBO, its reconstructions, its codes, and its samples.

python -m evaluate.variational NAME measures ELBO and reconstructions of a stored VAE again for its card.
"""

import numpy as np
import torch

import checkpoints
from data.splits import Split, Splits
from evaluate import Evaluation, command, feature_networks, generated, likelihood, preview
from evaluate.features import device_of
from metrics.interpolation import class_pairs, interpolation_rows, rows_kept
from metrics.likelihood import elbo as elbo_of
from metrics.likelihood import importance_log_px
from metrics.linear import pca_mse
from metrics.neighbours import knn_accuracy
from metrics.reconstruction import cosine, mse
from models.vae import VAE, reconstruct

# Models of binarised pictures are compared by likelihood; the codes of kmnist_vae do not fill the prior (see
# evaluate.prior).
MEASURED_SAMPLES = ("mnist", "fashion_mnist", "street_digits", "svhn")
PROTOCOL = {
    "mse": "mean over pixels and images of the squared error of the posterior mean's picture, pixels in [0, 1]",
    "cosine": "mean over images of the cosine between a picture and that of its posterior mean",
}


def words(model: VAE, images: torch.Tensor) -> dict[str, str]:
    """PROTOCOL and that of the ELBO, which depends on the likelihood and on the pictures (N, C, H, W) in [0, 1]."""
    bound = "log p(x|z) − KL with one z per image (noise of seed 0), nats per image"
    if model.variance is not None:
        bound += f"; p(x|z) is a Gaussian of variance {model.variance:g} for every pixel in [0, 1], so a density"
    elif ((images != 0) & (images != 1)).any():
        bound += "; grey values in a Bernoulli likelihood give the usual cross entropy, not a density"
    return {"elbo": bound} | PROTOCOL


def bounds_and_pictures(model: VAE, splits: Splits) -> tuple[dict, dict]:
    """(metrics, protocol) of `reconstruction_figures` on the test, the validation and the shipped pictures."""
    device = device_of(model)
    metrics, protocol = {}, {}
    for name, split in (("test", splits.test), ("valid", splits.valid), ("sample", splits.sample)):
        if split is None:
            continue
        images = split.floats()
        values = reconstruction_figures(model, images.to(device))
        per_dimension = values.pop("kl_per_dimension")
        if name == "test":
            metrics["kl_per_dimension"] = per_dimension
            protocol["kl_per_dimension"] = f"mean over {len(split):,} test images, nats"
        metrics |= {f"{name}_{k}": v for k, v in values.items()}
        protocol |= {f"{name}_{k}": text for k, text in words(model, images).items()}
    return metrics, protocol


def linear_figures(splits: Splits, count: int) -> tuple[dict, dict]:
    """(metrics, protocol): the error of a PCA of the train pictures with `count` components."""
    train, test = (split.floats().flatten(1).numpy() for split in (splits.train, splits.test))
    how = f"the same error of a {count}-component PCA of the train pictures, clamped to [0, 1] as well"
    return {f"test_mse_pca{count}": pca_mse(train, test, count)}, {f"test_mse_pca{count}": how}


def evaluate(model: VAE, splits: Splits) -> Evaluation:
    """Figures on the test set and on the shipped sample, then those of only some data sets."""
    metrics, protocol = bounds_and_pictures(model, splits)
    if splits.name == "binarized_mnist":
        densities, how = density_figures(model, splits)
        metrics, protocol = metrics | densities, protocol | how
    more, how = likelihood.figures(model, splits, metrics)
    metrics, protocol = metrics | more, protocol | how
    model = model.cpu()
    train, test = splits.train, splits.test
    of_pca, how = linear_figures(splits, model.latent)
    metrics, protocol = metrics | of_pca, protocol | how
    if splits.name in MEASURED_SAMPLES:
        of_samples, how = generated.figures(model, splits)
        metrics, protocol = metrics | of_samples, protocol | how
    metrics["knn5_accuracy"] = knn_accuracy(codes(model, train), train.labels, codes(model, test), test.labels)
    protocol["knn5_accuracy"] = "5 nearest train codes vote on the class of a test code (posterior means, Euclidean)"
    if splits.name == "mnist":
        metrics["same_digit_rows_kept"] = same_digit_rows_kept(model, test)
        protocol["same_digit_rows_kept"] = (
            "share of 1,000 random same-digit test pairs (seed 0) whose 9 pictures (2 originals, 7 interpolates) "
            "mnist_classifier all gives the pair's digit"
        )
    return Evaluation(metrics, protocol, preview.build(model, splits))


@torch.no_grad()
def reconstruction_figures(model: VAE, images: torch.Tensor) -> dict:
    """ELBO and its parts, MSE and cosine of a set of pictures (N, C, H, W) in [0, 1]."""
    parts = elbo_of(model, images)
    restored = torch.cat([reconstruct(model, x) for x in images.split(500)])
    return {
        "elbo": parts["elbo"],
        "elbo_standard_error": parts["standard_error"],
        "reconstruction": parts["reconstruction"],
        "kl": parts["kl"],
        "kl_per_dimension": parts["kl_per_dimension"],
        "mse": mse(images, restored).double().mean().item(),
        "cosine": cosine(images, restored).double().mean().item(),
    }


@torch.no_grad()
def codes(model: VAE, split: Split) -> np.ndarray:
    """Posterior means (N, latent), numpy."""
    device = device_of(model)
    return torch.cat([model.encode(x.to(device))[0].cpu() for x in split.floats().split(1000)]).numpy()


def density_figures(model: VAE, splits: Splits, k: int = 200) -> tuple[dict, dict]:
    """Importance-sampled log p(x) of the validation and the test set, and the number of active dimensions."""
    metrics, protocol = {}, {}
    for name, split in (("valid", splits.valid), ("test", splits.test)):
        if split is None:
            continue
        values = importance_log_px(model, split.floats().to(device_of(model)), k).cpu()
        key = f"{name}_log_px_k{k}"
        metrics[key] = values.mean().item()
        metrics[f"{key}_standard_error"] = (values.std() / len(values) ** 0.5).item()
        protocol[key] = f"importance sampling with {k} codes per image (seed 0), mean over all images, nats per image"
        protocol[f"{key}_standard_error"] = "of that mean, over the images"
    metrics["active_units"] = int((codes(model, splits.test).var(0, ddof=1) > 0.01).sum())
    protocol["active_units"] = "dimensions whose posterior mean varies over the test set by more than 0.01 (variance)"
    return metrics, protocol


def same_digit_rows_kept(model: VAE, split: Split) -> float:
    """Share of 1,000 interpolations between pictures of one digit that stay that digit (see metrics.interpolation)."""
    index = class_pairs(split.labels, 1000, same=True, seed=0)
    images = split.floats()
    rows = interpolation_rows(model, images[index[:, 0]], images[index[:, 1]])
    return rows_kept(feature_networks.load("mnist"), rows, split.labels[index[:, 0]])


def main(name: str, device: torch.device | str = "cpu") -> None:
    """Measure ELBO and reconstructions of a stored VAE again and write them into its card."""
    card = checkpoints.read(name)
    if not card.encodes:
        raise checkpoints.CheckpointError(f"{name} has no encoder, so it reconstructs nothing.")
    command.added(name, *bounds_and_pictures(checkpoints.load(name).to(device), command.splits_of(card)))


if __name__ == "__main__":
    command.run_on("evaluate.variational", __doc__, main)
