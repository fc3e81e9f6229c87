"""A visitor's pictures as inputs of a network: prepared by the same steps as a single picture, without copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from data import prepare
from data.images import DataError
from data.own.intake import Intake, Problem
from data.pictures import PictureError
from data.prepare import Preset, Step

FEWEST = 10  # different pictures
SIDES = (28, 32, 64)
HELD_OUT = 0.1  # share of the pictures, for testing
MOST_HELD_OUT = 1000
WAYS = {  # kind of pictures: how they are prepared
    "colour": prepare.PLAIN,
    "grey": prepare.OWN_INVERTED,
    "page": prepare.OWN_PAGE,
}
TITLES = {
    "colour": "Pictures in colour",
    "grey": "Pictures in grey",
    "page": "Drawings or writing on paper",
}
OFF = {"grey": ("invert",)}  # steps that are off by default


@dataclass(frozen=True)
class Settings:
    """way: a key of WAYS. side: pixels. off: keys of the steps to leave out."""

    way: str = "colour"
    side: int = 28
    off: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[int, int, int]:
        """(C, H, W) of an input."""
        return (3 if self.way == "colour" else 1, self.side, self.side)

    @property
    def preset(self) -> Preset:
        return WAYS[self.way]

    def words(self) -> str:
        """How the pictures were prepared, for a card."""
        on = [prepare.NAMES[key].lower() for key in self.preset.switches if key not in self.off]
        colour = "colour" if self.shape[0] == 3 else "grey"
        return f"{self.side}×{self.side} pixels in {colour}; steps: {', '.join(on) or 'none'}"


def suggested(intake: Intake) -> Settings:
    """Suggested settings: the pictures seem to be colour, grey, or strokes on light paper. Raises no error."""
    some = intake.pictures[:: max(1, len(intake) // 50)]
    if sum(_colourful(picture) for picture in some) > len(some) / 2:
        way = "colour"
    else:
        way = "page" if sum(_paper(picture) for picture in some) > len(some) / 2 else "grey"
    return Settings(way, side_of(way), OFF.get(way, ()))


def side_of(way: str) -> int:
    """The default side, in pixels."""
    return 32 if way == "colour" else 28


def _colourful(picture):
    """Whether some of it is more colourful than tinted pencil on paper."""
    return picture.ndim == 3 and (np.ptp(picture.astype(np.int16), axis=2) > 40).mean() > 0.05


def _paper(picture):
    """Whether most of it is as light as its border; even a photograph with a light sky has more tones."""
    grey = picture if picture.ndim == 2 else picture.mean(2)
    border = np.median(np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]]))
    return border > 140 and border > grey.mean() > 100 and (np.abs(grey - border) < 40).mean() > 0.6


def steps_of(picture: np.ndarray, settings: Settings) -> list[Step]:
    """The steps of one kept picture (H, W) or (H, W, 3); the last one's image is the input. Raises PictureError."""
    return prepare.prepare(Image.fromarray(picture).convert("RGB"), settings.shape, settings.preset, settings.off)


class Preparation:
    """The pictures of an Intake as inputs, which `steps` prepares one by one.

    images: (N, C, H, W) uint8, no two of them equal; names, labels (N,): of these. problems: pictures in which nothing
    was found. copies: how many were left out because another picture gives the same input.
    """

    def __init__(self, intake: Intake, settings: Settings) -> None:
        self.intake, self.settings = intake, settings
        self.problems: list[Problem] = []
        self.copies = self.prepared = 0
        self._images: list[np.ndarray] = []
        self._rows: list[int] = []
        self._seen: set[bytes] = set()

    def __len__(self) -> int:
        return len(self._rows)

    def steps(self) -> Iterator[None]:
        """Prepare the pictures, one per step. Raises DataError at the end if too few are left."""
        for row, picture in enumerate(self.intake.pictures):
            self._take(row, picture)
            self.prepared += 1
            yield
        if len(self) < FEWEST:
            raise DataError(self._too_few())

    def run(self) -> Preparation:
        """Prepare all pictures at once."""
        for _ in self.steps():
            pass
        return self

    def _take(self, row, picture):
        try:
            image = steps_of(picture, self.settings)[-1].image
        except PictureError as error:
            self.problems.append(Problem(self.intake.names[row], str(error)))
            return
        raw = image.tobytes()
        if raw in self._seen:
            self.copies += 1
            return
        self._seen.add(raw)
        self._images.append(image)
        self._rows.append(row)

    def _too_few(self):
        if len(self) == 1 and self.copies:
            return (
                f"All {self.copies + 1:,} pictures give the same input, so there is nothing to learn; change the "
                "preparation, or bring different pictures."
            )
        return (
            f"Only {len(self)} different pictures are left, and a network needs at least {FEWEST}; bring more, or "
            "change the preparation."
        )

    @property
    def images(self) -> np.ndarray:
        return np.stack(self._images)

    def dataset(self, slug: str) -> str:
        """The name of the set, which tells data.prepare.preset how to prepare further pictures for it.

        If its grey pictures have a dark border, further pictures with a light border are inverted.
        """
        way = self.settings.way
        if way == "grey":
            edges = np.concatenate([self.images[:, :, 0], self.images[:, :, -1]])
            way = "inverted" if np.median(edges) < 128 else "grey"
        return f"own_{way}_{slug}"

    @property
    def names(self) -> list[str]:
        return [self.intake.names[row] for row in self._rows]

    @property
    def labels(self) -> np.ndarray:
        return self.intake.classes().labels[self._rows]


def held_out(count: int) -> int:
    """How many of `count` pictures are held out for testing: a tenth, at least two."""
    return min(MOST_HELD_OUT, max(2, round(HELD_OUT * count)))
