"""Every kind of uploaded file: read to the right pixels, or refused in one sentence."""

import functools
import io
import struct
import tracemalloc
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image

from data.pictures import LARGEST_BYTES, LONGEST_SIDE, PictureError, read_picture

# Corners of four colours: any turn or flip moves one to another place.
CORNERS = np.zeros((64, 96, 3), np.uint8)
CORNERS[:32, :48], CORNERS[:32, 48:] = (200, 30, 40), (20, 180, 60)
CORNERS[32:, :48], CORNERS[32:, 48:] = (30, 60, 190), (230, 220, 40)


def encoded(picture, format, **options):
    buffer = io.BytesIO()
    (picture if isinstance(picture, Image.Image) else Image.fromarray(picture)).save(buffer, format, **options)
    return buffer.getvalue()


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, depth, colour, rows, *extra):
    """A PNG written by hand, for kinds that Pillow does not write."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", header), *extra, chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    )


def pixels(raw):
    picture = read_picture(raw)
    assert picture.mode == "RGB"
    return np.asarray(picture)


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_lossless_formats_are_read_exactly(format):
    assert np.array_equal(pixels(encoded(CORNERS, format, lossless=True)), CORNERS)


@pytest.mark.parametrize(("format", "options"), [("JPEG", {"quality": 95}), ("GIF", {}), ("WEBP", {"quality": 95})])
def test_lossy_formats_are_read_closely(format, options):
    assert np.abs(pixels(encoded(CORNERS, format, **options)).astype(int) - CORNERS).mean() < 6


def test_the_format_and_the_size_are_reported():
    info = read_picture(encoded(CORNERS, "WEBP")).info
    assert (info["kind"], info["size"], info["notes"]) == ("WebP", (96, 64), ())


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_the_exif_orientation_is_applied(orientation, format):
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the Transpose that stores it so
    stored = Image.fromarray(CORNERS)
    if orientation > 1:
        stored = stored.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if format == "WEBP" else {"quality": 100} if format == "JPEG" else {}
    upright = pixels(encoded(stored, format, exif=exif, **options))
    assert upright.shape == CORNERS.shape
    assert np.abs(upright.astype(int) - CORNERS).mean() < 6


def test_a_picture_with_damaged_exif_data_is_read():
    raw = encoded(CORNERS, "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff", quality=95)
    assert np.abs(pixels(raw).astype(int) - CORNERS).mean() < 6


def test_transparent_parts_become_white():
    rgba = np.dstack([CORNERS, np.full(CORNERS.shape[:2], 255, np.uint8)])
    rgba[:32, :48, 3], rgba[:32, 48:, 3] = 0, 51
    shown = pixels(encoded(rgba, "PNG"))
    assert (shown[:32, :48] == 255).all()
    expected = 255 - 0.2 * (255 - CORNERS[0, -1].astype(float))
    assert shown[0, -1] == pytest.approx(expected, abs=1)
    assert np.array_equal(shown[32:], CORNERS[32:])
    assert read_picture(encoded(rgba, "PNG")).info["notes"]


def test_white_strokes_on_nothing_are_put_on_black():
    """As exported by drawing programs with a dark page: on white they would vanish."""
    rgba = np.full((32, 32, 4), 255, np.uint8)
    rgba[..., 3] = 0
    rgba[8:24, 14:18, 3] = 255
    shown = read_picture(encoded(rgba, "PNG"))
    assert np.array_equal(np.asarray(shown), np.where(rgba[..., 3:] > 0, 255, 0).repeat(3, 2))
    assert shown.info["notes"] == ("Transparent parts are put on black.",)
    assert (pixels(encoded(np.uint8(rgba * [1, 1, 1, 0]), "PNG")) == 255).all()  # nothing is seen on any ground


def test_grey_with_alpha():
    la = np.full((4, 4, 2), (60, 255), np.uint8)
    la[:2, :, 1] = 0
    shown = pixels(encoded(Image.fromarray(la, "LA"), "PNG"))
    assert (shown[:2] == 255).all()
    assert (shown[2:] == 60).all()


def test_palette_with_a_transparent_colour():
    indices = np.repeat([[0, 1, 2]], 3, 0).astype(np.uint8)
    picture = Image.fromarray(indices, "P")
    picture.putpalette([10, 20, 30, 200, 0, 0, 0, 0, 250])
    assert np.array_equal(pixels(encoded(picture, "PNG"))[0], [[10, 20, 30], [200, 0, 0], [0, 0, 250]])
    shown = pixels(encoded(picture, "PNG", transparency=1))
    assert np.array_equal(shown[0], [[10, 20, 30], [255, 255, 255], [0, 0, 250]])
    assert np.array_equal(pixels(encoded(picture, "GIF", transparency=1))[0], shown[0])


def test_one_bit():
    bits = np.indices((8, 8)).sum(0) % 2 == 0
    assert np.array_equal(pixels(encoded(Image.fromarray(bits), "PNG"))[:, :, 0], bits * 255)


def test_sixteen_bit_grey_is_reduced_to_its_upper_byte():
    values = np.linspace(0, 65535, 64).astype(">u2").reshape(8, 8)
    raw = png(8, 8, 16, 0, [row.tobytes() for row in values])
    assert np.array_equal(pixels(raw)[:, :, 0], values >> 8)
    assert np.array_equal(pixels(encoded(Image.fromarray(values.astype(np.uint16)), "PNG"))[:, :, 0], values >> 8)


def test_sixteen_bit_grey_with_a_transparent_value():
    values = np.array([[1000, 30000]] * 2, ">u2")
    raw = png(2, 2, 16, 0, [row.tobytes() for row in values], chunk(b"tRNS", struct.pack(">H", 1000)))
    assert np.array_equal(pixels(raw)[0, :, 0], [255, 30000 >> 8])


@pytest.mark.parametrize(("colour", "channels"), [(2, 3), (4, 2), (6, 4)])
def test_sixteen_bit_colour_and_alpha(colour, channels):
    values = np.random.default_rng(0).integers(0, 65536, (4, 4, channels)).astype(">u2")
    if channels in (2, 4):
        values[..., -1] = 65535
    shown = pixels(png(4, 4, 16, colour, [row.tobytes() for row in values]))
    expected = values[..., :3] if channels > 2 else np.repeat(values[..., :1], 3, 2)
    assert np.abs(shown.astype(int) - (expected >> 8)).max() <= 1


def test_cmyk_photographs_are_not_negatives():
    cmyk = Image.fromarray(CORNERS).convert("CMYK")  # Pillow writes it inverted with Adobe's marker, as Photoshop does
    raw = encoded(cmyk, "JPEG", quality=95)
    assert b"Adobe" in raw
    assert np.abs(pixels(raw).astype(int) - CORNERS).mean() < 8


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_the_first_frame_of_an_animation_is_used_and_reported(format):
    frames = [Image.fromarray(np.full((6, 6, 3), level, np.uint8)) for level in (40, 120, 200)]
    raw = encoded(frames[0], format, save_all=True, append_images=frames[1:], lossless=True)
    assert np.abs(pixels(raw).astype(int) - 40).max() <= 2
    assert "first of 3 frames" in read_picture(raw).info["notes"][0]


def test_a_picture_of_one_pixel_is_read():
    assert pixels(encoded(CORNERS[:1, :1], "PNG")).tolist() == [[[200, 30, 40]]]


@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_large_pictures_are_reduced(format):
    large = np.zeros((2500, 3000, 3), np.uint8)
    large[:, 1500:] = 200
    picture = read_picture(encoded(large, format))
    assert picture.size == (LONGEST_SIDE, round(LONGEST_SIDE * 2500 / 3000))
    assert picture.info["size"] == (3000, 2500)
    halves = np.asarray(picture).mean((0, 2))
    assert halves[:500] == pytest.approx(0, abs=2)
    assert halves[-500:] == pytest.approx(200, abs=2)


def test_a_very_long_and_thin_picture_keeps_a_pixel():
    assert min(read_picture(encoded(np.zeros((1, 9000), np.uint8), "PNG")).size) == 1


@functools.cache
def bomb():
    """30,000 × 30,000 pixels of one bit, about 110 kB of nothing."""
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + 30_000 // 8)
    packed = b"".join(packer.compress(row) for _ in range(30_000)) + packer.flush()
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "write",
    [
        bomb,
        lambda: encoded(Image.new("1", (8000, 8000)), "PNG"),  # below the size at which Pillow warns
        lambda: encoded(Image.new("1", (12_000, 9_000)), "PNG"),  # above it
        lambda: b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
        # The header of an extended WebP of 16,383 × 16,383, then nothing.
        lambda: b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xfe\x3f\0\xfe\x3f\0",
    ],
    ids=["bomb", "64 megapixels", "108 megapixels", "GIF", "WebP"],
)
def test_a_small_file_of_a_huge_picture_is_refused_by_its_header(write):
    raw = write()
    assert len(raw) < 200_000
    tracemalloc.start()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(PictureError):
                read_picture(raw)
        assert tracemalloc.get_traced_memory()[1] < 10 * 2**20
    finally:
        tracemalloc.stop()


def test_the_size_of_a_huge_picture_is_reported():
    with pytest.raises(PictureError, match="30,000 × 30,000"):
        read_picture(bomb())


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"Dear diary,\nno picture here.", "a text"),
        ("Ein Gedicht über Bäume. ".encode() * 400, "a text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (encoded(CORNERS, "BMP"), "BMP"),
        (encoded(CORNERS, "TIFF"), "TIFF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (bytes(range(256)) * 20, "no picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * LARGEST_BYTES, "20 MB"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "no picture"),
    ],
)
def test_files_that_are_not_pictures_are_reported_in_one_sentence(raw, words):
    with pytest.raises(PictureError, match=words) as error:
        read_picture(raw)
    sentence = str(error.value)
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_truncated_files_are_reported(format, share):
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    raw = encoded(noise, format)
    with pytest.raises(PictureError, match="damaged or cut off"):
        read_picture(raw[: max(12, int(len(raw) * share))])


def test_one_changed_byte_in_a_png_is_detected():
    raw = bytearray(encoded(CORNERS, "PNG"))
    raw[len(raw) // 2] ^= 1
    with pytest.raises(PictureError, match="damaged"):
        read_picture(bytes(raw))
