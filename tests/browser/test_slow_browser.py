"""A browser that is slower than the server: a phone, or a laptop with much to do."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import WAKING

SLOWER = 20  # times: without waiting for the browser, more than 500 messages wait for it after a quarter of a minute


@pytest.mark.slow
def test_a_training_waits_for_a_slow_browser_and_stops_when_it_is_told_to(new_page):
    page = new_page("/density?net=own&net_steps=20000")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.get_by_role("button", name="Train this network now").click(timeout=WAKING)
    progress = page.get_by_test_id("stProgress")
    expect(progress).to_have_text(re.compile(r"Step [1-9][\d,]{2,} of .*, training"), timeout=WAKING)
    page.get_by_role("button", name="Stop").click(timeout=WAKING)
    expect(progress).to_have_text(re.compile("Step .*, stopped"), timeout=WAKING)
    expect(page.get_by_role("button", name="Train this network now")).to_be_visible()
