"""A card of a network so small that a test makes and saves it."""

import dataclasses

import checkpoints


def toy_card(**changes):
    fields = {f.name: {} for f in dataclasses.fields(checkpoints.Card) if f.default is dataclasses.MISSING}
    fields |= {
        "name": "toy",
        "family": "vae",
        "title": "Toy",
        "summary": "For tests.",
        "dataset": {"name": "toys"},
        "model": "models.vae.MLPVAE",
        "latent": 3,
        "shape": (1, 4, 4),
        "sha256": "",
    }
    fields |= {"arguments": {"latent": 3, "hidden": 8, "shape": [1, 4, 4]}, **changes}
    return checkpoints.Card(**fields)
