"""Record the effect of guidance: python -m train.recordings.guidance [NAME …]

For every stored flow with classes, or for those named, at several guidances: the Fréchet distance of its samples, how
much samples of one class differ, and how many are of the requested class. Written to
checkpoints/recorded/guidance.json, where the rows of other flows are kept. Needs the full data sets; uses a GPU if
there is one.
"""

from __future__ import annotations

import torch

import checkpoints
import data
from checkpoints import Card, recorded
from evaluate import feature_networks
from evaluate.command import Command
from evaluate.features import features_and_classes
from evaluate.samples import of_each_class, over_seeds
from metrics.frechet import frechet_of_features
from metrics.variety import within_classes
from models.flow import Flow
from models.latent_flow import LatentFlow
from train.recordings import store

NAME = "guidance"
GUIDANCES = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
SAMPLES, SEEDS = 1000, 5


def flows() -> dict[str, Card]:
    """Cards of the stored flows with classes, by name."""
    return feature_networks.measurable(checkpoints.gallery("flow", "latent_flow"))


@torch.no_grad()
def of_flow(card: Card, samples: int, seeds: int) -> dict:
    """The row of one flow, see `record`."""
    name, split = feature_networks.CLASSIFIERS[card.dataset["name"]], data.load(card.dataset["name"], "test")
    network, model = checkpoints.load(name), checkpoints.load(card.name)
    assert isinstance(model, Flow | LatentFlow)
    model.to("cuda" if torch.cuda.is_available() else "cpu")
    real = features_and_classes(network, split.images)
    spread, asked, rows = within_classes(*real), torch.arange(samples) % model.classes, []
    for guidance in GUIDANCES:
        distances, varieties, hits = [], [], []
        for seed in range(1, seeds + 1):
            table, named = features_and_classes(network, of_each_class(model, samples, seed, guidance))
            distances.append(frechet_of_features(table, real[0]))
            varieties.append(within_classes(table, named) / spread)
            hits.append((named == asked).double().mean().item())
        row = {"guidance": guidance}
        for key, values in (("frechet", distances), ("variety", varieties), ("asked", hits)):
            row |= over_seeds(key, values)[0]
        rows.append(row)
        print(card.name, row, flush=True)
    return {"sha256": card.sha256, "network": name, "against": len(split.images), "rows": rows}


def record(cards: list[Card], samples: int = SAMPLES, seeds: int = SEEDS) -> dict:
    """{"samples", "seeds", "flows": {name: {"sha256", "network", "against", "rows": [{"guidance", "frechet", "variety",
    "asked", and each of these three with _spread}]}}}.

    variety: summed variance of features within a class, mean over classes, divided by that of the test pictures; the
    class is the classifier's, so that a sample of a wrong class does not count as variety. asked: share of samples of
    the requested class. Rows of other flows are kept if they have as many samples and seeds.
    """
    common = {"samples": samples, "seeds": seeds}
    known = recorded.read(NAME) if recorded.has(NAME) else {}
    others = known["flows"] if common.items() <= known.items() else {}
    return common | {"flows": others | {card.name: of_flow(card, samples, seeds) for card in cards}}


def main() -> None:
    parser, cards = Command("train.recordings.guidance", __doc__), flows()
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(cards)}; by default all")
    parser.add_argument("--samples", type=int, default=SAMPLES, help=f"samples of each guidance (default {SAMPLES:,})")
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"seeds of the samples (default {SEEDS}, at least 2)")
    options = parser.parse_args()
    if unknown := set(options.names) - set(cards):
        parser.error(f"no flow with classes: {', '.join(sorted(unknown))}; choose from {', '.join(cards)}")
    if min(options.samples, options.seeds) < 2:
        parser.error("--samples and --seeds must be at least 2, for a distance and its spread")
    chosen = [cards[name] for name in options.names or cards]
    command = " ".join([parser.prog, *options.names])
    store(NAME, command, lambda: record(chosen, options.samples, options.seeds))


if __name__ == "__main__":
    main()
