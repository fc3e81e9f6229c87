"""Replicas behind a proxy that are killed while visitors use them: each visitor continues on another replica."""

import functools
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import expect, sync_playwright

from deploy.local import Cluster
from tests import unchecked
from tests.browser.conftest import WINDOW
from tests.campaign import Case, Cases
from tests.conftest import FLAGS, PATIENCE
from tests.deploy import people
from tests.deploy.conftest import cluster_of

MOST = 5.0  # s that a visitor may lose when a replica is killed


def cases(count: int, rng: np.random.Generator) -> Cases:
    """Kills in the scenes of tests/deploy/people.py, in random order; prints what they cost."""
    scenes, seconds = list(people.SCENES), []
    with TemporaryDirectory() as log, cluster_of(2, Path(log)) as cluster, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=unchecked.chromium(), args=FLAGS)
        for number in range(count):
            scene = scenes[int(rng.integers(len(scenes)))]
            yield Case(f"{number} {scene}", functools.partial(attempt, browser, cluster, scene, seconds))
        browser.close()
    if seconds:
        print(f"\nback after a kill: median {statistics.median(seconds):.1f} s, largest {max(seconds):.1f} s")


def attempt(browser, cluster: Cluster, scene: str, seconds: list[float]) -> None:
    context = browser.new_context(viewport=WINDOW)
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        seconds.append(people.survives(page, cluster, scene))
        assert seconds[-1] <= MOST, f"{seconds[-1]:.1f} s"
    finally:
        context.close()
