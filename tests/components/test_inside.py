"""Inside a network: tiles follow the plane by a network that the test plays, or by the server; units are chosen.

Layer 1 of that network has three numbers, z0, z1 and −z0; layer 2 two maps of 2×2, z0 everywhere in the first and 0 in
the second; the picture has the grey level 128 + 40 z0. The encoder's one layer has the first pixel of its picture
twice.
"""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.components import hands
from tests.components.explorer import SIDE, pictures
from tests.components.explorer import data as of_explorer
from tests.components.networks import WORKER, network
from tests.components.samples import floats, text
from ui import tiles

GREY = "root.querySelector('.view').getContext('2d').getImageData(1, 1, 1, 1).data[0]"
# Colours of the tiles of a layer, as they stand on the screen: one pixel in the middle of each.
TILES = """((k, units) => {
  const canvas = root.querySelectorAll('.layer canvas')[k], context = canvas.getContext('2d');
  const places = [...Array(units).keys()].map((u) => [(u + 0.5) * (canvas.width / units), canvas.height / 2]);
  return places.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3));
})"""
OUTPUTS = f"""() => {{
  const count = {SIDE * SIDE}, dims = [1, 1, {SIDE}, {SIDE}];
  const outputs = ({{ z, x }}) => {{
    if (x) return {{ e: {{ data: Float32Array.of(x.data[0], x.data[0]), dims: [1, 2] }} }};
    const [a, b] = z.data;
    return {{
      picture: {{ data: Float32Array.from({{ length: count }}, () => (128 + 40 * a) / 255), dims }},
      one: {{ data: Float32Array.of(a, b, -a), dims: [1, 3] }},
      two: {{ data: Float32Array.of(a, a, a, a, 0, 0, 0, 0), dims: [1, 2, 2, 2] }},
    }};
  }};
  const found = ({{ load, inputs }}) => (load ? {{}} : {{ outputs: outputs(inputs) }});
  const answer = (one) => setTimeout(() => one.resolve(found(one)));
  asked.filter(({{ answered }}) => !answered).forEach((one) => {{ one.answered = true; answer(one); }});
  asked.push = answer;
}}"""
LAYERS = [
    {"title": "dense", "shape": [3], "tensor": "one", "bounds": [-3, 3], "ends": [-4, 4], "dead": []},
    {
        "title": "convolution 3×3, ReLU",
        "shape": [2, 2, 2],
        "tensor": "two",
        "bounds": [0, 3],
        "ends": [0, 5],
        "dead": [1],
    },
]


def item(words, value, code):
    return {
        "words": words,
        "value": value,
        "picture": tiles.sheet(pictures((9, 9, 9)), 1),
        "code": code,
        "number": None,
    }


def data(code=(0.0, 0.0, 0.0), unit=None, **more):
    plane = of_explorer()["plane"]
    return {
        "identity": "a",
        "part": "decoder",
        "shape": [1, SIDE, SIDE],
        "size": [SIDE, SIDE],
        "networks": {"decoder": None, "encoder": None},
        "layers": LAYERS,
        "looked": "7 codes",
        "view": {"code": list(code), "unit": unit},
        "picture": tiles.sheet(pictures((50, 50, 50)), 1),
        "made": "a code",
        "given": None,
        "served": [floats([1.5, 0, -1.5]), floats([3] * 4 + [0] * 4)],
        "recorded": None,
        "plane": plane | {"map": None},
        "strip": None,
        "found": None,
        "answers": {"session": "s", "number": 0, "of": ["view", "start", "climb", "axes"]},
    } | more


class Hand(hands.Hand):
    def __init__(self, component):
        super().__init__(component)
        self.pad = self.page.locator(".pad")

    def row(self, k):
        return self.page.locator(".layers canvas[role=slider]").nth(k)

    def at(self, u0, u1):
        box = screens.box(self.pad)
        share = [((u / 0.3) + 10.5) / 21 for u in (u0, u1)]
        return box["x"] + share[0] * box["width"], box["y"] + (1 - share[1]) * box["height"]

    def expect_tiles(self, k, *colours):
        """Of layer k, the code being 0, within a level."""
        near = "got.every((one, u) => one.every((level, c) => Math.abs(level - wanted[u][c]) <= 2))"
        self.page.wait_for_function(
            f"([k, wanted]) => {{ const got = {TILES}(k, wanted.length); return {near}; }}", arg=[k, colours]
        )

    def drag(self, *places):
        self.mouse.move(*self.at(*places[0]))
        self.mouse.down()
        for place in places[1:]:
            self.mouse.move(*self.at(*place))

    def expect_reported(self, **wanted):
        """Wait until the last report is a view in which these are so; its code within 0.01."""
        self.page.wait_for_function(
            """(wanted) => {
              const [name, { value } = {}] = reports.at(-1) ?? [];
              const near = (a, b) => a.length === b.length && a.every((part, d) => Math.abs(part - b[d]) < 0.01);
              return name === "view" && Object.entries(wanted).every(([key, one]) =>
                key === "code" ? near(value.code, one) : JSON.stringify(value[key]) === JSON.stringify(one));
            }""",
            arg=wanted,
        )


