"""GANs of points in the plane: a recording of each, which the app plays, and a checkpoint of the first."""

from functools import partial

from checkpoints.aims import Aim
from data import planar
from models.adversarial import Minimax, NonSaturating
from models.toy_gan import ToyGAN
from train.adversarial import adam, sgd
from train.live.toy_gan import ToyRecipe, toy_game
from train.recipe import constant, cosine
from train.recordings import toy_gan as recording

Toy = partial(
    ToyRecipe,
    family="toy_gan",
    run=recording.record,
    model=ToyGAN,
    arguments={"generator": [16, 16], "discriminator": [24, 24]},
    objective=toy_game,
    interval=1000,
    batch=64,
    seed=0,
)

RECIPES = [
    Toy(
        name="parabola_gan",
        title="Toy GAN on a parabola",
        summary="Two small players and a set of points in the plane: learning rates that fall and a running mean of "
        "the generator's weights bring it to where real points cannot tell.",
        data=planar.parabola,
        loss=NonSaturating(),
        optimiser=adam,
        epochs=20,
        learning_rate=1e-3,
        schedule=cosine,
        averaging=0.999,
        members=10,
        aim=Aim("9 of 10 starts below the 95 % floor of real points", "starts_under_floor", least=9),
    ),
    Toy(
        name="mode_collapse",
        title="Mode collapse",
        summary="The generator learns ten times faster than the discriminator and takes five turns to its one: it "
        "throws everything on the place that looks best now, and leaves when that is found out.",
        data=planar.ring,
        loss=NonSaturating(),
        optimiser=adam,
        epochs=4,
        learning_rate=1e-3,
        generator_rate=1e-2,
        generator_steps=5,
        schedule=constant,
        unshipped="a recording only: training that goes wrong",
    ),
    Toy(
        name="saturation",
        title="Saturation",
        summary="The minimax loss against a discriminator with a head start: it is so sure that its loss is flat where "
        "the generator stands, and plain gradient descent does not move it.",
        data=planar.ring,
        loss=Minimax(),
        optimiser=sgd,
        epochs=1,
        learning_rate=0.1,
        generator_rate=5e-3,
        head_start=5000,
        schedule=constant,
        unshipped="a recording only: training that goes wrong",
    ),
]

if __name__ == "__main__":
    recording.main(RECIPES)
