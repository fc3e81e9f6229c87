"""The explorer: the picture follows the hand, one report for each movement, and the newest movement wins."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import explorer, networks
from tests.components.explorer import BLUE, PIXEL, SIDE, Hand, Live, code, data, pictures, sheet
from tests.components.networks import network
from tests.components.samples import text
from ui import tiles
from ui.explore.codes import STEPS


@pytest.fixture
def hand(mounted):
    return explorer.without_network(mounted)


def test_every_step_of_a_drag_is_drawn_and_the_release_is_one_report(hand):
    hand.mouse.move(*hand.place(1, 15))
    hand.mouse.down()
    hand.component.watch(PIXEL)
    for step in range(16, 22):
        hand.mouse.move(*hand.place(1, step))
        hand.expect_pixel(50, 8 * step, BLUE["sheet"])
        hand.component.be_watched()
    drawn = [colour for colour in hand.component.drawn() if colour[1] > 8 * 15]
    assert drawn == [[50, 8 * step, BLUE["sheet"]] for step in range(16, 22)]
    hand.component.expect_reports()
    hand.mouse.up()
    name, report = hand.component.last_report()
    assert (name, report["serial"]) == ("code", 1)
    assert report["code"] == code(0, STEPS[21], 0)
    assert hand.page.evaluate("reports.length") == 1


def test_two_drags_and_two_keys_in_one_visit(hand):
    """Each is reported once, and each starts from what the one before left."""
    wanted = [0.0, 0.0, 0.0]
    for serial, (row, step) in enumerate([(0, 20), (2, 5)], 1):
        hand.mouse.move(*hand.place(row, 15))
        hand.mouse.down()
        hand.mouse.move(*hand.place(row, step), steps=3)
        hand.mouse.up()
        wanted[row] = float(STEPS[step])
        name, report = hand.component.last_report()
        assert (name, report["serial"], report["code"]) == ("code", serial, code(*wanted))
        hand.component.send(data(serial, wanted))
        expect(hand.page.locator(".origin")).to_have_text(f"code {serial}")
    for serial, (row, key, step) in enumerate([(1, "ArrowRight", 16), (1, "PageUp", 21)], 3):
        hand.slider(row).press(key)
        wanted[row] = float(STEPS[step])
        hand.page.wait_for_function("count => reports.at(-1)?.[1].serial === count", arg=serial)
        assert hand.component.last_report()[1]["code"] == code(*wanted)
        hand.component.send(data(serial, wanted))
        expect(hand.page.locator(".origin")).to_have_text(f"code {serial}")
    assert hand.page.evaluate("reports.length") == 4


def test_a_held_key_is_one_report_of_the_last_value(hand):
    hand.slider(0).press("Home")
    hand.component.last_report()
    hand.component.forget_reports()
    for press in range(20):
        hand.page.keyboard.down("ArrowRight")
        hand.expect_pixel(0, 8 * (press + 1), BLUE["sheet"])
    expect(hand.slider(0)).to_have_attribute("aria-valuetext", "1")
    hand.component.send(data(1, (-3.0, 0.0, 0.0)))  # the answer to the key before does not pull the hand back
    hand.page.keyboard.up("ArrowRight")
    name, report = hand.component.last_report()
    assert (name, report["code"]) == ("code", code(STEPS[20], 0, 0))
    hand.expect_pixel(0, 8 * 20, BLUE["sheet"])
    assert float(hand.slider(0).input_value()) == pytest.approx(1)
    assert hand.page.evaluate("reports.length") == 1


def test_a_sheet_that_arrives_during_a_drag_is_drawn_under_the_hand(hand):
    """The hand has let go of one slider and holds the next one when the pictures around the new code come."""
    hand.mouse.click(*hand.place(0, 20))
    serial = hand.component.last_report()[1]["serial"]
    hand.mouse.move(*hand.place(1, 15))
    hand.mouse.down()
    hand.mouse.move(*hand.place(1, 25))
    hand.expect_pixel(50, 8 * 25, BLUE["sheet"])
    hand.component.send(data(serial, (1.0, 0.0, 0.0), whole=False))
    hand.page.wait_for_function("() => reports.at(-1)?.[0] === 'rest'")  # asked for at once, though a hand is down
    hand.component.send(data(serial, (1.0, 0.0, 0.0), sheet=sheet(4, blue=120)))
    hand.expect_pixel(50, 8 * 25, 120)
    hand.mouse.up()
    hand.page.wait_for_function("() => reports.at(-1)?.[0] === 'code'")
    assert hand.component.last_report()[1]["code"] == code(1, STEPS[25], 0)


def test_an_answer_to_an_older_movement_is_dropped(hand):
    hand.mouse.click(*hand.place(0, 20))
    hand.mouse.click(*hand.place(0, 10))
    hand.page.wait_for_function("() => reports.length === 2")
    hand.component.watch(PIXEL)
    hand.component.send(data(1, (1.0, 0.0, 0.0)))
    assert hand.component.drawn() == [[0, 80, BLUE["sheet"]]]
    hand.component.send(data(2, (-1.0, 0.0, 0.0)))
    hand.expect_pixel(2, 0, BLUE["picture"])
    expect(hand.number(0)).to_have_value("-1")


def test_a_new_session_counts_anew(hand):
    hand.mouse.click(*hand.place(0, 20))
    hand.component.last_report()
    hand.component.send(data(0, session="b", origin="after a restart"))
    expect(hand.page.locator(".origin")).to_have_text("after a restart")


def test_the_first_answer_is_followed_by_a_request_for_the_sheet(hand):
    hand.component.send(data(0, whole=False, sheet_name="next", asked=7))
    hand.component.expect_reports(("rest", {"asked": 8, "have": "sheet 0"}))


def test_exact_values(hand):
    hand.number(2).fill("4.125")
    hand.number(2).press("Enter")
    assert hand.component.last_report()[1]["code"] == code(0, 0, 4.125)
    assert "beyond the slider" in hand.slider(2).get_attribute("aria-valuetext")
    hand.component.forget_reports()
    hand.number(2).fill("7")
    hand.number(2).press("Enter")
    expect(hand.page.locator(".sentence")).to_have_text("Dimension 2 must be a number from −6 to 6; 4.125 was kept.")
    expect(hand.number(2)).to_have_value("4.125")
    hand.component.send(data(1, (0.0, 0.0, 4.125)))
    expect(hand.page.locator(".origin")).to_have_text("code 1")
    expect(hand.number(2)).to_have_value("4.125")
    hand.component.expect_reports()


def test_a_number_that_is_being_typed_outlives_new_data(hand):
    hand.number(0).focus()
    hand.page.keyboard.type("2.")
    hand.component.send(data(0, origin="later"))
    expect(hand.page.locator(".origin")).to_have_text("later")
    hand.page.keyboard.type("5")
    hand.page.keyboard.press("Enter")
    assert hand.component.last_report()[1]["code"] == code(2.5, 0, 0)


def test_the_length_moves_the_whole_code(hand):
    hand.component.send(data(0, (1.0, -1.0, 1.0), origin="length one"))
    expect(hand.page.locator(".origin")).to_have_text("length one")
    hand.slider(3).press("End")
    assert hand.component.last_report()[1]["code"] == code(1.55, -1.55, 1.55)
    expect(hand.number(0)).to_have_value("1.55")
    hand.expect_pixel(150, 8 * 30, BLUE["sheet"])


def test_the_plane_shows_on_hover_and_sets_on_a_click(hand):
    hand.mouse.move(*hand.on_pad(15, 12))
    hand.expect_pixel(10 * 8, 10 * 15, BLUE["map"])  # rows go down, the second coordinate goes up
    hand.mouse.move(5, 5)
    hand.expect_pixel(0, 0, BLUE["picture"])
    hand.component.expect_reports()
    hand.mouse.click(*hand.on_pad(15, 12))
    assert hand.component.last_report()[1]["code"] == code(1.5, 0.6, 0)
    hand.component.send(data(1, (1.5, 0.6, 0.0)))
    expect(hand.page.locator(".origin")).to_have_text("code 1")
    hand.mouse.move(*hand.on_pad(15, 12))
    hand.mouse.down()
    hand.mouse.move(*hand.on_pad(3, 3), steps=4)
    hand.component.send(data(1, (1.5, 0.6, 0.0), bases=[["dims", "During the drag"]]))
    expect(hand.page.locator("select.basis")).to_have_text("During the drag")
    expect(hand.page.locator(".origin")).to_have_text("Under the pointer")
    hand.expect_pixel(10 * 17, 10 * 3, BLUE["map"])  # the picture stays under the hand
    hand.mouse.up()
    hand.page.wait_for_function("() => reports.length === 2")
    assert hand.component.last_report()[1]["code"] == code(-2.1, -2.1, 0)


def test_the_recorded_plane_is_shown_until_pictures_are_drawn(mounted):
    first = data(whole=False)
    recorded = tiles.sheet(pictures(*[(30 * row, 30 * column, 50) for row in range(7) for column in range(7)]), 7)
    hand = Hand(mounted("explorer", first | {"plane": first["plane"] | {"recorded": recorded}}))
    corner = f"root.querySelector('.map').getContext('2d').getImageData({6 * SIDE + 1}, {2 * SIDE + 1}, 1, 1).data"
    expected = "wanted => String([...CORNER].slice(0, 3)) === wanted".replace("CORNER", corner)
    hand.page.wait_for_function(expected, arg="60,180,50")
    expect(hand.page.locator(".pad .state")).to_be_empty()
    hand.component.send(data(1, (1.0, 0.0, 0.0), whole=False))  # of another code nothing is recorded
    expect(hand.page.locator(".pad .state")).to_contain_text("being drawn")
    hand.component.send(data(1, (1.0, 0.0, 0.0)))
    hand.page.wait_for_function(expected, arg=f"{10 * 7},{10 * 19},{BLUE['map']}")


@pytest.mark.slow
@pytest.mark.parametrize("press", ["mouse", "key"])
def test_a_press_on_a_plane_without_pictures_is_taken_and_the_server_answers(mounted, press):
    hand = Hand(mounted("explorer", data(whole=False)))
    where = hand.page.locator(".where")
    expect(where).to_have_text("z0 +0.0 · z1 +0.0")
    hand.mouse.move(*hand.on_pad(12, 10))
    expect(where).to_have_text("z0 +0.0 · z1 +0.0")  # to look around there is nothing yet
    if press == "mouse":
        hand.mouse.down()
        hand.mouse.move(*hand.on_pad(15, 12))
        expect(where).to_have_text("z0 +1.5 · z1 +0.6")
        hand.component.expect_reports(("rest", {"asked": 1, "have": None}))  # none of the hand
        hand.mouse.up()
    else:
        for key in 5 * ["ArrowRight"] + 2 * ["ArrowUp"]:
            hand.page.locator(".pad").press(key)
    hand.page.wait_for_function("() => reports.at(-1)?.[0] === 'code' && reports.at(-1)?.[1].code[1] > 0.5")
    _, report = hand.component.last_report()
    assert report["code"] == code(1.5, 0.6, 0)
    expect(hand.number(0)).to_have_value("1.5")
    expect(where).to_have_text("z0 +1.5 · z1 +0.6")
    hand.expect_pixel(0, 0, BLUE["picture"])
    hand.component.send(data(report["serial"], (1.5, 0.6, 0.0), whole=False))
    hand.expect_pixel(report["serial"], 0, BLUE["picture"])


@pytest.mark.slow
def test_twenty_keys_in_the_plane(hand):
    hand.page.locator(".pad").focus()
    for _ in range(20):
        hand.page.keyboard.down("ArrowLeft")
    hand.component.send(data(0, origin="late"))
    hand.page.keyboard.up("ArrowLeft")
    name, report = hand.component.last_report()
    assert (name, report["code"]) == ("code", code(-3, 0, 0))
    expect(hand.page.locator(".origin")).to_have_text("Set by hand")  # the late answer would have undone the keys
    hand.component.send(data(report["serial"], (-3.0, 0.0, 0.0)))
    expect(hand.page.locator(".where")).to_have_text("z0 −3.0 · z1 +0.0")
    hand.page.keyboard.press("ArrowUp")
    hand.page.wait_for_function("() => reports.length === 2")
    assert hand.component.last_report()[1]["code"] == code(-3, 0.3, 0)


def test_pictures_to_start_from(hand):
    hand.page.get_by_label("Start from image 2").click()
    hand.component.expect_reports(("snap", {"number": 12, "serial": 1}))
    picture = tiles.sheet(pictures((1, 2, 3)), 1)
    hand.component.send(data(1, original={"number": 12, "words": "image 2", "picture": picture}))
    expect(hand.page.get_by_label("Start from image 2")).to_have_attribute("aria-pressed", "true")
    expect(hand.page.locator("figcaption")).to_contain_text("The original: image 2")
    hand.component.forget_reports()
    hand.page.locator(".others").click()
    hand.component.expect_reports(("view", {"strip": 1, "serial": 2}))


def test_choices_are_reported(hand):
    hand.page.locator("select.page").select_option("2")
    hand.page.locator("select.basis").select_option("features")
    hand.page.locator("select.axis").first.select_option("2")
    hand.component.expect_reports(
        ("view", {"dims": 2, "serial": 1}),
        ("view", {"basis": "features", "serial": 2}),
        ("view", {"axes": ["2", "1"], "serial": 3}),
    )


def test_a_tap_sets_a_slider(mounted):
    hand = Hand(mounted("explorer", data(), viewport={"width": 390, "height": 844}, has_touch=True))
    expect(hand.page.locator(".origin")).to_have_text("code 0")
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= 390
    hand.slider(1).scroll_into_view_if_needed()
    box = screens.box(hand.slider(1))
    hand.page.touchscreen.tap(box["x"] + 0.75 * box["width"], box["y"] + box["height"] / 2)
    assert hand.component.last_report()[1]["code"][1] == pytest.approx(1.4, abs=0.41)


# ---- with a network in the browser ----


@pytest.fixture
def live(mounted):
    return explorer.with_network(mounted)


@pytest.mark.slow
def test_the_plane_is_filled_by_the_network(live):
    assert live.answer_all() == 49
    expect(live.page.locator(".pad:not(.stale)")).to_be_visible()
    live.component.expect_reports()  # the server is asked for nothing


def test_every_place_of_a_slider_is_a_picture_of_the_network(live):
    live.answer_all()
    live.mouse.move(*live.place(0, 15))
    live.mouse.down()
    for step in (15.25, 15.5):
        live.mouse.move(*live.place(0, step))
        code = live.answer()
        while live.page.evaluate(networks.TURN) and (newer := live.page.evaluate(explorer.ANSWER)):
            code = newer
        assert code[0] == pytest.approx(-3 + 0.2 * step, abs=0.03)
        live.expect_colour(round(32 * code[0] + 128), 128, 128)
    live.component.expect_reports()
    live.mouse.up()
    name, report = live.component.last_report()
    assert name == "code"
    assert report["code"] == pytest.approx(code, abs=1e-6)


def test_a_slow_network_draws_what_it_has_and_then_the_newest(live):
    live.answer_all()
    live.mouse.move(*live.place(0, 15))
    live.mouse.down()
    for step in range(16, 26):
        live.mouse.move(*live.place(0, step))
    first, last = live.answer(), live.answer()
    assert first[0] < last[0] == pytest.approx(2, abs=0.03)
    assert live.answer_all() == 0  # the eight between them were dropped
    live.expect_colour(round(32 * last[0] + 128), 128, 128)
    live.mouse.up()


@pytest.mark.slow
def test_an_older_picture_does_not_cover_the_official_one(live):
    live.answer_all()
    live.mouse.click(*live.place(0, 20))
    serial = live.component.last_report()[1]["serial"]
    live.component.send(data(serial, (1.0, 0.0, 0.0), network=network(), whole=False))
    live.expect_pixel(serial, 0, BLUE["picture"])
    live.answer_all()
    live.expect_pixel(serial, 0, BLUE["picture"])


@pytest.mark.slow
def test_a_late_answer_leaves_the_pointer_on_the_plane_alone_and_another_code_does_not(live):
    live.answer_all()
    live.mouse.click(*live.on_pad(15, 10))
    live.answer_all()
    serial = live.component.last_report()[1]["serial"]
    live.mouse.move(*live.on_pad(5, 10))
    live.answer_all()
    live.expect_colour(80, 128, 128)
    cross = "root.querySelector('.pad').style.getPropertyValue('--x')"
    under = live.page.evaluate(cross)
    late = data(serial, (1.5, 0.0, 0.0), network=network(), whole=False, origin="late")
    live.component.watch(cross)
    live.component.send(late)
    expect(live.page.locator(".explorer")).to_have_attribute("data-server", "ready")
    live.answer_all()
    assert live.component.drawn() == [under]
    live.expect_colour(80, 128, 128)
    live.mouse.move(0, 0)
    expect(live.page.locator(".origin")).to_have_text("late")
    live.mouse.move(*live.on_pad(5, 10))
    live.component.send({**late, "code": [0.0, 3.0, 0.0], "origin": "drawn by a button"})
    expect(live.page.locator(".origin")).to_have_text("drawn by a button")
    assert live.page.evaluate(cross) != under


@pytest.mark.slow
def test_twenty_models_in_a_second_load_the_first_and_the_last(live):
    all_of_them = [data(k, session=f"s{k}", network=network(f"model {k}"), whole=False) for k in range(20)]
    live.page.evaluate("all => all.forEach((data) => send(data))", all_of_them)  # at once, however busy the machine is
    live.page.wait_for_function(f"() => ({networks.LOADS})().length === 2")
    assert live.page.evaluate(networks.LOADS) == ["one", "model 19"]


def test_a_network_that_does_not_load_is_a_sentence_and_a_request_for_tiles(mounted):
    hand = explorer.without_network(mounted, Live)
    component = hand.component
    component.page.evaluate(networks.WORKER)
    component.send(data(network=network(), whole=False, sheet_name="next", asked=3))
    hand.load('reject("the download was cut")')
    expect(hand.page.locator(".quiet")).to_have_text(
        "While you drag, the pictures come from the server, in steps, because the download was cut."
    )
    component.expect_reports(("rest", {"asked": 4, "have": "sheet 0"}))
    component.send(data(network=network(), sheet_name="next", asked=4))
    hand.mouse.move(*hand.place(0, 15))
    hand.mouse.down()
    hand.mouse.move(*hand.place(0, 20.3))
    hand.expect_pixel(0, 8 * 20, BLUE["sheet"])


@pytest.mark.slow
def test_a_network_on_its_way_keeps_the_server_from_drawing_tiles(mounted):
    component = explorer.without_network(mounted).component
    component.page.evaluate(networks.WORKER)
    component.send(data(network=network(), whole=False, asked=3, waking=True))
    component.expect_reports(("rest", {"asked": 4, "have": "sheet 0", "live": True}))


def test_nothing_is_sent_under_the_hand_while_the_server_is_not_ready(mounted):
    hand = explorer.without_network(mounted)
    component, page = hand.component, hand.page
    page.evaluate(networks.WORKER)
    page.clock.install()
    hand.mouse.move(*hand.place(0, 15))
    hand.mouse.down()
    hand.mouse.move(*hand.place(0, 20))
    hand.expect_pixel(0, 8 * 20, BLUE["sheet"])
    component.send(data(network=network(), whole=False, asked=3, waking=True))
    expect(page.locator(".explorer[data-server=waking]")).to_be_attached()
    page.clock.run_for(5000)
    component.expect_reports()
    hand.mouse.up()
    assert component.last_report()[0] == "code"


@pytest.mark.slow
def test_principal_directions_are_turned_into_the_code(live):
    live.answer_all()
    turned = np.float32([[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    vectors = text(turned)
    live.component.send(data(0, (0.5, 0.0, 0.0), network=network(), whole=False, vectors=vectors, basis="features"))
    assert live.answer_all() == 49
    live.mouse.move(*live.place(0, 20))
    live.mouse.down()
    live.mouse.move(*live.place(0, 25))
    live.answer_all()
    live.expect_colour(128, 32 * 2 + 128, 128)
