"""The figures of a card in words: their names, values with units and errors, and how they were measured."""

from __future__ import annotations

import dataclasses
import math
import re
import statistics
from collections.abc import Collection
from dataclasses import dataclass

from checkpoints import Card, aims, floors, seeds, table
from models.noise_kinds import KINDS

NATS, SHARE, DECIBEL = "{:,.2f} nats", "{:.2%}", "{:.1f} dB"
SPLITS = {"test": "test pictures", "valid": "validation pictures", "sample": "shipped pictures"}
NOISES = {name: kind.words for name, kind in KINDS.items()} | {"mixed": "all kinds of noise"}
METHODS = {
    "informed": "place known",
    "noisy": "the noisy picture itself",
    "train_mean": "mean of the train pictures",
    "pca": "PCA",
}
# {pattern of the full name without its split: (words, format)}; {0}, {1}, … are its groups
WORDS = {
    "elbo": ("ELBO", NATS),
    "reconstruction": ("Reconstruction term, log p(x|z)", NATS),
    "kl": ("KL divergence to the prior", NATS),
    "kl_information": ("KL, first part: information about the picture", NATS),
    "kl_total_correlation": ("KL, second part: total correlation of the code", NATS),
    "kl_single_dimensions": ("KL, third part: single dimensions to the prior", NATS),
    r"log_px_k(\d+)": ("log p(x), {0} codes", NATS),
    r"log_px_k(\d+)_gain": ("Gain of log p(x) by {0} codes instead of 200", NATS),
    "log_px_infinite": ("log p(x), extrapolated to infinitely many codes", NATS),
    "elbo_calibrated": ("ELBO with the variance that fits", NATS),
    "calibrated_variance": ("Variance that fits the train pictures", "{:.3g}"),
    "kl_last_1000": ("KL divergence over the last 1,000 steps", NATS),
    "mse": ("MSE of reconstructions", "{:.5f}"),
    r"mse_pca(\d+)": ("MSE of a PCA with {0} components", "{:.5f}"),
    "cosine": ("Cosine of reconstructions", "{:.4f}"),
    "active_units": ("Active dimensions of the code", "{:.0f}"),
    "mixture_components": ("Components of the mixture", "{:.0f}"),
    "knn5_accuracy": ("Accuracy of 5 nearest codes", SHARE),
    "accuracy": ("Accuracy", SHARE),
    "svhn_real_accuracy": ("Accuracy on real SVHN digits", SHARE),
    "(shape|scale|x|y)_accuracy": ("Accuracy of {0}", SHARE),
    "rotation_accuracy": ("Accuracy of the rotation task", SHARE),
    "rotation_accuracy_moved": ("Accuracy of the rotation task, pictures moved", SHARE),
    "same_digit_rows_kept": ("Interpolations that keep their digit", SHARE),
    "frechet_held": ("Fréchet distance to held-out train pictures", "{:.3g}"),
    "frechet_held_classes": ("Fréchet distance to held-out train pictures, every class asked for", "{:.3g}"),
    "mig": ("Mutual information gap (MIG)", "{:.3f}"),
    r"frechet_\w+_prior_(\d+)k": ("Fréchet distance of the prior, {0},000 samples", "{:.4g}"),
    r"frechet_\w+_mixture_(\d+)k": ("Fréchet distance of the second stage, {0},000 samples", "{:.4g}"),
    r"frechet_\w+_reconstructed_(\d+)k": ("Fréchet distance of {0},000 reconstructions", "{:.3g}"),
    r"frechet_(?!.*(?:prior|mixture|reconstructed))\w+_(\d+)k": ("Fréchet distance, {0},000 samples", "{:.4g}"),
    r"frechet_\w+_(\d+)k_classes": ("Fréchet distance, every class asked for, {0},000 samples", "{:.4g}"),
    r"frechet_\w+_(\d+)k_guided": ("Fréchet distance, every class asked for with guidance, {0},000 samples", "{:.4g}"),
    "guidance": ("Guidance, chosen by held-out train pictures", "{:g}"),
    "frechet_dsprites_5k_drawn": ("Fréchet distance, pixels drawn, 5,000 samples", "{:.4g}"),
    r"frechet_\w+_unseen_infinite": ("Fréchet distance to test pictures alone, both sides extrapolated", "{:.3g}"),
    r"frechet_\w+_(prior|mixture)_infinite": ("Fréchet distance, {0}, both sides extrapolated", "{:.4g}"),
    "frechet_infinite": ("Fréchet distance, both sides extrapolated", "{:.4g}"),
    "frechet_infinite_floor": ("The same, real against real", "{:.2g}"),
    "frechet_real_photographs": ("Fréchet distance to real photographs", "{:.4g}"),
    "frechet_floor": ("Fréchet distance, real against real", "{:.4g}"),
    r"fid_\w+_\d+k?": ("FID", "{:.1f}"),
    r"fid_\w+_\d+k?_classes": ("FID, every class asked for", "{:.1f}"),
    "fid_floor": ("FID, real against real", "{:.1f}"),
    "kid": ("KID", "{:.5f}"),
    "kid_floor": ("KID, real against real", "{:.5f}"),
    "density": ("Density", "{:.3f}"),
    "coverage": ("Coverage", "{:.3f}"),
    "recognised": ("Recognised", SHARE),
    "effective_classes": ("Effective number of classes", "{:.2f}"),
    "nearest_train": ("Distance to the nearest train picture", "{:.2f}"),
    "nearest_train_of_test": ("The same of test pictures", "{:.2f}"),
    "nearest_train_guided": ("The same of samples with guidance", "{:.2f}"),
    "train_to_test": ("Distance to train over that to test pictures, every class asked for", "{:.3f}"),
    "train_to_test_guided": ("The same with guidance", "{:.3f}"),
    r"asked_class_guidance_([\d.]+)": ("Samples of the class that was asked for, guidance {0}", SHARE),
    r"variety_guidance_([\d.]+)": ("Variety within a class, 1 = real pictures, guidance {0}", "{:.3f}"),
    "round_trip_mse": ("MSE of the way to noise and back", "{:.5f}"),
    "code_length": ("Length of the codes of test pictures, in √latent", "{:.3f}"),
    "first_answer_error": ("One step from noise: difference to the mean picture", "{:.1f} grey levels"),
    "first_answer_spread": ("One step from noise: spread over noises", "{:.1f} grey levels"),
    "energy_distance": ("Energy distance", "{:.4f}"),
    "velocity_error": ("Mean squared error of the velocity", "{:.3f}"),
    "energy_floor_95": ("Energy distance, real against real (95% quantile)", "{:.4f}"),
    "starts_under_floor": ("Starts below that, of ten", "{:.0f}"),
    "(discriminator|generator)_loss": ("Loss of the {0}", "{:.4f} nats"),
    "(discriminator|generator)_off_equilibrium": ("Loss of the {0}: distance from equilibrium", "{:.4f} nats"),
}
PATCH = re.compile(rf"(psnr|mse)_(inside|outside)(?:_({'|'.join(NOISES)}))?(?:_({'|'.join(METHODS)}))?")
VERDICTS = {
    "yes": "reached",
    "no": "missed",
    "undecided": "undecided over training seeds (below, the paired interval)",
    "unknown": "not known",
}
ERRORS = {"standard_error": "standard error", "spread": "standard deviation over repeats"}


