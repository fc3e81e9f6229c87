"""Small classifiers with random weights, of hands and of horses, in a folder of their own, for the tests of pages."""

import numpy as np
import torch

import checkpoints
from checkpoints import Card
from models.classifier import FeatureHead, MLPClassifier, PoolingClassifier

HANDS, HORSES = (3, 28, 28), (1, 96, 96)
SMALL = {"channels": [4, 4], "hidden": 8}
MODELS = {
    "rps_mlp_1": (MLPClassifier, {"hidden": [8, 8], "shape": HANDS}),
    "rps_cnn": (PoolingClassifier, {**SMALL, "shape": HANDS}),
    "rps_pretrained": (FeatureHead, {"backbone": "efficientnet_lite0", "width": 1280, "outputs": 3, "shape": HANDS}),
    "horses_cnn": (PoolingClassifier, {**SMALL, "classes": 2, "shape": HORSES}),
}
TESTED = {"rock_paper_scissors": 372, "horses_or_humans": 256}


def fill(folder):
    """The checkpoints of MODELS, with made figures and answers to as many test pictures as the sets have."""
    folder.mkdir()
    before, checkpoints.FOLDER = checkpoints.FOLDER, folder
    try:
        for seed, (name, (cls, arguments)) in enumerate(MODELS.items()):
            save(name, cls, arguments, seed)
    finally:
        checkpoints.FOLDER = before
    return folder


def save(name, cls, arguments, seed):
    torch.manual_seed(seed)
    model = cls(**arguments).eval()
    dataset = "rock_paper_scissors" if name.startswith("rps") else "horses_or_humans"
    classes = 3 if dataset == "rock_paper_scissors" else 2
    probabilities = np.random.default_rng(seed).dirichlet(np.ones(classes), TESTED[dataset]).astype(np.float16)
    labels = np.arange(TESTED[dataset]) * classes // TESTED[dataset]
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (labels, probabilities.argmax(1)), 1)
    macro = {f"test_{metric}": 0.5 + seed / 10 for metric in ("accuracy", "sensitivity", "specificity", "f1")}
    each = {
        f"{metric}_per_class": [0.25 * (k + 1) for k in range(classes)] for metric in macro if "accuracy" not in metric
    }
    card = Card(
        name=name,
        family="pretrained" if cls is FeatureHead else "classifier",
        title=f"Toy {name}",
        summary="Random weights.",
        model=f"models.classifier.{cls.__name__}",
        arguments=arguments,
        latent=None,
        shape=model.shape,
        recipe={"data": f"data.splits.{dataset}", "batch": 8, "learning_rate": 0.001},
        dataset={
            "name": dataset,
            "note": "the published train set",
            "train_images": 1000,
            "test_images": TESTED[dataset],
            "pictures": "small copies",
        },
        metrics={**macro, **each, "test_confusion": counts.tolist()},
        protocol={metric: f"how {metric} was measured" for metric in macro},
        history={"loss": [1.0, 0.5], "accuracy": [0.5, 0.75]},
        run={},
        sha256="",
    )
    checkpoints.save(model, card, {"test_probabilities": probabilities, "test_labels": labels.astype(np.uint8)})
    if cls is not FeatureHead:
        from evaluate import export

        export.write(name)
