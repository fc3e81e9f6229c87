"""python -m train: see train/cli.py."""

from train import cli
from train.catalogue import RECIPES

if __name__ == "__main__":
    cli.main(RECIPES.values())
