"""The commands of a card with the modules' current names. Cards keep the commands as they were typed.

card.run["command"] "python -m train.vae street_vae --bf16"   -> "python -m train street_vae --bf16"
card.run["then"]    "python -m train.fid mnist_gan"           -> "python -m evaluate.fid mnist_gan"
"""

from __future__ import annotations

import re

from checkpoints import Card

TRAINS = {f"train.{module}" for module in ("classifier", "denoiser", "dsprites", "gan", "ssgan", "toy_gan", "vae")}
MOVED = {  # commands other than the training of one recipe; train/moved has a file for each former name
    "train.ablation": "train.studies.ablation",
    "train.atlas": "evaluate.preview",
    "train.clipping": "train.recordings.clipping",
    "train.costs": "train.studies.costs",
    "train.density": "train.recordings.density",
    "train.fid": "evaluate.fid",
    "train.generated": "evaluate.generated",
    "train.prior": "evaluate.prior",
    "train.search": "train.studies.search",
    "train.seeds": "train.studies.seeds",
    "train.sweep": "train.recordings.theta_sweep",
}


def current(command: str) -> str:
    """A recorded command `python -m MODULE …` with its module's current name; any other text is unchanged."""
    named = re.fullmatch(r"python -m (?P<module>[\w.]+)(?P<options>.*)", command)
    if named is None:
        return command
    module, options = named["module"], named["options"]
    if module in TRAINS and options:
        return f"python -m train{options.replace(' --only', '')}"
    return f"python -m {MOVED.get(module, module)}{options}"


def of_card(card: Card) -> str:
    """The commands that train a model and add all its figures, one per line."""
    return "\n".join(current(command) for name in ("command", "then") if (command := card.run.get(name)))
