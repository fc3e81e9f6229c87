"""Reads a visitor's picture file, given as bytes, into an upright RGB image, or says in one sentence why it cannot.

The size in the header is checked before anything is decoded, and only one picture is decoded at a time: a file of a few
kilobytes with gigabytes of pixels takes no memory, and many simultaneous uploads take no more than one.
"""

import codecs
import io
import threading

import numpy as np
from PIL import ExifTags, GifImagePlugin, Image, ImageFile, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

LARGEST_BYTES = 20 * 2**20
LARGEST_PIXELS = 50_000_000  # enough for the largest common photographs of phones (48 megapixels)
LONGEST_SIDE = 1024  # of the kept image: plenty for inputs of 28 to 64 pixels
WHITE = 245  # grey level: lighter content does not stand out from white
KINDS = "PNG, JPEG, WebP or GIF"
EXTENSIONS = ("png", "jpg", "jpeg", "webp", "gif")


class PictureError(Exception):
    """A file is not a readable picture, or a picture is empty; the text is one sentence for the person."""


# First bytes and reader of each format. Image.open(formats=…) would not give the size of a picture with too many
# pixels, would warn of it through filters that all threads share, and would not say which format a damaged file has.
_READERS = {
    "PNG": (b"\x89PNG\r\n\x1a\n", PngImagePlugin.PngImageFile),
    "JPEG": (b"\xff\xd8\xff", JpegImagePlugin.JpegImageFile),
    "GIF": (b"GIF8", GifImagePlugin.GifImageFile),
    "WebP": (b"RIFF", WebPImagePlugin.WebPImageFile),
}
# First bytes of other files that people often rename to .png. `ftyp` follows after four bytes.
_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"8BPS", "a Photoshop file"),
)
_FTYP = {
    b"avif": "an AVIF picture",
    b"heic": "a HEIC photograph",
    b"heix": "a HEIC photograph",
    b"mif1": "a HEIC photograph",
}
_one_at_a_time = threading.Lock()


def read_picture(raw: bytes) -> Image.Image:
    """The picture in a file as a PIL image: RGB, upright, at most 1024 pixels a side, white where it was transparent
    (black if all that can be seen is white).

    raw: bytes of a PNG, JPEG, WebP or GIF file; of an animation the first frame is used. `info` of the image has "kind"
    (the format), "size" (width and height of the file, upright) and "notes" (a tuple of sentences on what was changed).
    Raises PictureError.
    """
    kind, reader = _recognise(raw)
    broken = PictureError(
        f"The {kind} file is damaged or cut off; save or send it again, and then choose it once more."
    )
    with _one_at_a_time:
        try:
            picture = reader(io.BytesIO(raw))
        except Exception:  # Pillow raises a dozen kinds of errors on damaged files
            raise broken from None
        width, height = picture.size
        if width * height > LARGEST_PIXELS:
            raise PictureError(
                f"The picture has {width:,} × {height:,} pixels, and at most {LARGEST_PIXELS // 10**6} million are "
                "read; make it smaller first."
            )
        try:
            if kind == "PNG":
                reader(io.BytesIO(raw)).verify()  # checks the checksums of all parts
            return _upright_rgb(picture, kind)
        except Exception:
            raise broken from None


def _recognise(raw: bytes) -> tuple[str, type[ImageFile.ImageFile]]:
    """("PNG", its reader) by the first bytes, since the name of a file can be wrong."""
    if not raw:
        raise PictureError("The file is empty; save the picture again, and then choose it once more.")
    if len(raw) > LARGEST_BYTES:
        raise PictureError(
            f"The file has {len(raw) / 2**20:.0f} MB, and at most {LARGEST_BYTES // 2**20} MB are read; "
            "make the picture smaller first."
        )
    for kind, (start, reader) in _READERS.items():
        if raw.startswith(start) and (kind != "WebP" or raw[8:12] == b"WEBP"):
            return kind, reader
    raise PictureError(f"The file is {_what_else(raw)}; save it as {KINDS}, whatever its name says.")


def _what_else(raw: bytes) -> str:
    for start, what in _OTHERS:
        if raw.startswith(start):
            return what
    if raw[4:8] == b"ftyp":
        return _FTYP.get(raw[8:12], "a film or a picture of a newer kind")
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return "an SVG drawing, which is a text that describes shapes"
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(raw[:4096])  # may end within a letter
    except UnicodeDecodeError:
        return "no picture that can be read"
    return "no picture that can be read" if "\0" in text else "a text"


def _upright_rgb(picture: Image.Image, kind: str) -> Image.Image:
    size, notes = picture.size, []
    frames = getattr(picture, "n_frames", 1)
    if kind == "JPEG":
        picture.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # decodes large photographs at ½, ¼ or ⅛
    picture.load()
    if frames > 1:
        notes.append(f"Animated: the first of {frames} frames is used.")
    orientation = _turn_upright(picture)

    picture = _eight_bits(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")  # so that resizing weights colours by opacity
    elif picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BOX)
    if picture.mode == "RGBA":
        opacity, ground = np.asarray(picture.getchannel("A")), "white"
        if opacity.min() < 255:
            seen = np.asarray(picture.convert("L"))[opacity > 127]
            if len(seen) and np.percentile(seen, 5) > WHITE:
                ground = "black"  # on white nothing would be seen
            notes.append(f"Transparent parts are put on {ground}.")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, ground), picture)
    if orientation > 1:
        notes.append("Turned upright as the camera noted.")
    upright = Image.frombytes("RGB", picture.size, picture.convert("RGB").tobytes())  # without the file's metadata
    upright.info = {"kind": kind, "size": size[::-1] if orientation > 4 else size, "notes": tuple(notes)}
    return upright


def _eight_bits(picture: Image.Image) -> Image.Image:
    """16-bit grey as 8-bit grey (the upper byte); Pillow itself would clip at 255. Other pictures as they are."""
    if not picture.mode.startswith("I"):
        return picture
    values = np.asarray(picture)
    grey = Image.fromarray((np.clip(values, 0, 65535) >> 8).astype(np.uint8))
    if (transparent := picture.info.get("transparency")) is not None:
        grey = Image.merge("LA", (grey, Image.fromarray(np.where(values == transparent, 0, 255).astype(np.uint8))))
    return grey


def _turn_upright(picture: Image.Image) -> int:
    """Turn a loaded picture in place by its EXIF orientation, which is returned: 1 if it is upright, 5 to 8 if width
    and height change places."""
    try:
        orientation: int = picture.getexif().get(ExifTags.Base.Orientation, 1)
        ImageOps.exif_transpose(picture, in_place=True)
    except Exception:  # damaged EXIF data: the picture itself may be intact
        return 1
    return orientation if orientation in range(1, 9) else 1
