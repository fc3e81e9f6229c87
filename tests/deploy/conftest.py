"""Replicas behind HAProxy on loopback, and visitors who use the proxy."""

import contextlib

import pytest

from deploy.local import CannotStart, Cluster, row
from tests import unchecked
from tests.browser.conftest import WINDOW


@contextlib.contextmanager
def cluster_of(replicas, log):
    """A running Cluster; without HAProxy the test is skipped, but where CI is set, it fails."""
    unchecked.haproxy()
    for last in (False, False, True):  # another process may take a port before the cluster does
        cluster = Cluster(replicas, row(replicas + 1), log=log)
        try:
            cluster.__enter__()
            break
        except CannotStart:
            if last:
                raise
    try:
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Two replicas behind HAProxy. A test that kills one has to start it again."""
    with cluster_of(2, tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture
def visit(take_page, cluster):
    """visit(path): a new browser at the proxy."""

    def come(path, viewport=WINDOW, **options):
        page = take_page(viewport, **options).page
        page.goto(cluster.url + path)
        return page

    return come
