"""How long a VAE trains on a visitor's own pictures, and from which weights. Needs no torch."""

FEW = 500  # with fewer training pictures, training starts from the weights of a shipped network, if one fits
STARTS: dict[tuple[int, ...], str] = {(1, 28, 28): "mnist_vae"}  # shape of the pictures: that network
INTERVAL = 25  # steps per point of the curves


def start(count: int, shape: tuple[int, ...]) -> str | None:
    """The network from whose weights to start with `count` training pictures of a shape (C, H, W); None: random."""
    return STARTS.get(shape) if count < FEW else None


def length(count: int, start: str | None) -> int:
    """The number of steps for `count` training pictures, fewer from a trained start."""
    return 700 if start else 1000 if count < 100 else 2000 if count < 3000 else 3000
