"""A press puts a picture into the slot that is open; one picture a slot, or many."""

import numpy as np
import pytest
from playwright.sync_api import expect

from ui import tiles
from ui.components.pick_pictures import COLUMNS


def data(slots, chosen, first=0):
    pictures = np.stack([np.full((1, 4, 4), 9 * k, np.uint8) for k in range(25)])
    return {
        "sheet": tiles.sheet(pictures, COLUMNS),
        "columns": COLUMNS,
        "rows": 2,
        "size": [4, 4],
        "pictures": [{"number": first + k, "words": f"picture {first + k}"} for k in range(25)],
        "slots": slots,
        "chosen": chosen,
        "label": "25 pictures",
    }


ONE = [{"name": name, "label": f"pick {name}", "mark": name, "most": 1} for name in "abc"]
MANY = [{"name": name, "label": name, "mark": mark, "most": 9} for name, mark in (("from", "−"), ("to", "+"))]


@pytest.mark.parametrize("first", [0, 100])
def test_three_presses_choose_three_pictures(mounted, first):
    chosen = {"a": [7], "b": [8], "c": [9]}
    component = mounted("pick_pictures", data(ONE, chosen, first))
    for slot, number in zip("abc", (first, first + 20, first + 20), strict=True):
        component.page.get_by_role("button", name=f"picture {number}", exact=True).click()
        chosen |= {slot: [number]}
        assert component.last_report() == ("picked", chosen)
        component.forget_reports()
        component.send(data(ONE, chosen, first))
    expect(component.page.get_by_role("button", name=f"picture {first + 20}", exact=True)).to_have_text("b c")
    expect(component.page.get_by_role("button", name="pick a", exact=True)).to_have_attribute("aria-pressed", "true")


def test_a_group_grows_and_shrinks_by_keys(mounted):
    component = mounted("pick_pictures", data(MANY, {"from": [], "to": [3]}))
    page = component.page
    for number in (1, 2, 1):
        page.get_by_role("button", name=f"picture {number}", exact=True).press("Enter")
    page.get_by_role("button", name="to (1)").press(" ")
    page.get_by_role("button", name="picture 3", exact=True).press("Enter")
    reports = [([1], [3]), ([1, 2], [3]), ([2], [3]), ([2], [])]
    component.expect_reports(*[("picked", {"from": start, "to": end}) for start, end in reports])
    expect(page.get_by_role("button", name="from (1)")).to_be_visible()
