"""From any picture to the input of a network: what a data set's authors did to their pictures, done to yours.

A network knows nothing but the pictures that it was trained on, so a photograph has to be made one of them. MNIST's
recipe (LeCun et al. 1998): the digit's box scaled to 20×20 with its proportions kept, grey levels from antialiasing,
then its centre of mass moved to the centre of 28×28. Fashion-MNIST's (Xiao et al. 2017): trimmed to the article, longer
side scaled to 28, negative.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from data.pictures import PictureError

WORKING_SIDE = 640  # what is larger is reduced first
INK = 8.0  # grey levels: what differs less from the page is not ink


@dataclass(frozen=True)
class Step:
    """One step that was done: image (C, H, W) uint8 is what came out of it."""

    key: str
    name: str
    why: str
    image: np.ndarray


@dataclass(frozen=True)
class Preset:
    """How the pictures of a data set were made.

    switches: steps that can be left out, in their order.
    side: longer side of the content as a share of the picture's side.
    page: whether strokes on a page are looked for (otherwise one filled thing before a plain background).
    stroke: width of a stroke as a share of the content's longer side, below which strokes are thickened.
    binary: whether pixels are black or white only.
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


def preset(dataset):
    """The Preset of a data set's name; PLAIN for sets of which none is known."""
    return PRESETS.get(dataset, PLAIN)


def prepare(picture, shape, preset=MNIST_LIKE, *, invert="auto", off=()):
    """The steps from a picture to a network's input, in order; the last one's image is the input.

    picture: RGB PIL image. shape: (C, H, W), C is 1 or 3. invert: "auto" (decided by the border), True or False.
    off: keys of switches that are left out ("invert" is the same as invert=False).
    Returns only the steps that were done. Raises PictureError when the content is looked for and there is none.
    """
    channels, height, width = shape
    on = {key: key in preset.switches and key not in off for key in NAMES}
    picture = _at_most(picture, WORKING_SIDE)
    steps = []

    def done(key, why, values):
        values = np.clip(np.rint(values), 0, 255).astype(np.uint8)
        steps.append(Step(key, NAMES[key], why, values[None] if values.ndim == 2 else values.transpose(2, 0, 1)))
        return values

    done("picture", "As it came.", np.asarray(picture))
    if channels == 3:
        x = np.asarray(picture)
    else:
        x = done("grey", "The network has one channel: brightness only.", np.asarray(picture.convert("L")))
        x = x.astype(np.float32)

    if "invert" in preset.switches and on["invert"] and invert is not False:
        dark = dark_on_light(x)
        if invert is True or dark:
            why = "The border is lighter than the content; " if invert == "auto" else ""
            x = 255 - x
            done("invert", why + "the training pictures are light on black.", x)

    if channels == 1 and preset is not PLAIN:
        residual = x - (_page(x) if preset.page else _plane(x)) if on["contrast"] else x - np.median(_border(x))
        low, threshold, high = _levels(residual, preset.page, needed=on["crop"])
        if on["contrast"]:
            x = np.clip((residual - low) / (high - low), 0, 1) * 255
            done("contrast", "Shadows and the page's grey go to black, the ink to white.", x)
        if on["crop"]:
            rows, columns = _box(residual > threshold, alone=preset.page)
            x = x[rows, columns]
            done("crop", "Only what was drawn counts, not where on the page.", x)
    if on["square"] and x.shape[0] != x.shape[1]:
        x = _square(x)
        done("square", "The network's pictures are square: the middle is kept.", x)

    x = _reduced(x, 256)
    share = preset.side if on["crop"] else 1.0
    if on["thicken"]:
        thick = _thickened(x, preset.stroke)
        if thick is not None:
            x = done("thicken", "A thin pen would vanish in so few pixels.", thick).astype(np.float32)

    if on["fit"] or ("fit" not in preset.switches and not on["square"]):
        longest = round(share * min(height, width))
        why = f"The longer side to {longest} pixels, proportions kept, averaged so that nothing is lost."
        x = done("fit", why, _fitted(x, longest, height, width))
    else:
        why = f"To {width}×{height} pixels, averaged so that nothing is lost."
        x = done("resize", why, _resized(x, height, width))

    if on["centre"]:
        x = done("centre", "The centre of mass to the middle, as in MNIST.", centred(x))
    if preset.binary:
        done("binary", "The training pictures know nothing between.", np.where(x >= 128, 255, 0))
    return steps


def dark_on_light(grey):
    """Whether the content is darker than the border of a picture (H, W), whose shading may be slanted."""
    plane = _plane(grey)
    difference = _smooth(grey - plane, max(grey.shape) / 150)
    return bool(-difference.min() > difference.max()) if np.ptp(difference) >= 1 else bool(plane.mean() > 127)


def centre_of_mass(values):
    """(row, column) of the mean position of brightness; the first pixel is 0. The middle where all is black."""
    values = np.asarray(values, np.float64)
    mass = values.sum()
    if mass == 0:
        return (values.shape[0] - 1) / 2, (values.shape[1] - 1) / 2
    return (
        float(values.sum(1) @ np.arange(values.shape[0]) / mass),
        float(values.sum(0) @ np.arange(values.shape[1]) / mass),
    )


def centred(values):
    """(H, W) moved by whole pixels until its centre of mass is nearest to (H/2, W/2), but never over the edge.

    That is MNIST's convention: over its images row and column of the centre of mass lie between 13.5 and 14.5.
    """
    moved = values
    for axis, mean in enumerate(centre_of_mass(values)):
        size = values.shape[axis]
        used = np.flatnonzero(values.any(axis=1 - axis))
        if len(used):
            shift = int(np.clip(np.floor(size / 2 - mean + 0.5), -used[0], size - 1 - used[-1]))
            moved = np.roll(moved, shift, axis)
    return moved


