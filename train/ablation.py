"""Does guessing rotations help? Small self-supervised GANs with and without: python -m train.ablation [--threads 1]

Three seeds each, every seed with the same first weights and the same order of pictures on both sides. Kept in
checkpoints/recorded/ssgan_ablation.json after every training: a command that was stopped goes on behind the last one.
"""

import dataclasses

from checkpoints import recorded
from models.adversarial import Hinge
from train import search, ssgan
from train.command import versions
from train.options import Options

FILE = "ssgan_ablation"
WIDTH = 16
SEEDS = (0, 1, 2)
SMALL = dataclasses.replace(ssgan.RECIPES[0], name=FILE, arguments={"width": WIDTH}, epochs=5, interval=160)
LOSSES = {True: SMALL.loss, False: Hinge()}  # with the rotation task, and the same loss without it


def runs(known=(), bf16=False):
    """Yields the list of runs after every training; those that stand in `known` are kept.

    A run is {"rotation", "seed", "frechet": [after every interval, ...], "seconds"}.
    """
    done = list(known)
    for seed in SEEDS:
        for rotation, loss in LOSSES.items():
            if not any((run["rotation"], run["seed"]) == (rotation, seed) for run in done):
                found = search.run(dataclasses.replace(SMALL, seed=seed, loss=loss), bf16=bf16)
                done.append({"rotation": rotation, "seed": seed} | found)
            yield list(done)


def main(bf16):
    known = recorded.read(FILE)["runs"] if recorded.has(FILE) else ()
    told = {"command": f"python -m train.ablation{' --bf16' if bf16 else ''}"} | versions()
    told |= {"width": WIDTH, "batch": SMALL.batch, "interval": SMALL.interval, "samples": search.SAMPLES}
    for found in runs(known, bf16):
        seconds = round(sum(run["seconds"] for run in found), 1)
        recorded.write(FILE, told | {"seconds": seconds, "runs": found})
        print(found[-1], flush=True)


if __name__ == "__main__":
    parser = Options("train.ablation", __doc__)
    parser.add_argument("--bf16", action="store_true", help="products in bfloat16, for a GPU or a CPU with AMX")
    options = parser.parse_args()
    main(options.bf16)
