"""What the families of networks can do. Code asks for an ability and never compares the name of a family."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """A family of networks, by its name in `Card.family`.

    title: the words for it. history: units of the columns of a training's history.
    encodes: encodes pictures, and has a likelihood. generates: generates pictures from codes z ~ N(0, I).
    reversible: codes are noise of the pictures' size, which turns into a picture step by step, and back; a single
    dimension means nothing by itself, and a code that is much shorter than the others does not look like noise.
    passes: of the network for one picture, with the default path.
    classifies: has classes and features, so that it can measure the pictures of other models.
    half_precision: stored as float16, half the bytes, which is enough for pictures of 256 grey levels.
    """

    title: str
    history: str
    encodes: bool = False
    generates: bool = False
    reversible: bool = False
    passes: int = 1
    classifies: bool = False
    half_precision: bool = False


FAMILIES = {
    "vae": Family("VAE", "nats per image", encodes=True, generates=True),
    "gan": Family("GAN", "losses and logits", generates=True, half_precision=True),
    "flow": Family("Flow", "squared error of the velocity", generates=True, reversible=True, passes=19),
    "latent_flow": Family("Flow on codes", "squared error of the velocity", generates=True, passes=20),
    "classifier": Family("Classifier", "nats per image", classifies=True),
    "pretrained": Family("Classifier on pretrained features", "nats per image"),
    "denoiser": Family("Denoiser", "squared error of the patch, nats of its place"),
    "toy_flow": Family("Toy flow", "squared error of the velocity", reversible=True, passes=20),
    "toy_gan": Family("Toy GAN", "nats; energy distance in standard deviations"),
}
