"""Pictures for slides: a title, their source, the pictures enlarged by whole factors, names of rows and columns.

A Slide describes the content; `png` and `animation` draw it. Sizes are in pixels of the file.
"""

from __future__ import annotations

import functools
import html
import io
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import streamlit
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from checkpoints import Card
from ui import tiles

WIDEST, TALLEST = 1520, 1100  # limits for all pictures together, unless they exceed them unenlarged
NARROWEST = 960  # of a file
MOVING = (880, 700)  # limits for the pictures of an animation, which are smaller, since one file holds all frames
MARGIN = 40
GAP = 4  # between pictures, white
APART = 36  # between grids
INK, GREY = (31, 35, 41), (92, 98, 106)
TITLE, SUBTITLE, NAME, LABEL = (46, 600), (28, 400), (28, 600), (26, 400)  # size and weight
LONGEST = 400  # width of a row's name before it wraps

# Streamlit's own typeface: unlike Pillow's it has Greek letters, mathematical symbols and umlauts.
TYPEFACES = Path(streamlit.__file__).parent / "static" / "static" / "media"


@dataclass(frozen=True)
class Grid:
    """Pictures in rows of `columns`.

    pictures: (N, C, H, W) uint8, or a single one (H, W[, 3]). across, down: names of the columns and of the rows.
    title: above all of them.
    """

    pictures: np.ndarray
    columns: int = 1
    title: str = ""
    across: Sequence[str] = ()
    down: Sequence[str] = ()


@dataclass(frozen=True)
class Slide:
    """One picture file: its grids in as many rows as make the pictures largest.

    subtitle: source of the pictures: model, data set, seed. note: of one frame of an animation, "α = 0.50".
    models: names of checkpoints, for the file's metadata. link: an address that shows the same, for the metadata.
    """

    title: str
    grids: Sequence[Grid]
    subtitle: str = ""
    note: str = ""
    models: Sequence[str] = ()
    link: str = ""


def about(card: Card, *details: str) -> str:
    """A subtitle: the model and other settings that determine the pictures, "seed 3", "ψ = 0.7"."""
    return " · ".join([card.title, *details])


def of_model(card: Card, title: str, grids: Sequence[Grid], *details: str) -> Slide:
    """A slide of one model's output; details as for `about`."""
    return Slide(title, grids, about(card, *details), models=[card.name])


def png(slide: Slide) -> bytes:
    """The slide as a PNG, at least 960 pixels wide, with title, models, link and version in its metadata."""
    text = PngInfo()
    for name, value in _text(slide).items():
        text.add_itxt(name, value)
    buffer = io.BytesIO()
    draw(slide).save(buffer, "PNG", pnginfo=text)
    return buffer.getvalue()


def animation(
    frames: Iterable[Slide], format: str = "gif", milliseconds: int = 80, *, quality: int | None = None
) -> bytes:
    """An endless animation, "gif" or "webp", of slides that differ in their pictures and notes.

    milliseconds: per frame. quality: of a lossy WebP, up to 100; without it WebP is lossless.
    """
    frames = list(frames)
    images = [draw(frame, MOVING) for frame in frames]
    text = _text(frames[0])
    if format == "webp":
        options: dict[str, Any] = {"lossless": True} if quality is None else {"quality": quality}
        options["xmp"] = _xmp(text).encode()
    else:
        if all(_colourless(grid.pictures) for frame in frames for grid in frame.grids):
            images = [image.convert("L") for image in images]  # every grey level has a place in the palette
        else:
            images = [_indexed(image) for image in images]
        options = {"comment": "\n".join(f"{name}: {value}" for name, value in text.items()).encode()}
    buffer = io.BytesIO()
    images[0].save(
        buffer, format.upper(), save_all=True, append_images=images[1:], duration=milliseconds, loop=0, **options
    )
    return buffer.getvalue()


