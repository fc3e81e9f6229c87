"""python -m train: see train/cli.py; python -m train own: see train/own.py."""

import sys

from train import cli, own
from train.catalogue import RECIPES

if __name__ == "__main__":
    if sys.argv[1:2] == ["own"]:
        own.main(sys.argv[2:])
    else:
        cli.main(RECIPES.values())
