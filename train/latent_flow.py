"""Flows on the codes of a stored VAE."""

from checkpoints.aims import Aim
from data.splits import kmnist
from evaluate import latent_flow
from models.latent_flow import LatentFlow
from train import cli
from train.latent_flow_matching import HeldCodes, LatentFlowRecipe, latent_flow_matching
from train.recipe import Recipe, cosine

KMNIST = LatentFlowRecipe(
    name="kmnist_latent_flow",
    title="Flow on the codes of kmnist_vae",
    summary="kmnist_vae's codes do not fill its prior; a flow carries noise to codes as they are, class by class where "
    "one is asked for, and the VAE's decoder draws them.",
    family="latent_flow",
    model=LatentFlow,
    data=kmnist,
    objective=latent_flow_matching,
    evaluate=latent_flow.evaluate,
    monitor=HeldCodes,
    epochs=24,
    batch=512,
    learning_rate=1e-3,
    schedule=cosine,
    watched=500,
    drop=0.5,
    aim=Aim(
        "with every class asked for, at most five times the Fréchet distance of kmnist_vae's reconstructions",
        "frechet_kmnist_10k_classes",
        most=5,
        of="kmnist_vae.frechet_kmnist_reconstructed_10k",
    ),
    unshipped="waits for its training",
)

RECIPES: list[Recipe] = [KMNIST]

if __name__ == "__main__":
    cli.main(RECIPES)
