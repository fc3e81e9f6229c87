"""The preview of a model: arrays that the app shows before torch is loaded, and maps that take too long to draw live.

    build(model, splits)     of a VAE, whose codes are those of test images
    of_generator(model)      of a network without an encoder, whose codes are drawn from the prior
    of_flow(model)           of a flow, whose codes are noise of the pictures' size

Every training ends with one of these. `python -m evaluate.preview NAME` remakes the preview of a stored checkpoint.
"""

import io
from collections.abc import Callable

import numpy as np
import torch
from PIL import Image
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE

import checkpoints
from data.splits import Splits
from evaluate import command
from evaluate.samples import Generator, to_bytes
from evaluate.samples import decoded as drawn_of
from models import directions
from models.flow import STEPS as STEPS_OF_FLOWS
from models.flow import Flow
from models.gan import GAN
from models.latent_flow import LatentFlow
from models.probability import kl_to_standard_normal
from models.vae import VAE

STEPS = 31  # a traversal goes from −3 to 3 in steps of 0.2
SAME = 1e-9  # codes that differ by less count as equal
SLIDERS = 16  # dimensions in the recorded sheet
DIRECTIONS = 32  # of a flow with sliders: of hundreds, only a few change the picture on their own
PATHS = 10  # codes of a flow whose paths are recorded
MOMENTS = 11  # recorded points of such a path
PLANE = 2.7 - 0.9 * np.arange(7)  # coordinates of the recorded plane along an axis, from the top


@torch.no_grad()
def build(model: VAE, splits: Splits, *, codes: int = 5000) -> dict[str, np.ndarray]:
    """Arrays for checkpoints.save, from `codes` test images of a Splits, chosen by Split.some, in its order.

    codes (M, latent) posterior means, labels (M,), tsne (M, 2), pca (M, 2), components (2, latent) unit axes,
    centre (latent,), scale (2,) standard deviations along the axes, explained (2,) shares of variance,
    effect, kl, order (latent,), start_picture (C, H, W) uint8, prior (100, C, H, W) uint8,
    sheet (bytes,): a WebP file with a row of 31 pictures for each of the first SLIDERS dimensions in that order,
    sprites (bytes,) uint8: a WebP file with the pictures of all codes, row by row, 72 in a row,
    plane (bytes,): a WebP file with the 7 × 7 pictures of `plane`,
    basis (latent, latent): directions of the decoder's features (models/directions.py), basis_effect of each,
    and the arrays of `first_pass` for the first shipped image, or for start_picture if none may be shipped.
    """
    split = splits.test.some(codes)
    encoded = [model.encode(x) for x in split.floats().split(500)]
    mean, log_var = torch.cat([m for m, _ in encoded]), torch.cat([v for _, v in encoded])
    kl = kl_to_standard_normal(mean, log_var).mean(0)
    effect = directions.effect(model, mean[:200])
    order = effect.argsort(descending=True)
    with np.errstate(invalid="ignore"):  # equal codes have no variance to explain
        pca = PCA(2, svd_solver="covariance_eigh").fit(mean.double().numpy())
    basis = directions.basis(model)
    prior = torch.randn(100, model.latent, generator=torch.Generator().manual_seed(0))
    start_picture = _bytes(model.picture(mean[:1]))[0]
    axes = {
        "components": np.asarray(pca.components_, np.float32),
        "centre": pca.mean_.astype(np.float32),
        "scale": np.sqrt(pca.explained_variance_).astype(np.float32),
    }
    return first_pass(model, splits.sample.images[0].numpy() if splits.sample else start_picture) | {
        "codes": mean.numpy(),
        "labels": split.labels.numpy(),
        "tsne": _neighbours_in_two(mean.numpy()),
        "pca": pca.transform(mean.double().numpy()).astype(np.float32),
        **axes,
        "plane": sprites(plane(model, mean[0].numpy(), **axes), columns=len(PLANE)),
        "explained": np.nan_to_num(np.asarray(pca.explained_variance_ratio_, np.float32)),
        "effect": effect.numpy(),
        "kl": kl.numpy(),
        "order": order.numpy(),
        "sheet": _sheet(model, along(mean[0], torch.eye(model.latent)[order[:SLIDERS]])),
        "sprites": sprites(_bytes(torch.cat([model.picture(z) for z in mean.split(500)]))),
        "start_picture": start_picture,
        "prior": _bytes(model.picture(prior)),
        "basis": basis.numpy(),
        "basis_effect": directions.effect(model, mean[:200], basis).numpy(),
    }


