"""All recipes by name."""

from train import classifier, denoiser, dsprites, flow, gan, moroney, ssgan, toy_gan, vae
from train.recipe import Recipe

RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for file in (classifier, moroney, vae, denoiser, dsprites, gan, ssgan, flow, toy_gan)
    for recipe in file.RECIPES
}