@dataclass(frozen=True)
class Row:
    """One figure: its name, its value with its unit, the pictures it is about ("" if none in particular), and how."""

    key: str
    name: str
    value: str
    of: str
    how: str


def rows(card: Card) -> list[Row]:
    """All figures of a card that are single numbers, in its order; an error is in the row of its figure."""
    numbers = {key: value for key, value in card.metrics.items() if isinstance(value, int | float)}
    return [_row(card, key, value) for key, value in numbers.items() if not is_error(key, numbers)]


def main(card: Card) -> list[Row]:
    """The figures that the README's results show, and similar ones: those that a reader wants to know first."""
    keys = [key for column in table.COLUMNS if (key := column.key(card))]
    ordered = {row.key: row for row in rows(card)}
    return [_over_seeds(card, ordered[key]) for key in keys if key in ordered]


def about_seeds(card: Card) -> str:
    """One sentence on the meaning of the mark in the main figures of a card; empty if none has it."""
    count = max((len(seeds.of_seeds(card, row.key)) for row in main(card)), default=0)
    if not count:
        return ""
    return f"{table.SEVERAL} Mean ± standard deviation over {count} training seeds; this checkpoint is one of them."


def aim(card: Card) -> str:
    """One sentence on the aim of a model and whether it reaches it; empty for a model without an aim."""
    found = aims.of_card(card)
    if found is None:
        return ""
    return f"Aim: {found.words}: {VERDICTS[found.verdict(card)]}."


def floor(card: Card, row: Row) -> str:
    """The value for real pictures instead of generated ones; empty if unknown."""
    found = floors.of_card(card, row.key)
    if found is None:
        return ""
    text = of_key(row.key, found.value)
    return f"{text} (halves)" if found.halves and row.key != "kid" else text