def orange(share):
    return [round(level * share) for level in (255, 170, 80)]


def blue(share):
    return [round(level * share) for level in (95, 185, 240)]


BLACK, WHITE = [0, 0, 0], [255, 255, 255]


@pytest.fixture
def served(mounted):
    return Hand(mounted("inside", data()))


def with_network(mounted, **more):
    component = mounted("inside", data())
    component.page.evaluate(WORKER)
    component.page.evaluate(OUTPUTS)
    given = network() | {"outputs": ["one", "two"]}
    component.send(data(identity="b", served=None, **{"networks": {"decoder": given, "encoder": None}} | more))
    hand = Hand(component)
    hand.page.locator(".inside[data-runs=browser]").wait_for()
    return hand


def test_tiles_follow_two_drags_and_what_was_let_go_is_reported(mounted):
    hand = with_network(mounted)
    hand.expect_tiles(0, BLACK, BLACK, BLACK)
    hand.component.forget_reports()
    hand.drag((0, 0), (1.5, 0), (3, -1.5))
    hand.expect_tiles(1, orange(1), blue(0.5), blue(1))
    hand.page.wait_for_function(f"() => Math.abs({GREY} - 248) <= 1")
    hand.component.send(
        data(identity="b", networks={"decoder": network() | {"outputs": ["one", "two"]}, "encoder": None})
    )
    hand.component.expect_reports()  # while it is held, and what the server sends waits
    hand.expect_tiles(1, orange(1), blue(0.5), blue(1))
    hand.mouse.up()
    hand.expect_reported(code=[3, -1.5, 0], server=False, number=None)
    hand.drag((3, -1.5), (-3, 0))
    hand.expect_tiles(1, blue(1), BLACK, orange(1))
    hand.mouse.up()
    hand.expect_reported(code=[-3, 0, 0])
    hand.page.wait_for_function("() => reports.length === 2")


def test_two_keys_move_in_the_plane_and_through_the_units(mounted):
    hand = with_network(mounted)
    hand.component.forget_reports()
    hand.pad.press("ArrowRight")
    hand.pad.press("ArrowRight")
    hand.expect_reported(code=[0.6, 0, 0])
    hand.expect_tiles(1, orange(0.2), BLACK, blue(0.2))
    hand.row(0).press("ArrowRight")
    hand.row(0).press("ArrowRight")
    hand.expect_reported(unit=[0, 1], code=[0.6, 0, 0])
    expect(hand.row(0)).to_have_attribute("aria-valuenow", "1")
    expect(hand.row(0)).to_have_attribute("aria-valuetext", "unit 1: 0.00")
    expect(hand.page.locator(".found h3")).to_have_text("Layer 1: dense, unit 1")
    hand.pad.press("ArrowUp")
    expect(hand.page.locator(".value")).to_have_text("now 0.30")


def test_a_click_chooses_a_unit_and_a_code_that_raises_it_is_taken(served):
    served.component.forget_reports()
    box = screens.box(served.row(1))
    served.mouse.click(box["x"] + 5, box["y"] + 5)
    served.expect_reported(unit=[1, 0])
    expect(served.page.locator(".found")).to_have_class("found stale")
    best = [item("test image 4", 5.5, [2.0, 1.0, 0.5]), item("test image 9", 4.0, [0.0, 0.0, 0.0])]
    found = {"unit": [1, 0], "words": "Of 7 codes", "best": best, "climbed": None}
    served.component.send(data(unit=[1, 0], found=found, answers={"session": "s", "number": 1, "of": ["view"]}))
    expect(served.page.locator(".found:not(.stale)")).to_be_visible()
    expect(served.page.locator(".best small")).to_have_text(["5.50", "4.00"])
    expect(served.page.locator(".value")).to_have_text("now mean 3.00, highest 3.00")
    served.page.get_by_role("button", name="test image 4").click()
    served.expect_reported(code=[2, 1, 0.5], unit=[1, 0])


