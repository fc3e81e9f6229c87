"""Small zips of pictures for tests, valid and invalid."""

import io
import struct
import zipfile

import numpy as np
from PIL import Image


def picture(seed=0, side=28, colour=False):
    """PNG bytes of random smooth spots, different for each seed."""
    generator = np.random.default_rng(seed)
    rows, columns = np.mgrid[:side, :side] / side
    channels = []
    for _ in range(3 if colour else 1):
        y, x, width = (*generator.uniform(0.2, 0.8, 2), generator.uniform(0.1, 0.3))
        channels.append(255 * np.exp(-((rows - y) ** 2 + (columns - x) ** 2) / (2 * width**2)))
    array = np.stack(channels, -1).astype(np.uint8)
    return png(array if colour else array[..., 0])


def png(array):
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "PNG")
    return buffer.getvalue()


def packed(files, compression=zipfile.ZIP_DEFLATED):
    """A zip of {name: bytes}."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return buffer.getvalue()


def of_pictures(count, classes=("",), **options):
    """A zip of this many different pictures, with a sub-folder for each class."""
    folders = [f"{name}/" if name else "" for name in classes]
    names = (f"set/{folders[k % len(folders)]}{k:04}.png" for k in range(count))
    return packed({name: picture(k, **options) for k, name in enumerate(names)})


def listing(count, told=None):
    """A zip whose list has `count` entries of one empty file, and whose end says that there are `told`."""
    one = b"a.png"
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, len(one), 0) + one
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(one), *[0] * 5, 0) + one
    entries = entry * count
    told = min(count, 65_535) if told is None else told
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, told, told, len(entries), len(local), 0)
    return local + entries + end


def broken_crc(raw, name):
    """The same zip with one byte of a stored file changed."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        place = archive.getinfo(name).header_offset
    at = place + 30 + len(name) + 40
    return raw[:at] + bytes([raw[at] ^ 255]) + raw[at + 1 :]