def _neighbours_in_two(codes):
    """Positions (M, 2) by t-SNE; for few codes, with fewer neighbours than the library's default of 30.

    Equal codes, as of a VAE that ignores them, get one position: the library would divide by their spread of 0 and
    abort the process.
    """
    if np.ptp(codes, axis=0).max() < SAME:
        return np.zeros((len(codes), 2), np.float32)
    perplexity = min(30, (len(codes) - 1) / 3)
    return TSNE(2, init="pca", random_state=0, perplexity=perplexity).fit_transform(codes).astype(np.float32)


@torch.no_grad()
def first_pass(model: VAE, image: np.ndarray) -> dict[str, np.ndarray]:
    """An image (C, H, W) uint8 and the results of a VAE for it, for checkpoints.save.

    first_image: the image. first_mean, first_log_var (latent,) of q(z|x); first_picture (C, H, W) uint8 of the mean;
    first_log_likelihood (1,): log p(x|z) at the mean by VAE.shown_log_likelihood, in nats. variance (1,): of a
    Gaussian p(x|z), 0 for a Bernoulli.
    """
    x = torch.from_numpy(image)[None].float() / 255
    mean, log_var = model.encode(x)
    return {
        "first_image": image,
        "first_mean": mean[0].numpy(),
        "first_log_var": log_var[0].numpy(),
        "first_picture": _bytes(model.picture(mean))[0],
        "first_log_likelihood": model.shown_log_likelihood(x, mean).numpy(),
        "variance": np.array([model.variance or 0], np.float32),
    }


@torch.no_grad()
def of_generator(
    model: VAE | GAN | LatentFlow,
    *,
    codes: int = 1000,
    probes: int = 200,
    draw: Callable[[torch.Tensor], torch.Tensor] | None = None,
) -> dict[str, np.ndarray]:
    """Arrays for checkpoints.save, of a GAN in eval mode: keys and shapes as in `build`, where they apply.

    probes: codes at which an effect is measured. draw: see models.directions.effect.

    codes (M, latent) from the prior, prior (100, C, H, W) the pictures of the first 100, components (2, latent) the
    first two rows of basis with centre 0 and scale 1, effect, order; sheet, plane and start_picture of the first code.
    """
    drawn = torch.randn(codes, model.latent, generator=torch.Generator().manual_seed(0))
    effect = directions.effect(model, drawn[:probes], draw=draw)
    order = effect.argsort(descending=True)
    basis = directions.basis(model)
    axes = _axes_of(basis)
    return {
        "codes": drawn.numpy(),
        **axes,
        "plane": sprites(plane(model, drawn[0].numpy(), **axes), columns=len(PLANE)),
        "effect": effect.numpy(),
        "order": order.numpy(),
        "sheet": _sheet(model, along(drawn[0], torch.eye(model.latent)[order[:SLIDERS]])),
        "start_picture": _bytes(model.picture(drawn[:1]))[0],
        "prior": _bytes(model.picture(drawn[:100])),
        "basis": basis.numpy(),
        "basis_effect": directions.effect(model, drawn[:probes], basis, draw=draw).numpy(),
    }


@torch.no_grad()
def of_flow(model: Flow, *, codes: int = 200, probes: int = 1000) -> dict[str, np.ndarray]:
    """Arrays for checkpoints.save, of a flow in eval mode: keys and shapes as in `of_generator`, where they apply.

    basis: the first DIRECTIONS of models.directions.sensitive (D, latent), and basis_effect of each. They replace
    single dimensions, which mean nothing on their own: sheet shows the first SLIDERS of them, components are two of
    them. paths: those of the first PATHS codes by `paths`, for code k with class k if there are classes.
    """
    drawn = torch.randn(codes, model.latent, generator=torch.Generator().manual_seed(0))
    with torch.enable_grad():
        basis = directions.sensitive(model, DIRECTIONS, probes)
    axes = _axes_of(basis)
    return {
        "codes": drawn.numpy(),
        **axes,
        "plane": sprites(plane(model, drawn[0].numpy(), **axes), columns=len(PLANE)),
        "sheet": _sheet(model, along(drawn[0], basis[:SLIDERS])),
        "start_picture": _bytes(model.picture(drawn[:1]))[0],
        "prior": drawn_of(model, drawn[:100]).numpy(),
        "basis": basis.numpy(),
        "basis_effect": directions.effect(model, drawn[: min(32, codes)], basis, draw=model.sketch).numpy(),
        "paths": paths(model, drawn[:PATHS], torch.arange(PATHS) % model.classes if model.classes else None),
    }


