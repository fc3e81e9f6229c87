"""From any picture to the input of a network, by the preparation steps of the data set's authors.

A network works only on pictures like its training pictures, so a photograph has to become similar to them. MNIST (LeCun
et al. 1998): the digit's bounding box scaled to 20×20 with its proportions kept, grey levels from antialiasing, then
its centre of mass moved to the centre of 28×28. Fashion-MNIST (Xiao et al. 2017): trimmed to the article, longer side
scaled to 28, negative.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from PIL import Image

from data.pictures import PictureError

LONGEST = 8  # longest content, in times its shorter side: little is left of longer ones at the size of a digit
WORKING_SIDE = 640  # larger pictures are reduced first
INK = 8.0  # least difference from the page, in grey levels, that counts as ink


@dataclass(frozen=True)
class Step:
    """One step of a preparation: its key in NAMES, a name and a reason to show, its result (C, H, W) uint8."""

    key: str
    name: str
    why: str
    image: np.ndarray


@dataclass(frozen=True)
class Preset:
    """How the authors of a data set prepared their pictures.

    switches: keys of the steps that can be left out, in their order.
    side: longer side of the content as a share of the picture's side.
    page: whether the content is strokes on a page; otherwise it is one filled object on a plain background.
    stroke: width of a stroke as a share of the content's longer side, below which strokes are thickened.
    binary: whether every pixel is black or white.
    """

    switches: tuple[str, ...]
    side: float = 1.0
    page: bool = True
    stroke: float = 0.0
    binary: bool = False


STROKES = ("invert", "contrast", "crop", "thicken", "fit")
MNIST_LIKE = Preset((*STROKES, "centre"), side=20 / 28, stroke=0.12)
BINARY_MNIST_LIKE = Preset((*STROKES, "centre"), side=20 / 28, stroke=0.12, binary=True)
KMNIST_LIKE = Preset(STROKES, stroke=0.1)
FASHION_LIKE = Preset(("invert", "contrast", "crop", "fit"), page=False)
SPRITES_LIKE = Preset(("invert", "contrast", "fit"), page=False, binary=True)
PLAIN = Preset(("square",))

PRESETS = {
    "mnist": MNIST_LIKE,
    "binarized_mnist": BINARY_MNIST_LIKE,
    "kmnist": KMNIST_LIKE,
    "fashion_mnist": FASHION_LIKE,
    "dsprites": SPRITES_LIKE,
}

# The prefix of a visitor's own set says how its pictures were prepared (data/own/preparation.py).
OWN_PAGE = Preset(("invert", "contrast", "crop", "fit"), side=0.9)
OWN_INVERTED = Preset(("square", "invert"))
OWN = {"own_colour_": PLAIN, "own_grey_": PLAIN, "own_inverted_": OWN_INVERTED, "own_page_": OWN_PAGE}

NAMES = {
    "picture": "Your picture",
    "grey": "Grey",
    "invert": "Invert",
    "contrast": "Clear the page",
    "crop": "Crop",
    "square": "Square",
    "thicken": "Thicken",
    "fit": "Fit",
    "resize": "Resize",
    "centre": "Centre",
    "binary": "Black or white",
}


def preset(dataset: str) -> Preset:
    """The Preset of a data set by its name; PLAIN for sets without one."""
    own = (preset for start, preset in OWN.items() if dataset.startswith(start))
    return PRESETS.get(dataset) or next(own, PLAIN)


def prepare(picture: Image.Image, shape: tuple[int, int, int], preset: Preset, off: Collection[str] = ()) -> list[Step]:
    """The steps from a picture to a network's input, in order; the image of the last one is the input.

    picture: RGB PIL image. shape: (C, H, W), C is 1 or 3. off: keys of the preset's switches to leave out. Steps that a
    picture does not need (invert, square, thicken) are left out as well. Raises PictureError if the picture should be
    cropped but has no content.
    """
    channels, height, width = shape
    size = picture.info.get("size", picture.size)  # before `read_picture` reduced it
    on = {key: key in preset.switches and key not in off for key in NAMES}
    picture = _at_most(picture, WORKING_SIDE)
    steps = []

    def step(key: str, why: str, values: np.ndarray) -> np.ndarray:
        values = np.clip(np.rint(values), 0, 255).astype(np.uint8)
        steps.append(Step(key, NAMES[key], why, values[None] if values.ndim == 2 else values.transpose(2, 0, 1)))
        return values

    step("picture", "As it came.", np.asarray(picture))
    if channels == 3:
        x = np.asarray(picture)
    else:
        x = step("grey", "The network has one channel: brightness only.", np.asarray(picture.convert("L")))
        x = x.astype(np.float32)

    if on["invert"] and dark_on_light(x):
        x = 255 - x
        step("invert", "The border is lighter than the content; the training pictures are light on black.", x)

    if channels == 1 and preset is not PLAIN:
        residual = x - (_page(x) if preset.page else _plane(x)) if on["contrast"] else x - np.median(_border(x))
        levels = _levels(residual, preset.page)
        if levels is None and on["crop"]:
            raise PictureError(_nothing(size, x))
        low, threshold, high = levels or (0.0, 255.0, 255.0)
        if on["contrast"]:
            x = np.clip((residual - low) / (high - low), 0, 1) * 255
            step("contrast", "Shadows and the page's grey go to black, the ink to white.", x)
        if on["crop"]:
            rows, columns = _box(residual > threshold, alone=preset.page)
            x = x[rows, columns]
            step("crop", "Only what was drawn counts, not where on the page.", x)
    if on["square"] and x.shape[0] != x.shape[1]:
        x = _square(x)
        step("square", "The network's pictures are square: the middle is kept.", x)

    x = _reduced(x, 256)
    share = preset.side if on["crop"] else 1.0
    if on["thicken"]:
        thick = _thickened(x, preset.stroke)
        if thick is not None:
            x = step("thicken", "A thin pen would vanish in so few pixels.", thick).astype(np.float32)

    if on["fit"] or ("fit" not in preset.switches and not on["square"]):
        longest = round(share * min(height, width))
        why = f"The longer side to {longest} pixels, proportions kept, averaged so that nothing is lost."
        x = step("fit", why, _fitted(x, longest, height, width))
    else:
        why = f"To {width}×{height} pixels, averaged so that nothing is lost."
        x = step("resize", why, _resized(x, height, width))

    if on["centre"]:
        x = step("centre", "The centre of mass to the middle, as in MNIST.", centred(x))
    if preset.binary:
        step("binary", "The training pictures know nothing between.", np.where(x >= 128, 255, 0))
    return steps


def dark_on_light(grey: np.ndarray) -> bool:
    """Whether the content of a picture (H, W) is darker than its border, which may have a gradient."""
    plane = _plane(grey)
    difference = _smooth(grey - plane, max(grey.shape) / 150)
    return bool(-difference.min() > difference.max()) if np.ptp(difference) >= 1 else bool(plane.mean() > 127)


def centred(values: np.ndarray) -> np.ndarray:
    """A picture (H, W) shifted by whole pixels to bring its centre of mass nearest to (H/2, W/2), not over the edge.

    This is MNIST's convention: in its images, row and column of the centre of mass are between 13.5 and 14.5.
    """
    from scipy import ndimage

    if not values.any():
        return values
    moved = values
    for axis, mean in enumerate(ndimage.center_of_mass(values)):
        size = values.shape[axis]
        used = np.flatnonzero(values.any(axis=1 - axis))
        shift = int(np.clip(np.floor(size / 2 - mean + 0.5), -used[0], size - 1 - used[-1]))
        moved = np.roll(moved, shift, axis)
    return moved


# ---- the page and its content ----


def _border(grey: np.ndarray) -> np.ndarray:
    """Values of a frame of 4 % of the shorter side."""
    return grey[_frame(grey.shape)]


def _frame(shape: tuple[int, ...]) -> np.ndarray:
    width = max(1, round(0.04 * min(shape)))
    inside = np.zeros(shape, bool)
    inside[width:-width, width:-width] = True
    return ~inside


def _plane(grey: np.ndarray) -> np.ndarray:
    """The plane (H, W) through the border's values, by least squares without outliers, for a page lit from one side."""
    rows, columns = np.indices(grey.shape, np.float32)
    axes = np.stack([np.ones_like(rows), rows / grey.shape[0] - 0.5, columns / grey.shape[1] - 0.5], -1)
    frame = _frame(grey.shape)
    known, values = axes[frame], grey[frame].astype(np.float32)
    middle = np.median(values)
    keep = np.abs(values - middle) <= max(3 * _spread(values), 40)

    def fit() -> np.ndarray:
        return np.linalg.lstsq(known[keep], values[keep], rcond=None)[0]

    for _ in range(2):
        errors = np.abs(known @ fit() - values)
        keep = errors <= max(3 * 1.4826 * np.median(errors), 4)
    return axes @ fit()


