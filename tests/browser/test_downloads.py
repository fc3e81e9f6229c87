"""The files that buttons save."""

import pytest
from playwright.sync_api import expect

from tests.conftest import WAKING


@pytest.mark.slow
def test_no_file_of_a_training_is_asked_for_before_it_ends(new_page):
    asked = set()
    page = new_page(
        "/density?net=own&net_steps=2000&net_width=64&net_layers=3",  # in many runs of the page
        before=lambda page: page.on("request", lambda request: asked.add(request.url)),
    )
    page.get_by_role("button", name="Train this network now").click(timeout=WAKING)
    expect(page.get_by_test_id("stProgress")).to_have_text("Step 2,000 of 2,000, finished", timeout=WAKING)
    with page.expect_download() as download:
        page.get_by_role("button", name="Curves of all snapshots as CSV").click()
    header, *rows = download.value.path().read_text().splitlines()
    assert header == "step,x,f1,f0,D,f1_estimate"
    assert rows[-1].startswith("2000,")
    assert len([url for url in asked if url.endswith(".txt")]) == 1
