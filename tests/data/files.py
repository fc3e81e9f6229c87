"""Files of a data root, for the tests of readers."""

import gzip
import io
import struct
import tarfile
import zipfile

import numpy as np
from PIL import Image


def put(folder, files):
    """Write files (name -> bytes) into a folder, which is created."""
    folder.mkdir(exist_ok=True, parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def idx(array):
    """A uint8 array as the bytes of a gzipped idx file."""
    header = struct.pack(f">BBBB{array.ndim}i", 0, 0, 8, array.ndim, *array.shape)
    return gzip.compress(header + array.tobytes(), 1, mtime=0)


def npz(**arrays):
    """Arrays as the bytes of an npz file."""
    raw = io.BytesIO()
    np.savez_compressed(raw, **arrays)
    return raw.getvalue()


def png(array):
    """A picture (H, W) or (H, W, C) uint8 as the bytes of a PNG file."""
    raw = io.BytesIO()
    Image.fromarray(array).save(raw, "png", compress_level=1)
    return raw.getvalue()


def zipped(files):
    """Files (name -> bytes) as the bytes of a zip file."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def tarball(files):
    """Files (name -> bytes) as the bytes of a .tgz file."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return raw.getvalue()