def _page(grey: np.ndarray) -> np.ndarray:
    """The page's brightness (H, W) under light strokes: the picture without anything narrower than 3/8 of it.

    A morphological opening of the picture at 64 pixels, smoothed; it follows gradients and the shadow of a hand.
    """
    from scipy import ndimage

    height, width = grey.shape
    small = _reduced(grey, 64)
    window = max(3, round(0.375 * min(small.shape)) | 1)
    opened = ndimage.grey_opening(small, size=(window, window), mode="nearest")
    opened = _smooth(opened, window / 6)
    return np.asarray(Image.fromarray(opened).resize((width, height), Image.Resampling.BILINEAR))


def _nothing(size: tuple[int, int], grey: np.ndarray) -> str:
    """The sentence on why a picture of this (width, height) has no content."""
    width, height = size
    if max(size) > LONGEST * min(size):
        reason = f"it is so narrow ({width:,} × {height:,} pixels) that nothing of it stands out; cut it to its subject"
    elif np.ptp(grey) <= 2 * INK:
        reason = (
            "it is of one brightness everywhere; use one with something clearly darker or lighter than its background"
        )
    else:
        reason = "no part of it stands out from the rest; use one with a subject on a plain background"
    return f"Nothing was found on the picture: {reason}."


def _levels(residual: np.ndarray, page: bool) -> tuple[float, float, float] | None:
    """(black, threshold of the content, white) in the grey levels of residual = picture − page; None if it has none."""
    smoothed = _smooth(residual, max(residual.shape) / 400)
    noise = _spread(smoothed)
    centre = float(np.median(smoothed)) if page else 0.0
    ink = smoothed[smoothed > centre + max(5 * noise, INK)] if page else smoothed[smoothed > INK]
    if len(ink) < max(1, 1e-4 * residual.size):
        return None
    if not page:
        return INK / 2, INK, max(float(np.percentile(ink, 99.5)), 2 * INK)
    threshold = centre + (float(np.percentile(ink, 90)) - centre) / 2
    high = float(np.median(smoothed[smoothed > threshold]))
    low = centre + min(3 * _spread(residual), (high - centre) / 4)
    return low, threshold, high


