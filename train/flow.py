"""Flow matching models."""

from functools import partial

from checkpoints.aims import Aim
from data.splits import fashion_mnist, kmnist, mnist, ring
from evaluate import flow, latent_flow
from models.flow import MLPFlow, UNetFlow
from models.latent_flow import LatentFlow
from train import cli
from train.augment import MOVES
from train.flow_matching import FlowRecipe, flow_matching
from train.latent_flow import HeldCodes, LatentFlowRecipe, latent_flow_matching
from train.monitor import Watch
from train.recipe import cosine

Flow = partial(FlowRecipe, objective=flow_matching, learning_rate=1e-3, schedule=cosine)
Pictures = partial(
    Flow,
    family="flow",
    evaluate=flow.evaluate,
    monitor=partial(Watch, samples=500),  # each takes twenty passes of the network
    model=UNetFlow,
    epochs=90,
    batch=256,
    # Times, width and labels were chosen by held-out pictures (train/studies/comparisons.py, flow_settings).
    time_mean=-0.8,
    drop=0.5,
    averaging=0.9995,
)

MNIST = Pictures(
    name="mnist_flow",
    title="Flow matching on MNIST",
    summary="A small U-Net gives the velocity with which noise becomes a digit, at every moment of a straight path.",
    data=mnist,
    aim=Aim(
        "with ten steps of the midpoint rule and every class asked for, a smaller Fréchet distance than mnist_gan",
        "frechet_mnist_10k_classes",
        most=1,
        of="mnist_gan.frechet_mnist_10k",
        pairs="generators.gan.flow",
    ),
)

FASHION = Pictures(
    name="fashion_flow",
    title="Flow matching on Fashion-MNIST",
    summary="The same network as mnist_flow on pictures of clothes.",
    data=fashion_mnist,
    aim=Aim(
        "with ten steps of the midpoint rule and every class asked for, a smaller Fréchet distance than "
        "fashion_wgan_adam",
        "frechet_fashion_mnist_10k_classes",
        most=1,
        of="fashion_wgan_adam.frechet_fashion_mnist_10k",
    ),
)

TOY = Flow(
    name="toy_flow",
    title="Flow matching on a ring of points",
    summary="A small network gives the velocity with which noise in the plane becomes eight clusters.",
    family="toy_flow",
    evaluate=flow.of_points,
    model=MLPFlow,
    data=ring,
    epochs=100,
    batch=256,
    aim=Aim("an energy distance below the 95 % floor of real points", "energy_distance", most=1, of="energy_floor_95"),
)

CODES = LatentFlowRecipe(
    name="kmnist_latent_flow",
    title="Flow on the codes of the VAE on Kuzushiji-MNIST",
    summary="kmnist_vae's codes do not fill its prior; a flow carries noise to codes as they are, class by class where "
    "one is asked for, and the VAE's decoder draws them.",
    family="latent_flow",
    model=LatentFlow,
    # Wider networks come nearer to test pictures, but nearer still to train pictures (docs/log/autoencoders.md).
    # Shifted pictures, with the shift as a condition, keep the network from memorising the 8,500 train pictures.
    arguments={"layers": 8, "width": 512, "moves": MOVES},
    data=kmnist,
    objective=latent_flow_matching,
    evaluate=latent_flow.evaluate,
    monitor=HeldCodes,
    epochs=48,
    batch=512,
    learning_rate=1e-3,
    schedule=cosine,
    watched=500,
    drop=0.5,
    aim=Aim(
        "with every class asked for and guidance chosen by held-out pictures, at most five times the Fréchet distance "
        "of kmnist_vae's reconstructions",
        "frechet_kmnist_10k_guided",
        most=5,
        of="kmnist_vae.frechet_kmnist_reconstructed_10k",
    ),
    steered="Guidance, moved pictures and the length of the training were chosen by Fréchet distances to 500 pictures "
    "held out of the training, which are among the 10,000 that its Fréchet distances and KID compare with.",
)

RECIPES = [MNIST, FASHION, TOY, CODES]

if __name__ == "__main__":
    cli.main(RECIPES)
