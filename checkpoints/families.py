"""What a family of networks can do: asked for here, and never by comparing the name of a family."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """A family of networks, as `Card.family` names it.

    title: the words for it. history: what the columns of a training's history are measured in.
    encodes: gives codes to pictures, and has a likelihood. generates: makes pictures out of codes z ~ N(0, I).
    reversible: its codes are noise of the pictures' size, carried to a picture step by step, and back; no number of a
    code means anything by itself, and a code that is much shorter than the others is none of the noise.
    passes: of the network for one picture, where nobody chooses another path.
    classifies: has classes and features, so that it can measure the pictures of other models.
    half_precision: stored as float16, half the bytes: pictures of 256 grey levels are all that its weights make.
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
