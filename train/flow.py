"""Flow matching models."""

from functools import partial

from checkpoints.aims import Aim
from data.splits import fashion_mnist, mnist, ring
from evaluate import flow
from models.flow import MLPFlow, UNetFlow
from train import cli
from train.flow_matching import FlowRecipe, flow_matching
from train.monitor import Watch
from train.recipe import cosine

Flow = partial(FlowRecipe, objective=flow_matching, learning_rate=1e-3, schedule=cosine)
Pictures = partial(
    Flow,
    family="flow",
    evaluate=flow.evaluate,
    monitor=partial(Watch, samples=500),  # twenty passes of the network each
    model=UNetFlow,
    epochs=90,
    batch=256,
    # Times, width and labels were chosen by pictures held out (train/studies/comparisons.py, flow_settings).
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
    summary="A small network gives the velocity with which noise in the plane becomes eight heaps.",
    family="toy_flow",
    evaluate=flow.of_points,
    model=MLPFlow,
    data=ring,
    epochs=100,
    batch=256,
    aim=Aim("an energy distance below the 95 % floor of real points", "energy_distance", most=1, of="energy_floor_95"),
    unshipped="small enough to train while somebody watches",
)

RECIPES = [MNIST, FASHION, TOY]

if __name__ == "__main__":
    cli.main(RECIPES)
