"""Every recipe of a network that `train.command` trains, and the script in which it stands."""

from train import classifier, denoiser, dsprites, gan, ssgan, vae

FAMILIES = (classifier, vae, denoiser, dsprites, gan, ssgan)
RECIPES = {recipe.name: recipe for family in FAMILIES for recipe in family.RECIPES}
SCRIPTS = {recipe.name: family for family in FAMILIES for recipe in family.RECIPES}
# Those that make pictures out of random codes.
GENERATORS = {recipe.name: recipe for family in (vae, dsprites, gan, ssgan) for recipe in family.RECIPES}
