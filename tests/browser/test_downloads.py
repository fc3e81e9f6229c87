"""The files that buttons save."""

import pytest
from playwright.sync_api import expect

from tests.conftest import WAKING


@pytest.mark.slow
def test_no_file_of_a_training_is_asked_for_before_it_ends(new_page):
    asked = set()
    page = new_page(
        "/density?net=own&net_steps=20000&net_width=64&net_layers=3",
        before=lambda page: page.on("request", lambda request: asked.add(request.url)),
    )
    page.get_by_role("button", name="Train this network now").click(timeout=WAKING)
    button = page.get_by_test_id("stDownloadButton").get_by_role("button")
    state = page.get_by_test_id("stProgress")
    expect(state).to_contain_text("training", timeout=WAKING)
    for _ in range(3):
        expect(button).to_be_disabled()
        expect(state).not_to_have_text(state.inner_text(), timeout=WAKING)  # in another run
    page.get_by_role("button", name="Stop").click()
    expect(state).to_contain_text("stopped", timeout=WAKING)
    expect(button).to_be_enabled()
    with page.expect_download() as download:
        button.click()
    assert download.value.path().read_text().startswith("x,f1,f0,D,f1_estimate\n")
    assert len([url for url in asked if url.endswith(".txt")]) == 1
