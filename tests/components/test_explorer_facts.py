"""What the explorer says of the code under the hand: norm, density, nearest test code, and class."""

import base64
import math
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests import slow
from tests.browser import screens
from tests.components import explorer, networks
from tests.components.explorer import data
from tests.components.networks import network
from ui import recorded_codes

TEST_CODES = {
    "codes": np.float32([[0, 0, 0], [2, 0, 0], [0, 2, 1], [0, 0, -2]]),
    "labels": np.array([2, 0, 1, 1]),
}
CODES = recorded_codes.described(TEST_CODES) | {
    "url": "the test codes",
    "data": base64.b64encode(recorded_codes.packed(TEST_CODES)).decode(),
    "classes": ["red", "green", "blue"],
    "code": "test code",
}
CLASSIFIER = {
    "network": network("a classifier") | {"part": "classifier"},
    "classes": ["red", "green", "blue"],
    "accuracy": 0.9876,
}


def facts(hand):
    return [hand.page.locator(f".facts .{name} dd") for name in ("norm", "density", "nearest")]


def wanted(*z):
    """The three texts for a code."""
    distances = np.linalg.norm(TEST_CODES["codes"] - np.float32(z), axis=1)
    nearest, square = int(distances.argmin()), sum(part**2 for part in z)
    density = -0.5 * (square + 3 * math.log(2 * math.pi))
    name = CODES["classes"][TEST_CODES["labels"][nearest]]
    texts = f"{square**0.5:.2f}", f"{density:.2f} nats", f"{distances[nearest]:.2f} ({name})"
    return [text.replace("-", "−") for text in texts]


def expect_facts(hand, *z):
    for box, text in zip(facts(hand), wanted(*z), strict=True):
        expect(box).to_have_text(text)


@pytest.mark.parametrize("live", slow.all_but([True], [False, True]))
def test_numbers_move_with_the_hand(mounted, live):
    hand = explorer.answered(mounted) if live else explorer.without_network(mounted)
    more = {"network": network(), "whole": False} if live else {}
    hand.component.send(data(codes=CODES, **more))
    expect_facts(hand, 0, 0, 0)
    hand.mouse.move(*hand.place(0, 15))
    hand.mouse.down()
    for step in (18, 21, 24):
        hand.mouse.move(*hand.place(0, step))
        expect(hand.number(0)).not_to_have_value("0")
        hand.page.evaluate(screens.FRAMES)
        expect_facts(hand, float(hand.number(0).input_value()), 0, 0)
    expect(hand.page.locator(".origin")).to_have_text("Set by hand")
    expect(hand.page.locator(".nearest")).to_have_attribute(
        "title",
        "Euclidean distance to test code 1, the nearest of 4, which are means of the encoder. The picture of a code "
        "that is far from all of them may show no class.",
    )
    hand.component.expect_reports()
    hand.mouse.up()


@pytest.mark.slow
def test_numbers_are_those_of_the_place_under_the_pointer(mounted):
    hand = explorer.without_network(mounted)
    hand.component.send(data(codes=CODES))
    hand.mouse.move(*hand.on_pad(15, 12))
    expect_facts(hand, 1.5, 0.6, 0)
    expect(hand.page.locator(".origin")).to_have_text("Under the pointer")
    hand.mouse.move(5, 5)
    expect_facts(hand, 0, 0, 0)
    expect(hand.page.locator(".origin")).to_have_text("code 0")


@pytest.mark.parametrize("codes", [None, CODES | {"data": CODES["data"][:-8]}], ids=["none", "cut"])
def test_without_test_codes_there_is_no_nearest_one(mounted, codes):
    hand = explorer.without_network(mounted)
    hand.component.send(data(codes=codes, origin="with codes"))
    expect(hand.page.locator(".origin")).to_have_text("with codes")
    expect(hand.page.locator(".facts .nearest")).to_be_hidden()
    expect(facts(hand)[0]).to_have_text("0.00")


def shares(hand):
    """[(class, probability in percent)] as they are on the screen."""
    rows = hand.page.locator(".classes li").all_inner_texts()
    return [(row.split()[0], row.split()[1]) for row in rows]


def test_the_class_moves_with_the_hand_in_the_same_elements(mounted):
    hand = explorer.answered(mounted, classifier=CLASSIFIER)
    first = hand.page.locator(".classes li").first
    expect(first).to_contain_text("33%")  # of the code 0, before a hand has moved
    first.evaluate("row => void (row.dataset.mark = 'the same')")
    hand.mouse.move(*hand.place(1, 15))
    hand.mouse.down()
    hand.mouse.move(*hand.place(1, 30))
    expect(first).to_contain_text("green")
    weights = {"green": math.exp(4 * 224 / 255), "red": math.exp(4 * 128 / 255), "blue": math.exp(4 * 128 / 255)}
    wanted = {name: f"{100 * weight / sum(weights.values()):.0f}%" for name, weight in weights.items()}
    hand.page.wait_for_function(
        "wanted => root.querySelector('.classes li span').textContent === wanted", arg=wanted["green"]
    )
    assert shares(hand) == [(name, wanted[name]) for name in ("green", "red", "blue")]
    expect(first).to_have_attribute("data-mark", "the same")
    expect(hand.page.locator(".class")).to_have_attribute("title", re.compile("classifies 98.8% of"))
    hand.component.expect_reports()
    hand.mouse.up()


@pytest.mark.slow
def test_the_class_of_a_code_from_the_server(mounted):
    hand = explorer.answered(mounted, classifier=CLASSIFIER)
    expect(hand.page.locator(".classes li").first).to_contain_text("33%")
    hand.component.send(data(1, (0.0, 0.0, 3.0), network=network(), whole=False, classifier=CLASSIFIER, origin="drawn"))
    expect(hand.page.locator(".classes li").first).to_contain_text("blue")
    hand.expect_pixel(1, 0, explorer.BLUE["picture"])  # the official picture stays on the screen


@pytest.mark.slow
def test_models_without_classes_and_without_a_network_have_no_list(mounted):
    hand = explorer.answered(mounted)
    expect(hand.page.locator(".class")).to_be_hidden()
    tiles = explorer.without_network(mounted)
    tiles.page.evaluate(networks.WORKER)
    tiles.component.send(data(network=network(), classifier=CLASSIFIER, whole=False))
    networks.load(tiles.page, 'reject("the download was cut")')
    expect(tiles.page.locator(".quiet")).to_contain_text("the download was cut")
    expect(tiles.page.locator(".class")).to_be_hidden()
    expect(tiles.page.locator(".walk")).to_be_hidden()