# ---- what the page is, and what is on it ----


def _border(grey):
    """Values of a frame of 4 % of the shorter side."""
    return grey[_frame(grey.shape)]


def _frame(shape):
    width = max(1, round(0.04 * min(shape)))
    inside = np.zeros(shape, bool)
    inside[width:-width, width:-width] = True
    return ~inside


def _plane(grey):
    """The plane (H, W) through the border's values: a page lit from one side. Values far from it are left out."""
    rows, columns = np.indices(grey.shape, np.float32)
    axes = np.stack([np.ones_like(rows), rows / grey.shape[0] - 0.5, columns / grey.shape[1] - 0.5], -1)
    frame = _frame(grey.shape)
    known, values = axes[frame], grey[frame].astype(np.float32)
    middle = np.median(values)
    keep = np.abs(values - middle) <= max(3 * _spread(values), 40)
    for _ in range(3):
        weights = np.linalg.lstsq(known[keep], values[keep], rcond=None)[0]
        errors = np.abs(known @ weights - values)
        keep = errors <= max(3 * 1.4826 * np.median(errors), 4)
    return axes @ weights


def _page(grey):
    """The page's brightness (H, W) under light strokes: what is left when everything narrower than 3/8 is taken away.

    A morphological opening of the picture at 64 pixels, smoothed; it follows slanted light and shadows of a hand.
    """
    from scipy import ndimage

    height, width = grey.shape
    small = _reduced(grey, 64)
    window = max(3, round(0.375 * min(small.shape)) | 1)
    opened = ndimage.grey_opening(small, size=(window, window), mode="nearest")
    opened = _smooth(opened, window / 6)
    return np.asarray(Image.fromarray(opened).resize((width, height), Image.Resampling.BILINEAR))


def _levels(residual, page, needed):
    """(black, threshold of the content, white) in the units of residual = picture − page."""
    smoothed = _smooth(residual, max(residual.shape) / 400)
    noise = _spread(smoothed)
    centre = float(np.median(smoothed)) if page else 0.0
    ink = smoothed[smoothed > centre + max(5 * noise, INK)] if page else smoothed[smoothed > INK]
    if len(ink) < max(1, 1e-4 * residual.size):
        if needed:
            raise PictureError(
                "Nothing was found on the picture: it is of one brightness everywhere; use one with something clearly "
                "darker or lighter than its background."
            )
        return 0.0, 255.0, 255.0
    if not page:
        return INK / 2, INK, max(float(np.percentile(ink, 99.5)), 2 * INK)
    threshold = centre + (float(np.percentile(ink, 90)) - centre) / 2
    high = float(np.median(smoothed[smoothed > threshold]))
    low = centre + min(3 * _spread(residual), (high - centre) / 4)
    return low, threshold, high


def _box(mask, alone):
    """(rows, columns) as slices around the content. alone: leave out specks, and what comes in from the border."""
    from scipy import ndimage

    if alone:
        parts, count = ndimage.label(mask, np.ones((3, 3)))
        areas = np.bincount(parts.ravel(), minlength=count + 1)
        areas[0] = 0
        edge = np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]])
        inner = areas.copy()
        inner[np.unique(edge)] = 0
        if inner.max() >= 0.1 * areas.max():
            areas = inner
        mask = (areas >= 0.03 * areas.max())[parts]
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _thickened(x, share):
    """Strokes widened to `share` of the longer side, or None where they are as wide already."""
    from scipy import ndimage

    mask = x > 127
    if not mask.any() or mask.all():
        return None
    side = max(x.shape)
    # Over a strip of width w, the mean distance to its edge is w/4.
    width = 4 * (ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1][mask].mean() - 0.25)
    grow = (share * side - width) / 2 / (1 - share)  # the box grows with its strokes
    if width > 0.6 * share * side:
        return None
    margin = int(np.ceil(grow))
    x, mask = np.pad(x, margin), np.pad(mask, margin)
    distance = ndimage.distance_transform_edt(~mask)
    return np.maximum(x, 255 * np.clip(grow + 0.5 - distance, 0, 1))


# ---- sizes ----


def _at_most(picture, side):
    if max(picture.size) <= side:
        return picture
    picture = picture.copy()
    picture.thumbnail((side, side), Image.Resampling.BOX)
    return picture


def _reduced(x, side):
    """(H, W) float32 or (H, W, 3) uint8, averaged down to at most `side` pixels."""
    scale = side / max(x.shape[:2])
    if scale >= 1:
        return x
    size = [max(1, round(length * scale)) for length in x.shape[:2]]
    return _resized(x, *size)


def _resized(x, height, width):
    """Averaged over the pixels that fall into one, without overshoot."""
    image = Image.fromarray(x if x.dtype == np.uint8 else x.astype(np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.HAMMING))


def _fitted(x, longest, height, width):
    """x with its longer side at `longest` pixels, in the middle of black (H, W)."""
    scale = longest / max(x.shape)
    inner = _resized(x, *(max(1, round(length * scale)) for length in x.shape))
    canvas = np.zeros((height, width), np.float32)
    top, left = (height - inner.shape[0]) // 2, (width - inner.shape[1]) // 2
    canvas[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
    return canvas


def _square(x):
    side = min(x.shape[:2])
    top, left = (x.shape[0] - side) // 2, (x.shape[1] - side) // 2
    return x[top : top + side, left : left + side]


def _smooth(values, sigma):
    from scipy import ndimage

    return ndimage.gaussian_filter(values, sigma, mode="nearest") if sigma >= 0.3 else values


def _spread(values):
    """Standard deviation of the bulk of values, strokes and specks aside."""
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))
