"""The results tables, directly from the cards: one for each family and, for generators, each data set."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import NamedTuple

from checkpoints import Card, aims, floors, gallery
from checkpoints.families import FAMILIES
from checkpoints.seeds import of_seeds

SEVERAL = "‡"  # after a mean over training seeds
STEERED = "†"  # after the title of a model for which something was chosen by the pictures that measure it


@dataclass(frozen=True)
class Column:
    """A figure of the cards: its heading, its metrics (the first one that a card has is used), and its format.

    In keys, {dataset} and {latent} are the card's. In a heading, {count} is the number at the start of the protocol.
    floor: whether the next column has the floor (checkpoints/floors.py). If there is a study of training seeds with
    the figure, the column has its mean and standard deviation over these trainings.
    """

    heading: str
    keys: tuple[str, ...]
    format: str = "{:.2f}"
    floor: bool = False

    def key(self, card: Card) -> str | None:
        """The metric of a card for this column, or None."""
        keys = (key.format(dataset=card.dataset["name"], latent=card.latent) for key in self.keys)
        return next((key for key in keys if key in card.metrics), None)

    def headings(self, cards: list[Card]) -> list[str]:
        """One heading, or two if the cards have a floor."""
        card = next(card for card in cards if self.key(card))
        count = card.protocol.get(self.key(card), "").partition(" ")[0]
        return [self.heading.format(count=count)] + (["floor"] if self._has_floor(cards) else [])

    def cells(self, card: Card, cards: list[Card]) -> list[str]:
        """The figure with its standard error or its spread over seeds, if the card has one, and the floor."""
        key = self.key(card)
        figure = self.format.format(card.metrics[key]) if key else "–"
        if key and (values := of_seeds(card, key)):
            figure = f"{with_error(self.format, statistics.mean(values), statistics.stdev(values))} {SEVERAL}"
        elif (error := card.metrics.get(f"{key}_standard_error", card.metrics.get(f"{key}_spread"))) is not None:
            figure = with_error(self.format, card.metrics[key], error)
        return [figure, self.floor_of(card) or "–"] if self._has_floor(cards) else [figure]

    def floor_of(self, card: Card) -> str:
        """The floor, marked if there were fewer real pictures than samples; empty if it is not known."""
        key = self.key(card)
        floor = floors.of_card(card, key) if key and self.floor else None
        if floor is None:
            return ""
        # KID is unbiased: with fewer pictures it varies more, but around the same value.
        return self.format.format(floor.value) + (" (halves)" if floor.halves and key != "kid" else "")

    def _has_floor(self, cards):
        return any(self.floor_of(card) for card in cards)


COLUMNS = (
    Column("ELBO, nats", ("test_elbo",)),
    Column("log p(x), K = 200, nats", ("test_log_px_k200",)),
    Column("KL over the last 1,000 steps, nats", ("kl_last_1000",)),
    Column("MIG", ("mig",)),
    Column("MSE", ("test_mse",), "{:.5f}"),
    Column("MSE of PCA", ("test_mse_pca{latent}",), "{:.5f}"),
    Column("cosine", ("test_cosine",), "{:.4f}"),
    Column("5-NN", ("knn5_accuracy",), "{:.2%}"),
    Column("same-digit rows kept", ("same_digit_rows_kept",), "{:.1%}"),
    Column("accuracy", ("test_accuracy",), "{:.2%}"),
    Column("sensitivity", ("test_sensitivity",), "{:.2%}"),
    Column("specificity", ("test_specificity",), "{:.2%}"),
    Column("F1", ("test_f1",), "{:.2%}"),
    Column("on real SVHN digits", ("svhn_real_accuracy",), "{:.2%}"),
    Column("inside the patch, dB", ("test_psnr_inside",), "{:.1f}"),
    Column("place known", ("test_psnr_inside_informed",), "{:.1f}"),
    Column("noisy picture", ("test_psnr_inside_noisy",), "{:.1f}"),
    Column("train mean", ("test_psnr_inside_train_mean",), "{:.1f}"),
    Column("PCA", ("test_psnr_inside_pca",), "{:.1f}"),
    Column("outside", ("test_psnr_outside",), "{:.1f}"),
    Column("Fréchet with the second stage", ("frechet_{dataset}_mixture_10k",), "{:.3g}"),
    Column(
        "Fréchet, {count} samples",
        ("frechet_{dataset}_10k", "frechet_{dataset}_5k", "frechet_{dataset}_3k"),
        "{:.3g}",
        floor=True,
    ),
    Column("Fréchet, every class asked for", ("frechet_{dataset}_10k_classes",), "{:.3g}", floor=True),
    Column("Fréchet, guided", ("frechet_{dataset}_10k_guided",), "{:.3g}", floor=True),
    Column("Fréchet of the prior", ("frechet_{dataset}_prior_10k",), "{:.3g}", floor=True),
    Column("FID, {count} samples", ("fid_{dataset}_5k", "fid_{dataset}_3671"), "{:.1f}", floor=True),
    Column("FID, every class asked for", ("fid_{dataset}_5k_classes",), "{:.1f}", floor=True),
    Column("KID", ("kid",), "{:z.5f}", floor=True),
    Column("recognised", ("recognised",), "{:.1%}"),
    Column("energy distance", ("energy_distance",), "{:.4f}", floor=True),
    Column("starts below the floor, of ten", ("starts_under_floor",), "{:.3g}"),
)


def with_error(format: str, value: float, error: float) -> str:
    """“2.44 ± 0.08”. With a format in significant digits, the error has two of them, and the value ends where it does:
    3.876 and 0.187 are “3.88 ± 0.19”, and 15.48 and 24.8 are “15 ± 25”."""
    if format.endswith("g}") and 0 < error < math.inf:
        decimals = 1 - math.floor(math.log10(float(f"{error:.1e}")))
        format = f"{{:,.{max(0, decimals)}f}}"
        value, error = round(value, decimals), round(error, decimals)
    return f"{format.format(value)} ± {format.format(error)}"


class Figure(NamedTuple):
    """One main figure of a card in words; floor: empty if it has none; how: its protocol."""

    heading: str
    value: str
    floor: str
    how: str


def figures(card: Card) -> list[Figure]:
    """The figures of a card that have a column, in the order of the columns."""
    found = []
    for column in COLUMNS:
        if key := column.key(card):
            heading, value = column.headings([card])[0], column.cells(card, [card])[0]
            found.append(Figure(heading, value, column.floor_of(card), card.protocol.get(key, "")))
    return found


BEGIN, END = "<!-- results -->", "<!-- /results -->"


def groups() -> dict[str, list[Card]]:
    """{title: cards of one table}, in the order of the families and of the data sets."""
    tables: dict[str, list[Card]] = {}
    for family in FAMILIES:
        for card in sorted(gallery(family), key=lambda card: (card.dataset["name"], card.name)):
            title = f"{card.kind.title}, {card.dataset['name']}" if card.generates else card.kind.title
            tables.setdefault(title, []).append(card)
    return tables


def of_aim(card: Card) -> list[str]:
    """Two cells: a model's aim, and whether it is reached."""
    aim = aims.of_card(card)
    if aim is None:
        return ["–", "–"]
    verdict = aim.verdict(card)
    return [aim.words, "–" if verdict == "unknown" else verdict]


