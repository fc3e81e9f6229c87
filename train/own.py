"""python -m train own --images DIR --name roses: train a VAE or a GAN on a folder or a zip of pictures.

python -m train own --images roses.zip --name roses                       the recipe that fits their number and size
python -m train own --images DIR --name roses --pixels 64 --as colour     other inputs
python -m train own --images DIR --name roses --labels classes.csv        classes from a table; else from sub-folders
python -m train own --images DIR --name roses --resume                    continue after a Ctrl-C, a crash or a kill
python -m train own --images DIR --name roses --model gan                 a GAN, which needs more time and more pictures

The checkpoint is stored with the shipped ones, and the app offers it to everybody who uses this installation.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from checkpoints import CheckpointError, packed
from data import DataError, prepare
from data.own import archive, files, labels, preparation, sets
from data.own.intake import Intake, Problem
from data.own.preparation import Preparation, Settings
from evaluate.command import Command
from train import cli, own_gan, own_recipe
from train.own_recipe import OfPictures

NAME = re.compile(r"[a-z0-9_]{1,60}")
NAMED = 10  # files listed in a message
MODELS: dict[str, Callable[..., OfPictures]] = {"vae": own_recipe.recipe, "gan": own_gan.recipe}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on the pictures given on the command line. Ends the process on bad input."""
    parser = Command("train own", __doc__)
    parser.add_argument("--images", type=Path, required=True, help="a folder or a zip of pictures")
    parser.add_argument("--name", required=True, help="of the checkpoint: small letters, digits and _")
    parser.add_argument("--title", help="what lists of models call it")
    parser.add_argument("--labels", type=Path, help="a CSV with the columns file and class")
    parser.add_argument("--as", dest="way", choices=preparation.WAYS, help="what they are; default: what they seem")
    parser.add_argument("--pixels", type=int, choices=preparation.SIDES, help="a side of an input")
    parser.add_argument("--off", nargs="*", choices=prepare.NAMES, default=None, help="steps to leave out")
    parser.add_argument("--strict", action="store_true", help="stop where a file cannot be used")
    parser.add_argument("--model", choices=MODELS, default="vae", help="default: vae")
    parser.add_argument("--latent", type=int, help="numbers of a code")
    parser.add_argument("--channels", type=int, help="of every convolution")
    parser.add_argument("--replace", action="store_true", help="write over a checkpoint of this name")
    cli.add_training(parser)
    options = cli.parsed(parser, arguments)
    if not NAME.fullmatch(options.name):
        parser.error("--name takes small letters, digits and _, at most 60")
    sizes = {"latent": options.latent, "channels": options.channels}
    for name, size in sizes.items():
        least = 2 if name == "latent" else 1  # maps and planes have two axes
        if size is not None and not least <= size <= 512:
            parser.error(f"--{name} must be from {least} to 512")
    try:
        recipe = recipe_of(options, {name: size for name, size in sizes.items() if size is not None})
    except (DataError, CheckpointError) as error:
        sys.exit(str(error))
    cli.carry_out(recipe, options, f"python -m train own --images … --name {recipe.name}")


def recipe_of(options: argparse.Namespace, arguments: dict[str, int]) -> OfPictures:
    """The recipe for these options. arguments: the network's, where they differ from the recipe's.

    Raises DataError for pictures that cannot be used, CheckpointError for a name that is taken.
    """
    packed.check_free(options.name, options.replace)
    intake = _read(options)
    suggested = preparation.suggested(intake)
    way = options.way or suggested.way
    off = preparation.OFF.get(way, ()) if options.off is None else tuple(options.off)
    settings = Settings(way, options.pixels or preparation.side_of(way), off)
    prepared = Preparation(intake, settings).run()
    _tell([*intake.problems, *prepared.problems], options.strict)
    for note in intake.classes().notes:
        print(note)
    if prepared.copies:
        print(f"{prepared.copies:,} pictures give the same input as another one and are left out.")
    splits = sets.of(prepared, prepared.dataset(options.name))
    print(f"{len(prepared):,} pictures, {settings.words()}; {len(splits.test):,} of them are held out.")
    changes = {} if options.epochs is None else {"epochs": options.epochs}
    title = labels.plain(options.title or "")
    return MODELS[options.model](options.name, splits, title, arguments=arguments, **changes)


def _read(options):
    """The Intake of the folder or zip, with the table given by --labels."""
    if options.images.is_file():
        found = archive.files(_bytes(options.images), options.images.name)
    else:
        found = files.of_folder(options.images)
    intake = Intake(found).read()
    if options.labels is not None:
        intake.table = labels.table(_bytes(options.labels), options.labels.name)
    return intake


def _bytes(file):
    try:
        return file.read_bytes()
    except OSError as error:
        raise DataError(f"{file} cannot be read ({error.strerror}).") from None


def _tell(problems: list[Problem], strict: bool) -> None:
    """List the files left out; if strict, raise DataError instead."""
    for problem in problems[:NAMED]:
        print(f"{problem.name}: {problem.reason}")
    if len(problems) > NAMED:
        print(f"… and {len(problems) - NAMED:,} others.")
    if problems and strict:
        raise DataError(f"{len(problems):,} files cannot be used; leave out --strict to train on the others.")
    if problems:
        print(f"{len(problems):,} files are left out.")