@torch.no_grad()
def paths(
    model: Flow,
    codes: torch.Tensor,
    label: torch.Tensor | None,
    guidance: float = 1.0,
    steps: int = STEPS_OF_FLOWS,
    solver: str = "midpoint",
    moments: int = MOMENTS,
) -> np.ndarray:
    """The paths of codes (N, latent) at equally spaced times from 0 to 1, (moments, N, C, H, W) uint8.

    Grey levels of values about in [−1, 1]; between two steps a path is a straight line. Arguments as for Flow.path.
    """
    places = model.path(codes, label, guidance, steps, solver)
    share = torch.linspace(0, steps, moments)
    before = share.floor().long().clamp(max=steps - 1)
    rest = (share - before).view(-1, *[1] * (places.dim() - 1))
    between = places[before] + rest * (places[before + 1] - places[before])
    return _bytes((between * 0.5 + 0.5).clamp(0, 1))


def _axes_of(basis):
    """The plane of the first two directions (D, latent) through 0, in units of the code."""
    return {
        "components": basis[:2].numpy(),
        "centre": np.zeros(basis.shape[1], np.float32),
        "scale": np.ones(2, np.float32),
    }


def along(code: torch.Tensor, vectors: torch.Tensor) -> torch.Tensor:
    """Codes (D · STEPS, latent) around a code (latent,): for each vector, its coordinate goes from −3 to 3.

    vectors (D, latent): of unit length.
    """
    rest = code - (vectors @ code)[:, None] * vectors
    return (rest[:, None] + torch.linspace(-3, 3, STEPS)[:, None] * vectors[:, None]).flatten(0, 1)


def _sheet(model, codes):
    return sprites(drawn_of(model, codes).numpy(), columns=STEPS)


@torch.no_grad()
def plane(
    model: Generator, code: np.ndarray, components: np.ndarray, centre: np.ndarray, scale: np.ndarray
) -> np.ndarray:
    """Pictures (49, C, H, W) uint8 in the plane of two components through a code, row by row from the top left.

    code (latent,); components (2, latent) unit axes; centre (latent,), the point with coordinates 0, 0; scale (2,), the
    unit of each coordinate.
    """
    rest = code - components @ (code - centre) @ components
    across, up = np.meshgrid(PLANE[::-1], PLANE)
    codes = rest + (np.stack([across, up], -1).reshape(-1, 2) * scale) @ components
    return _bytes(model.picture(torch.from_numpy(codes.astype(np.float32))))


def sprites(pictures: np.ndarray, columns: int = 72, quality: int = 70) -> np.ndarray:
    """All pictures (N, C, H, W) uint8 tiled into one small lossy WebP file, as a uint8 array, for pictures on hover."""
    n, channels, height, width = pictures.shape
    rows = -(-n // columns)
    sheet = np.zeros((rows * columns, channels, height, width), np.uint8)
    sheet[:n] = pictures
    sheet = sheet.reshape(rows, columns, channels, height, width).transpose(0, 3, 1, 4, 2)
    sheet = sheet.reshape(rows * height, columns * width, channels)
    buffer = io.BytesIO()
    Image.fromarray(sheet[:, :, 0] if channels == 1 else sheet).save(buffer, "WEBP", quality=quality, method=6)
    return np.frombuffer(buffer.getvalue(), np.uint8)


def _bytes(pictures):
    return to_bytes(pictures).numpy()


def main(name: str) -> None:
    """Remake the preview of a stored checkpoint; arrays added by other modules stay."""
    model, splits = command.generator(name)
    if isinstance(model, Flow):
        drawn = of_flow(model)
    else:
        drawn = build(model, splits) if checkpoints.read(name).encodes else of_generator(model)
    checkpoints.save_preview(name, checkpoints.preview_to_extend(name) | drawn)


if __name__ == "__main__":
    command.run("evaluate.preview", __doc__, main)
