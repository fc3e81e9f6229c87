"""Frames under a slider, of curves and of pictures: the clock, the hand, and a training that goes on."""

import pytest
from playwright.sync_api import expect

from tests.components import samples

PICTURES = "[...root.querySelectorAll('.rows canvas')].map((canvas) => canvas.toDataURL())"
PLAYERS = [
    ("curve_player", lambda: samples.frames_of_curves(300)),  # a minute: no test reaches the end by itself
    ("picture_player", samples.frames_of_pictures),  # to and fro
]
players = pytest.mark.parametrize(("name", "data"), PLAYERS, ids=lambda it: it if isinstance(it, str) else "")


def opened(mounted, name, data):
    component = mounted(name, data)
    slider = component.page.get_by_label("step", exact=True)
    slider.wait_for()
    return (
        component,
        slider,
        component.page.get_by_role("button", name="Play").or_(component.page.get_by_role("button", name="Pause")),
    )


@players
def test_play_moves_and_pause_reports_where_it_stopped(mounted, name, data):
    component, slider, play = opened(mounted, name, data())
    play.click()
    expect(play).to_have_attribute("aria-label", "Pause")
    expect(slider).not_to_have_value("2")
    expect(slider).not_to_have_value("3")
    play.click()
    expect(play).to_have_attribute("aria-label", "Play")
    assert component.last_report() == ("frame", slider.evaluate("slider => slider.valueAsNumber"))


@pytest.mark.slow
@players
def test_space_plays_and_the_hand_stops_it(mounted, name, data):
    component, slider, play = opened(mounted, name, data())
    slider.press(" ")
    expect(play).to_have_attribute("aria-label", "Pause")
    slider.press("Home")
    expect(play).to_have_attribute("aria-label", "Play")
    component.expect_reports(("frame", 0))
    expect(component.page.locator("output")).to_have_text("step 0")


@pytest.mark.slow
def test_curves_play_from_the_first_frame_to_the_last(mounted):
    component, _, play = opened(mounted, "curve_player", samples.frames_of_curves(4, start=3))
    component.watch("root.querySelector('input').value")
    play.click()
    component.expect_reports(("frame", 3))  # the clock stopped there
    before, *played = map(int, component.drawn())
    assert before == played[-1] == 3
    assert played == sorted(played)
    assert len(played) > 1
    expect(play).to_have_attribute("aria-label", "Play")


def test_curves_follow_the_hand_and_report_only_where_that_is_asked(mounted):
    data = samples.frames_of_curves(reports=False)
    component, slider, _ = opened(mounted, "curve_player", data)
    component.watch("root.querySelector('.panels svg').innerHTML.match(/<path[^>]*d=\"([^\"]*)/)[1]")
    component.drag(slider, (50, 0), (100, 0), (150, 0))
    assert len(component.drawn()) >= 2
    component.expect_reports()


BOXES = "(panels) => [...panels.querySelectorAll('svg')].map((panel) => panel.getBoundingClientRect())"
FILLS = f"(panels) => (([a, b, c]) => c?.top === a.top && c.bottom === b.bottom)(({BOXES})(panels))"
ALIKE = f"(panels) => (([a, b, c]) => c?.height === a.height && b.height === a.height)(({BOXES})(panels))"


def test_the_last_of_three_panels_fills_its_column_of_a_wide_page(mounted):
    data = samples.frames_of_curves()
    component, *_ = opened(mounted, "curve_player", data | {"panels": 3 * data["panels"]})
    panels = component.page.locator(".panels").element_handle()  # stays; what is in it is drawn anew for a new width
    component.page.set_viewport_size({"width": 740, "height": 900})  # about the column of Density on a laptop
    component.page.wait_for_function(FILLS, arg=panels)
    component.page.set_viewport_size({"width": 600, "height": 900})
    component.page.wait_for_function(ALIKE, arg=panels)


def test_who_looks_at_the_newest_frame_goes_with_a_training(mounted):
    component, slider, _ = opened(mounted, "curve_player", samples.frames_of_curves(5, start=4))
    component.send(samples.frames_of_curves(8, start=4))
    expect(slider).to_have_value("7")
    slider.press("ArrowLeft")
    component.send(samples.frames_of_curves(9, start=4))
    expect(slider).to_have_value("6")


def test_pictures_of_all_rows_follow_the_hand_before_it_lets_go(mounted):
    component, slider, _ = opened(mounted, "picture_player", samples.frames_of_pictures())
    component.watch(PICTURES)
    component.grab(slider, (50, 0), (100, 0), (150, 0))
    drawn = component.drawn()
    component.expect_reports()
    component.page.mouse.up()
    assert len(drawn) > 1
    for row in range(2):
        assert len({pictures[row] for pictures in drawn}) == len(drawn)
    component.expect_reports(("frame", slider.evaluate("slider => slider.valueAsNumber")))


def test_steps_stay_within_the_frames(mounted):
    component, slider, _ = opened(mounted, "picture_player", samples.frames_of_pictures(frame=1))
    back, forward = (component.page.get_by_label(f"One step {way}") for way in ("back", "forward"))
    back.click()
    back.click()
    expect(slider).to_have_value("0")
    forward.click()
    expect(slider).to_have_value("1")
    component.expect_reports(("frame", 0), ("frame", 0), ("frame", 1))


def test_the_marker_and_the_values_follow_the_frame(mounted):
    component, slider, _ = opened(mounted, "picture_player", samples.frames_of_pictures())
    component.watch("[root.querySelector('.marker').getAttribute('x1'), root.querySelector('.legend b').textContent]")
    slider.press("End")
    (before, two), (after, last) = component.drawn()
    assert float(before) < float(after)
    assert (two, last) == ("2", "29")


def test_other_pictures_begin_where_their_data_say(mounted):
    component, slider, _ = opened(mounted, "picture_player", samples.frames_of_pictures())
    slider.press("End")
    component.send(samples.frames_of_pictures(5, 3, identity="other"))
    expect(slider).to_have_value("3")
    expect(slider).to_have_attribute("max", "4")


def test_stills_are_drawn_as_soon_as_they_are_decoded(mounted):
    stills = [samples.still(0), samples.still(200)]
    row = {"title": "", "note": "", "alt": "", "stills": stills, "at": [0, 0, 1], "size": [8, 8]}
    data = samples.frames_of_pictures(3, 0, rows=[row], captions=["a", "b", "c"], panels=[], x=[])
    component, slider, _ = opened(mounted, "picture_player", data)
    component.watch(PICTURES)
    slider.press("ArrowRight")  # the same picture
    assert len(component.drawn()) == 1
    component.watch(PICTURES)
    slider.press("ArrowRight")
    component.page.wait_for_function("() => drawn.length === 2")
