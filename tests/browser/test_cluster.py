"""Two servers of the app and a cluster: what is asked on one is seen and stopped on the other."""

import re

import pytest
from playwright.sync_api import expect

from tests import unchecked
from tests.browser.conftest import served, visiting
from tests.conftest import WAKING
from tests.tasks.conftest import NO_SETS, running

# A flow: its 10,000 samples take many minutes, so that the question is not answered before the other server asks it.
COMPUTE = "/metrics?model=mnist_flow&samples=10000&samples_seed=5"
MEASURING = re.compile(r"samples [1-9][\d,]* of 10,000")


def compute(page):
    page.get_by_role("button", name="Compute").click(timeout=WAKING)


@pytest.mark.slow
def test_a_metric_that_two_servers_ask_for_has_one_progress_and_one_end(take_page, tmp_path, monkeypatch):
    unchecked.dask()
    monkeypatch.setenv("LATENT_LAB_DATA", NO_SETS)
    folders = [tmp_path / name for name in ("cluster", "one", "other")]
    for folder in folders:
        folder.mkdir()
    with running(folders[0]) as scheduler:
        monkeypatch.setenv("LATENT_LAB_CLUSTER", scheduler)
        with served(folders[2]) as second, visiting(take_page, second) as open_second:
            with served(folders[1]) as first, visiting(take_page, first) as open_first:
                page = open_first(COMPUTE)
                compute(page)
                expect(page.get_by_text(MEASURING)).to_be_visible(timeout=WAKING)
                page.close()
            # That server is gone; its question is not.
            page = open_second(COMPUTE)
            compute(page)
            expect(page.get_by_text(MEASURING)).to_be_visible(timeout=WAKING)
            page.get_by_role("button", name="Cancel").click()
            expect(page.get_by_text("Cancelled; nothing was changed.")).to_be_visible(timeout=WAKING)
            box = page.get_by_role("spinbutton", name="Samples")
            box.fill("60")
            box.press("Enter")
            compute(page)
            expect(page.get_by_text("Computed in this visit")).to_be_visible(timeout=WAKING)
            # Where it was not the cluster, the sentence says why, and so does a failure of this test.
            assert page.get_by_text("Computed by this machine").all_inner_texts() == []
