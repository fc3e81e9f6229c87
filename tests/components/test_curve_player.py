"""The player of curves: they follow the slider and the clock, and a person's choices outlive new data."""

import numpy as np
from playwright.sync_api import expect

from ui.components import curves

X = np.linspace(0, 1, 11)


def data(frames=6, *, identity="one", start=None, **more):
    """Curves of `frames` frames: a line that rises with the frame, and a second one that is still."""
    rising = [k * X for k in range(frames)]
    series = [curves.series("rising", "line", "#0072b2", X, rising), curves.series("still", "line", "#d55e00", X, X)]
    panels = [{"title": "Curves", "range": [0, 6], "log": False, "series": series}]
    captions = [f"step {k}" for k in range(frames)]
    shown = {"identity": identity, "captions": captions, "label": "step", "axis": [0, 1], "panels": panels, "file": "f"}
    return shown | ({} if start is None else {"start": start, "reports": True}) | more


def test_a_held_key_reports_its_last_value_once(mounted):
    player = mounted("curve_player", data(30, start=2))
    slider = player.page.get_by_label("step")
    slider.focus()
    for _ in range(20):
        player.page.keyboard.down("ArrowRight")
    expect(slider).to_have_value("22")
    player.expect_reports()
    player.page.keyboard.up("ArrowRight")
    player.expect_reports(("frame", 22))
