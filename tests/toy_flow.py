"""A small flow with random weights in a folder of its own, beside some shipped models, for the tests of pages."""

import shutil

import torch

import checkpoints
from checkpoints import snapshots
from evaluate import preview
from models.flow import UNetFlow

NAME = "small_flow"
ARGUMENTS = {"channels": 8, "width": 16}
SHIPPED = checkpoints.FOLDER


def network():
    """A U-Net whose pictures depend on the noise; a new one answers grey."""
    torch.manual_seed(0)
    model = UNetFlow(**ARGUMENTS).eval()
    torch.nn.init.normal_(model.head[-1].weight, std=0.3)
    return model


def fill(folder):
    """mnist_vae, mnist_gan, the classifier of their digits, and the flow."""
    folder.mkdir()
    for name in ("mnist_vae", "mnist_gan", "mnist_classifier"):
        for file in SHIPPED.glob(f"{name}.*"):
            if not file.name.endswith(snapshots.SUFFIX):
                shutil.copy(file, folder)
    model = network()
    card = checkpoints.Card(
        name=NAME,
        family="flow",
        title="Small flow on MNIST",
        summary="Random weights.",
        model="models.flow.UNetFlow",
        arguments=ARGUMENTS,
        latent=model.latent,
        shape=model.shape,
        recipe={},
        dataset={"name": "mnist", "train_images": 1000, "note": "toy"},
        metrics={"round_trip_mse": 0.1},
        protocol={"round_trip_mse": "toy"},
        history={"loss": [1.0, 0.5]},
        run={"command": "python -m train toy", "seconds": 1, "device": "cpu"},
        sha256="",
    )
    before, checkpoints.FOLDER = checkpoints.FOLDER, folder
    rows, preview.SLIDERS = preview.SLIDERS, 2  # of the recorded sheet, which takes most of the time
    try:
        checkpoints.save(model, card, preview.of_flow(model, codes=12, probes=40))
    finally:
        checkpoints.FOLDER, preview.SLIDERS = before, rows
    return folder