def _box(mask: np.ndarray, alone: bool) -> tuple[slice, slice]:
    """(rows, columns) as slices around the content. alone: without specks and parts that touch the border."""
    from scipy import ndimage

    if alone:
        parts = np.empty(mask.shape, np.int32)
        ndimage.label(mask, np.ones((3, 3)), parts)
        areas = np.bincount(parts.ravel())
        areas[0] = 0
        edge = np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]])
        inner = areas.copy()
        inner[np.unique(edge)] = 0
        if inner.max() >= 0.1 * areas.max():
            areas = inner
        mask = (areas >= 0.03 * areas.max())[parts]
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _thickened(x: np.ndarray, share: float) -> np.ndarray | None:
    """Strokes widened to `share` of the longer side, or None if they are as wide already."""
    from scipy import ndimage

    mask = x > 127
    if not mask.any() or mask.all():
        return None
    side = max(x.shape)
    # In a strip of width w, the mean distance to the edge is w/4.
    inside = np.asarray(ndimage.distance_transform_edt(np.pad(mask, 1)))[1:-1, 1:-1]
    width = 4 * (inside[mask].mean() - 0.25)
    grow = (share * side - width) / 2 / (1 - share)  # the box grows with its strokes
    if width > 0.6 * share * side:
        return None
    margin = int(np.ceil(grow))
    x, mask = np.pad(x, margin), np.pad(mask, margin)
    distance = np.asarray(ndimage.distance_transform_edt(~mask))
    return np.maximum(x, 255 * np.clip(grow + 0.5 - distance, 0, 1))


# ---- sizes ----


def _at_most(picture: Image.Image, side: int) -> Image.Image:
    if max(picture.size) <= side:
        return picture
    picture = picture.copy()
    picture.thumbnail((side, side), Image.Resampling.BOX)
    return picture


def _reduced(x: np.ndarray, side: int) -> np.ndarray:
    """(H, W) float32 or (H, W, 3) uint8, averaged down to at most `side` pixels."""
    scale = side / max(x.shape[:2])
    if scale >= 1:
        return x
    size = [max(1, round(length * scale)) for length in x.shape[:2]]
    return _resized(x, *size)


def _resized(x, height, width):
    """Resized by averaging over the area of each new pixel, without overshoot."""
    image = Image.fromarray(x if x.dtype == np.uint8 else x.astype(np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.HAMMING))


def _fitted(x: np.ndarray, longest: int, height: int, width: int) -> np.ndarray:
    """x with its longer side at `longest` pixels, in the middle of a black picture (height, width[, 3])."""
    scale = longest / max(x.shape[:2])
    inner = _resized(x, *(max(1, round(length * scale)) for length in x.shape[:2]))
    canvas = np.zeros((height, width, *x.shape[2:]), np.float32)
    top, left = (height - inner.shape[0]) // 2, (width - inner.shape[1]) // 2
    canvas[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
    return canvas


def _square(x: np.ndarray) -> np.ndarray:
    side = min(x.shape[:2])
    top, left = (x.shape[0] - side) // 2, (x.shape[1] - side) // 2
    return x[top : top + side, left : left + side]


def _smooth(values: np.ndarray, sigma: float) -> np.ndarray:
    from scipy import ndimage

    return ndimage.gaussian_filter(values, sigma, mode="nearest") if sigma >= 0.3 else values


def _spread(values: np.ndarray) -> float:
    """Standard deviation from the median absolute deviation, which strokes and specks hardly change."""
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))
