"""Sheets of 100 pictures each, in random order, for counting by eye how many are digits, and a key to the sheets.

    python -m benchmarks.by_eye FOLDER [--seed 7]

Writes sheet_1.png … and key.json into the folder: real test digits, mnist_gan, mnist_flow without a class and with each
class requested. Count before you open the key. Without the full test set the digits are from the shipped sample.
"""

import argparse
import json
import random
from pathlib import Path

import torch
from PIL import Image

import checkpoints
import data
from evaluate.samples import grid, of_each_class, pictures

COUNT, EDGE, SCALE = 100, 2, 4  # pictures; pixels around each; enlargement


def sets(seed):
    gan, flow = checkpoints.load("mnist_gan"), checkpoints.load("mnist_flow")
    try:
        real = torch.as_tensor(data.load("mnist", "test").images)
    except data.DataError:
        real = torch.as_tensor(data.sample("mnist").images)
    order = torch.Generator().manual_seed(seed)
    return {
        "real digits": real[torch.randperm(len(real), generator=order)[:COUNT]],
        "mnist_gan": pictures(gan, COUNT, seed),
        "mnist_flow": pictures(flow, COUNT, seed),
        "mnist_flow, every class asked for": of_each_class(flow, COUNT, seed)[torch.randperm(COUNT, generator=order)],
    }


def main(folder, seed):
    found = sets(seed)
    names = random.SystemRandom().sample(list(found), len(found))
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names, 1):
        tiles = torch.nn.functional.pad(found[name], (EDGE,) * 4, value=60)
        sheet = Image.fromarray(grid(tiles, 10)[:, :, 0].numpy())
        sheet.resize((SCALE * sheet.width, SCALE * sheet.height), Image.Resampling.NEAREST).save(
            folder / f"sheet_{number}.png"
        )
    key = {f"sheet_{number}": name for number, name in enumerate(names, 1)}
    (folder / "key.json").write_text(json.dumps(key | {"seed": seed}, indent=1))
    print(f"{len(names)} sheets and key.json in {folder}; count before you open the key.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    main(options.folder, options.seed)