def device(card: Card) -> str:
    """The device on which it was trained, in words."""
    name = card.run["device"]
    found = re.fullmatch(r"(?P<device>.*?)(?:, (?P<threads>\d+) threads)? × (?P<processes>\d+)", name)
    if found is None:
        return name
    threads, processes = found["threads"], int(found["processes"])
    words = f"{threads} CPU thread{'s' * (threads != '1')}" if threads else found["device"]
    return words if processes == 1 else f"{words} in each of {processes} processes"


def origin(card: Card) -> str:
    """One sentence if the code that trained it is not the commit named by its card; else empty."""
    commit = card.run.get("commit")
    if card.run.get("uncommitted"):
        return f"It was trained with changes of the code that commit {commit} does not have."
    fields = ", ".join(card.run.get("recipe_differs", ())).replace("_", " ")
    if card.run.get("recipe_in_commit", True) is None:
        return f"The code of commit {commit}, which the card names, does not run: whether it has this recipe is open."
    if not card.run.get("recipe_in_commit", True):
        if fields == "name":
            return f"Commit {commit}, which the card names, does not have this recipe yet: it came with a later one."
        return f"Commit {commit}, which the card names, has this recipe with other values of {fields}."
    return ""


def name(key: str) -> str:
    """The name of a figure, without the pictures that it is about."""
    return _words(_split(key)[1])[0]


def is_error(key: str, others: Collection[str]) -> bool:
    """Whether a figure is the error of one of the others."""
    return any(key.endswith(f"_{kind}") and key.removesuffix(f"_{kind}") in others for kind in ERRORS)


def full_name(key: str) -> str:
    """The name of a figure, with the pictures that it is about."""
    of = SPLITS.get(_split(key)[0])
    return f"{name(key)}, {of}" if of else name(key)


def of_key(key: str, number: float, spread: float = math.nan) -> str:
    """A figure of a card with its unit, and with ± its spread if that is a number."""
    return _text(_words(_split(key)[1])[1], number, spread)


def _over_seeds(card, row):
    """The row of a figure with its mean over training seeds and a mark, if there are several."""
    if not (values := seeds.of_seeds(card, row.key)):
        return row
    how = f"mean ± standard deviation over {len(values)} training seeds; this checkpoint has {row.value}"
    text = f"{of_key(row.key, statistics.mean(values), statistics.stdev(values))} {table.SEVERAL}"
    return dataclasses.replace(row, value=text, how="; ".join(filter(None, (row.how, how))))


def _row(card, key, value):
    split, rest = _split(key)
    words, form = _words(rest)
    errors = [(card.metrics[f"{key}_{kind}"], what) for kind, what in ERRORS.items() if f"{key}_{kind}" in card.metrics]
    text, how = form.format(value), card.protocol.get(key, "")
    if errors:
        text = _with_error(form, value, errors[0][0])
        how = "; ".join(filter(None, (how, f"± is the {errors[0][1]}")))
    for error, what in errors[1:]:
        how += f"; {what} {form.format(error)}"
    return Row(key, words, text.replace("-", "−"), SPLITS.get(split, ""), how)


def _text(form, number, spread):
    text = _with_error(form, number, spread) if math.isfinite(spread) else form.format(number)
    return text.replace("-", "−")


def _with_error(form, value, error):
    """“−91.42 ± 0.24 nats”: the unit once."""
    number, brace, unit = form.partition("}")
    return table.with_error(number + brace, value, error) + unit


def _split(key):
    """(“test”, “valid”, “sample” or “”, the rest of the name)."""
    first, _, rest = key.partition("_")
    return (first, rest) if first in SPLITS and rest else ("", key)


def _words(key):
    if found := PATCH.fullmatch(key):
        measure, where, noise, method = found.groups()
        parts = [f"{measure.upper()} {where} the patch"]
        parts += [NOISES[noise or "gaussian"]]
        parts += [METHODS[method]] if method else []
        return ", ".join(parts), DECIBEL if measure == "psnr" else "{:.4f}"
    for pattern, (words, form) in WORDS.items():
        if found := re.fullmatch(pattern, key):
            return words.format(*found.groups()), form
    words = key.replace("_", " ")
    share = any(word in words for word in ("accuracy", "sensitivity", "specificity", "recall", "precision", "f1"))
    return words[:1].upper() + words[1:], SHARE if share else "{:.4g}"


# By names of evaluate.catalogue, for metrics whose name differs from that of the card's figure
LIVE = {
    "frechet": "{:.3g}",
    "frechet_infinite": "{:.3g}",
    "fid": "{:.1f}",
    "inception_score": "{:.2f}",
    "psnr": DECIBEL,
}
LIVE |= {"log_px": NATS}


def value(metric: str, number: float, spread: float = math.nan) -> str:
    """A value of a metric of evaluate.catalogue with its unit, and with ± its spread if that is a number."""
    return _text(LIVE.get(metric) or _words(metric)[1], number, spread)