def _indexed(image):
    """The picture with a palette of white and its 255 most useful colours, found in every fourth row and column.

    Slides enlarge the pictures of the networks several times, so that little is missed; using every pixel takes four
    times as long. Colours close to white become white: Pillow would merge them, and the background of the slide would
    get their colour.
    """
    width, height = image.size
    small = image.resize((width // 4, height // 4), Image.Resampling.NEAREST).quantize(255)
    colours = np.reshape(small.getpalette() or [], (-1, 3))[:255]
    colours[colours.min(1) > 247] = 255
    palette = Image.new("P", (1, 1))
    palette.putpalette([255, 255, 255, *colours.ravel().tolist()])
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def draw(slide: Slide, room: tuple[int, int] = (WIDEST, TALLEST)) -> Image.Image:
    """The slide as an RGB picture. room: (width, height) available for all its grids."""
    rows = _arranged(slide.grids, *room)
    width = max(sum(grid.width for grid in row) + APART * (len(row) - 1) for row in rows) + 2 * MARGIN
    width = max(width, NARROWEST)
    head = [_Words(slide.title, TITLE, width - 2 * MARGIN), _Words(slide.subtitle, SUBTITLE, width - 2 * MARGIN, GREY)]
    head += [_Words(slide.note, NAME, width - 2 * MARGIN)]
    heights = [max(grid.height for grid in row) for row in rows]
    top = MARGIN + sum(words.height + 8 for words in head if words.lines) + 16
    image = Image.new("RGB", (width, top + sum(heights) + APART * (len(rows) - 1) + MARGIN), "white")
    y = MARGIN
    for words in head:
        if words.lines:
            words.draw(image, MARGIN, y)
            y += words.height + 8
    for row, height in zip(rows, heights, strict=True):
        x = MARGIN
        for grid in row:
            grid.draw(image, x, top)
            x += grid.width + APART
        top += height + APART
    return image


# ---- a grid with its names ----


class _Laid:
    """A grid with its pictures enlarged `factor` times and its names around them."""

    def __init__(self, grid: Grid, factor: int):
        pictures = grid.pictures if grid.pictures.ndim == 4 else _as_batch(grid.pictures)
        self.grid, self.pictures, self.factor = grid, pictures, factor
        self.cell = factor * pictures.shape[3], factor * pictures.shape[2]
        self.down = [_Words(name, LABEL, LONGEST) for name in grid.down]
        self.left = max((words.width for words in self.down), default=-12) + 12
        self.across = [_Words(name, LABEL, max(self.cell[0], 90)) for name in grid.across]
        widest = max((words.width + 14 for words in self.across), default=0)
        self.pitch = max(self.cell[0] + GAP, widest), max(self.cell[1] + GAP, *(w.height + 8 for w in self.down), 0)
        self.rows = -(-len(pictures) // grid.columns)
        inside = self.left + self.pitch[0] * min(grid.columns, len(pictures)) - GAP
        self.title = _Words(grid.title, NAME, max(inside, 320))
        self.width = max(inside, self.title.width)
        self.above = sum(height + 10 for height in (self.title.height, self._names_height) if height)
        self.height = self.above + self.pitch[1] * self.rows - GAP

    @property
    def _names_height(self):
        return max((words.height for words in self.across), default=0)

    def draw(self, image, x, y):
        canvas = ImageDraw.Draw(image)
        self.title.draw(image, x, y)
        (width, height), (pitch_x, pitch_y) = self.cell, self.pitch
        left, top = x + self.left, y + self.above
        for k, words in enumerate(self.across):
            words.draw(image, left + k * pitch_x + (width - words.width) // 2, top - 10 - words.height)
        for k, words in enumerate(self.down):
            words.draw(image, left - 12 - words.width, top + k * pitch_y + (height - words.height) // 2)
        for k, picture in enumerate(self.pictures):
            corner = left + k % self.grid.columns * pitch_x, top + k // self.grid.columns * pitch_y
            if picture.min() > 250:  # a white picture on white needs an edge
                canvas.rectangle((corner[0] - 1, corner[1] - 1, corner[0] + width, corner[1] + height), outline=GREY)
            enlarged = tiles.to_image(picture).resize((width, height), Image.Resampling.NEAREST)
            image.paste(enlarged, corner)


def _as_batch(picture):
    return picture.reshape(*picture.shape[:2], -1).transpose(2, 0, 1)[None]


def _largest(grid, width, height):
    """The grid laid out with the largest factor that fits, at least 1."""
    laid = _Laid(grid, 1)
    factor = max(1, width // laid.cell[0])  # a larger one would be too wide even with a single column
    while factor > 1 and ((laid := _Laid(grid, factor)).width > width or laid.height > height):
        factor -= 1
    return _Laid(grid, factor) if laid.factor != factor else laid


def _arranged(grids, width, height):
    """The laid-out grids, row by row: as many side by side as make the smallest factor largest."""
    best = []
    for rows in range(1, len(grids) + 1):
        columns = -(-len(grids) // rows)
        room = (width - APART * (columns - 1)) // columns, (height - APART * (rows - 1)) // rows
        laid = [_largest(grid, *room) for grid in grids]
        if not best or min(g.factor for g in laid) > min(g.factor for row in best for g in row):
            best = [laid[k : k + columns] for k in range(0, len(laid), columns)]
    return best


# ---- words ----


class _Words:
    """A text wrapped to a `width`, unless single words are wider."""

    def __init__(self, text: str, style: tuple[int, int], width: int, colour: tuple[int, int, int] = INK):
        self.font, self.colour = font(*style), colour
        self.lines = _broken(text, self.font, width)
        self.width = max((round(self.font.getlength(line)) for line in self.lines), default=0)
        self.leading = round(1.25 * style[0])
        self.height = self.leading * len(self.lines)

    def draw(self, image, x, y):
        canvas = ImageDraw.Draw(image)
        for k, line in enumerate(self.lines):
            canvas.text((x, y + k * self.leading), line, self.colour, self.font)


def _broken(text, font, width):
    lines = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@functools.cache
def font(size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    """Streamlit's typeface in a size (pixels) and a weight from 200 to 900; FileNotFoundError if it is missing."""
    files = sorted(TYPEFACES.glob("SourceSansVF-Upright*"))
    if not files:
        raise FileNotFoundError(f"no Source Sans in {TYPEFACES}: another version of Streamlit keeps it elsewhere")
    face = ImageFont.truetype(files[0], size)
    face.set_variation_by_axes([weight])
    return face


# ---- the metadata of a file ----


def words(file: str, title: str, subtitle: str = "") -> dict[str, str]:
    """Words that a component puts on slides and into files that it draws itself (ui/components/lib/slide.js)."""
    return {"file": file, "title": title, "subtitle": subtitle, "software": software()}


@functools.cache
def software() -> str:
    """Name and version of this project, "Latent Lab 1.2.3"."""
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
    return f"{project['name'].replace('-', ' ').title()} {project['version']}"


def _text(slide):
    text = {
        "Title": slide.title,
        "Description": slide.subtitle,
        "Model": ", ".join(slide.models),
        "Source": slide.link,
        "Software": software(),
    }
    return {name: value for name, value in text.items() if value}


def _xmp(text):
    """The same as an XMP packet, which WebP uses and most viewers read."""
    names = {"Title": "dc:title", "Description": "dc:description", "Model": "dc:subject", "Source": "dc:source"}
    names["Software"] = "xmp:CreatorTool"
    inside = "".join(f"<{names[k]}>{html.escape(v)}</{names[k]}>" for k, v in text.items())
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f"{inside}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


def _colourless(pictures):
    return pictures.ndim == 2 or (pictures.ndim == 4 and pictures.shape[1] == 1)


def noted(slide: Slide, note: str, *pictures: np.ndarray) -> Slide:
    """A frame: the slide with other pictures in its grids, and a note."""
    grids = [replace(grid, pictures=p) for grid, p in zip(slide.grids, pictures, strict=True)]
    return replace(slide, note=note, grids=grids)