def table(cards: list[Card]) -> str:
    """One table as Markdown: a row for each card, and the columns for which any card has a figure."""
    columns = [column for column in COLUMNS if any(column.key(card) for card in cards)]
    figures = [heading for column in columns for heading in column.headings(cards)]
    aimed = any(card.aim for card in cards)
    ends = ["minutes", "aim", "reached"] if aimed else ["minutes"]
    rows = [["checkpoint", "what", "trained on", *figures, *ends]]
    rows.append(["---"] * 3 + ["--:"] * (len(figures) + 1) + ["---"] * (len(ends) - 1))
    for card in cards:
        images = f"{card.dataset['train_images']:,} {card.dataset.get('unit', 'images')}"
        name = images if card.generates else f"{card.dataset['name']}, {images}"
        cells = [cell for column in columns for cell in column.cells(card, cards)]
        title = f"{card.title} {STEERED}" if card.steered else card.title
        row = [f"`{card.name}`", title, name, *cells, f"{card.run['seconds'] / 60:.1f}"]
        rows.append(row + (of_aim(card) if aimed else []))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def results_table() -> str:
    """All tables as Markdown, each under its title; ends in a newline."""
    return "\n".join(f"**{title}**\n\n{table(cards)}" for title, cards in groups().items())


def with_table(text: str) -> str:
    """`text` (the README) with the current tables between the two markers. Raises ValueError as `between` does."""
    return between(text, BEGIN, END, f"\n{results_table()}\n")


def between(text: str, begin: str, end: str, lines: str) -> str:
    """`text` with the part between two markers replaced by lines that end in a newline.

    Raises ValueError if a marker is missing, since the text after the first would be lost.
    """
    head, opened, rest = text.partition(begin)
    _, closed, tail = rest.partition(end)
    if not (opened and closed):
        raise ValueError(f"There is no place for the table: the file has no markers {begin} and {end} in this order.")
    return f"{head}{begin}\n{lines}{end}{tail}"