def test_climbing_is_asked_for_once_and_its_code_can_be_taken(served):
    found = {"unit": [0, 2], "words": "w", "best": [item("test image 4", 5.5, [2.0, 1.0, 0.5])], "climbed": None}
    served.component.send(data(unit=[0, 2], found=found))
    served.component.forget_reports()
    button = served.page.get_by_role("button", name="Climb higher by the gradient")
    button.click()
    expect(button).to_be_disabled()
    assert served.component.last_report() == ("climb", {"number": 1, "value": {"unit": [0, 2]}})
    higher = item("the code that gradient ascent found", 8.25, [1.0, 1.0, 1.0]) | {"about": "found by it"}
    answers = {"session": "s", "number": 1, "of": ["view", "climb"]}
    served.component.send(data(unit=[0, 2], found=found | {"climbed": higher}, answers=answers))
    expect(button).to_be_hidden()
    expect(served.page.locator(".climbed")).to_contain_text("8.25")
    served.page.locator(".climbed button").click()
    served.expect_reported(code=[1, 1, 1])


def test_without_a_network_the_server_answers_and_one_sentence_says_why(served):
    words = "The tiles come from the server when you let go, because this model has no networks for browsers."
    expect(served.page.locator(".quiet")).to_have_text(words)
    served.expect_tiles(1, orange(0.5), BLACK, blue(0.5))
    served.component.forget_reports()
    served.mouse.click(*served.at(1.5, 0))
    served.expect_reported(code=[1.5, 0, 0], server=True)
    expect(served.page.locator(".inside.stale")).to_be_visible()
    answers = {"session": "s", "number": 1, "of": ["view"]}
    served.component.send(data((1.5, 0, 0), served=[floats([3, 0, -3]), floats([0] * 8)], answers=answers))
    served.expect_tiles(1, orange(1), BLACK, blue(1))
    expect(served.page.locator(".inside.stale")).to_have_count(0)


def test_dead_units_are_marked_and_counted(served):
    rows = served.page.locator(".layers .layer")
    expect(rows.nth(2)).to_contain_text("1 of 2 units is dead: 0 everywhere, at all 7 codes.")
    expect(rows.nth(2)).to_contain_text("now up to 3.00; at all 7 codes up to 5.00")
    expect(rows.nth(1)).to_contain_text("now −1.50 to 1.50; at all 7 codes −4.00 to 4.00")
    expect(rows.nth(1).locator(".dead")).to_have_count(0)


def test_an_encoder_sees_the_real_picture_until_the_code_is_moved(mounted):
    layers = [{"title": "dense", "shape": [2], "tensor": "e", "bounds": [0, 1], "ends": [0, 1], "dead": []}]
    pixels = text(np.full(SIDE * SIDE, 255, np.uint8))
    parts = {"decoder": network(), "encoder": network("two") | {"outputs": ["e"]}}
    given = {"number": 3, "words": "test image 3", "pixels": pixels}
    hand = with_network(mounted, part="encoder", layers=layers, networks=parts, given=given)
    hand.expect_tiles(0, WHITE, WHITE)
    expect(hand.page.locator(".given figcaption")).to_have_text("input: test image 3")
    hand.component.forget_reports()
    hand.mouse.click(*hand.at(-3, 0))
    hand.expect_tiles(0, [8, 8, 8], [8, 8, 8])  # of the picture of the code
    hand.expect_reported(code=[-3, 0, 0], number=None)
    expect(hand.page.locator(".given figcaption")).to_have_text("input: the picture of the code")


def test_on_a_phone_plane_and_picture_stay_in_sight_while_the_layers_scroll(mounted):
    hand = Hand(mounted("inside", data(), viewport={"width": 390, "height": 400}, has_touch=True))
    below = hand.page.locator(".layer").last
    before = screens.box(hand.pad)["y"]
    below.evaluate("layer => scrollTo(0, document.documentElement.scrollHeight)")
    expect(below).to_be_in_viewport()
    hand.page.wait_for_function("top => scrollY > top", arg=before)
    for part in (hand.pad, hand.page.locator(".view")):
        expect(part).to_be_in_viewport(ratio=1)
    hand.drag((0, 0), (0.6, 0.3))
    hand.mouse.up()
    hand.expect_reported(code=[0.6, 0.3, 0])


@pytest.mark.parametrize("touch", [True, False])
def test_keys_are_mentioned_only_where_there_are_some(mounted, touch):
    hand = Hand(mounted("inside", data(), has_touch=touch, is_mobile=touch))
    said = hand.page.locator(".found .value")
    expect(said).to_contain_text(
        "Tap a tile below" if touch else "Click on a tile below, or move to a row with the Tab"
    )
    if touch:
        expect(said).not_to_contain_text("key")


def test_before_the_network_is_known_there_is_its_picture_and_a_sentence(mounted):
    hand = Hand(mounted("inside", data(layers=[], served=None)))
    hand.page.wait_for_function(f"() => {GREY} === 50")
    expect(hand.page.locator(".quiet")).to_have_text("The layers appear as soon as the network is loaded.")
    expect(hand.page.locator(".layer")).to_have_count(0)
